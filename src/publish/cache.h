/* What one build leaves for the next, in data/: the entries, the rows of what was written, the search words.
   All of it may be deleted at any time; then everything is made again, to the same bytes. */
#pragma once
#include "entry.h"
#include "output.h"

typedef struct {
  GHashTable *entries; /* file to ZbSiteEntry, which it owns */
  GPtrArray *rows;     /* of ZbOutputRow, each with a path of its own */
  gsize whole, more;   /* bytes of the file: of its first part, and of what builds since have added */
  GMappedFile *file;   /* which has the texts of both */
} ZbBuildCache;

/* MAKER: the program and its options, where others would know something else of the same files. NULL where
   there is none that this one can use. (transfer full) */
ZbBuildCache *zb_build_cache_read (const char *root, const ZbKey *maker);
void zb_build_cache_free (ZbBuildCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbBuildCache, zb_build_cache_free)

/* After PAST (NULL: all of it is new): adds what is new of ENTRIES, those GONE, and what OUTPUT made and
   removed; where as much has been added before as was written at first, everything is written anew. */
gboolean zb_build_cache_write (const char *root, const ZbKey *maker, const ZbBuildCache *past,
                               const GPtrArray *entries, const GPtrArray *gone, const ZbOutput *output,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Search words by place. Reading gives NULL where the file does not have them. Writing appends those of each
   entry that has WORDS and sets its place; where more than half the file is of no more use, it is written
   anew. */
char *zb_build_cache_words (const char *root, gint64 at, gint64 size);
gboolean zb_build_cache_add_words (const char *root, GPtrArray *entries,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
