/* Offsets of time zones, out of ICU's own data: a parse worker may open no file. Private to base. */
#pragma once
#include "zhoubao/base/time.h"

/* Seconds east of UTC in ZONE (an IANA name or "+08:00"; NULL: UTC) at the instant UTC, or where its clocks
   show LOCAL (seconds since 1970 as if they were UTC). FALSE where there is no such zone. */
gboolean zb_date_zone_offset (const char *zone, ZbTime utc, int *offset);
gboolean zb_date_zone_offset_local (const char *zone, gint64 local, int *offset);

/* Habits of a place, which decide what 03/04/05 means. */
gboolean zb_date_zone_writes_year_first (const char *zone);
gboolean zb_date_zone_writes_day_first (const char *zone);
