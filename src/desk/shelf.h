/* The essays and documents of the workspace as the desk shows and writes them. Private to src/desk. */
#pragma once
#include "visit.h"
#include "zhoubao/model/post.h"

typedef struct {
  const char *path;   /* "/desk/posts" */
  const char *folder; /* "issues/posts" */
  const char *one;    /* "essay" */
  const char *many;   /* "Posts" */
  ZbPostKind kind;
} ZbShelf;

/* The shelf that this request's path is about. */
const ZbShelf *zb_shelf_of (ZbVisit *visit);

#define ZB_SHELF_NEW "new" /* the name of what has no file yet */

/* The file of SLUG on this request's shelf; ZB_ERROR_NOT_FOUND where that is no file's name. (transfer full)
 */
char *zb_shelf_path (ZbVisit *visit, const char *slug, GError **error);

/* A file's text as it is now and its sum, which tells what a form was filled from; NULL and "" where there is
   no file. */
typedef struct {
  char *text, *sum;
} ZbShelfText;

void zb_shelf_text_clear (ZbShelfText *text);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbShelfText, zb_shelf_text_clear)

gboolean zb_shelf_text_read (ZbVisit *visit, const char *path, ZbShelfText *now,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* MESSAGE in one line, files named from the workspace's root on. (transfer full) */
char *zb_shelf_problem (ZbVisit *visit, const char *message);

/* Shows the form of POST. Any of the others may be NULL: PROBLEM is what keeps it from being saved, THEIRS
   the text of the file where somebody else wrote it in between, PREVIEW_HTML is safe. */
typedef struct {
  const ZbPost *post;
  const char *sum, *problem, *theirs, *preview_html;
  gboolean is_new;
} ZbShelfForm;

gboolean zb_shelf_form_show (ZbVisit *visit, const ZbShelfForm *form,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts what the posted form says into POST; what the form does not ask for stays. */
gboolean zb_shelf_form_read (ZbVisit *visit, ZbPost *post, GError **error) G_GNUC_WARN_UNUSED_RESULT;
