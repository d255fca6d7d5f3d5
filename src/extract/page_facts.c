/* Byline, site and canonical address: declared ones first, then what is seen. */
#include "page_facts.h"

#include "page_read.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"

#define MAX_BYLINE 100 /* characters */

static const char *const author_names[] = {"author",
                                           "dc:creator",
                                           "dc.creator",
                                           "dcterm:creator",
                                           "dcterms.creator",
                                           "article:author",
                                           "parsely-author",
                                           "sailthru.author",
                                           "byl",
                                           "twitter:data1_author",
                                           NULL};
static const char *const site_names[] = {"og:site_name",     "sitename", "contentsource",
                                         "application-name", "source",   NULL};
static const char *const url_names[] = {"og:url", "url", "twitter:url", NULL};

static gboolean
is_address (const char *text)
{
  return strstr (text, "://") != NULL || g_str_has_prefix (text, "www.") || *text == '@' || *text == '/';
}

/* "By Jane Roe" and "作者：张三" without what introduces the name and what follows it: dates, sources,
 * editors. */
static char *
clean_byline (const char *text)
{
  g_autoptr (GRegex) intro = g_regex_new (
      "^[\\s\\[（(【]*(?:(?:written|posted|published|story|words|reported)?\\s*by\\b[:：]?|von|por|"
      "par|da|di|作者|记者|本报记者|撰文|文|来源)\\s*[:：/丨|]?\\s*",
      G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GRegex) rest = g_regex_new (
      "\\s*(?:发布时间|发布日期|责任编辑|编辑[:：]|来源[:：]|时间[:：]|(?:19|20)\\d\\d\\s*[-年/.]).*$|"
      "[\\]）)】]+$",
      0, 0, NULL);
  g_autofree char *bare = g_regex_replace (intro, text, -1, 0, "", 0, NULL);
  g_autofree char *name = g_regex_replace (rest, bare, -1, 0, "", 0, NULL);
  char *squeezed = zb_text_squeeze (name, -1);
  if (!g_regex_match_simple ("\\p{L}\\W*\\p{L}", squeezed, 0, 0) ||
      g_utf8_strlen (squeezed, -1) > MAX_BYLINE || is_address (squeezed))
    g_clear_pointer (&squeezed, g_free);
  return squeezed;
}

static gboolean
is_author (const ZbNode *node)
{
  const char *rel = zb_node_attribute (node, "rel"), *property = zb_node_attribute (node, "itemprop"),
             *class = zb_node_attribute (node, "class");
  if ((rel != NULL && strstr (rel, "author") != NULL) ||
      (property != NULL && strstr (property, "author") != NULL))
    return TRUE;
  return class != NULL &&
         g_regex_match_simple ("(?:^|[\\s_-])(?:bylines?|authors?)(?:$|[\\s_-])", class, G_REGEX_CASELESS, 0);
}

/* The first element marked as the author's that holds a name. */
static char *
seen_byline (ZbNode *root)
{
  for (ZbNode *node = root; node != NULL; node = zb_node_follow (node, root)) {
    if (zb_node_is (node, "link") || zb_node_is (node, "meta") || !is_author (node))
      continue;
    g_autofree char *text = zb_node_squeezed (node);
    char *byline = clean_byline (text);
    if (byline != NULL)
      return byline;
  }
  return NULL;
}

char *
zb_page_byline (ZbNode *root, const ZbPageMeta *meta)
{
  const char *declared[] = {meta->linked.author, zb_page_meta_first (meta, author_names)};
  for (guint i = 0; i < G_N_ELEMENTS (declared); i++) {
    char *byline = declared[i] != NULL ? clean_byline (declared[i]) : NULL;
    if (byline != NULL)
      return byline;
  }
  return seen_byline (root);
}

static char *
clean_site (const char *name)
{
  return g_strdup (g_str_has_prefix (name, "来源：") ? name + strlen ("来源：") : name);
}

char *
zb_page_site (const ZbPageMeta *meta, const char *url)
{
  const char *name = zb_page_meta_first (meta, site_names);
  if (name == NULL)
    name = meta->linked.publisher;
  if (name != NULL && !is_address (name))
    return clean_site (name);
  g_autoptr (ZbUrl) parsed = url != NULL ? zb_url_parse (url, NULL, NULL) : NULL;
  if (parsed == NULL)
    return NULL;
  const char *host = zb_url_host (parsed);
  return g_strdup (g_str_has_prefix (host, "www.") ? host + 4 : host);
}

/* A home page named as canonical by mistake is no name of an article. */
static char *
canonical_of (const char *declared, const char *url)
{
  g_autofree char *absolute = declared != NULL ? zb_url_resolve (declared, url) : NULL;
  g_autoptr (ZbUrl) parsed = absolute != NULL ? zb_url_parse (absolute, NULL, NULL) : NULL;
  if (parsed == NULL ||
      (declared != url && g_str_equal (zb_url_path (parsed), "/") && zb_url_query (parsed) == NULL))
    return NULL;
  return zb_url_canonical (parsed, NULL);
}

char *
zb_page_canonical (const ZbPageMeta *meta, const char *url)
{
  const char *declared[] = {meta->canonical, zb_page_meta_first (meta, url_names), url};
  for (guint i = 0; i < G_N_ELEMENTS (declared); i++) {
    char *canonical = canonical_of (declared[i], url);
    if (canonical != NULL)
      return canonical;
  }
  return NULL;
}
