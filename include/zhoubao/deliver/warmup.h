/* The plan of a sender that receivers do not know yet: so many messages a day, more every day, for a mailbox
   provider that meets thousands of them at once takes them for a bot's. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/config.h"

typedef struct {
  gboolean limited;   /* FALSE: there is no plan, it has not begun or it is over */
  gint64 most;        /* messages of this day in the newsletter's zone */
  gint64 left;        /* of these, all mailings counted; not below 0 */
  ZbTime began, next; /* this day, and the next */
} ZbWarmup;

/* What the plan of CONFIG says for NOW, by what DB has sent. */
gboolean zb_warmup_look (const ZbConfig *config, ZbDb *db, ZbTime now, ZbWarmup *out,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The day on which the last of COUNT messages goes out where the first goes on the day of NOW: "2026-12-09";
   NULL where there is no plan. (transfer full) */
char *zb_warmup_end (const ZbConfig *config, gint64 count, ZbTime now);
