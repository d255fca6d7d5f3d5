/* Essays and documents at the desk, listed: the newest first, or what was searched for. */
#include "routes.h"

#include "shelf.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/store/library.h"
#include "zhoubao/store/post_file.h"

#define PAGE 40 /* rows: 50 kB hold them */

static void
build_entry (JsonBuilder *b, const char *slug, const char *title, const char *date, const char *more)
{
  json_builder_begin_object (b);
  zb_json_text (b, "slug", slug);
  zb_json_text (b, "title", title);
  zb_json_text (b, "date", date);
  zb_json_text (b, "more", more != NULL ? more : "");
  json_builder_end_object (b);
}

static int
newer (gconstpointer a, gconstpointer b)
{
  const ZbPost *x = *(const ZbPost *const *)a, *y = *(const ZbPost *const *)b;
  int by_date = g_strcmp0 (y->date, x->date);
  return by_date != 0 ? by_date : strcmp (x->slug, y->slug);
}

/* Every essay, the newest first; of what is broken a line in PROBLEMS. */
static GPtrArray *
read_essays (ZbVisit *visit, const ZbShelf *shelf, GPtrArray *problems)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_post_free);
  g_autofree char *folder = zb_workspace_path (visit->room->workspace, shelf->folder);
  g_auto (GStrv) names = zb_folder_names (folder);
  for (char **name = names; *name != NULL; name++) {
    g_autoptr (GError) why = NULL;
    g_autofree char *path = g_build_filename (folder, *name, NULL);
    if (!g_str_has_suffix (*name, ".md"))
      continue;
    ZbPost *post =
        zb_post_file_read (shelf->kind, path, visit->room->workspace->config->limits.file_bytes, &why);
    if (post != NULL)
      g_ptr_array_add (posts, post);
    else
      g_ptr_array_add (problems, g_strdup (why->message));
  }
  g_ptr_array_sort (posts, newer);
  return posts;
}

static gint64
list_essays (ZbVisit *visit, JsonBuilder *b, gint64 first, GPtrArray *problems)
{
  g_autoptr (GPtrArray) posts = read_essays (visit, zb_shelf_of (visit), problems);
  for (gint64 i = first; i < posts->len && i < first + PAGE; i++) {
    const ZbPost *post = posts->pdata[i];
    g_autofree char *more = g_strdup_printf ("%s%s%s", post->author != NULL ? post->author : "",
                                             post->author != NULL ? ", " : "", post->category);
    build_entry (b, post->slug, post->title, post->date, more);
  }
  return posts->len;
}

static gboolean
list_documents (ZbVisit *visit, JsonBuilder *b, gint64 first, const char *words, GPtrArray *problems,
                gint64 *total, GError **error)
{
  const ZbWorkspace *workspace = visit->room->workspace;
  ZbLibraryAsk ask = {ZB_TIER_GOLD, words, NULL, first, PAGE};
  g_autoptr (GPtrArray) found = NULL;
  if (zb_library_update (visit->room->db, workspace->root, workspace->config->limits.file_bytes, problems,
                         error))
    found = zb_library_list (visit->room->db, &ask, total, error);
  for (guint i = 0; found != NULL && i < found->len; i++) {
    const ZbLibraryEntry *e = found->pdata[i];
    build_entry (b, e->slug, e->title, e->date,
                 e->tier == ZB_TIER_NONE ? "everybody" : zb_tier_name (e->tier));
  }
  return found != NULL;
}

static void
build_problems (ZbVisit *visit, JsonBuilder *b, const GPtrArray *problems)
{
  json_builder_set_member_name (b, "problems");
  json_builder_begin_array (b);
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line = zb_shelf_problem (visit, problems->pdata[i]);
    json_builder_add_string_value (b, line);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_shelf (ZbVisit *visit, GError **error)
{
  const ZbShelf *shelf = zb_shelf_of (visit);
  const char *asked = zb_request_query (visit->request, "page"), *q = zb_request_query (visit->request, "q");
  gint64 page = asked != NULL ? CLAMP (g_ascii_strtoll (asked, NULL, 10), 1, 100000) : 1, total = 0;
  gboolean documents = shelf->kind == ZB_POST_DOCUMENT;
  const char *words = q != NULL && *q != '\0' ? q : NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  json_builder_set_member_name (b, "entries");
  json_builder_begin_array (b);
  if (!documents)
    total = list_essays (visit, b, (page - 1) * PAGE, problems);
  else if (!list_documents (visit, b, (page - 1) * PAGE, words, problems, &total, error))
    return FALSE;
  json_builder_end_array (b);
  build_problems (visit, b, problems);
  g_autofree char *escaped = g_uri_escape_string (words != NULL ? words : "", NULL, TRUE);
  zb_json_bool (b, "is_documents", documents);
  zb_json_text (b, "path", shelf->path);
  zb_json_text (b, "folder", shelf->folder);
  zb_json_text (b, "one", shelf->one);
  zb_json_text (b, "many", shelf->many);
  zb_json_int (b, "total", total);
  zb_json_bool (b, "single", total == 1);
  zb_json_text (b, "words", words != NULL ? words : "");
  zb_json_text (b, "words_escaped", escaped);
  zb_json_int (b, "page_before", page - 1);
  zb_json_int (b, "page_after", page * PAGE < total ? page + 1 : 0);
  return zb_visit_render (visit, "shelf", shelf->many, b, error);
}
