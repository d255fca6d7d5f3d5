/* Clipped pages on their way in. */
#include "clipping.h"

#include "zhoubao/crawl/clip.h"
#include "zhoubao/curate/cluster.h"
#include "zhoubao/store/audit.h"
#include "zhoubao/store/clipping.h"
#include "zhoubao/store/search.h"
#include "zhoubao/store/source_file.h"

/* Grouped and indexed at once, so that it is in the queue when the editor goes there. */
static gboolean
put_in (ZbDb *db, const ZbClip *clip, const char *editor, gint64 *item, GError **error)
{
  gboolean is_new = FALSE;
  g_autofree char *about = NULL;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  if (!zb_clip_add (db, pool, clip, item, &is_new, error) || !zb_search_update (db, error) ||
      !zb_cluster_run (db, clip->config, clip->now, NULL, error))
    return FALSE;
  about = g_strdup_printf ("%" G_GINT64_FORMAT, *item);
  return zb_audit_add (db, editor, is_new ? "clip" : "clip again", about, clip->now, error);
}

static gboolean
take_in (ZbWorkspace *workspace, ZbDb *db, const ZbClipping *c, gint64 *item, GError **error)
{
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (workspace, error);
  if (sources == NULL)
    return FALSE;
  g_autoptr (ZbHttpResponse) response =
      c->page == NULL ? zb_clip_fetch (workspace->config, c->url, error) : NULL;
  if (c->page == NULL && response == NULL)
    return FALSE;
  ZbClip clip = {.config = workspace->config,
                 .sources = sources,
                 .source = c->source,
                 .url = c->url,
                 .bytes = response != NULL ? response->body : c->page,
                 .response = response,
                 .now = c->asked};
  return put_in (db, &clip, c->editor, item, error);
}

/* What was taken in and not noted as such, for a crash came between, is found again as the same item. */
static gboolean
carry_out (ZbWorkspace *workspace, ZbDb *db, gpointer data, char **result, GError **error)
{
  gint64 item = 0;
  g_autoptr (GError) why = NULL;
  g_autoptr (ZbClipping) c = zb_clipping_get (db, *(gint64 *)data, error);
  if (c == NULL)
    return FALSE;
  gboolean done = take_in (workspace, db, c, &item, &why);
  if (!zb_clipping_end (db, c->id, item, done ? NULL : why->message, zb_time_now (), error))
    return FALSE;
  if (done)
    *result = g_strdup_printf ("/desk/item/%" G_GINT64_FORMAT, item);
  else
    g_propagate_error (error, g_steal_pointer (&why));
  return done;
}

gint64
zb_clippings_ask (ZbErrands *errands, gint64 id, const char *url)
{
  g_autofree char *about = g_strconcat ("clip ", url, NULL);
  return zb_errands_ask (errands, ZB_LANE_CLIP, about, carry_out, g_memdup2 (&id, sizeof id), g_free);
}

gboolean
zb_clippings_resume (ZbErrands *errands, ZbDb *db, GError **error)
{
  g_autoptr (GPtrArray) open = zb_clipping_list_open (db, error);
  for (guint i = 0; open != NULL && i < open->len; i++) {
    const ZbClipping *c = open->pdata[i];
    zb_clippings_ask (errands, c->id, c->url);
  }
  return open != NULL;
}
