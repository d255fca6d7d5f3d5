/* Dates as people see them: marked elements, labels, the neighbourhood of the title. */
#include "page_date_seen.h"

#include "page_read.h"
#include "zhoubao/base/text.h"

/* The day of publication; then any that is no other day. */
#define LABEL                                                                                                                                          \
  "(?:发布时间|发布日期|发表时间|发表日期|发文日期|发文时间|发佈時間|發布日期|發佈日期|發表時間|公开日期|" \
  "公布日期|"                                                                                                                                      \
  "发布于|发表于|發佈於|發表於|發布於|公開日|投稿日|掲載日|기사입력|입력시간|등록일|입력)"
#define ANY_LABEL                                                                                                                                \
  "(?<!成文|生效|施行|实施|截止|开始|结束|废止|失效|签发|会议|活动|起始|有效|更新)(?:时间|日期|時間|日時)" \
  "\\s*[:：]|"                                                                                                                                  \
  "\\b(?:published|posted|publish date|date published|first "                                                                                    \
  "published|created|publicado|publicada|publié|publiée|"                                                                                      \
  "veröffentlicht|erstellt|pubblicato|geplaatst|gepubliceerd|opublikowano|yayınlanma|опубликовано|дата)\\b"

#define BEHIND_LABEL 16   /* characters between a label and its date */
#define NEIGHBOURHOOD 300 /* characters */
#define NEAR 200          /* bytes between a date and the title below it */
#define BESIDE 60         /* characters that are the next line */
#define DATE_CHARS 40     /* of a long date with its time */

/* 112-05-03 behind a label: of the Republic of China. */
static ZbTime
of_short_year (const ZbDateQuery *q, const char *behind)
{
  g_autoptr (GRegex) form = g_regex_new ("^[\\s:：]*(1\\d\\d([-/.])\\d{1,2}\\2\\d{1,2})(?!\\d)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (form, behind, 0, &match))
    return ZB_TIME_NONE;
  g_autofree char *date = g_match_info_fetch (match, 1);
  return zb_page_date_read (q, date);
}

static ZbTime
of_label (const ZbDateQuery *q, const char *label)
{
  g_autoptr (GRegex) form = g_regex_new (label, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  ZbTime found = ZB_TIME_NONE;
  for (g_regex_match (form, q->seen, 0, &match); found == ZB_TIME_NONE && g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    int end = 0;
    g_match_info_fetch_pos (match, 0, NULL, &end);
    found = of_short_year (q, q->seen + end);
    if (found == ZB_TIME_NONE)
      found = zb_page_date_within (q, q->seen + end, 60, BEHIND_LABEL);
  }
  return found;
}

ZbTime
zb_page_date_of_labels (const ZbDateQuery *q)
{
  return of_label (q, LABEL);
}

ZbTime
zb_page_date_of_any_label (const ZbDateQuery *q)
{
  return of_label (q, ANY_LABEL);
}

/* --- elements --- */

static gboolean
holds (const ZbNode *node, const ZbNode *inner)
{
  while (inner != NULL && inner != node)
    inner = zb_node_parent (inner);
  return inner != NULL;
}

/* Names on what holds the main text, too, say nothing: some sites show their articles in a "modal". */
static gboolean
is_out_of_text (const ZbDateQuery *q, const ZbNode *node)
{
  for (; node != NULL; node = zb_node_parent (node))
    if (zb_page_hints (node) & (ZB_HINT_ASIDE | ZB_HINT_FOREIGN))
      return !holds (node, q->main);
  return FALSE;
}

static ZbTime
date_of_node (const ZbDateQuery *q, const ZbNode *node)
{
  static const char *const attributes[] = {"datetime",  "content",        "title",
                                           "data-time", "data-timestamp", "data-datetime"};
  gsize places[ZB_DATE_MARKS];
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    ZbTime t = zb_page_date_read (q, zb_node_attribute (node, attributes[i]));
    if (t != ZB_TIME_NONE)
      return t;
  }
  /* "Published" and "3 March" may be two blocks, and 2nd two elements. */
  g_autofree char *apart = zb_page_linear (node, NULL, NULL, places), *joined = zb_node_squeezed (node);
  ZbTime t = strlen (apart) < 200 ? zb_page_date_read (q, apart) : ZB_TIME_NONE;
  return t != ZB_TIME_NONE || strlen (joined) >= 200 ? t : zb_page_date_read (q, joined);
}

static gboolean
has_word (const ZbNode *node, const char *attribute, const char *words)
{
  const char *value = zb_node_attribute (node, attribute);
  return value != NULL && g_regex_match_simple (words, value, G_REGEX_CASELESS, 0);
}

static gboolean
is_declared (const ZbNode *node)
{
  return has_word (node, "itemprop", "datePublished|dateCreated") ||
         zb_node_attribute (node, "pubdate") != NULL ||
         has_word (node, "property", "datePublished|dc:date|dcterms:issued|schema:datePublished") ||
         (zb_node_is (node, "abbr") && has_word (node, "class", "published"));
}

static gboolean
is_time (const ZbNode *node)
{
  return zb_node_is (node, "time") || zb_node_is (node, "relative-time") ||
         zb_node_attribute (node, "data-timestamp") != NULL ||
         zb_node_attribute (node, "data-datetime") != NULL;
}

static gboolean
is_of_change (const ZbNode *node)
{
  static const char change[] = "updated|modified|lastmod", first[] = "publish|posted|entry-date|created";
  return (has_word (node, "class", change) && !has_word (node, "class", first)) ||
         (has_word (node, "itemprop", change) && !has_word (node, "itemprop", first));
}

static gboolean
is_named_date (const ZbNode *node)
{
  static const char words[] =
      "(?:^|[\\s_-]|[a-z])(?:date|datum|fecha|data|time|timestamp|published|pubdate|pubtime|posted|datetime|"
      "dateline|byline|meta|info|Date|Time|Published|riqi|shijian)(?:$|[\\s_-]|[A-Z0-9])";
  const char *class = zb_node_attribute (node, "class"), *id = zb_node_attribute (node, "id");
  return (class != NULL && g_regex_match_simple (words, class, 0, 0)) ||
         (id != NULL && g_regex_match_simple (words, id, 0, 0));
}

/* Whether the title follows NODE within a line or two. */
static gboolean
is_near_title (const ZbDateQuery *q, const ZbNode *node)
{
  gsize between = 0;
  node = zb_node_skip (node, q->root);
  for (; node != NULL && node != q->title && between < NEAR; node = zb_node_follow (node, q->root))
    between += zb_node_is_element (node) ? 0 : strlen (zb_node_literal (node));
  return node != NULL && node == q->title;
}

typedef enum { SIDE_BEHIND, SIDE_NEAR, SIDE_ANY } Side;

/* Whether NODE follows the title within a line or two: then it belongs to it, whatever names are around it.
 */
static gboolean
is_right_behind_title (const ZbDateQuery *q, const ZbNode *node)
{
  gsize between = 0;
  const ZbNode *at = q->title != NULL ? zb_node_skip (q->title, q->root) : NULL;
  for (; at != NULL && at != node && between < NEAR; at = zb_node_follow (at, q->root))
    between += zb_node_is_element (at) ? 0 : strlen (zb_node_literal (at));
  return at != NULL && at == node;
}

/* The first date of an element of KIND behind the title, else the first before it, where SIDE lets it. */
static ZbTime
of_elements (const ZbDateQuery *q, gboolean (*kind) (const ZbNode *node), Side side)
{
  ZbTime before = ZB_TIME_NONE;
  gboolean behind = q->title == NULL;
  for (const ZbNode *node = q->root; node != NULL; node = zb_node_follow (node, q->root)) {
    behind = behind || node == q->title;
    if (!zb_node_is_element (node) || (before != ZB_TIME_NONE && !behind) || !kind (node) ||
        (is_of_change (node) && !q->changes) ||
        (is_out_of_text (q, node) && !is_right_behind_title (q, node)) ||
        (!behind && (side == SIDE_BEHIND || (side == SIDE_NEAR && !is_near_title (q, node)))))
      continue;
    ZbTime t = date_of_node (q, node);
    if (t != ZB_TIME_NONE && behind)
      return t;
    if (t != ZB_TIME_NONE)
      before = t;
  }
  return before;
}

/* By the rules of microdata a date is of the nearest item around it, though it stands in an aside. */
static gboolean
is_of_main_item (const ZbDateQuery *q, const ZbNode *node)
{
  while (node != NULL && zb_node_attribute (node, "itemscope") == NULL)
    node = zb_node_parent (node);
  return node != NULL && q->main != NULL && holds (node, q->main);
}

ZbTime
zb_page_date_of_declared (const ZbDateQuery *q)
{
  ZbTime t = of_elements (q, is_declared, SIDE_ANY);
  for (const ZbNode *node = q->root; t == ZB_TIME_NONE && node != NULL; node = zb_node_follow (node, q->root))
    if (zb_node_is_element (node) && is_declared (node) && is_of_main_item (q, node))
      t = date_of_node (q, node);
  return t;
}

ZbTime
zb_page_date_of_times (const ZbDateQuery *q)
{
  return of_elements (q, is_time, SIDE_NEAR);
}

ZbTime
zb_page_date_of_names (const ZbDateQuery *q)
{
  return of_elements (q, is_named_date, SIDE_BEHIND);
}

ZbTime
zb_page_date_of_names_before (const ZbDateQuery *q)
{
  return of_elements (q, is_named_date, SIDE_NEAR);
}

ZbTime
zb_page_date_of_far_elements (const ZbDateQuery *q)
{
  ZbTime t = of_elements (q, is_time, SIDE_ANY);
  return t != ZB_TIME_NONE ? t : of_elements (q, is_named_date, SIDE_ANY);
}

/* --- neighbourhood --- */

static ZbTime
before_place (const ZbDateQuery *q, gsize place, guint length)
{
  if (place == ZB_DATE_NOWHERE)
    return ZB_TIME_NONE;
  const char *from = q->seen + place;
  for (guint i = 0; i < length && from > q->seen; i++)
    from = g_utf8_prev_char (from);
  return zb_page_date_within (q, from, g_utf8_pointer_to_offset (from, q->seen + place), G_MAXLONG);
}

/* A date in mere text has to have its year, for "today" may be said of anything; but 3小时前 in the line
 * below the title is when it came out. */
ZbTime
zb_page_date_of_next_line (const ZbDateQuery *q)
{
  gsize title = q->places[ZB_DATE_BEHIND_TITLE];
  ZbTime t = title != ZB_DATE_NOWHERE ? zb_page_date_within (q, q->seen + title, BESIDE + DATE_CHARS, BESIDE)
                                      : ZB_TIME_NONE;
  return q->guess && t != ZB_TIME_NONE && zb_dates_midnight (t, q->context.zone) == t ? ZB_TIME_NONE : t;
}

ZbTime
zb_page_date_of_neighbours (const ZbDateQuery *q)
{
  gsize title = q->places[ZB_DATE_TITLE], behind = q->places[ZB_DATE_BEHIND_TITLE],
        text = q->places[ZB_DATE_MAIN];
  if (q->guess)
    return ZB_TIME_NONE;
  ZbTime t = before_place (q, title, BESIDE);
  if (t == ZB_TIME_NONE && behind != ZB_DATE_NOWHERE)
    t = zb_page_date_within (q, q->seen + behind, NEIGHBOURHOOD, G_MAXLONG);
  if (t == ZB_TIME_NONE)
    t = before_place (q, title, NEIGHBOURHOOD);
  if (t == ZB_TIME_NONE && text != ZB_DATE_NOWHERE)
    t = zb_page_date_within (q, q->seen + text, BESIDE + DATE_CHARS, BESIDE);
  return t != ZB_TIME_NONE ? t : before_place (q, text, NEIGHBOURHOOD);
}

/* "Geneva, 30 September 2016" as the last words; a sentence would end with its stop. */
ZbTime
zb_page_date_of_foot (const ZbDateQuery *q)
{
  gsize end = q->places[ZB_DATE_BEHIND_MAIN];
  if (end == ZB_DATE_NOWHERE || end == 0 || q->guess || strchr (".!?", q->seen[end - 1]) != NULL)
    return ZB_TIME_NONE;
  return before_place (q, end, BESIDE);
}

char *
zb_page_linear (const ZbNode *root, const ZbNode *title, const ZbNode *main, gsize places[ZB_DATE_MARKS])
{
  static const char *const silent[] = {"script", "style",  "noscript", "template", "title",
                                       "select", "option", "svg",      NULL};
  const ZbNode *at[ZB_DATE_MARKS] = {title, title != NULL ? zb_node_skip (title, root) : NULL, main,
                                     main != NULL ? zb_node_skip (main, root) : NULL};
  gsize raw[ZB_DATE_MARKS] = {ZB_DATE_NOWHERE, ZB_DATE_NOWHERE, ZB_DATE_NOWHERE, ZB_DATE_NOWHERE};
  g_autoptr (GString) all = g_string_new (NULL);
  for (const ZbNode *node = root; node != NULL;) {
    for (guint i = 0; i < ZB_DATE_MARKS; i++)
      if (node == at[i])
        raw[i] = all->len;
    g_string_append (all, zb_node_literal (node));
    g_string_append_c (all, ' ');
    node = g_strv_contains (silent, zb_node_name (node)) ? zb_node_skip (node, root)
                                                         : zb_node_follow (node, root);
  }
  if (main != NULL && at[ZB_DATE_BEHIND_MAIN] == NULL)
    raw[ZB_DATE_BEHIND_MAIN] = all->len;
  for (guint i = 0; i < ZB_DATE_MARKS; i++) {
    places[i] = ZB_DATE_NOWHERE;
    if (raw[i] == ZB_DATE_NOWHERE)
      continue;
    g_autofree char *head = zb_text_squeeze (all->str, (gssize)raw[i]);
    places[i] = strlen (head);
  }
  return zb_text_squeeze (all->str, (gssize)all->len);
}
