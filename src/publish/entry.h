/* What the archive knows of each file of issues/: enough for every list, feed and search without reading it
   again. Kept between builds in data/build.cache. */
#pragma once
#include "key.h"
#include "zhoubao/base/arena.h"
#include "zhoubao/base/wire.h"
#include "zhoubao/model/issue.h"
#include "zhoubao/model/post.h"

typedef enum { ZB_ENTRY_ISSUE, ZB_ENTRY_ESSAY, ZB_ENTRY_DOCUMENT, ZB_ENTRY_PAGE } ZbEntryKind;

/* Texts of notes and entries lie together: in the cache's file, or, where a file of issues/ was read, in the
   entry's arena. Both stay until the build ends. */

/* One headline of The Latest: an item or a brief of an issue. */
typedef struct {
  int is_brief;
  int n; /* from 1, among the items or the briefs of its issue */
  const char *heading, *sentence, *url, *title, *language, *pinyin, *source, *number;
  const char *date;    /* by the source, or else the issue's */
  char **topics;       /* "location/hebei" */
  const char *anchor;  /* "weekly/2017-07-03/#item-1" */
  gint64 key_a, key_b; /* of all of it */
} ZbNote;

typedef struct {
  int kind;         /* ZbEntryKind */
  const char *file; /* "issues/weekly/2017-07-03.md", below the workspace */
  gint64 modified;  /* nanoseconds, with SIZE: whether the file may have changed */
  gint64 size;
  gint64 digest_a, digest_b; /* of its bytes */
  const char *path;          /* "weekly/2017-07-03/", below the site's root */
  const char *title, *date, *updated, *author, *category, *summary, *language, *tier, *slug;
  const char *original, *number, *issuer, *status; /* of documents */
  char **aliases;
  GPtrArray *notes;            /* of ZbNote */
  gint64 words_at, words_size; /* where data/words.cache has the words for search */

  /* Of this build only. */
  gboolean is_news; /* the file is new or was touched, or its words moved */
  ZbArena *texts;   /* NULL: they are the cache's */
  ZbIssue *issue;   /* where the file was read */
  ZbPost *post;
  char *words; /* search tokens, each once, sorted, one a line; where the file was read */
  gint64 old_words_at, old_words_size; /* of the file as it was at the last build; size 0: it is new */
} ZbSiteEntry;

void zb_site_entry_free (ZbSiteEntry *entry);
ZbSiteEntry *zb_site_entry_new (ZbEntryKind kind, const char *file);

extern const ZbWireTable zb_site_entry_table;

ZbKey zb_site_entry_key (const ZbSiteEntry *entry);

/* Fills an entry from TEXT, the bytes of its file. FALSE: broken, ERROR names file and line. SHOWN is the
   path for errors. */
gboolean zb_site_entry_parse (ZbSiteEntry *entry, const char *shown, const char *text, gsize length,
                              gboolean with_words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the file of an entry that came from the cache, so that ISSUE or POST is there. */
gboolean zb_site_entry_load (ZbSiteEntry *entry, const char *root, gint64 limit,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Frees what was read of its file; what the cache keeps of it stays. */
void zb_site_entry_unload (ZbSiteEntry *entry);

/* Whether everybody may read it. */
gboolean zb_site_entry_is_public (const ZbSiteEntry *entry);
