/* What a mailing carries: the issue of a week, an essay, or the latest developments. Each goes to those who
   want that kind, by the same ledger. */
#pragma once
#include "zhoubao/base/week.h"

typedef enum {
  ZB_EDITION_WEEKLY,
  ZB_EDITION_ESSAY,
  ZB_EDITION_LATEST,
  ZB_EDITION_KINDS /* how many */
} ZbEditionKind;

typedef struct {
  ZbEditionKind kind;
  ZbWeek week; /* of a weekly issue */
  char *name;  /* in the ledger and on the command line: "2017-W26", "posts/SLUG", "latest/2017-06-30" */
} ZbEdition;

/* Reads the name of an edition. A week may be told by its issue's date, and "latest" alone is that of the day
   of NOW in ZONE. */
gboolean zb_edition_parse (const char *text, GTimeZone *zone, ZbTime now, ZbEdition *out,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of the edition called NAME. */
ZbEditionKind zb_edition_kind (const char *name);

void zb_edition_clear (ZbEdition *edition);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbEdition, zb_edition_clear)

/* The slug of an essay; borrowed. */
const char *zb_edition_slug (const ZbEdition *edition);
