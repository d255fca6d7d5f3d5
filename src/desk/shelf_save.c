/* Writing an essay or document to its file: blank, shown, tried out, and saved where nobody else did. */
#include "routes.h"

#include "archive.h"
#include "shelf.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/post_file.h"

/* One writer at a time, so that nobody writes between another's look and their own. */
static GMutex writing;

/* A posted form on its way into a file. */
typedef struct {
  ZbVisit *visit;
  const ZbShelf *shelf;
  const char *path;
  ZbPost *post;
  ZbShelfText now;
  gboolean is_new, saved; /* not saved: the form is shown again */
} Saving;

static gboolean
is_new (ZbVisit *visit)
{
  return g_str_equal (visit->parts[0], ZB_SHELF_NEW);
}

/* An empty one, dated today by this editor. */
static ZbPost *
blank (ZbVisit *visit, const ZbShelf *shelf)
{
  ZbPost *post = zb_post_new (shelf->kind, ZB_SHELF_NEW);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (visit->now);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, visit->room->workspace->config->zone);
  if (shelf->kind == ZB_POST_ESSAY) {
    post->date = g_date_time_format (at, "%Y-%m-%d");
    post->author = g_strdup (visit->editor->name);
  }
  return post;
}

static ZbPost *
parse (const ZbShelf *shelf, const char *path, const char *text, GError **error)
{
  return zb_post_file_parse (shelf->kind, path, text, strlen (text), error);
}

gboolean
zb_page_shelf_form (ZbVisit *visit, GError **error)
{
  const ZbShelf *shelf = zb_shelf_of (visit);
  g_auto (ZbShelfText) now = {NULL, NULL};
  if (is_new (visit)) {
    g_autoptr (ZbPost) empty = blank (visit, shelf);
    ZbShelfForm form = {.post = empty, .sum = "", .is_new = TRUE};
    return zb_shelf_form_show (visit, &form, error);
  }
  g_autofree char *path = zb_shelf_path (visit, visit->parts[0], error);
  if (path == NULL || !zb_shelf_text_read (visit, path, &now, error))
    return FALSE;
  if (now.text == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no %s '%s'", shelf->one, visit->parts[0]);
    return FALSE;
  }
  g_autoptr (ZbPost) post = parse (shelf, path, now.text, error);
  ZbShelfForm form = {.post = post, .sum = now.sum};
  return post != NULL && zb_shelf_form_show (visit, &form, error);
}

/* What is written is first read as any file is, so that a wrong date is an error and not a broken file. */
static gboolean
put (const Saving *s, GError **error)
{
  g_autofree char *text = zb_post_file_format (s->post);
  g_autoptr (ZbPost) read = NULL;
  if (s->is_new && s->now.text != NULL)
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "there is a file of that name already, %s.md: it needs another title", s->post->slug);
  else if (s->post->title == NULL)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "a title is missing");
  else
    read = parse (s->shelf, s->path, text, error);
  return read != NULL && zb_post_file_write (s->path, s->post, error);
}

/* The words of the form stay in it, with what is wrong beside them. */
static gboolean
show_again (const Saving *s, int status, const char *problem, GError **error)
{
  g_autofree char *line = zb_shelf_problem (s->visit, problem);
  ZbShelfForm form = {.post = s->post,
                      .sum = zb_request_field (s->visit->request, "sum"),
                      .problem = line,
                      .is_new = s->is_new};
  zb_response_status (s->visit->response, status);
  return zb_shelf_form_show (s->visit, &form, error);
}

static gboolean
show_theirs (const Saving *s, GError **error)
{
  ZbShelfForm form = {.post = s->post, .sum = s->now.sum, .theirs = s->now.text != NULL ? s->now.text : ""};
  zb_response_status (s->visit->response, 409);
  return zb_shelf_form_show (s->visit, &form, error);
}

static gboolean
show_preview (const Saving *s, GError **error)
{
  g_autofree char *html = zb_markdown_html (s->post->body != NULL ? s->post->body : "");
  ZbShelfForm form = {.post = s->post,
                      .sum = zb_request_field (s->visit->request, "sum"),
                      .preview_html = html,
                      .is_new = s->is_new};
  return zb_shelf_form_show (s->visit, &form, error);
}

static gboolean
save (Saving *s, GError **error)
{
  const ZbRequest *request = s->visit->request;
  g_autoptr (GError) why = NULL;
  if (!zb_shelf_form_read (s->visit, s->post, &why))
    return show_again (s, 422, why->message, error);
  if (g_strcmp0 (zb_request_field (request, "act"), "preview") == 0)
    return show_preview (s, error);
  if (!s->is_new && g_strcmp0 (zb_request_field (request, "sum"), s->now.sum) != 0)
    return show_theirs (s, error);
  s->saved = put (s, &why);
  return s->saved || show_again (s, 422, why->message, error);
}

/* The file with what the form says. */
static gboolean
write_file (ZbVisit *visit, const char *slug, gboolean *saved, GError **error)
{
  g_autofree char *path = zb_shelf_path (visit, slug, error);
  Saving s = {.visit = visit, .shelf = zb_shelf_of (visit), .path = path, .is_new = is_new (visit)};
  if (path == NULL)
    return FALSE;
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&writing);
  if (!zb_shelf_text_read (visit, path, &s.now, error))
    return FALSE;
  s.post = !s.is_new && s.now.text != NULL ? parse (s.shelf, path, s.now.text, error)
                                           : zb_post_new (s.shelf->kind, slug);
  gboolean done = s.post != NULL && save (&s, error);
  *saved = done && s.saved;
  g_clear_pointer (&s.post, zb_post_free);
  zb_shelf_text_clear (&s.now);
  return done;
}

/* The name of a new file is made of its title. (transfer full) */
static char *
slug_of (ZbVisit *visit)
{
  const char *title = zb_request_field (visit->request, "title");
  if (!is_new (visit))
    return g_strdup (visit->parts[0]);
  g_autofree char *slug = zb_context_file_slug (title != NULL ? title : "");
  /* The form for another one has that address. */
  return g_str_equal (slug, ZB_SHELF_NEW) ? g_strconcat (slug, "-1", NULL) : g_steal_pointer (&slug);
}

gboolean
zb_page_shelf_save (ZbVisit *visit, GError **error)
{
  const ZbShelf *shelf = zb_shelf_of (visit);
  g_autofree char *slug = slug_of (visit), *what = g_strconcat (shelf->one, " saved", NULL);
  gboolean saved = FALSE;
  if (zb_visit_need (visit, "sum", error) == NULL || !write_file (visit, slug, &saved, error))
    return FALSE;
  if (!saved)
    return TRUE;
  if (!zb_visit_audit (visit, what, slug, error))
    return FALSE;
  zb_archive_build (visit);
  g_autofree char *escaped = g_uri_escape_string (slug, NULL, FALSE);
  return zb_visit_go (visit, "%s/%s?said=saved", shelf->path, escaped);
}
