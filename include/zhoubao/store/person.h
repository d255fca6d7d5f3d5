/* The rows of people. Each step is in the caller's transaction, if there is one. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/person.h"

/* By number, or by address in any case. NULL without ERROR: there is none. (transfer full) */
ZbPerson *zb_person_load (ZbDb *db, gint64 id, GError **error);
ZbPerson *zb_person_find (ZbDb *db, const char *address, GError **error);

/* Adds PERSON, whose number is set. An address that is there already is ZB_ERROR_INVALID. */
gboolean zb_person_add (ZbDb *db, ZbPerson *person, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes all of PERSON again; changed becomes NOW. */
gboolean zb_person_save (ZbDb *db, ZbPerson *person, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Empties all that is known of a person but the number, and what names them in bounces and requests. */
gboolean zb_person_forget (ZbDb *db, gint64 id, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Which people; members that are 0, NULL or ZB_TIME_NONE leave all. */
typedef struct {
  const char *state, *tier, *language; /* by name */
  const char *words;                   /* in address or name, in any case */
  ZbTime joined_from, joined_to;       /* the second is not in it */
  gint64 after;                        /* numbers above this */
  gint64 limit;                        /* 0: no limit */
} ZbPersonFilter;

#define ZB_PERSON_FILTER_INIT                                                                                \
  {                                                                                                          \
    .joined_from = ZB_TIME_NONE, .joined_to = ZB_TIME_NONE                                                   \
  }

/* Calls EACH for every person of FILTER by number, one at a time, so that memory does not grow with the list.
   The erased are left out unless asked for. EACH ends the walk by FALSE with ERROR set. */
typedef gboolean (*ZbPersonEach) (const ZbPerson *person, gpointer data, GError **error);
gboolean zb_person_walk (ZbDb *db, const ZbPersonFilter *filter, ZbPersonEach each, gpointer data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean zb_person_count (ZbDb *db, const ZbPersonFilter *filter, gint64 *count,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether mail of a list may go to person ID at ADDRESS now: active, the same address, not suppressed. */
gboolean zb_person_may_get (ZbDb *db, gint64 id, const char *address, gboolean *may,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those whose pause has ended are active again. COUNT may be NULL. */
gboolean zb_person_wake (ZbDb *db, ZbTime now, gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;
