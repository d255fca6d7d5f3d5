/* Instants: seconds since 1970 in UTC. "Now" is a parameter of everything below src/cli and src/desk. */
#pragma once
#include <glib.h>

typedef gint64 ZbTime;
#define ZB_TIME_NONE G_MININT64 /* absent; printed as null */

/* The clock; called by src/cli and src/desk only. */
ZbTime zb_time_now (void);

/* "2017-06-28T03:12:00Z" (RFC 3339). Returns: (transfer full), NULL for ZB_TIME_NONE. */
char *zb_time_to_rfc3339 (ZbTime t);

/* Reads RFC 3339 exactly, as this program writes it; a date alone is midnight UTC. ZB_TIME_NONE where TEXT is
   neither. For dates of the wild use base/dates.h. */
ZbTime zb_time_from_rfc3339 (const char *text);

/* "Mon, 26 Jun 2017 08:00:00 +0800" (RFC 5322) in ZONE. Returns: (transfer full). */
char *zb_time_to_rfc5322 (ZbTime t, GTimeZone *zone);
