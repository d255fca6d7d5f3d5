/* Dates as people see them: marked elements, labels, the neighbourhood of the title. */
#include "page_date_seen.h"

#include "page_read.h"
#include "zhoubao/base/text.h"

/* The day of publication; then any that is no other day. */
#define LABEL                                                                                                                                          \
  "(?:发布时间|发布日期|发表时间|发表日期|发文日期|发文时间|发佈時間|發布日期|發佈日期|發表時間|公开日期|" \
  "公布日期|"                                                                                                                                      \
  "公開日|投稿日|掲載日|기사입력|입력시간|등록일|입력)"
#define ANY_LABEL                                                                                                                                \
  "(?<!成文|生效|施行|实施|截止|开始|结束|废止|失效|签发|会议|活动|起始|有效|更新)(?:时间|日期|時間|日時)" \
  "\\s*[:：]|"                                                                                                                                  \
  "\\b(?:published|posted|publish date|date published|first "                                                                                    \
  "published|created|publicado|publicada|publié|publiée|"                                                                                      \
  "veröffentlicht|erstellt|pubblicato|geplaatst|gepubliceerd|opublikowano|yayınlanma|опубликовано|дата)\\b"

#define BEHIND_LABEL 24   /* bytes between a label and its date */
#define NEIGHBOURHOOD 300 /* characters */

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
is_out_of_text (const ZbNode *node)
{
  for (; node != NULL; node = zb_node_parent (node))
    if (zb_page_hints (node) & (ZB_HINT_ASIDE | ZB_HINT_FOREIGN) && !zb_node_is (node, "form") &&
        !zb_node_is (node, "body"))
      return TRUE;
  return FALSE;
}

static ZbTime
date_of_node (const ZbDateQuery *q, const ZbNode *node)
{
  static const char *const attributes[] = {"datetime",  "content",        "title",
                                           "data-time", "data-timestamp", "data-datetime"};
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    ZbTime t = zb_page_date_read (q, zb_node_attribute (node, attributes[i]));
    if (t != ZB_TIME_NONE)
      return t;
  }
  g_autofree char *text = zb_node_squeezed (node);
  return strlen (text) < 200 ? zb_page_date_read (q, text) : ZB_TIME_NONE;
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
  return zb_node_is (node, "time") || zb_node_is (node, "relative-time");
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

/* The first date of an element of KIND behind the title, else before it. */
static ZbTime
of_elements (const ZbDateQuery *q, gboolean (*kind) (const ZbNode *node))
{
  ZbTime before = ZB_TIME_NONE;
  gboolean behind = q->title == NULL;
  for (const ZbNode *node = q->root; node != NULL; node = zb_node_follow (node, q->root)) {
    behind = behind || node == q->title;
    if (!zb_node_is_element (node) || (before != ZB_TIME_NONE && !behind) || !kind (node) ||
        is_out_of_text (node))
      continue;
    ZbTime t = date_of_node (q, node);
    if (t != ZB_TIME_NONE && behind)
      return t;
    if (t != ZB_TIME_NONE)
      before = t;
  }
  return before;
}

ZbTime
zb_page_date_of_declared (const ZbDateQuery *q)
{
  return of_elements (q, is_declared);
}

ZbTime
zb_page_date_of_times (const ZbDateQuery *q)
{
  return of_elements (q, is_time);
}

ZbTime
zb_page_date_of_names (const ZbDateQuery *q)
{
  return of_elements (q, is_named_date);
}

/* --- neighbourhood --- */

static ZbTime
around (const ZbDateQuery *q, gsize place, glong behind)
{
  if (place == 0)
    return ZB_TIME_NONE;
  ZbTime t = zb_page_date_within (q, q->seen + place, behind, G_MAXLONG);
  if (t != ZB_TIME_NONE)
    return t;
  const char *from = q->seen + place;
  for (guint i = 0; i < NEIGHBOURHOOD && from > q->seen; i++)
    from = g_utf8_prev_char (from);
  return zb_page_date_within (q, from, g_utf8_pointer_to_offset (from, q->seen + place), G_MAXLONG);
}

/* A date in mere text has to have its year: "today" may be said of anything. */
ZbTime
zb_page_date_of_neighbours (const ZbDateQuery *q)
{
  if (q->guess)
    return ZB_TIME_NONE;
  ZbTime t = around (q, q->places[0], NEIGHBOURHOOD);
  return t != ZB_TIME_NONE ? t : around (q, q->places[1], 60);
}

char *
zb_page_linear (const ZbNode *root, const ZbNode *const marks[2], gsize places[2])
{
  static const char *const silent[] = {"script", "style",  "noscript", "template", "title",
                                       "select", "option", "svg",      NULL};
  const ZbNode *at[2] = {marks[0] != NULL ? zb_node_skip (marks[0], root) : NULL, marks[1]};
  gsize raw[2] = {0, 0};
  g_autoptr (GString) all = g_string_new (NULL);
  for (const ZbNode *node = root; node != NULL;) {
    for (guint i = 0; i < 2; i++)
      if (node == at[i])
        raw[i] = all->len;
    g_string_append (all, zb_node_literal (node));
    g_string_append_c (all, ' ');
    node = g_strv_contains (silent, zb_node_name (node)) ? zb_node_skip (node, root)
                                                         : zb_node_follow (node, root);
  }
  for (guint i = 0; i < 2; i++) {
    g_autofree char *head = zb_text_squeeze (all->str, (gssize)raw[i]);
    places[i] = strlen (head);
  }
  return zb_text_squeeze (all->str, (gssize)all->len);
}
