/* public/: each file is written only where its bytes differ, at once whole; what nobody makes any more goes.
 */
#pragma once
#include "key.h"
#include "zhoubao/base/wire.h"

#define ZB_GONE (-1) /* in place of the size of a file that is no more */

/* What the last build wrote. */
typedef struct {
  const char *path;    /* below public/ */
  gint64 key_a, key_b; /* of what it was made from */
  gint64 size, modified;
  /* Not remembered: */
  gboolean is_left; /* still so on the disk, see zb_output_new() */
  gboolean is_kept; /* of this build, too, or newly made by it */
} ZbOutputRow;

extern const ZbWireTable zb_output_row_table;

typedef struct {
  guint skipped; /* made from the same as last time: not even rendered */
  guint same;    /* rendered, and the same bytes */
  guint written, removed;
} ZbOutputCounts;

typedef struct ZbOutput ZbOutput;

/* ROWS are the last build's and must outlive the output, or NULL: then everything is made, and what is found
   in FOLDER now and is not made goes too. A thread looks at the rows' files, or at all that is there, while
   the caller reads what they are made from. (transfer full) */
ZbOutput *zb_output_new (const char *folder, const GPtrArray *rows);
void zb_output_free (ZbOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbOutput, zb_output_free)

/* Whether PATH is there as the last build made it from KEY; then it is kept. */
gboolean zb_output_is_current (ZbOutput *output, const char *path, const ZbKey *key);

/* Whether PATH is as the last build left it (by size and time), made from KEY where that is not NULL; nothing
   is kept. */
gboolean zb_output_matches (ZbOutput *output, const char *path, const ZbKey *key);

/* From any thread, while no other function of this header is called. */
gboolean zb_output_put (ZbOutput *output, const char *path, const ZbKey *key, const void *bytes, gsize length,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes what was neither kept nor put. */
gboolean zb_output_finish (ZbOutput *output, GError **error) G_GNUC_WARN_UNUSED_RESULT;

ZbOutputCounts zb_output_counts (const ZbOutput *output);

/* Of ZbOutputRow, for the next build: of this one, and of what zb_output_finish() removed. Borrowed. */
const GPtrArray *zb_output_rows (const ZbOutput *output);
const GPtrArray *zb_output_removed (const ZbOutput *output);

/* Reads a file that a build made. (transfer full) */
char *zb_output_read (ZbOutput *output, const char *path, gsize *length);
