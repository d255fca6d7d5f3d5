/* What an editor does with the list: adding, removing, erasing, exporting. What people do themselves is in
   deliver/consent.h; importing in deliver/import.h. */
#pragma once
#include "zhoubao/store/person.h"

/* Adds ADDRESS (as a person wrote it) with NAME, which may be NULL, and TIER; *ID gets the number. Refused:
   who left, bounced, complained, was erased or is suppressed; who is there already is ZB_ERROR_INVALID. KEY
   is the workspace's key "people". */
gboolean zb_subscribers_add (ZbDb *db, GBytes *key, const char *address, const char *name, ZbTier tier,
                             ZbTime now, gint64 *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Why PERSON (may be NULL) or a suppression of ADDRESS keeps it off the list: a phrase such as "left the list
   on 2017-07-03", NULL where nothing does. *WHY: (transfer full). */
gboolean zb_subscribers_barred (ZbDb *db, GBytes *key, const char *address, const ZbPerson *person,
                                char **why, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* PERSON, or WHO by address or number, has left: no more mail, no import brings them back. ZB_ERROR_NOT_FOUND
   where there is none. */
ZbPerson *zb_subscribers_get (ZbDb *db, const char *who, GError **error);
gboolean zb_subscribers_remove (ZbDb *db, const char *who, ZbTime now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Forgets all that is kept on WHO, in every table, in one transaction; what is left is a hash that keeps
   imports from bringing them back. */
gboolean zb_subscribers_erase (ZbDb *db, GBytes *key, const char *who, ZbTime now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the CSV of FILTER to WRITE piece by piece: header and one row a person. */
typedef gboolean (*ZbSubscribersWrite) (const char *text, gsize length, gpointer data, GError **error);
gboolean zb_subscribers_export (ZbDb *db, const ZbPersonFilter *filter, ZbSubscribersWrite write,
                                gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
