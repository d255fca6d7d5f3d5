/* Evidence of a flood, read again in full: texts are filled in, and search is told. */
#include "backlog.h"

#include "zhoubao/crawl/intake.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/unread.h"

#define MOST 1000u /* in one crawl: a flood's texts come in within a few */
#define AT_ONCE 4u /* the crawl's own answers go first */
#define DAY 86400

struct ZbBacklog {
  ZbCrew *crew;
  GHashTable *sources; /* of ZbSource, by slug, borrowed */
  GPtrArray *unread;   /* of ZbUnread */
  guint next, open, started;
};

typedef struct {
  ZbBacklog *backlog;
  const ZbUnread *unread;
  const ZbSource *source;
  ZbDocument *document;
  ZbResult *result;
  guint items; /* of it, once written */
} Reading;

static void
reading_free (Reading *r)
{
  g_clear_pointer (&r->document, zb_document_free);
  g_clear_pointer (&r->result, zb_result_free);
  g_free (r);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

ZbBacklog *
zb_backlog_new (ZbCrew *crew, GError **error)
{
  const ZbCrawl *crawl = crew->crawl;
  const GPtrArray *known = crawl->known != NULL ? crawl->known : crawl->sources;
  GPtrArray *unread =
      crew->newcomers < ZB_CREW_FLOOD ? zb_unread_list (crawl->db, error) : g_ptr_array_new ();
  if (unread == NULL)
    return NULL;
  ZbBacklog *b = g_new0 (ZbBacklog, 1);
  b->crew = crew;
  b->unread = unread;
  b->sources = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < known->len; i++) {
    ZbSource *source = known->pdata[i];
    g_hash_table_insert (b->sources, source->slug, source);
  }
  return b;
}

void
zb_backlog_free (ZbBacklog *b)
{
  g_ptr_array_unref (b->unread);
  g_hash_table_unref (b->sources);
  g_free (b);
}

guint
zb_backlog_left (const ZbBacklog *b)
{
  return MIN (b->unread->len - b->next, MOST - b->started) + b->open;
}

/* Everything of this evidence, in one piece. What cannot be read now never can. */
static gboolean
write_reading (ZbDb *db, gpointer data, GError **error)
{
  Reading *r = data;
  const ZbConfig *config = r->backlog->crew->crawl->config;
  const ZbDocument *d = r->document;
  ZbIntakeCount count;
  if (r->result != NULL) {
    ZbIntake intake = {.source = r->source,
                       .config = config,
                       .feed = r->result->feed,
                       .url = d->url,
                       .evidence = d->sha256,
                       .now = d->fetched,
                       .not_before = d->fetched - config->first_fetch_days * (gint64)DAY};
    if (!zb_intake_add (db, &intake, &count, error))
      return FALSE;
    r->items = (guint)count.rows;
  }
  return zb_unread_done (db, r->unread->sha256, error);
}

static void
on_written (gpointer data, const GError *error)
{
  g_autoptr (Reading) r = data;
  ZbBacklog *b = r->backlog;
  b->open--;
  b->crew->unsearched += r->items;
  if (error != NULL)
    zb_crew_fail (b->crew, g_error_copy (error));
}

static void
on_read (ZbResult *result, gpointer data)
{
  Reading *r = data;
  ZbCrew *crew = r->backlog->crew;
  ZbIntakeCount count = {0};
  crew->parsing--;
  if (result->error == NULL && result->feed != NULL) {
    r->result = result;
    zb_intake_count (result->feed, &count);
  } else
    zb_result_free (result);
  g_clear_pointer (&r->document->body, g_bytes_unref);
  zb_writer_do (crew->writer, write_reading, r, count.bytes, on_written);
}

/* The bytes may be damaged, or more than is allowed now: then they stay unread. */
static void
start (ZbBacklog *b, const ZbUnread *unread, const ZbSource *source)
{
  const ZbCrawl *crawl = b->crew->crawl;
  Reading *r = g_new0 (Reading, 1);
  *r = (Reading){.backlog = b, .unread = unread, .source = source};
  r->document = zb_document_get (crawl->db, unread->sha256, crawl->config->limits.decoded_bytes, NULL);
  b->open++;
  b->started++;
  if (r->document == NULL) {
    zb_writer_do (b->crew->writer, write_reading, r, 0, on_written);
    return;
  }
  ZbJob *job = zb_crew_job (b->crew, source, r->document->body, r->document->url, r->document->content_type);
  job->now = r->document->fetched; /* "yesterday" was said then */
  zb_crew_parse (b->crew, job, on_read, r);
}

void
zb_backlog_step (ZbBacklog *b)
{
  while (b->next < b->unread->len && b->started < MOST && b->open < AT_ONCE && b->crew->error == NULL) {
    const ZbUnread *unread = b->unread->pdata[b->next++];
    const ZbSource *source = g_hash_table_lookup (b->sources, unread->source);
    if (source != NULL)
      start (b, unread, source);
  }
}
