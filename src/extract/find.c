/* Finding the feeds that a page names. */
#include "zhoubao/extract/find.h"

#include "find_kind.h"
#include "page_open.h"
#include "zhoubao/base/url.h"

#define FEEDS_MAX 20

static const char *const feed_types[] = {"application/rss+xml",
                                         "application/atom+xml",
                                         "application/feed+json",
                                         "application/rdf+xml",
                                         "application/json",
                                         "application/xml",
                                         "text/xml",
                                         "text/rss+xml",
                                         NULL};

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) parts = g_strsplit_set (words != NULL ? words : "", " \t\r\n", -1);
  for (char **part = parts; *part != NULL; part++)
    if (g_ascii_strcasecmp (*part, word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_feed_type (const char *type)
{
  g_autofree char *bare = type != NULL ? g_strndup (type, strcspn (type, "; \t")) : NULL;
  for (guint i = 0; bare != NULL && feed_types[i] != NULL; i++)
    if (g_ascii_strcasecmp (bare, feed_types[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A link in the text that can hardly be anything but a feed: /feed/, rss.xml, atom. */
static gboolean
looks_like_feed (const char *href)
{
  static GRegex *pattern;
  static gsize once;
  if (g_once_init_enter (&once)) {
    pattern = g_regex_new ("(^|/)(feed|rss|atom)(/|\\.xml|\\.php|\\.json)?(\\?[^/]*)?$|\\.(rss|atom|rdf)$|/"
                           "feeds?/[\\w.-]+\\.xml$",
                           G_REGEX_CASELESS, 0, NULL);
    g_once_init_leave (&once, 1);
  }
  return g_regex_match (pattern, href, 0, NULL);
}

static void
add_feed (ZbFound *found, const char *href, const char *title, const char *base)
{
  g_autofree char *url = href != NULL ? zb_url_resolve (href, base) : NULL;
  if (url == NULL || found->feeds->len >= FEEDS_MAX)
    return;
  for (guint i = 0; i < found->feeds->len; i++)
    if (g_str_equal (((ZbFeedLink *)found->feeds->pdata[i])->url, url))
      return;
  ZbFeedLink *link = zb_feed_link_new ();
  link->url = g_steal_pointer (&url);
  link->title = title != NULL && *title != '\0' ? g_strdup (title) : NULL;
  g_ptr_array_add (found->feeds, link);
}

/* What <link> says comes first; links of the text are asked only where it says nothing. */
static void
find_feeds (ZbNode *root, const char *base, ZbFound *found)
{
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root))
    if (zb_node_is (node, "link") && has_word (zb_node_attribute (node, "rel"), "alternate") &&
        is_feed_type (zb_node_attribute (node, "type")))
      add_feed (found, zb_node_attribute (node, "href"), zb_node_attribute (node, "title"), base);
  for (ZbNode *node = root; node != NULL && found->feeds->len == 0; node = zb_node_follow (node, root)) {
    const char *href = zb_node_is (node, "a") ? zb_node_attribute (node, "href") : NULL;
    g_autofree char *text = href != NULL ? zb_node_squeezed (node) : NULL;
    if (href != NULL && looks_like_feed (href))
      add_feed (found, href, text, base);
  }
}

/* The address that links are relative to: <base> where the page has one. */
static char *
base_of (ZbNode *root, const char *url)
{
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root))
    if (zb_node_is (node, "base") && zb_node_attribute (node, "href") != NULL)
      return zb_url_resolve (zb_node_attribute (node, "href"), url);
  return g_strdup (url);
}

static void
read_head (ZbNode *root, ZbFound *found)
{
  const char *language = zb_node_attribute (root, "lang");
  found->language = language != NULL && *language != '\0' ? g_strdup (language) : NULL;
  for (ZbNode *node = root; node != NULL && found->title == NULL; node = zb_node_follow (node, root))
    if (zb_node_is (node, "title"))
      found->title = zb_node_squeezed (node);
}

ZbFound *
zb_find (const ZbJob *job, GError **error)
{
  g_auto (ZbDecoded) decoded = {0};
  g_autoptr (ZbDoc) doc = zb_page_open (job, &decoded, error);
  if (doc == NULL)
    return NULL;
  ZbFound *found = zb_found_new ();
  ZbNode *root = zb_doc_root (doc);
  if (root == NULL)
    return found;
  g_autofree char *base = base_of (root, job->url);
  read_head (root, found);
  find_feeds (root, base, found);
  zb_find_lists (root, job, found->proposals);
  return found;
}

static gboolean
run (const ZbJob *job, ZbResult *result, GError **error)
{
  zb_xml_set_depth ((int)job->limits.parse_depth);
  result->found = zb_find (job, error);
  return result->found != NULL;
}

const ZbKind zb_find_kind = {"find", G_STRUCT_OFFSET (ZbResult, found), &zb_found_wire, run, NULL};
