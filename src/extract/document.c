/* Official documents: labels first, then head and foot of the text. */
#include "zhoubao/extract/document.h"

#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"

#define MAX_CITED 50
#define MAX_ATTACHMENTS 50
#define WRITTEN "[〇○零ＯO一二三四五六七八九十]"
#define DAY                                                                                                  \
  "(?:(?:(?:19|20)\\d\\d\\s*年\\s*)?\\d{1,2}\\s*月\\s*\\d{1,2}\\s*日|(?:19|20)\\d\\d-\\d{1,2}-\\d{1,2}|"  \
  "(?:" WRITTEN "{4}年)?" WRITTEN "{1,2}月" WRITTEN "{1,3}日)"
#define SPAN "(\\d{1,3}|" WRITTEN "{1,3})\\s*(日|天|个月)"
#define IN_FORCE "(?:施行|实施|执行|生效|试行|启用)"
#define UP_TO "\\s*(?:至|到|-|—|－|–|～|~)+\\s*"
/* 国办发〔2018〕117号, 发改财金规〔2021〕123号, 国令第707号, 2018年第12号, （2017）京02执123号, 〔2017〕1—5号
 */
#define COUNT "[\\d一二三四五六七八九十百零〇]{1,6}(?:" UP_TO "[\\d一二三四五六七八九十百零〇]{1,6})?"
#define NUMBER                                                                                                            \
  "(?:[\\p{Han}（）()]{1,20}\\s*[〔\\[【﹝［（(]\\s*(?:19|20)\\d\\d\\s*[〕\\]】﹞］）)]\\s*第?\\s*\\d{1,5}(" \
  "?:" UP_TO "\\d{1,5})?"                                                                                                 \
  "\\s*号|"                                                                                                              \
  "[\\p{Han}]{0,20}(?:令|公告|通告)\\s*[（(]第\\s*" COUNT "\\s*号[）)]|"                                                \
  "(?:19|20)\\d\\d\\s*年\\s*第\\s*" COUNT "\\s*号(?:公告|通告|令)|"                                                 \
  "(?:[\\p{Han}]{0,20}(?:令|公告|通告))?\\s*(?:(?:19|20)\\d\\d\\s*年\\s*)?第\\s*" COUNT "\\s*号|"                        \
  "[（(〔](?:19|20)\\d\\d[）)〕]\\p{Han}{1,3}\\d{0,6}\\p{Han}{1,6}\\d{1,6}号)"

static char *
first_group (const char *pattern, const char *text)
{
  g_autoptr (GRegex) form = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  return g_regex_match (form, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* --- days --- */

/* A day without a year is the next one from the day of publication on. */
static ZbTime
read_day (const ZbDocumentQuery *q, const char *day)
{
  if (day == NULL)
    return ZB_TIME_NONE;
  ZbDateContext context = q->dates;
  if (q->published != ZB_TIME_NONE)
    context.now = q->published;
  ZbDate date;
  if (!zb_dates_read (day, &context, &date) && !zb_dates_find (day, &context, &date))
    return ZB_TIME_NONE;
  if (date.has_year || date.time >= context.now - 86400)
    return date.time;
  g_autoptr (GDateTime) guessed = g_date_time_new_from_unix_utc (date.time);
  g_autoptr (GDateTime) next = g_date_time_add_years (guessed, 1);
  return next != NULL ? g_date_time_to_unix (next) : date.time;
}

/* The first day that one of the COUNT forms in SAID finds in the text. */
static ZbTime
day_said (const ZbDocumentQuery *q, const char *const *said, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    g_autofree char *day = first_group (said[i], q->text);
    ZbTime t = read_day (q, day);
    if (t != ZB_TIME_NONE)
      return t;
  }
  return ZB_TIME_NONE;
}

/* As many days or months behind FROM as the two groups of FORM say. */
static ZbTime
day_behind (const ZbDocumentQuery *q, const char *form, ZbTime from)
{
  g_autoptr (GRegex) regex = g_regex_new (form, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (from == ZB_TIME_NONE || !g_regex_match (regex, q->text, 0, &match))
    return ZB_TIME_NONE;
  g_autofree char *number = g_match_info_fetch (match, 1), *unit = g_match_info_fetch (match, 2);
  g_autofree char *span = g_strconcat (number, unit, "后", NULL);
  const ZbDateContext context = {from, q->dates.zone};
  return zb_dates_parse (span, &context);
}

static ZbTime
day_of_issue (const ZbDocumentQuery *q, const ZbDocumentFacts *facts)
{
  return facts->signed_on != ZB_TIME_NONE ? facts->signed_on : q->published;
}

static ZbTime
effective_day (const ZbDocumentQuery *q, const ZbDocumentFacts *facts)
{
  static const char *const said[] = {
      "自\\s*(" DAY ")\\s*起(?:开始)?(?:正式)?" IN_FORCE,
      "(?:于|从|在)\\s*(" DAY ")\\s*(?:起|开始)?\\s*(?:正式)?" IN_FORCE,
      "(?:施行|实施|生效)(?:日期|时间)(?:为|是|[:：])\\s*(" DAY ")",
  };
  ZbTime t = day_said (q, said, G_N_ELEMENTS (said));
  if (t == ZB_TIME_NONE)
    t = day_behind (q,
                    "自(?:发布|公布|印发|颁布|下发|签发)之日起\\s*满?\\s*" SPAN
                    "(?:后|起|届满)?(?:开始)?(?:正式)?" IN_FORCE,
                    day_of_issue (q, facts));
  if (t != ZB_TIME_NONE ||
      !g_regex_match_simple ("自(?:发布|公布|印发|颁布|下发|签发)之日起(?:开始)?(?:正式)?" IN_FORCE, q->text,
                             0, 0))
    return t;
  return day_of_issue (q, facts);
}

/* 2017年7月1日至31日, or 自2017年7月1日起15日内: the end is counted from a day that is told. */
static ZbTime
end_of_span (const ZbDocumentQuery *q)
{
  static const char form[] =
      "(?:公示|征求|征集|意见|反馈|期限|时间|自|从)[^。]{0,20}?(" DAY ")\\s*起?\\s*"
      "(?:" UP_TO "(\\d{1,2})\\s*[日号]|[，,]?\\s*(\\d{1,3})\\s*[日天](?:之内|以内|内|止))";
  g_autoptr (GRegex) regex = g_regex_new (form, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (regex, q->text, 0, &match))
    return ZB_TIME_NONE;
  g_autofree char *first = g_match_info_fetch (match, 1), *last = g_match_info_fetch (match, 2),
                  *days = g_match_info_fetch (match, 3);
  ZbTime start = read_day (q, first);
  if (start == ZB_TIME_NONE)
    return ZB_TIME_NONE;
  const ZbDateContext context = {start, q->dates.zone};
  g_autofree char *end = days != NULL && *days != '\0' ? g_strconcat (days, "日后", NULL)
                                                       : g_strconcat ("本月", last, "日", NULL);
  ZbTime t = zb_dates_parse (end, &context);
  return t >= start ? t : ZB_TIME_NONE;
}

static gboolean
asks_for_comments (const char *text)
{
  return text != NULL &&
         g_regex_match_simple ("征求.{0,12}意见|征集.{0,8}意见|意见.{0,6}反馈|公开征集|公示期|公示时间", text,
                               0, 0);
}

static ZbTime
deadline_day (const ZbDocumentQuery *q, const ZbDocumentFacts *facts)
{
  static const char *const said[] = {
      "(?:征求意见|意见反馈|反馈意见|征集意见|提交意见|公开征求|反馈|征集)[^。]{0,20}?截止(?:时间|日期|日)?"
      "\\s*(?:为|是|至|[:：])?\\s*(" DAY ")",
      "(?:截止(?:时间|日期)?|截至)\\s*(?:为|是|至|[:：])?\\s*(" DAY ")",
      "(?:于|在)\\s*(" DAY
      ")\\s*(?:（[^）]{0,10}）)?\\s*(?:\\d{1,2}[:：时点]\\d{0,2}分?)?\\s*(?:下班)?(?:之前|以前|前)",
      "(?:公示|征求意见|公开征求意见|征集)(?:的)?(?:时间|期限|期|日期)?\\s*(?:为|是|自|[:：])?[^。]{0,20}"
      "?" DAY "\\s*(?:起)?\\s*(?:至|到|-|—|－|～|~)\\s*(" DAY ")",
      "(?:即日|之日)起\\s*(?:至|到)\\s*(" DAY ")",
      "自\\s*" DAY "\\s*起?\\s*(?:至|到)\\s*(" DAY ")",
  };
  if (!asks_for_comments (q->text) && !asks_for_comments (q->title))
    return ZB_TIME_NONE;
  ZbTime t = day_said (q, said, G_N_ELEMENTS (said)), from = day_of_issue (q, facts);
  if (t == ZB_TIME_NONE)
    t = end_of_span (q);
  if (t == ZB_TIME_NONE)
    t = day_behind (q, SPAN "(?:之内|以内|内)[^。]{0,30}(?:意见|反馈|建议)", from);
  return t != ZB_TIME_NONE ? t
                           : day_behind (q,
                                         "(?:征求|征集)意见的?(?:期限|时间|期)\\s*(?:为|是|[:：])?\\s*(?:自.{"
                                         "0,12}之日起\\s*)?" SPAN,
                                         from);
}

/* --- head and foot --- */

static char *
squeeze_number (const char *text)
{
  g_autoptr (GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);
  return g_regex_replace (space, text, -1, 0, "", 0, NULL);
}

/* A number that stands alone in one of the first lines, brackets around it or not; one inside a sentence is
   another document's. */
static char *
number_in_head (char **lines)
{
  for (guint i = 0, filled = 0; lines[i] != NULL && filled < 12; i++) {
    g_autofree char *line = zb_text_squeeze (lines[i], -1);
    filled += *line != '\0';
    g_autofree char *number = first_group ("^[（(]?(" NUMBER ")[）)]?$", line);
    if (number != NULL)
      return squeeze_number (number);
  }
  return NULL;
}

static gboolean
is_day (const char *line)
{
  return g_regex_match_simple ("^[（(]?\\s*(?:(?:19|20)\\d\\d\\s*年\\s*\\d{1,2}\\s*月\\s*\\d{1,2}\\s*日|"
                               "[二一]\\S{3}年\\S{1,2}月\\S{1,3}日)\\s*[）)]?$",
                               line, 0, 0);
}

/* A line that may be the name of an office. */
static gboolean
is_office (const char *line)
{
  glong n = g_utf8_strlen (line, -1);
  if (g_regex_match_simple ("(?:施行|执行|试行)$|^第.{1,4}条", line, 0, 0))
    return FALSE;
  return n >= 2 && n <= 40 &&
         g_regex_match_simple ("^[\\p{Han}\\s（）()、“”]+(?:等\\s*\\d{1,2}\\s*(?:个)?(?:部门|单位))?$", line,
                               0, 0) &&
         g_regex_match_simple ("(?:部|委|委员会|局|署|院|办|厅|室|会|行|处|政府|总局|中心|组|司|社|协会|"
                               "联合会|法院|检察院|公司|党委|部门|单位)$|"
                               "国务院|法院|人民银行",
                               line, 0, 0);
}

/* The last day that stands alone, and the offices on the lines before it. */
static void
read_foot (const ZbDocumentQuery *q, char **lines, ZbDocumentFacts *facts)
{
  g_autoptr (GString) offices = g_string_new (NULL);
  gboolean found = FALSE;
  for (guint i = g_strv_length (lines), looked = 0; i > 0 && looked < 60; i--) {
    g_autofree char *line = zb_text_squeeze (lines[i - 1], -1);
    if (*line == '\0')
      continue;
    looked++;
    if (found && !is_office (line))
      break;
    if (found) {
      g_autofree char *bare = squeeze_number (line);
      g_string_prepend (offices, offices->len > 0 ? "、" : "");
      g_string_prepend (offices, bare);
    } else if (is_day (line)) {
      found = TRUE;
      if (facts->signed_on == ZB_TIME_NONE)
        facts->signed_on = read_day (q, line);
    }
  }
  if (facts->issuer == NULL && offices->len > 0)
    facts->issuer = g_strdup (offices->str);
}

/* "国务院办公厅关于印发…的通知" */
static char *
issuer_in_title (const char *title)
{
  g_autofree char *issuer =
      title != NULL ? first_group ("^([\\p{Han}、（）\\s]{2,60}?)(?:关于|令|公告|印发)", title) : NULL;
  return issuer != NULL && is_office (issuer) ? g_steal_pointer (&issuer) : NULL;
}

/* --- titles and files --- */

/* 《》 with others inside are one title; 〈〉 inside are left as they are. */
static char **
cited_titles (const char *text)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *from = NULL;
  int depth = 0;
  for (const char *p = text; *p != '\0' && titles->len < MAX_CITED; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == 0x300a && depth++ == 0)
      from = g_utf8_next_char (p);
    if (c == '\n')
      depth = 0;
    if (c != 0x300b || depth == 0 || --depth > 0)
      continue;
    g_autofree char *raw = g_strndup (from, (gsize)(p - from)), *title = zb_text_squeeze (raw, -1);
    if (*title != '\0' && strlen (title) < 600 && !g_hash_table_contains (seen, title)) {
      g_hash_table_add (seen, title);
      g_ptr_array_add (titles, g_steal_pointer (&title));
    }
  }
  g_ptr_array_add (titles, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&titles), FALSE);
}

gboolean
zb_document_is_file (const char *href)
{
  return g_regex_match_simple (
      "\\.(?:pdf|docx?|wps|ofd|xlsx?|et|csv|pptx?|rtf|odt|ods|zip|rar|7z|ceb)(?:[?#]|$)", href,
      G_REGEX_CASELESS, 0);
}

char **
zb_document_attachments (ZbNode *root, const char *base_url)
{
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  for (ZbNode *node = root; node != NULL && urls->len < MAX_ATTACHMENTS; node = zb_node_follow (node, root)) {
    const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
    g_autofree char *name = href != NULL ? zb_node_squeezed (node) : NULL;
    gboolean file =
        href != NULL && (zb_document_is_file (href) || zb_document_is_file (name)); /* /download?id=7 */
    g_autofree char *url = file ? zb_url_resolve (href, base_url) : NULL;
    if (url != NULL && !g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
      g_ptr_array_add (urls, g_steal_pointer (&url));
  }
  g_ptr_array_add (urls, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&urls), FALSE);
}

void
zb_document_read (const ZbDocumentQuery *query, ZbDocumentFacts *facts)
{
  ZbDocumentQuery own = *query, *q = &own;
  g_auto (GStrv) lines = g_strsplit (q->text, "\n", -1);
  const char *number = q->labels[ZB_LABEL_NUMBER];
  facts->issuer = g_strdup (q->labels[ZB_LABEL_ISSUER]);
  gboolean numbered = number != NULL && g_regex_match_simple ("\\d", number, 0, 0); /* it may say 无 */
  facts->number = numbered ? squeeze_number (number) : number_in_head (lines);
  facts->signed_on = read_day (q, q->labels[ZB_LABEL_SIGNED]);
  read_foot (q, lines, facts);
  if (own.published == ZB_TIME_NONE)
    own.published = facts->signed_on;
  if (facts->issuer == NULL)
    facts->issuer = issuer_in_title (q->title);
  facts->effective = read_day (q, q->labels[ZB_LABEL_EFFECTIVE]);
  if (facts->effective == ZB_TIME_NONE)
    facts->effective = effective_day (q, facts);
  facts->comment_deadline = read_day (q, q->labels[ZB_LABEL_DEADLINE]);
  if (facts->comment_deadline == ZB_TIME_NONE)
    facts->comment_deadline = deadline_day (q, facts);
  facts->cited = cited_titles (q->text);
}
