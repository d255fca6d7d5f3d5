/* Decisions on what another editor decided meanwhile. Private to src/desk. */
#pragma once
#include "visit.h"
#include "zhoubao/store/decision.h"

/* What a form says that its editor saw: "open", "picked 2", … (transfer full) */
char *zb_stale_seen (ZbItemState state, int slot);

/* The items that hold WEEK's slots, as a form says it: "12 0 45". (transfer full) */
char *zb_stale_held (ZbDb *db, ZbWeek week, GError **error);

/* What a mark of a story says: its item and what was seen, "12 picked 2" (transfer full); and what of it is
   the item, SEEN getting the rest, or NULL where it says nothing of that. */
char *zb_stale_mark (gint64 item, ZbItemState state, int slot);
gboolean zb_stale_unmark (const char *mark, gint64 *item, const char **seen,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether D's form saw what stands now; where not, STALE becomes TRUE and a page that shows both is answered,
   with 409. A form that says nothing of what it saw is not asked. */
gboolean zb_stale_check (ZbVisit *visit, const ZbDecision *d, gboolean *stale,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for the MARKS of many stories that are to be rejected in WEEK. */
gboolean zb_stale_check_marks (ZbVisit *visit, ZbWeek week, char **marks, gboolean *stale,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
