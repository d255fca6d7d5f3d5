/* The documents of issues/documents (laws, regulations, standards) as an index: list, facets, full text. The
   files are the record; the index follows them. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/person.h"
#include "zhoubao/model/post.h"

typedef struct {
  char *slug, *title;
  char *original, *pinyin, *number, *issuer, *language, *summary, *status; /* each may be NULL */
  char *date, *signed_on, *effective;                                      /* or NULL; see zb_library_date */
  ZbTier tier;                                                             /* who may read it */
  char *snippet; /* where words were asked for: plain text with the marks of store/search.h */
} ZbLibraryEntry;

void zb_library_entry_free (ZbLibraryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbLibraryEntry, zb_library_entry_free)

/* Which documents. */
typedef struct {
  ZbTier tier;               /* of who asks: nothing above it is found, counted or told */
  const char *words;         /* as people type them (store/search.h); NULL: all */
  const char *const *facets; /* "location=hebei": all of them hold; NULL: any */
  gint64 offset, limit;      /* limit 0: no limit */
} ZbLibraryAsk;

/* Brings the index to what ROOT's files say now, at the cost of a look at each file's time and size. A file
   that cannot be read or is broken is not in the index; one line about each goes into PROBLEMS (of char *;
   may be NULL). FILE_LIMIT is in bytes. */
gboolean zb_library_update (ZbDb *db, const char *root, gint64 file_limit, GPtrArray *problems,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An array of ZbLibraryEntry, the newest first or, of WORDS, the best. TOTAL may be NULL. Words without a
   letter or digit are ZB_ERROR_USAGE, as is a facet without "=". (transfer full) */
GPtrArray *zb_library_list (ZbDb *db, const ZbLibraryAsk *ask, gint64 *total, GError **error);

typedef struct {
  char *facet, *term;
  gint64 count;
} ZbLibraryFacet;

/* What narrows ASK further, an array of ZbLibraryFacet by facet, the commonest first. (transfer full) */
GPtrArray *zb_library_facets (ZbDb *db, const ZbLibraryAsk *ask, GError **error);

/* The document itself, from its file. ZB_ERROR_NOT_FOUND: there is none; ZB_ERROR_REFUSED: it is for members
   of a higher tier than TIER. (transfer full) */
ZbPost *zb_library_read (const char *root, const char *slug, ZbTier tier, gint64 file_limit, GError **error);

/* issues/documents/SLUG.md below ROOT; an error where SLUG is no file's name. (transfer full) */
char *zb_library_path (const char *root, const char *slug, GError **error);

/* The date that a document is listed by: signed, else effective, else its own; or NULL. Borrowed. */
const char *zb_library_date (const ZbPost *post);
