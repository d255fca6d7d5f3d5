/* Files: the desk's own assets, and public/ for readers. */
#include "routes.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/publish/lookup.h"
#include "zhoubao/render/context.h"
#include <fcntl.h>
#include <sys/stat.h>

static const struct {
  const char *ending, *type;
} types[] = {{".html", "text/html; charset=utf-8"},
             {".css", "text/css; charset=utf-8"},
             {".js", "text/javascript; charset=utf-8"},
             {".json", "application/json"},
             {".xml", "application/xml"},
             {".atom", "application/atom+xml"},
             {".rss", "application/rss+xml"},
             {".txt", "text/plain; charset=utf-8"},
             {".md", "text/markdown; charset=utf-8"},
             {".svg", "image/svg+xml"},
             {".png", "image/png"},
             {".ico", "image/x-icon"}};

static const char *
type_of (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (path, types[i].ending))
      return types[i].type;
  return "application/octet-stream";
}

/* With an ETag of the content: a reader's second look transfers headers only. */
static void
answer_bytes (ZbVisit *visit, const char *path, GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *tag = g_strdup_printf ("\"%.32s\"", sum);
  zb_response_header (visit->response, "ETag", tag);
  zb_response_header (visit->response, "Cache-Control", "no-cache");
  zb_response_type (visit->response, type_of (path));
  if (g_strcmp0 (zb_request_header (visit->request, "If-None-Match"), tag) == 0)
    zb_response_status (visit->response, 304);
  else
    zb_response_bytes (visit->response, bytes);
}

gboolean
zb_page_asset (ZbVisit *visit, GError **error)
{
  g_autofree char *path = g_strconcat ("desk/static/", visit->parts[0], NULL);
  g_autoptr (GBytes) bytes = strstr (visit->parts[0], "..") == NULL
                                 ? zb_template_set_file (visit->room->templates, path, error)
                                 : NULL;
  if (bytes == NULL) {
    g_clear_error (error);
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no file %s", path);
    return FALSE;
  }
  answer_bytes (visit, path, bytes);
  return TRUE;
}

/* No segment may be hidden or lead upwards. */
static gboolean
is_safe (const char *path)
{
  return strstr (path, "/.") == NULL && strchr (path, '\\') == NULL;
}

static GBytes *
read_public (ZbVisit *visit, const char *below)
{
  g_autofree char *public = zb_workspace_path (visit->room->workspace, "public"), *text = NULL;
  g_autofree char *path = g_build_filename (public, below, NULL);
  gsize length = 0;
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static gboolean
is_folder (ZbVisit *visit, const char *below)
{
  g_autofree char *public = zb_workspace_path (visit->room->workspace, "public");
  g_autofree char *path = g_build_filename (public, below, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* Where the page that was at PATH is now, by the list that the archive keeps for servers; NULL: nowhere. With
   or without the last slash. The list has the path of base_url in front, which is the root here. (transfer
   full) */
static char *
moved_to (ZbVisit *visit, const char *path)
{
  g_autoptr (GBytes) bytes = read_public (visit, "_redirects");
  gsize length = 0, size = strlen (path) - (g_str_has_suffix (path, "/") ? 1 : 0);
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";
  g_autofree char *all = g_strndup (text, length),
                  *base = zb_context_site_path (visit->room->workspace->config);
  gsize root = strlen (base) - 1;
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) words = g_strsplit (*line, " ", 3);
    if (g_strv_length (words) != 3 || !g_str_has_prefix (words[0], base) ||
        !g_str_has_prefix (words[1], base))
      continue;
    const char *from = words[0] + root, *to = words[1] + root;
    if (to[1] != '/' && strncmp (from, path, size) == 0 &&
        (from[size] == '\0' || g_str_equal (from + size, "/")))
      return g_strdup (to);
  }
  return NULL;
}

static gboolean
go_for_good (ZbVisit *visit, const char *to)
{
  zb_response_redirect (visit->response, to);
  zb_response_status (visit->response, 301);
  return TRUE;
}

gboolean
zb_page_public (ZbVisit *visit, GError **error)
{
  const char *path = zb_request_path (visit->request);
  gboolean folder = g_str_has_suffix (path, "/");
  g_autofree char *moved = moved_to (visit, path), *slashed = g_strconcat (path, "/", NULL);
  if (moved != NULL)
    return go_for_good (visit, moved);
  g_autofree char *file = g_strconcat (path, folder ? "index.html" : "", NULL);
  g_autoptr (GBytes) bytes = is_safe (path) ? read_public (visit, file) : NULL;
  if (bytes != NULL) {
    answer_bytes (visit, file, bytes);
    return TRUE;
  }
  if (is_safe (path) && !folder && path[1] != '/' && is_folder (visit, path))
    return go_for_good (visit, slashed);
  g_autoptr (GBytes) missing = read_public (visit, "404.html");
  if (missing == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no page %s", path);
    return FALSE;
  }
  zb_response_status (visit->response, 404);
  zb_response_bytes (visit->response, missing);
  return TRUE;
}

/* A browser that runs scripts searches by itself; one that does not sends the form here. */
gboolean
zb_page_search (ZbVisit *visit, GError **error)
{
  const char *query = zb_request_query (visit->request, "q");
  if (query == NULL || *query == '\0')
    return zb_page_public (visit, error);
  g_autofree char *public = zb_workspace_path (visit->room->workspace, "public");
  g_autofree char *html = zb_lookup_page (visit->room->renderer, public, query, error);
  if (html == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new (html, strlen (html));
  answer_bytes (visit, "search/index.html", bytes);
  return TRUE;
}
