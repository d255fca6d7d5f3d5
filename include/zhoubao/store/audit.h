/* Who did what: append-only. */
#pragma once
#include "zhoubao/edge/db.h"

typedef struct {
  ZbTime at;
  char *who, *what, *about;
  gint64 item; /* that it was done to, with its TITLE and LANGUAGE; 0: none */
  char *title, *language;
} ZbAudit;

void zb_audit_free (ZbAudit *entry);

/* WHAT in words ("publish", "sign in"), ABOUT the week, item, person or editor that it was done to, or NULL.
 */
gboolean zb_audit_add (ZbDb *db, const char *who, const char *what, const char *about, ZbTime now,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The newest LIMIT entries, newest first: an array of ZbAudit. (transfer full) */
GPtrArray *zb_audit_list (ZbDb *db, gint64 limit, GError **error);

/* The same of what was done to things whose name begins with ABOUT: a week's issue. (transfer full) */
GPtrArray *zb_audit_about (ZbDb *db, const char *about, gint64 limit, GError **error);

/* The newest LIMIT of all that was done, newest first: the entries above, what was decided on items and taken
   back, and the notes, which have tables of their own. ABOUT NULL: everything; else of that week, item, name
   or editor. (transfer full) */
GPtrArray *zb_audit_stream (ZbDb *db, const char *about, gint64 limit, GError **error);
