/* Files of posts, documents and pages: issues/posts/SLUG.md, issues/documents/SLUG.md, issues/pages/SLUG.md.
 */
#pragma once
#include "zhoubao/model/post.h"

/* Reads FILE, or TEXT under that name; the slug is the file's name. An error names file and line.
   (transfer full) */
ZbPost *zb_post_file_read (ZbPostKind kind, const char *file, gint64 limit, GError **error);
ZbPost *zb_post_file_parse (ZbPostKind kind, const char *file, const char *text, gsize length,
                            GError **error);

/* The file's text: what is read back from it is the same post. (transfer full) */
char *zb_post_file_format (const ZbPost *post);

/* Writes beside FILE, syncs and renames. */
gboolean zb_post_file_write (const char *file, const ZbPost *post, GError **error) G_GNUC_WARN_UNUSED_RESULT;
