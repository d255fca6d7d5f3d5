/* Tables of namespaces and elements. */
#include "feed_names.h"

typedef struct {
  const char *text;
  ZbFeedNs ns;
} Namespace;

/* clang-format off */
static const Namespace uris[] = { /* lower case, without a slash or # at the end */
  {"http://www.w3.org/2005/atom", ZB_NS_CORE}, {"http://purl.org/atom/ns", ZB_NS_CORE}, {"http://purl.org/atom", ZB_NS_CORE},
  {"http://purl.org/rss/1.0", ZB_NS_CORE}, {"http://purl.org/rss/1.0/modules/rss2.0", ZB_NS_CORE},
  {"http://my.netscape.com/rdf/simple/0.9", ZB_NS_CORE}, {"http://channel.netscape.com/rdf/simple/0.9", ZB_NS_CORE},
  {"http://my.netscape.com/publish/formats/rss-0.91.dtd", ZB_NS_CORE}, {"http://backend.userland.com/rss", ZB_NS_CORE},
  {"http://backend.userland.com/rss2", ZB_NS_CORE}, {"http://backend.userland.com/rss091", ZB_NS_CORE},
  {"http://blogs.law.harvard.edu/tech/rss", ZB_NS_CORE}, {"http://cyber.law.harvard.edu/rss", ZB_NS_CORE},
  {"http://cyber.harvard.edu/rss", ZB_NS_CORE}, {"http://www.rssboard.org/rss-specification", ZB_NS_CORE},
  {"http://example.com/newformat", ZB_NS_CORE}, {"http://example.com/necho", ZB_NS_CORE}, {"http://purl.org/echo", ZB_NS_CORE},
  {"uri/of/echo/namespace", ZB_NS_CORE}, {"http://purl.org/pie", ZB_NS_CORE}, {"http://purl.org/net/rss1.1", ZB_NS_CORE},
  {"http://www.w3.org/1999/02/22-rdf-syntax-ns", ZB_NS_RDF}, {"http://purl.org/dc/elements/1.0", ZB_NS_DC},
  {"http://purl.org/dc/elements/1.1", ZB_NS_DC}, {"http://purl.org/dc/terms", ZB_NS_DCTERMS},
  {"http://purl.org/rss/1.0/modules/content", ZB_NS_CONTENT}, {"http://www.w3.org/1999/xhtml", ZB_NS_XHTML},
  {"http://www.itunes.com/dtds/podcast-1.0.dtd", ZB_NS_ITUNES}, {"http://example.com/dtds/podcast-1.0.dtd", ZB_NS_ITUNES},
  {"http://www.itunes.com/dtds/podcast", ZB_NS_ITUNES}, {"http://search.yahoo.com/mrss", ZB_NS_MEDIA},
  {"http://tools.search.yahoo.com/mrss", ZB_NS_MEDIA}, {"http://video.search.yahoo.com/mrss", ZB_NS_MEDIA},
};

static const Namespace prefixes[] = { /* that everybody uses, for where the URI is wrong or missing */
  {"atom", ZB_NS_CORE}, {"atom10", ZB_NS_CORE}, {"atom03", ZB_NS_CORE}, {"rss", ZB_NS_CORE}, {"rss10", ZB_NS_CORE},
  {"rdf", ZB_NS_RDF}, {"dc", ZB_NS_DC}, {"dcterms", ZB_NS_DCTERMS}, {"content", ZB_NS_CONTENT}, {"xhtml", ZB_NS_XHTML},
  {"itunes", ZB_NS_ITUNES}, {"media", ZB_NS_MEDIA},
};

#define CORE ZB_NS_CORE
static const ZbFeedElement elements[] = {
  {CORE, "rss", ZB_MEANS_ROOT}, {ZB_NS_RDF, "rdf", ZB_MEANS_ROOT}, {CORE, "rdf", ZB_MEANS_ROOT},
  {CORE, "feed", ZB_MEANS_FEED}, {CORE, "channel", ZB_MEANS_FEED}, {CORE, "item", ZB_MEANS_ENTRY}, {CORE, "entry", ZB_MEANS_ENTRY},
  {CORE, "title", ZB_MEANS_TITLE, 3}, {ZB_NS_DC, "title", ZB_MEANS_TITLE, 2}, {ZB_NS_ITUNES, "title", ZB_MEANS_TITLE, 1}, {ZB_NS_MEDIA, "title", ZB_MEANS_TITLE, 1},
  {ZB_NS_DCTERMS, "title", ZB_MEANS_TITLE, 1},
  {CORE, "link", ZB_MEANS_LINK, 3}, {CORE, "a", ZB_MEANS_LINK, 1},
  {CORE, "description", ZB_MEANS_SUMMARY, 3}, {CORE, "summary", ZB_MEANS_SUMMARY, 3}, {CORE, "abstract", ZB_MEANS_SUMMARY, 3},
  {ZB_NS_DC, "description", ZB_MEANS_SUMMARY, 2}, {ZB_NS_DCTERMS, "abstract", ZB_MEANS_SUMMARY, 2}, {ZB_NS_ITUNES, "summary", ZB_MEANS_SUMMARY, 1},
  {ZB_NS_MEDIA, "description", ZB_MEANS_SUMMARY, 1}, {ZB_NS_ITUNES, "subtitle", ZB_MEANS_SUMMARY, 0},
  {ZB_NS_CONTENT, "encoded", ZB_MEANS_CONTENT, 3}, {CORE, "encoded", ZB_MEANS_CONTENT, 3}, {CORE, "content", ZB_MEANS_CONTENT, 3},
  {ZB_NS_XHTML, "body", ZB_MEANS_CONTENT, 2}, {CORE, "body", ZB_MEANS_CONTENT, 2}, {CORE, "fullitem", ZB_MEANS_CONTENT, 2},
  {ZB_NS_XHTML, "div", ZB_MEANS_CONTENT, 1},
  {CORE, "guid", ZB_MEANS_ID, 3}, {CORE, "id", ZB_MEANS_ID, 3}, {ZB_NS_DC, "identifier", ZB_MEANS_ID, 1},
  {CORE, "author", ZB_MEANS_AUTHOR, 3}, {ZB_NS_DC, "creator", ZB_MEANS_AUTHOR, 2}, {ZB_NS_DC, "author", ZB_MEANS_AUTHOR, 2},
  {ZB_NS_DCTERMS, "creator", ZB_MEANS_AUTHOR, 2}, {ZB_NS_ITUNES, "author", ZB_MEANS_AUTHOR, 1}, {CORE, "managingeditor", ZB_MEANS_AUTHOR, 3},
  {CORE, "pubdate", ZB_MEANS_PUBLISHED, 4}, {CORE, "published", ZB_MEANS_PUBLISHED, 4}, {CORE, "issued", ZB_MEANS_PUBLISHED, 4},
  {ZB_NS_DCTERMS, "issued", ZB_MEANS_PUBLISHED, 3}, {ZB_NS_DC, "date", ZB_MEANS_PUBLISHED, 2}, {ZB_NS_DCTERMS, "available", ZB_MEANS_PUBLISHED, 2},
  {ZB_NS_DCTERMS, "date", ZB_MEANS_PUBLISHED, 2}, {CORE, "created", ZB_MEANS_PUBLISHED, 1}, {ZB_NS_DCTERMS, "created", ZB_MEANS_PUBLISHED, 1},
  {CORE, "date", ZB_MEANS_PUBLISHED, 1},
  {CORE, "updated", ZB_MEANS_UPDATED, 4}, {CORE, "modified", ZB_MEANS_UPDATED, 4}, {CORE, "lastbuilddate", ZB_MEANS_UPDATED, 4},
  {CORE, "lastmod", ZB_MEANS_UPDATED, 4}, {ZB_NS_DCTERMS, "modified", ZB_MEANS_UPDATED, 3},
  {CORE, "category", ZB_MEANS_TAG}, {ZB_NS_DC, "subject", ZB_MEANS_TAG}, {ZB_NS_ITUNES, "category", ZB_MEANS_TAG},
  {ZB_NS_MEDIA, "category", ZB_MEANS_TAG}, {CORE, "tag", ZB_MEANS_TAG}, {CORE, "keywords", ZB_MEANS_TAGS}, {CORE, "tags", ZB_MEANS_TAGS},
  {ZB_NS_ITUNES, "keywords", ZB_MEANS_TAGS}, {ZB_NS_MEDIA, "keywords", ZB_MEANS_TAGS},
  {CORE, "language", ZB_MEANS_LANGUAGE}, {ZB_NS_DC, "language", ZB_MEANS_LANGUAGE},
  {CORE, "image", ZB_MEANS_SKIP}, {CORE, "textinput", ZB_MEANS_SKIP}, {CORE, "source", ZB_MEANS_SKIP}, {CORE, "cloud", ZB_MEANS_SKIP},
  {CORE, "contributor", ZB_MEANS_SKIP}, {CORE, "generator", ZB_MEANS_SKIP}, {ZB_NS_ITUNES, "owner", ZB_MEANS_SKIP},
  {CORE, "items", ZB_MEANS_SKIP},
};
/* clang-format on */

static const ZbFeedElement nothing = {ZB_NS_OTHER, "", ZB_MEANS_NOTHING, 0};

static gboolean
lookup (const Namespace *rows, guint n, const char *text, ZbFeedNs *out)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (rows[i].text, text)) {
      *out = rows[i].ns;
      return TRUE;
    }
  return FALSE;
}

ZbFeedNs
zb_feed_ns (const char *uri, const char *prefix)
{
  ZbFeedNs ns;
  g_autofree char *key = uri != NULL ? g_strstrip (g_ascii_strdown (uri, -1)) : g_strdup ("");
  if (g_str_has_prefix (key, "https:"))
    memmove (key + 4, key + 5, strlen (key + 5) + 1);
  for (gsize n = strlen (key); n > 0 && (key[n - 1] == '/' || key[n - 1] == '#'); n--)
    key[n - 1] = '\0';
  if (lookup (uris, G_N_ELEMENTS (uris), key, &ns))
    return ns;
  if (prefix == NULL)
    return ZB_NS_CORE;
  g_autofree char *lower = g_ascii_strdown (prefix, -1);
  return lookup (prefixes, G_N_ELEMENTS (prefixes), lower, &ns) ? ns : ZB_NS_OTHER;
}

static guint
hash (gconstpointer key)
{
  const ZbFeedElement *e = key;
  return g_str_hash (e->name) * 31 + e->ns;
}

static gboolean
equal (gconstpointer a, gconstpointer b)
{
  const ZbFeedElement *x = a, *y = b;
  return x->ns == y->ns && g_str_equal (x->name, y->name);
}

static GHashTable *
make_index (void)
{
  GHashTable *index = g_hash_table_new (hash, equal);
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    g_hash_table_add (index, (gpointer)&elements[i]);
  return index;
}

const ZbFeedElement *
zb_feed_element (ZbFeedNs ns, const char *name)
{
  static GHashTable *index;
  char lower[24];
  if (g_once_init_enter (&index))
    g_once_init_leave (&index, make_index ());
  gsize n = strlen (name);
  if (n >= sizeof lower)
    return &nothing;
  for (gsize i = 0; i <= n; i++)
    lower[i] = g_ascii_tolower (name[i]);
  const ZbFeedElement key = {ns, lower}, *found = g_hash_table_lookup (index, &key);
  return found != NULL ? found : &nothing;
}
