/* What members read: the documents, by words and facets, and each on its page. */
#include "member.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/language.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/library.h"
#include "zhoubao/store/search.h"

#define SHOWN 20
#define MOST_TERMS 30 /* of one facet that are shown */

/* What the address asks for; "f" holds facets as "location=hebei|year=2017". */
typedef struct {
  const char *words, *facets;
  char **chosen;
  gint64 page; /* from 0 */
} Wish;

static void
wish_clear (Wish *wish)
{
  g_strfreev (wish->chosen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
read_wish (ZbVisit *visit, Wish *wish)
{
  const char *words = zb_request_query (visit->request, "q"),
             *facets = zb_request_query (visit->request, "f"),
             *page = zb_request_query (visit->request, "page");
  wish->words = words != NULL ? words : "";
  wish->facets = facets != NULL ? facets : "";
  wish->chosen = *wish->facets != '\0' ? g_strsplit (wish->facets, "|", 16) : g_new0 (char *, 1);
  wish->page = page != NULL ? CLAMP (g_ascii_strtoll (page, NULL, 10), 0, 1000000) : 0;
}

/* The address of the list with WISH's words, FACETS and PAGE. */
static char *
address (const Wish *wish, const char *facets, gint64 page)
{
  g_autofree char *q = g_uri_escape_string (wish->words, NULL, TRUE),
                  *f = g_uri_escape_string (facets, NULL, TRUE);
  GString *to = g_string_new ("/members/");
  const char *between = "?";
  if (*q != '\0') {
    g_string_append_printf (to, "%sq=%s", between, q);
    between = "&";
  }
  if (*f != '\0') {
    g_string_append_printf (to, "%sf=%s", between, f);
    between = "&";
  }
  if (page > 0)
    g_string_append_printf (to, "%spage=%" G_GINT64_FORMAT, between, page);
  return g_string_free (to, FALSE);
}

static gboolean
is_chosen (const Wish *wish, const char *facet)
{
  return g_strv_contains ((const char *const *)wish->chosen, facet);
}

static char *
term_label (ZbVisit *visit, const char *facet, const char *term)
{
  static const char *const as_they_are[] = {"issuer", "year", NULL};
  if (g_str_equal (facet, "tier") && g_str_equal (term, zb_tier_name (ZB_TIER_NONE)))
    return g_strdup ("Everybody");
  return g_strv_contains (as_they_are, facet) ? g_strdup (term)
                                              : zb_context_label (visit->room->workspace->config, term);
}

static void
build_term (ZbVisit *visit, JsonBuilder *b, const Wish *wish, const ZbLibraryFacet *facet)
{
  g_autofree char *name = g_strdup_printf ("%s=%s", facet->facet, facet->term),
                  *label = term_label (visit, facet->facet, facet->term),
                  *facets =
                      *wish->facets != '\0' ? g_strdup_printf ("%s|%s", wish->facets, name) : g_strdup (name),
                  *href = address (wish, facets, 0);
  json_builder_begin_object (b);
  zb_json_text (b, "label", label);
  zb_json_text (b, "href", href);
  zb_json_int (b, "count", facet->count);
  json_builder_end_object (b);
}

/* A facet whose every document has the one term chosen already narrows nothing. */
static void
build_groups (ZbVisit *visit, JsonBuilder *b, const Wish *wish, const GPtrArray *facets)
{
  json_builder_set_member_name (b, "groups");
  json_builder_begin_array (b);
  for (guint i = 0; i < facets->len;) {
    const ZbLibraryFacet *first = facets->pdata[i];
    g_autofree char *title = g_strdup (first->facet);
    *title = g_ascii_toupper (*title);
    json_builder_begin_object (b);
    zb_json_text (b, "title", title);
    json_builder_set_member_name (b, "terms");
    json_builder_begin_array (b);
    for (guint n = 0;
         i < facets->len && g_str_equal (((ZbLibraryFacet *)facets->pdata[i])->facet, first->facet); i++) {
      const ZbLibraryFacet *facet = facets->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s=%s", facet->facet, facet->term);
      if (!is_chosen (wish, name) && strchr (name, '|') == NULL && n++ < MOST_TERMS)
        build_term (visit, b, wish, facet);
    }
    json_builder_end_array (b);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

/* Each chosen facet with the address of the list without it. */
static void
build_chosen (ZbVisit *visit, JsonBuilder *b, const Wish *wish)
{
  json_builder_set_member_name (b, "chosen");
  json_builder_begin_array (b);
  for (char **one = wish->chosen; *one != NULL; one++) {
    const char *equals = strchr (*one, '=');
    g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
    for (char **other = wish->chosen; *other != NULL; other++)
      if (other != one)
        g_strv_builder_add (others, *other);
    g_auto (GStrv) left = g_strv_builder_end (others);
    g_autofree char *facets = g_strjoinv ("|", left), *href = address (wish, facets, 0),
                    *facet = g_strndup (*one, equals != NULL ? (gsize)(equals - *one) : 0),
                    *label = term_label (visit, facet, equals != NULL ? equals + 1 : *one);
    json_builder_begin_object (b);
    zb_json_text (b, "label", label);
    zb_json_text (b, "href", href);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_entry (JsonBuilder *b, const ZbLibraryEntry *e)
{
  g_autofree char *slug = g_uri_escape_string (e->slug, NULL, TRUE),
                  *href = g_strconcat ("/members/", slug, NULL),
                  *snippet = e->snippet != NULL ? zb_search_html (e->snippet) : NULL;
  json_builder_begin_object (b);
  zb_json_text (b, "href", href);
  zb_json_text (b, "title", e->title);
  zb_json_text (b, "title_language", e->language);
  zb_json_text (b, "original", g_strcmp0 (e->original, e->title) != 0 ? e->original : NULL);
  zb_json_text (b, "pinyin", e->pinyin);
  zb_json_text (b, "number", e->number);
  zb_json_text (b, "issuer", e->issuer);
  zb_json_text (b, "date", e->date);
  zb_json_text (b, "status", e->status);
  zb_json_text (b, "tier", e->tier != ZB_TIER_NONE ? zb_tier_name (e->tier) : NULL);
  zb_json_text (b, "summary", e->summary);
  zb_json_text (b, "snippet_html", snippet != NULL && *snippet != '\0' ? snippet : NULL);
  json_builder_end_object (b);
}

static void
build_member (ZbVisit *visit, JsonBuilder *b)
{
  zb_json_bool (b, "member", visit->member != NULL);
  zb_json_text (b, "tier", zb_tier_name (visit->tier));
}

static gboolean
show_list (ZbVisit *visit, const Wish *wish, GError **error)
{
  gint64 total = 0;
  ZbLibraryAsk ask = {visit->tier, *wish->words != '\0' ? wish->words : NULL,
                      (const char *const *)wish->chosen, wish->page * SHOWN, SHOWN};
  g_autoptr (GPtrArray) found = zb_library_list (visit->room->db, &ask, &total, error);
  g_autoptr (GPtrArray) facets = found != NULL ? zb_library_facets (visit->room->db, &ask, error) : NULL;
  if (facets == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *before = wish->page > 0 ? address (wish, wish->facets, wish->page - 1) : NULL,
                  *after =
                      (wish->page + 1) * SHOWN < total ? address (wish, wish->facets, wish->page + 1) : NULL;
  build_member (visit, b);
  zb_json_text (b, "q", wish->words);
  zb_json_text (b, "f", wish->facets);
  zb_json_int (b, "total", total);
  zb_json_bool (b, "one", total == 1);
  zb_json_text (b, "before", before);
  zb_json_text (b, "after", after);
  build_chosen (visit, b, wish);
  build_groups (visit, b, wish, facets);
  json_builder_set_member_name (b, "documents");
  json_builder_begin_array (b);
  for (guint i = 0; i < found->len; i++)
    build_entry (b, found->pdata[i]);
  json_builder_end_array (b);
  return zb_visit_render (visit, "members", "Documents", b, error);
}

/* A broken file is left out of the list; its editor sees why by `zhoubao documents list`. */
static gboolean
update (ZbVisit *visit, GError **error)
{
  const ZbWorkspace *workspace = visit->room->workspace;
  return zb_library_update (visit->room->db, workspace->root, workspace->config->limits.file_bytes, NULL,
                            error);
}

gboolean
zb_page_members (ZbVisit *visit, GError **error)
{
  g_auto (Wish) wish = {NULL};
  read_wish (visit, &wish);
  return update (visit, error) && show_list (visit, &wish, error);
}

gboolean
zb_page_members_door (ZbVisit *visit, GError **error)
{
  return zb_visit_go (visit, "/members/");
}

gboolean
zb_page_member_document (ZbVisit *visit, GError **error)
{
  const ZbWorkspace *workspace = visit->room->workspace;
  g_autoptr (ZbPost) post = zb_library_read (workspace->root, visit->parts[0], visit->tier,
                                             workspace->config->limits.file_bytes, error);
  if (post == NULL)
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *body = zb_markdown_html (post->body != NULL ? post->body : "");
  build_member (visit, b);
  zb_json_text (b, "title", post->title);
  zb_json_text (b, "language", post->language);
  zb_json_text (b, "original", g_strcmp0 (post->original, post->title) != 0 ? post->original : NULL);
  zb_json_text (b, "pinyin", post->pinyin);
  zb_json_text (b, "number", post->number);
  zb_json_text (b, "issuer", post->issuer);
  zb_json_text (b, "url", post->url);
  zb_json_text (b, "status", post->status);
  zb_json_text (b, "date", post->date);
  zb_json_text (b, "signed", post->signed_on);
  zb_json_text (b, "effective", post->effective);
  zb_json_text (b, "summary", post->summary);
  zb_json_text (b, "body_html", body);
  return zb_visit_render (visit, "member_document", post->title, b, error);
}
