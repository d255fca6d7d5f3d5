/* Full-text search over the items, in Chinese (any two characters that stand together, exactly) and English
   (case, width, accents and common endings do not count). */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  char *kind; /* "item" */
  gint64 id;
  char *url, *source;
  ZbTime published;
  char *title,
      *snippet; /* plain text in which ZB_SEARCH_OPEN and ZB_SEARCH_CLOSE stand around what was found */
} ZbSearchHit;

#define ZB_SEARCH_OPEN '\x02'
#define ZB_SEARCH_CLOSE '\x03'

typedef enum { ZB_SEARCH_RANKED, ZB_SEARCH_NEWEST } ZbSearchOrder;

/* Adds to the index what was stored since the last time, some 60 us an item, in steps of 5,000 items that are
   a transaction each. Every search does it first where a step is enough; whoever stores many items may do it
   at a quiet moment, so that no reader waits. */
gboolean zb_search_update (ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One step alone. WAITING: how many items are not in the index yet. */
gboolean zb_search_step (ZbDb *db, gint64 *waiting, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_search_waiting (ZbDb *db, gint64 *waiting, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Items that hold all WORDS, as people type them: "several words" in quotes stand together, -word must not
   occur, a star at a word's end (credit*, regulati*) leaves its end open, one Chinese character finds every
   word that has it at its start or end. Of a word that is nearly everywhere only the newest 3,000 matches are
   ranked. From hit OFFSET on, at most LIMIT, an array of ZbSearchHit. TOTAL, if not NULL, is set to the
   number of all hits. Words without a letter or digit are an error, ZB_ERROR_USAGE. (transfer full) */
GPtrArray *zb_search_items (ZbDb *db, const char *words, ZbSearchOrder order, gint64 offset, gint64 limit,
                            gint64 *total, GError **error);

/* The ids alone, newest first: an array of gint64, many times faster where there are thousands. (transfer
 * full)
 */
GArray *zb_search_item_ids (ZbDb *db, const char *words, gint64 limit, GError **error);

void zb_search_hit_free (ZbSearchHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSearchHit, zb_search_hit_free)

/* MARKED (a hit's title or snippet) without its marks; or with BEFORE and AFTER in their place; or as HTML,
   escaped, with <mark>. Returns: (transfer full). */
char *zb_search_plain (const char *marked);
char *zb_search_mark (const char *marked, const char *before, const char *after);
char *zb_search_html (const char *marked);

/* WORDS as a query of FTS5, NULL where nothing is left of them. Returns: (transfer full). */
char *zb_search_query (const char *words);
