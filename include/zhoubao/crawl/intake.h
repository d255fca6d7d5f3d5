/* From what a source told to items in the store. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/model/config.h"
#include "zhoubao/model/extract.h"
#include "zhoubao/model/source.h"

typedef struct {
  const ZbSource *source;
  const ZbConfig *config;
  const ZbFeed *feed;
  const char *url;      /* that it was read from */
  const char *evidence; /* SHA-256 of the bytes */
  gboolean teasers;     /* texts are plain and cut: kept as summaries, whole ones read later (unread.h) */
  ZbTime now;
  ZbTime not_before; /* older entries are passed over; ZB_TIME_NONE: none are */
} ZbIntake;

typedef struct {
  int rows, dated; /* entries with a title or a link, and those of them with a date */
  int fresh;       /* items that were not known */
  gsize bytes;     /* of the texts of the rows */
  gint64 span;     /* seconds between the oldest and the newest dated entry */
} ZbIntakeCount;

/* Counts only. */
void zb_intake_count (const ZbFeed *feed, ZbIntakeCount *count);

/* Adds the entries that are not known, the oldest first, and wants the articles of those whose text is not
   told (store/wanted.h). Inside the caller's transaction. */
gboolean zb_intake_add (ZbDb *db, const ZbIntake *intake, ZbIntakeCount *count,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What names the page behind LINK, an item's canonical; NULL where LINK is no URL. (transfer full) */
char *zb_intake_key (const char *link, const ZbSource *source);
