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
static const char *const last_names[] = {
    "article:modified_time", "og:updated_time",  "datemodified",     "dateupdate",
    "dateupdated",           "updatetime",       "update_time",      "last_updated",
    "dcterms.modified",      "dc.date.modified", "lastmodifiedtime", "lastmod",
    "last-modified",         "modified",         "revised",          NULL};

static gboolean
is_plausible (ZbTime t, const ZbDateContext *context)
{
  static const ZbTime web = 631152000; /* 1990 */
  return t != ZB_TIME_NONE && t >= web && (context->now == ZB_TIME_NONE || t < context->now + 2 * 86400);
}

/* DATE if it can be that of a page; one whose year is guessed only where the query lets it, one without a day
 * never. */
ZbTime
zb_page_date_settle (const ZbDateQuery *q, const ZbDate *date)
{
  if (!date->has_day || (!date->has_year && !q->guess))
    return ZB_TIME_NONE;
  ZbTime t = zb_dates_settle (date, &q->context);
  return is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
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
  const char *const addresses[] = {q->url, q->canonical};
  ZbTime t = ZB_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (addresses) && t == ZB_TIME_NONE; i++) {
    t = addresses[i] != NULL ? zb_list_date_of_link (addresses[i], q->context.zone) : ZB_TIME_NONE;
    t = is_plausible (t, &q->context) ? t : ZB_TIME_NONE;
  }
  return t;
}

/* Pages drawn by script carry their data in one: as texts, or as seconds or milliseconds since 1970. */
static ZbTime
of_scripts (const ZbDateQuery *q)
{
  g_autoptr (GRegex) form =
      g_regex_new ("(?:[\"'](?:date_?published|(?:first_?)?published?_?(?:at|on|date|time)|pub_?(?:date|time)"
                   "|publication_?date|"
                   "original_?time|news_?time|ptime|create_?time)[\"']|\\bvar (?:ct|publish_?time|pubtime))"
                   "\\s*[:=,]\\s*(?:[\"']([^\"']{8,40})[\"']|([0-9]{10}(?:[0-9]{3})?)\\b)",
                   G_REGEX_CASELESS, 0, NULL);
  for (const ZbNode *node = q->root; node != NULL; node = zb_node_follow (node, q->root)) {
    g_autofree char *script = zb_node_is (node, "script") ? zb_node_content (node) : NULL;
    g_autoptr (GMatchInfo) match = NULL;
    if (script == NULL || !g_regex_match (form, script, 0, &match))
      continue;
    g_autofree char *value = g_match_info_fetch (match, 1), *number = g_match_info_fetch (match, 2);
    ZbTime t = zb_page_date_read (q, *value != '\0' ? value : number);
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

/* Where a time of day may stand besides a day that is known. */
static ZbTime (*const shown_places[]) (const ZbDateQuery *) = {
    zb_page_date_of_labels,
    zb_page_date_of_times,
    zb_page_date_of_names,
    zb_page_date_of_next_line,
    zb_page_date_of_names_before,
    zb_page_date_of_neighbours,
    of_scripts,
};

static gboolean
is_midnight (ZbTime t, const ZbDateQuery *q)
{
  return zb_dates_midnight (t, q->context.zone) == t;
}

/* Whether T can be in DAY: where the page's zone is unknown, in that of any zone. */
static gboolean
is_of_day (ZbTime t, ZbTime day, const ZbDateQuery *q)
{
  const ZbTime ahead = q->context.zone == NULL ? 14 * 3600 : 0,
               behind = q->context.zone == NULL ? 12 * 3600 : 0;
  return t != ZB_TIME_NONE && t != day && t >= day - ahead && t < day + 86400 + behind;
}

/* DAY is of a link or a field without a time: the page often shows the same day with one. */
static ZbTime
with_clock (ZbDateQuery *q, ZbTime day)
{
  if (!is_midnight (day, q))
    return day;
  q->changes = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (shown_places); i++) {
    ZbTime t = shown_places[i](q);
    if (is_of_day (t, day, q) && !is_midnight (t, q))
      return t;
  }
  return day;
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
      zb_page_date_of_next_line,
      zb_page_date_of_names_before,
      zb_page_date_of_neighbours,
      of_scripts,
      zb_page_date_of_far_elements,
      zb_page_date_of_any_label,
      zb_page_date_of_foot,
      of_last_change,
  };
  ZbTime t = ZB_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (places) && t == ZB_TIME_NONE; i++)
    t = places[i](q);
  return t;
}

ZbTime
zb_page_date (const ZbDateQuery *query)
{
  ZbDateQuery q = *query;
  ZbTime t = of_places (&q);
  if (t == ZB_TIME_NONE) {
    q.changes = TRUE;
    t = of_places (&q);
  }
  if (t == ZB_TIME_NONE) {
    q.guess = TRUE;
    t = of_places (&q);
  }
  return t != ZB_TIME_NONE ? with_clock (&q, t) : t;
}
