/* Errands: work behind the pages whose outcome a page shows, so that a slow site or a large archive keeps no
   thread of the desk. They are forgotten with the process: what must not be has a row in the store, and is
   asked for again at the next start (clipping.h). Private to src/desk. */
#pragma once
#include "zhoubao/store/workspace.h"

typedef struct ZbErrands ZbErrands;

/* Errands of one lane wait for each other, never for those of another. */
typedef enum {
  ZB_LANE_CLIP,  /* a few at a time; left alone where the desk ends */
  ZB_LANE_INDEX, /* the same */
  ZB_LANE_BUILD /* one at a time, and one waits at most: it does for whoever asks meanwhile. Its end is waited
                   for */
} ZbLane;

/* Does what DATA says with a workspace and a store of its own. RESULT (transfer full) is for the page. */
typedef gboolean (*ZbErrandWork) (ZbWorkspace *workspace, ZbDb *db, gpointer data, char **result,
                                  GError **error);

ZbErrands *zb_errands_new (const char *directory);
void zb_errands_free (ZbErrands *errands);

/* Its number. ABOUT is in words; DATA (transfer full) is freed with FREE_DATA. */
gint64 zb_errands_ask (ZbErrands *errands, ZbLane lane, const char *about, ZbErrandWork work, gpointer data,
                       GDestroyNotify free_data);

typedef struct {
  gboolean running; /* or waits */
  char *about;
  char *result;  /* NULL until it is done */
  char *problem; /* why it could not be done, or NULL */
} ZbErrandLook;

void zb_errand_look_clear (ZbErrandLook *look);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbErrandLook, zb_errand_look_clear)

/* How the errand NUMBER stands, at the latest after MILLISECONDS. FALSE: it is not known, or not any more. */
gboolean zb_errands_look (ZbErrands *errands, gint64 number, int milliseconds, ZbErrandLook *look);

/* The same of the newest of LANE. */
gboolean zb_errands_newest (ZbErrands *errands, ZbLane lane, ZbErrandLook *look);
