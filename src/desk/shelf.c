/* The shelves of the workspace: which one a page is about, and its files' names and texts. */
#include "shelf.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/store/config.h"

#define NAME_BYTES 100

static const ZbShelf shelves[] = {
    {"/desk/posts", "issues/posts", "essay", "Posts", ZB_POST_ESSAY},
    {"/desk/documents", "issues/documents", "document", "Documents", ZB_POST_DOCUMENT},
};

const ZbShelf *
zb_shelf_of (ZbVisit *visit)
{
  return &shelves[g_str_has_prefix (zb_request_path (visit->request), shelves[1].path) ? 1 : 0];
}

void
zb_shelf_text_clear (ZbShelfText *text)
{
  g_free (text->text);
  g_free (text->sum);
}

/* As the files' reader wants a name, and nothing that leads elsewhere. */
static gboolean
is_name (const char *slug)
{
  for (const char *p = slug; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return *slug != '\0' && *slug != '.' && strpbrk (slug, " /\\?#%&<>\"'") == NULL &&
         strlen (slug) <= NAME_BYTES && !g_str_equal (slug, ZB_SHELF_NEW);
}

char *
zb_shelf_path (ZbVisit *visit, const char *slug, GError **error)
{
  if (!is_name (slug)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "'%s' is no name of a file", slug);
    return NULL;
  }
  g_autofree char *name = g_strconcat (slug, ".md", NULL);
  return g_build_filename (visit->room->workspace->root, zb_shelf_of (visit)->folder, name, NULL);
}

gboolean
zb_shelf_text_read (ZbVisit *visit, const char *path, ZbShelfText *now, GError **error)
{
  gsize length = 0;
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    now->sum = g_strdup ("");
    return TRUE;
  }
  now->text = zb_config_read_file (path, visit->room->workspace->config->limits.file_bytes, &length, error);
  now->sum = now->text != NULL ? zb_sha256 (now->text, length) : NULL;
  return now->text != NULL;
}

char *
zb_shelf_problem (ZbVisit *visit, const char *message)
{
  g_autofree char *root = zb_workspace_path (visit->room->workspace, "");
  if (g_str_has_prefix (message, root))
    message += strlen (root);
  return zb_error_line (*message == '/' ? message + 1 : message);
}
