/* What one build leaves for the next, in data/: the entries, the rows of what was written, the search words.
   All of it may be deleted at any time; then everything is made again, to the same bytes. */
#pragma once
#include "entry.h"
#include "output.h"

typedef struct {
  int with_words;     /* the form of its search index (ZB_SEARCH_FORM), 0: it had none */
  GPtrArray *entries; /* of ZbSiteEntry */
  GPtrArray *rows;    /* of ZbOutputRow */
  GMappedFile *file;  /* which has the texts of both; NULL where they were not read */
} ZbBuildCache;

/* NULL where there is none that this program can read. (transfer full) */
ZbBuildCache *zb_build_cache_read (const char *root);
void zb_build_cache_free (ZbBuildCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbBuildCache, zb_build_cache_free)

gboolean zb_build_cache_write (const char *root, int with_words, GPtrArray *entries, const GPtrArray *rows,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Search words by place. Reading gives NULL where the file does not have them. Writing appends those of each
   entry that has WORDS and sets its place; where more than half the file is of no more use, it is written
   anew. */
char *zb_build_cache_words (const char *root, gint64 at, gint64 size);
gboolean zb_build_cache_add_words (const char *root, GPtrArray *entries,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
