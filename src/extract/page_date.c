/* The date of a page, from where publishers put it: the surest place that has one decides. What people see is
   read by page_date_seen.c. */
#include "page_date.h"

#include "page_date_seen.h"
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
                                          "dcsext.articlefirstpublished",
                                          "og:pubdate",
                                          "og:publish_date",
                                          "publishtime",
                                          "publish_time",
                                          "publisheddate",
                                          "firstpublishdate",
                                          "originaldate",
                                          "dc:created",
                                          "dc:date",
                                          "date_published",
                                          "og:regdate",
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

static gboolean
is_plausible (ZbTime t, const ZbDateContext *context)
{
  static const ZbTime web = 631152000; /* 1990 */
  return t != ZB_TIME_NONE && t >= web && (context->now == ZB_TIME_NONE || t < context->now + 2 * 86400);
}

/* DATE if it can be that of a page; one whose year is guessed only where the query lets it. */
ZbTime
zb_page_date_settle (const ZbDateQuery *q, const ZbDate *date)
{
  if (!date->has_year && !q->guess)
    return ZB_TIME_NONE;
  ZbTime t = zb_dates_settle (date, &q->context);
  return is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
}

/* 5/6/2017 means the fifth of June in most languages, and the sixth of May to those who write M/D/Y. */
static ZbTime
read_numbers (const ZbDateQuery *q, const char *text, glong *start)
{
  g_autoptr (GRegex) form =
      g_regex_new ("(?<![\\d/.-])(\\d{1,2})([/.-])(\\d{1,2})\\2((?:19|20)\\d\\d)(?![\\d/-])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (form, text, 0, &match))
    return ZB_TIME_NONE;
  g_autofree char *first = g_match_info_fetch (match, 1), *mark = g_match_info_fetch (match, 2),
                  *second = g_match_info_fetch (match, 3), *year = g_match_info_fetch (match, 4);
  int a = (int)g_ascii_strtoll (first, NULL, 10), b = (int)g_ascii_strtoll (second, NULL, 10), from = 0;
  gboolean day_first = b > 12 ? FALSE : a > 12 || *mark == '.' || q->day_first;
  g_autofree char *iso = g_strdup_printf ("%s-%02d-%02d", year, day_first ? b : a, day_first ? a : b);
  ZbTime t = zb_dates_parse (iso, &q->context);
  g_match_info_fetch_pos (match, 0, &from, NULL);
  *start = from;
  return is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
}

ZbTime
zb_page_date_read (const ZbDateQuery *q, const char *text)
{
  ZbDate date;
  glong start;
  if (text == NULL || strlen (text) > 300)
    return ZB_TIME_NONE;
  ZbTime t = read_numbers (q, text, &start);
  if (t != ZB_TIME_NONE ||
      (!zb_dates_read (text, &q->context, &date) && !zb_dates_find (text, &q->context, &date)))
    return t;
  return zb_page_date_settle (q, &date);
}

ZbTime
zb_page_date_within (const ZbDateQuery *q, const char *text, glong length, glong latest)
{
  g_autofree char *head = g_utf8_substring (text, 0, MIN (length, g_utf8_strlen (text, -1)));
  ZbDate date;
  glong start = 0;
  if (zb_dates_find (head, &q->context, &date) && (glong)date.start <= latest)
    return zb_page_date_settle (q, &date);
  ZbTime t = read_numbers (q, head, &start);
  return start <= latest ? t : ZB_TIME_NONE;
}

/* --- places out of sight --- */

static ZbTime
of_linked_article (const ZbDateQuery *q)
{
  return zb_page_date_read (q, q->meta->linked.published);
}

static ZbTime
of_meta (const ZbDateQuery *q)
{
  ZbTime t = ZB_TIME_NONE;
  for (const char *const *name = first_names; t == ZB_TIME_NONE && *name != NULL; name++)
    t = zb_page_date_read (q, g_hash_table_lookup (q->meta->values, *name));
  return t;
}

static ZbTime
of_linked_page (const ZbDateQuery *q)
{
  return zb_page_date_read (q, q->meta->linked.page_published);
}

static ZbTime
of_url (const ZbDateQuery *q)
{
  ZbTime t = q->url != NULL ? zb_list_date_of_link (q->url, q->context.zone) : ZB_TIME_NONE;
  return is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
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
    ZbTime t = zb_page_date_read (q, value);
    if (t != ZB_TIME_NONE)
      return t;
  }
  return ZB_TIME_NONE;
}

static ZbTime
of_last_change (const ZbDateQuery *q)
{
  ZbTime t = zb_page_date_read (q, q->meta->linked.modified);
  return t != ZB_TIME_NONE ? t : zb_page_date_read (q, zb_page_meta_first (q->meta, last_names));
}

static ZbTime
of_places (const ZbDateQuery *q)
{
  static ZbTime (*const places[]) (const ZbDateQuery *) = {
      of_linked_article,
      of_meta,
      zb_page_date_of_declared,
      zb_page_date_of_labels,
      zb_page_date_of_times,
      of_linked_page,
      of_url,
      zb_page_date_of_names,
      zb_page_date_of_neighbours,
      of_scripts,
      of_last_change,
      zb_page_date_of_any_label,
  };
  ZbTime t = ZB_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (places) && t == ZB_TIME_NONE; i++)
    t = places[i](q);
  return t;
}

ZbTime
zb_page_date (const ZbDateQuery *query)
{
  ZbTime t = of_places (query);
  if (t != ZB_TIME_NONE)
    return t;
  ZbDateQuery guess = *query;
  guess.guess = TRUE;
  return of_places (&guess);
}
