/* Previous coverage: what earlier published issues said on the same matter. */
#pragma once
#include "zhoubao/base/json.h"
#include "zhoubao/base/week.h"
#include "zhoubao/model/config.h"
#include "zhoubao/model/item.h"

typedef struct {
  char *title;   /* of the development, as the issue heads it */
  char *date;    /* of the issue, "2017-07-03" */
  char *path;    /* of the issue in the archive, "/weekly/2017-07-03/" */
  char *because; /* "the same document", "cites 《…》", "a like text" */
} ZbCoverageHit;

void zb_coverage_hit_free (ZbCoverageHit *hit);

/* The developments of the issues in ROOT's issues/weekly before WEEK's that are on ITEM's document number or
   address, that cite its title in 《》 or that it cites, or, of the last half year, whose text is like its
   own: an array of ZbCoverageHit, the newest first, a handful at most. A file that cannot be read is passed
   over: whoever publishes is told of it. (transfer full) */
GPtrArray *zb_coverage_find (const char *root, const ZbConfig *config, const ZbItem *item, ZbWeek week);

/* Member NAME of the object that B is in: HITS as objects with title, date, path and because. */
void zb_coverage_json (JsonBuilder *b, const char *name, const GPtrArray *hits);
