/* List pages: what the bytes are, and what makes a row. */
#include "zhoubao/extract/list.h"

#include "list_read.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/xml.h"

/* Lists write "26 2017-06" where the day is large and the rest small. */
static char *
day_last (const char *text)
{
  g_autoptr (GRegex) form =
      g_regex_new ("^(\\d{1,2})日?\\s+((?:19|20)\\d\\d)[-./年](\\d{1,2})月?$", 0, 0, NULL);
  return g_regex_replace (form, text, -1, 0, "\\2-\\3-\\1", 0, NULL);
}

static ZbTime
read_date (const ZbListReader *r, const char *text)
{
  g_autofree char *squeezed = zb_text_squeeze (text, -1), *ordered = day_last (squeezed);
  ZbDate date;
  gboolean found = ordered != NULL &&
                   (zb_dates_read (ordered, &r->dates, &date) || zb_dates_find (ordered, &r->dates, &date));
  return found ? zb_dates_settle (&date, &r->dates) : ZB_TIME_NONE;
}

/* The groups of the rule's own pattern: eight digits, or year, month and day. */
static ZbTime
date_of_pattern (const ZbListReader *r, const char *link)
{
  g_autoptr (GMatchInfo) match = NULL;
  if (r->pattern == NULL || !g_regex_match (r->pattern, link, 0, &match) ||
      g_match_info_get_match_count (match) < 2)
    return ZB_TIME_NONE;
  g_autofree char *first = g_match_info_fetch (match, 1);
  if (g_match_info_get_match_count (match) < 4)
    return zb_dates_parse (first, &r->dates);
  g_autofree char *month = g_match_info_fetch (match, 2), *day = g_match_info_fetch (match, 3),
                  *date = g_strjoin ("-", first, month, day, NULL);
  return zb_dates_parse (date, &r->dates);
}

static ZbTime
date_of_row (const ZbListReader *r, const char *link, const char *date, const char *around)
{
  ZbTime t = date != NULL ? read_date (r, date) : ZB_TIME_NONE;
  if (t == ZB_TIME_NONE)
    t = date_of_pattern (r, link);
  if (t == ZB_TIME_NONE && around != NULL)
    t = read_date (r, around);
  return t != ZB_TIME_NONE ? t : zb_list_date_of_link (link, r->dates.zone);
}

gboolean
zb_list_add (ZbListReader *r, const char *link, const char *title, const char *date, const char *around)
{
  g_autofree char *absolute = link != NULL ? zb_url_resolve (link, r->base_url) : NULL;
  g_autofree char *squeezed = title != NULL ? zb_text_squeeze (title, -1) : NULL;
  if (absolute == NULL || squeezed == NULL || *squeezed == '\0' || g_hash_table_contains (r->seen, absolute))
    return TRUE;
  if (r->pattern != NULL && !g_regex_match (r->pattern, absolute, 0, NULL))
    return TRUE;
  ZbEntry *entry = zb_entry_new ();
  g_hash_table_add (r->seen, g_strdup (absolute));
  entry->title = zb_text_cut (squeezed, -1, (guint)r->job->limits.title_chars);
  entry->published = date_of_row (r, absolute, date, around);
  entry->id = g_strdup (absolute);
  entry->link = g_steal_pointer (&absolute);
  g_ptr_array_add (r->feed->entries, entry);
  return r->feed->entries->len < r->job->limits.entries;
}

/* The contents of all elements named NAME below ROOT, one after the other; NULL where there is none. */
static char *
contents_of (ZbNode *root, const char *name)
{
  g_autoptr (GString) all = g_string_new (NULL);
  gboolean found = FALSE;
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root)) {
    if (g_ascii_strcasecmp (zb_node_name (node), name) != 0)
      continue;
    g_autofree char *content = zb_node_content (node);
    g_string_append_printf (all, "%s\n", content);
    found = TRUE;
  }
  return found ? g_strdup (all->str) : NULL;
}

/* The data store of Hanweb's pages is XML, or stands as such in a script of an HTML page. */
static char *
fragment_of_xml (const char *text, gsize length, const char *name)
{
  g_autofree char *copy = g_strndup (text, length);
  const char *from = strstr (copy, "<datastore"), *to = from != NULL ? strstr (from, "</datastore>") : NULL;
  g_autoptr (ZbDoc) doc = from != NULL && to != NULL
                              ? zb_doc_new_xml (from, to - from + (gssize)strlen ("</datastore>"), NULL, NULL)
                              : zb_doc_new_xml (copy, -1, NULL, NULL);
  return doc != NULL ? contents_of (zb_doc_root (doc), name) : NULL;
}

static gboolean
looks_like_json (const char *text, gsize length)
{
  g_autofree char *head = g_strstrip (g_strndup (text, MIN (length, 200)));
  return *head == '{' || *head == '[' ||
         g_regex_match_simple ("^[A-Za-z_$][\\w$.]{0,60}\\s*\\(\\s*[\\[{]", head, 0, 0);
}

static gboolean
read_any (ZbListReader *r, const ZbDecoded *decoded, GError **error)
{
  const ZbListRule *rule = &r->job->list;
  g_autofree char *fragment = NULL;
  if (looks_like_json (decoded->text, decoded->length)) {
    if (!zb_list_read_json (r, decoded->text, decoded->length, &fragment, error))
      return FALSE;
    if (fragment == NULL)
      return TRUE;
  } else if (rule->fragment != NULL) {
    fragment = fragment_of_xml (decoded->text, decoded->length, rule->fragment);
    if (fragment == NULL) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "there is no element '%s' in it", rule->fragment);
      return FALSE;
    }
  }
  return fragment != NULL ? zb_list_read_html (r, fragment, strlen (fragment), error)
                          : zb_list_read_html (r, decoded->text, decoded->length, error);
}

static void
reader_clear (ZbListReader *r)
{
  g_free (r->base_url);
  g_clear_pointer (&r->pattern, g_regex_unref);
  g_clear_pointer (&r->seen, g_hash_table_unref);
  g_clear_pointer (&r->feed, zb_feed_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbListReader, reader_clear)

ZbFeed *
zb_list_extract (const ZbJob *job, GError **error)
{
  g_auto (ZbListReader) r = {.job = job,
                             .base_url = g_strdup (job->url),
                             .dates = {job->now, job->zone},
                             .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                             .feed = zb_feed_new ()};
  if (job->list.link_pattern != NULL) {
    r.pattern = g_regex_new (job->list.link_pattern, 0, 0, error);
    if (r.pattern == NULL) {
      g_prefix_error (error, "link_pattern: ");
      return NULL;
    }
  }
  r.feed->format = g_strdup ("list");
  r.feed->link = g_strdup (job->url);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (job->input, &length);
  g_auto (ZbDecoded) decoded = {0};
  zb_charset_decode (data, length, job->content_type, ZB_CHARSET_HTML, &decoded);
  return read_any (&r, &decoded, error) ? g_steal_pointer (&r.feed) : NULL;
}
