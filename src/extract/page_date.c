/* The date of a page, from where publishers put it: the surest place that has one decides. */
#include "page_date.h"

#include "page_read.h"
#include "zhoubao/base/text.h"
#include "zhoubao/extract/list.h"

/* Of the first publication; Chinese government sites write PubDate and firstpublishedtime by rule. */
static const char *const first_names[] = {"article:published_time",
                                          "pubdate",
                                          "firstpublishedtime",
                                          "publishdate",
                                          "og:published_time",
                                          "og:article:published_time",
                                          "datepublished",
                                          "date",
                                          "dc.date.issued",
                                          "dcterms.issued",
                                          "dc.date",
                                          "dcterms.date",
                                          "dc.date.created",
                                          "dcterms.created",
                                          "parsely-pub-date",
                                          "sailthru.date",
                                          "publish_date",
                                          "publish-date",
                                          "pub_date",
                                          "publication_date",
                                          "publicationdate",
                                          "published_date",
                                          "published-date",
                                          "article_date_original",
                                          "originalpublicationdate",
                                          "article.published",
                                          "article:post_date",
                                          "cxenseparse:recs:publishtime",
                                          "bt:pubdate",
                                          "rnews:datepublished",
                                          "citation_publication_date",
                                          "citation_date",
                                          "shareaholic:article_published_time",
                                          "weibo:article:create_at",
                                          "datecreated",
                                          "article.created",
                                          "created",
                                          "release_date",
                                          "displaydate",
                                          "ptime",
                                          "timestamp",
                                          "pdate",
                                          "doc_date",
                                          "posted",
                                          "apub:time",
                                          "iso-8601-publish-date",
                                          "vr:published_time",
                                          "article-publication-date",
                                          NULL};

/* Of the last change: better than nothing. */
static const char *const last_names[] = {"article:modified_time",
                                         "og:updated_time",
                                         "datemodified",
                                         "dcterms.modified",
                                         "dc.date.modified",
                                         "lastmodifiedtime",
                                         "lastmod",
                                         "last-modified",
                                         "modified",
                                         "revised",
                                         NULL};

/* What stands before the date where people read it: the day of publication, then any that is no other day. */
#define LABEL_ZH                                                                                             \
  "(?:发布时间|发布日期|发表时间|发表日期|发文日期|发文时间|发佈時間|發布日期|公开日期|公布日期)\\s*[:：]"
#define LABEL_ZH_ANY                                                                                         \
  "(?<!成文|生效|施行|实施|截止|开始|结束|废止|失效|签发|会议|活动|起始|有效|更新)(?:时间|日期)\\s*[:：]"
#define LABEL_ANY                                                                                            \
  "\\b(?:published|posted|publish date|date published|first "                                                \
  "published|created|publicado|publié|veröffentlicht|"                                                     \
  "erstellt|pubblicato|опубликовано|дата публикации|公開日|投稿日|掲載日|등록|입력)\\b"

static gboolean
is_plausible (ZbTime t, const ZbDateContext *context)
{
  static const ZbTime web = 631152000; /* 1990 */
  return t != ZB_TIME_NONE && t >= web && (context->now == ZB_TIME_NONE || t < context->now + 2 * 86400);
}

static ZbTime
settle (const ZbDate *date, const ZbDateContext *context)
{
  ZbTime t = zb_dates_settle (date, context);
  return is_plausible (t, context) ? t : ZB_TIME_NONE;
}

/* TEXT that is said to be a date: all of it, or somewhere in it. */
static ZbTime
read_date (const char *text, const ZbDateContext *context)
{
  ZbDate date;
  if (text == NULL || strlen (text) > 300)
    return ZB_TIME_NONE;
  if (!zb_dates_read (text, context, &date) && !zb_dates_find (text, context, &date))
    return ZB_TIME_NONE;
  return settle (&date, context);
}

/* The first date with its year within LENGTH characters of TEXT. */
static ZbTime
find_near (const char *text, glong length, const ZbDateContext *context)
{
  g_autofree char *head = g_utf8_substring (text, 0, MIN (length, g_utf8_strlen (text, -1)));
  ZbDate date;
  return zb_dates_find (head, context, &date) && date.has_year ? settle (&date, context) : ZB_TIME_NONE;
}

ZbTime
zb_page_labelled_date (const char *text, const char *label, const ZbDateContext *context)
{
  g_autoptr (GRegex) form = g_regex_new (label, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  ZbTime found = ZB_TIME_NONE;
  for (g_regex_match (form, text, 0, &match); found == ZB_TIME_NONE && g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    int end = 0;
    g_match_info_fetch_pos (match, 0, NULL, &end);
    found = find_near (text + end, 60, context);
  }
  return found;
}

/* --- places --- */

static ZbTime
of_meta (const ZbDateQuery *q)
{
  ZbTime t = ZB_TIME_NONE;
  for (const char *const *name = first_names; t == ZB_TIME_NONE && *name != NULL; name++)
    t = read_date (g_hash_table_lookup (q->meta->values, *name), &q->context);
  return t;
}

static ZbTime
of_linked_data (const ZbDateQuery *q)
{
  return read_date (q->meta->linked.published, &q->context);
}

static gboolean
is_out_of_text (const ZbNode *node)
{
  for (; node != NULL; node = zb_node_parent (node))
    if (zb_page_hints (node) & (ZB_HINT_ASIDE | ZB_HINT_FOREIGN) && !zb_node_is (node, "form"))
      return TRUE;
  return FALSE;
}

static ZbTime
date_of_node (const ZbNode *node, const ZbDateContext *context)
{
  static const char *const attributes[] = {"datetime", "content", "title", "data-time", "data-timestamp"};
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    ZbTime t = read_date (zb_node_attribute (node, attributes[i]), context);
    if (t != ZB_TIME_NONE)
      return t;
  }
  g_autofree char *text = zb_node_squeezed (node);
  return strlen (text) < 200 ? read_date (text, context) : ZB_TIME_NONE;
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
  return zb_node_is (node, "time");
}

static gboolean
is_called_date (const ZbNode *node)
{
  static const char words[] =
      "(?:^|[\\s_-]|[a-z])(?:date|time|timestamp|published|pubdate|pubtime|posted|datetime|"
      "dateline|byline|Date|Time|Published)(?:$|[\\s_-]|[A-Z0-9])";
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
    if (!zb_node_is_element (node) || !kind (node) || (before != ZB_TIME_NONE && !behind) ||
        is_out_of_text (node))
      continue;
    ZbTime t = date_of_node (node, &q->context);
    if (t != ZB_TIME_NONE && behind)
      return t;
    if (t != ZB_TIME_NONE)
      before = t;
  }
  return before;
}

static ZbTime
of_declared_elements (const ZbDateQuery *q)
{
  return of_elements (q, is_declared);
}

static ZbTime
of_time_elements (const ZbDateQuery *q)
{
  return of_elements (q, is_time);
}

static ZbTime
of_called_elements (const ZbDateQuery *q)
{
  return of_elements (q, is_called_date);
}

static ZbTime
of_labels (const ZbDateQuery *q)
{
  ZbTime t = zb_page_labelled_date (q->seen, LABEL_ZH, &q->context);
  if (t == ZB_TIME_NONE)
    t = zb_page_labelled_date (q->seen, LABEL_ZH_ANY, &q->context);
  return t != ZB_TIME_NONE ? t : zb_page_labelled_date (q->seen, LABEL_ANY, &q->context);
}

static ZbTime
of_url (const ZbDateQuery *q)
{
  ZbTime t = q->url != NULL ? zb_list_date_of_link (q->url, q->context.zone) : ZB_TIME_NONE;
  return is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
}

static ZbTime
of_neighbours (const ZbDateQuery *q)
{
  if (q->after_title == 0)
    return ZB_TIME_NONE;
  ZbTime t = find_near (q->seen + q->after_title, 300, &q->context);
  if (t != ZB_TIME_NONE)
    return t;
  const char *from = q->seen + q->after_title;
  for (guint i = 0; i < 300 && from > q->seen; i++)
    from = g_utf8_prev_char (from);
  return find_near (from, 300, &q->context);
}

/* Pages drawn by script carry their data in one. */
static ZbTime
of_scripts (const ZbDateQuery *q)
{
  g_autoptr (GRegex) form =
      g_regex_new ("[\"'](?:datePublished|publishedAt|published_at|publishDate|publish_date|"
                   "publishTime|pubDate|firstPublishDate|publicationDate|published_time)[\"']"
                   "\\s*[:,]\\s*[\"']([^\"']{8,40})[\"']",
                   0, 0, NULL);
  for (const ZbNode *node = q->root; node != NULL; node = zb_node_follow (node, q->root)) {
    g_autofree char *script = zb_node_is (node, "script") ? zb_node_content (node) : NULL;
    g_autoptr (GMatchInfo) match = NULL;
    if (script == NULL || !g_regex_match (form, script, 0, &match))
      continue;
    g_autofree char *value = g_match_info_fetch (match, 1);
    ZbTime t = read_date (value, &q->context);
    if (t != ZB_TIME_NONE)
      return t;
  }
  return ZB_TIME_NONE;
}

static ZbTime
of_last_change (const ZbDateQuery *q)
{
  ZbTime t = read_date (q->meta->linked.modified, &q->context);
  return t != ZB_TIME_NONE ? t : read_date (zb_page_meta_first (q->meta, last_names), &q->context);
}

ZbTime
zb_page_date (const ZbDateQuery *query)
{
  static ZbTime (*const places[]) (const ZbDateQuery *) = {
      of_meta, of_linked_data,     of_declared_elements, of_labels,  of_time_elements,
      of_url,  of_called_elements, of_neighbours,        of_scripts, of_last_change,
  };
  ZbTime t = ZB_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (places) && t == ZB_TIME_NONE; i++)
    t = places[i](query);
  return t;
}

char *
zb_page_linear (const ZbNode *root, const ZbNode *mark, gsize *after)
{
  static const char *const silent[] = {"script", "style",  "noscript", "template", "title",
                                       "select", "option", "svg",      NULL};
  g_autoptr (GString) all = g_string_new (NULL);
  const ZbNode *behind = mark != NULL ? zb_node_skip (mark, root) : NULL;
  gsize place = 0;
  for (const ZbNode *node = root; node != NULL;) {
    if (node == behind)
      place = all->len;
    g_string_append (all, zb_node_literal (node));
    g_string_append_c (all, ' ');
    node = g_strv_contains (silent, zb_node_name (node)) ? zb_node_skip (node, root)
                                                         : zb_node_follow (node, root);
  }
  g_autofree char *head = zb_text_squeeze (all->str, (gssize)place);
  *after = place > 0 ? strlen (head) : 0;
  return zb_text_squeeze (all->str, (gssize)all->len);
}
