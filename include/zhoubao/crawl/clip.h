/* Clipping: a person gives a page that the crawler may not, or cannot, fetch. The same evidence, the same
   duplicates, the same reading in a worker as for what is crawled. */
#pragma once
#include "zhoubao/edge/db.h"
#include "zhoubao/edge/http.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/model/config.h"

typedef struct {
  const ZbConfig *config;
  const GPtrArray *sources; /* of ZbSource */
  const char *source;       /* slug; NULL: the source whose host the page has, or else "clip" */
  const char *url;          /* of the page; NULL: as the page says itself */
  GBytes *bytes;
  const ZbHttpResponse *response; /* that the bytes came with, or NULL: a person saved or pasted them */
  ZbTime now;
} ZbClip;

/* Reads the page and puts it into the store, in one transaction: evidence, item, log. ITEM gets its number,
   IS_NEW whether it was not known. */
gboolean zb_clip_add (ZbDb *db, ZbPool *pool, const ZbClip *clip, gint64 *item, gboolean *is_new,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fetches URL as a person's agent does, following redirects; what is no page, or a challenge, is an error
   that says what to do. (transfer full) */
ZbHttpResponse *zb_clip_fetch (const ZbConfig *config, const char *url, GError **error);
