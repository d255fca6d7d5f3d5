/* The context of a page: site, page and the text helpers. */
#include "zhoubao/render/context.h"

#include "zhoubao/base/day.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/edge/markdown.h"

#define FILE_SLUG_BYTES 80
#define TEXT_COLUMNS 72

/* Whether WORD is TERM but for case and hyphens. */
static gboolean
spells (const char *word, const char *term)
{
  for (; *word != '\0' && *term != '\0'; word++, term++)
    if (g_ascii_tolower (*word == ' ' ? '-' : *word) != g_ascii_tolower (*term))
      return FALSE;
  return *word == *term;
}

static const char *
spelling_of (const ZbConfig *config, const char *term)
{
  for (guint i = 0; i < config->facets->len; i++) {
    const ZbFacet *facet = config->facets->pdata[i];
    for (guint j = 0; j < facet->terms->len; j++) {
      const ZbTerm *known = facet->terms->pdata[j];
      for (char **word = known->words; g_str_equal (known->name, term) && *word != NULL; word++)
        if (spells (*word, term))
          return *word;
    }
  }
  return term;
}

char *
zb_context_label (const ZbConfig *config, const char *term)
{
  char *label = g_strdup (spelling_of (config, term));
  *label = g_ascii_toupper (*label);
  return label;
}

char *
zb_context_slug (const char *name)
{
  g_autofree char *roman = zb_romanize (name);
  g_autofree char *plain = g_str_to_ascii (roman, "C");
  GString *slug = g_string_new (NULL);
  for (const char *p = plain; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (*p != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  }
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_assign (slug, "other");
  return g_string_free (slug, FALSE);
}

char *
zb_context_file_slug (const char *title)
{
  char *slug = zb_context_slug (title);
  if (strlen (slug) > FILE_SLUG_BYTES) {
    slug[FILE_SLUG_BYTES] = '\0';
    char *dash = strrchr (slug, '-');
    if (dash != NULL && dash > slug)
      *dash = '\0';
  }
  return slug;
}

char *
zb_context_root (const char *path)
{
  GString *root = g_string_new (NULL);
  for (const char *p = path; *p != '\0'; p++)
    if (*p == '/')
      g_string_append (root, "../");
  if (root->len == 0)
    g_string_assign (root, "./");
  return g_string_free (root, FALSE);
}

char *
zb_context_site_path (const ZbConfig *config)
{
  g_autoptr (GUri) uri = g_uri_parse (config->base_url, G_URI_FLAGS_NONE, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";
  return g_str_has_suffix (path, "/") ? g_strdup (path) : g_strconcat (path, "/", NULL);
}

static void
build_site (ZbRenderer *renderer, ZbView *b)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  zb_view_set_member_name (b, "site");
  zb_view_begin_object (b);
  zb_view_text (b, "title", config->title);
  zb_view_text (b, "description", config->description);
  zb_view_text (b, "language", config->language);
  zb_view_text (b, "url", config->base_url);
  zb_view_text (b, "contact",
                config->contact_address != NULL ? config->contact_address : config->sender_address);
  zb_view_text (b, "postal_address", config->postal_address);
  zb_view_text (b, "generator", "zhoubao " ZB_VERSION);
  zb_view_end_object (b);
}

ZbView *
zb_context_new (ZbRenderer *renderer, const ZbPageHead *head, GError **error)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  const char *css = NULL, *version = NULL;
  if (!zb_renderer_style (renderer, &css, &version, error))
    return NULL;
  g_autofree char *root = head->absolute ? zb_context_site_path (config) : zb_context_root (head->path);
  g_autofree char *url = g_strconcat (config->base_url, "/", head->path, NULL);
  g_autofree char *feed = g_strconcat (root, head->feed != NULL ? head->feed : "", NULL);
  g_autofree char *image =
      head->image != NULL ? g_strconcat (config->base_url, "/", head->image, NULL) : NULL;
  gboolean own = head->title != NULL && !g_str_equal (head->title, config->title);
  ZbView *b = zb_view_new ();
  zb_view_begin_object (b);
  build_site (renderer, b);
  zb_view_text (b, "root", root);
  zb_view_set_member_name (b, "page");
  zb_view_begin_object (b);
  zb_view_text (b, "kind", head->kind);
  zb_view_text (b, "title", head->title != NULL ? head->title : config->title);
  zb_view_bool (b, "has_own_title", own);
  zb_view_text (b, "description", head->description != NULL ? head->description : config->description);
  zb_view_text (b, "url", url);
  zb_view_text (b, "image", image);
  zb_view_text (b, "modified", head->modified);
  zb_view_text (b, "feed", feed);
  zb_view_text (b, "feed_title", head->feed != NULL && own ? head->title : config->title);
  zb_view_text (b, "json_ld", head->json_ld);
  zb_view_bool (b, "standalone", head->standalone);
  zb_view_text (b, "style", head->standalone ? css : NULL);
  zb_view_text (b, "style_version", version);
  zb_view_end_object (b);
  return b;
}

char *
zb_context_wrap (const char *commonmark, const char *indent)
{
  g_autofree char *plain = zb_markdown_plain (commonmark, TEXT_COLUMNS - (guint)strlen (indent));
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);
  GString *out = g_string_new (NULL);
  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (out, "%s%s%s", **line != '\0' ? indent : "", *line, line[1] != NULL ? "\n" : "");
  return g_string_free (out, FALSE);
}

/* The same text without raw HTML and script addresses, whoever renders it next. */
static char *
normalize (const char *commonmark)
{
  g_autoptr (ZbMarkdown) document = zb_markdown_parse (commonmark, -1, NULL);
  g_autofree char *text = document != NULL ? zb_markdown_to_commonmark (document) : g_strdup ("");
  return g_strdup (g_strchomp (text));
}

void
zb_context_markup (ZbView *b, const char *name, const char *commonmark, ZbContextForms forms)
{
  if (forms & ZB_WITH_HTML) {
    char *html = commonmark != NULL ? zb_markdown_html (commonmark) : NULL;
    zb_view_take_text (b, zb_view_joined (b, name, "_html"), html);
  }
  if (forms & ZB_WITH_TEXT) {
    char *text = commonmark != NULL ? zb_context_wrap (commonmark, "") : NULL;
    zb_view_take_text (b, zb_view_joined (b, name, "_text"), text);
  }
  if (forms & ZB_WITH_MARKDOWN) {
    char *safe = commonmark != NULL ? normalize (commonmark) : NULL;
    zb_view_take_text (b, zb_view_joined (b, name, "_markdown"), safe);
  }
}

void
zb_context_day (ZbView *b, const char *name, const char *date)
{
  zb_view_text (b, name, date);
  zb_view_take_text (b, zb_view_joined (b, name, "_day"), date != NULL ? zb_day_text (date) : NULL);
}

char *
zb_context_render (ZbRenderer *renderer, ZbView **context, const char *template_name, ZbTemplateEscape escape,
                   GError **error)
{
  g_autoptr (ZbView) b = g_steal_pointer (context);
  zb_view_end_object (b);
  return zb_template_set_render (zb_renderer_templates (renderer), template_name, zb_view_root (b), escape,
                                 error);
}
