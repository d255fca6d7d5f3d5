/* OPML in and out. */
#include "zhoubao/store/opml.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/xml.h"

#define OUTLINES_MAX 20000

static const char *const levels[] = {"central",  "provincial", "sub-provincial", "court", "media",
                                     "research", NULL};

/* An attribute by its name in any case: programs write xmlUrl, xmlurl and XMLURL. */
static const char *
attribute (const ZbNode *node, const char *const *names)
{
  for (; *names != NULL; names++) {
    const char *value = zb_node_attribute (node, *names);
    if (value != NULL && *value != '\0')
      return value;
  }
  return NULL;
}

/* "/level/central,/region/China", as zb_opml_write() puts it. */
static void
read_category (const char *category, ZbSource *source)
{
  g_auto (GStrv) parts = g_strsplit (category != NULL ? category : "", ",", 16);
  for (char **part = parts; *part != NULL; part++) {
    const char *text = g_strstrip (*part);
    if (g_str_has_prefix (text, "/level/") && source->level == NULL && g_strv_contains (levels, text + 7))
      source->level = g_strdup (text + 7);
    else if (g_str_has_prefix (text, "/region/") && source->region == NULL && text[8] != '\0')
      source->region = g_strdup (text + 8);
  }
}

/* FALSE where NODE has no feed that can be asked for. */
static gboolean
read_outline (const ZbNode *node, GPtrArray *sources)
{
  static const char *const url_names[] = {"xmlUrl", "xmlurl", "XMLURL", "xmlURL", NULL};
  static const char *const title_names[] = {"title", "text", NULL};
  static const char *const language_names[] = {"language", NULL};
  const char *address = attribute (node, url_names), *title = attribute (node, title_names);
  g_autoptr (ZbUrl) url = address != NULL ? zb_url_parse (address, NULL, NULL) : NULL;
  if (url == NULL)
    return FALSE;
  ZbSource *source = zb_source_new ();
  source->kind = ZB_SOURCE_FEED;
  source->url = g_strdup (zb_url_href (url));
  source->title = zb_error_line (title != NULL ? title : zb_url_host (url));
  source->language = g_strdup (attribute (node, language_names));
  read_category (zb_node_attribute (node, "category"), source);
  g_ptr_array_add (sources, source);
  return TRUE;
}

gboolean
zb_opml_parse (const char *text, gsize length, GPtrArray *sources, guint *passed_over, GError **error)
{
  *passed_over = 0;
  g_autoptr (ZbDoc) doc = zb_doc_new_xml (text, (gssize)length, NULL, error);
  ZbNode *root = doc != NULL ? zb_doc_root (doc) : NULL;
  if (doc == NULL)
    return FALSE;
  if (root == NULL || g_ascii_strcasecmp (zb_node_name (root), "opml") != 0) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID,
                         "this is no OPML: its first element is not <opml>");
    return FALSE;
  }
  for (ZbNode *node = root; node != NULL && sources->len < OUTLINES_MAX; node = zb_node_follow (node, root))
    if (zb_node_is_element (node) && g_ascii_strcasecmp (zb_node_name (node), "outline") == 0)
      *passed_over += !read_outline (node, sources) && zb_node_first_element (node) == NULL;
  return TRUE;
}

static void
append_attribute (GString *to, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *text = g_markup_printf_escaped (" %s=\"%s\"", name, value);
  g_string_append (to, text);
}

static void
append_outline (GString *to, const ZbSource *source)
{
  gboolean feed = source->kind == ZB_SOURCE_FEED;
  GString *category = g_string_new (NULL);
  if (source->level != NULL)
    g_string_append_printf (category, "/level/%s", source->level);
  if (source->region != NULL)
    g_string_append_printf (category, "%s/region/%s", category->len > 0 ? "," : "", source->region);
  g_string_append (to, "    <outline");
  append_attribute (to, "type", feed ? "rss" : "link");
  append_attribute (to, "text", source->title);
  append_attribute (to, "title", source->title);
  append_attribute (to, feed ? "xmlUrl" : "url", source->url);
  append_attribute (to, "language", source->language);
  append_attribute (to, "category", category->len > 0 ? category->str : NULL);
  g_string_append (to, "/>\n");
  g_string_free (category, TRUE);
}

char *
zb_opml_write (const GPtrArray *sources, const char *title)
{
  g_autofree char *head =
      g_markup_printf_escaped ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
                               "  <head>\n    <title>%s</title>\n  </head>\n  <body>\n",
                               title);
  GString *text = g_string_new (head);
  for (guint i = 0; i < sources->len; i++)
    append_outline (text, sources->pdata[i]);
  g_string_append (text, "  </body>\n</opml>\n");
  return g_string_free (text, FALSE);
}
