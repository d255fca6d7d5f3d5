/* Turns: hosts that can go at once stand in a queue, those in their gap in a list by time. */
#include "zhoubao/crawl/turns.h"

typedef struct {
  ZbTurn turn;
  gpointer data;
  gboolean first;
} Waiter;

typedef struct {
  GQueue waiting; /* of Waiter */
  gint64 active, gap_us, free_at;
  GSequenceIter *resting; /* its place among those in their gap, or NULL */
  gboolean ready;         /* it stands in the queue */
  gboolean met;           /* it has just given leave, and its connection is open */
} Host;

struct ZbTurns {
  gint64 at_once, gap_us;
  GHashTable *hosts;
  GQueue ready;       /* of Host, borrowed */
  GSequence *resting; /* of Host, borrowed, by free_at */
};

static void
host_free (gpointer data)
{
  Host *host = data;
  g_queue_clear_full (&host->waiting, g_free);
  g_free (host);
}

ZbTurns *
zb_turns_new (gint64 at_once, gint64 gap_ms)
{
  ZbTurns *turns = g_new0 (ZbTurns, 1);
  turns->at_once = at_once;
  turns->gap_us = gap_ms * 1000;
  turns->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_free);
  turns->resting = g_sequence_new (NULL);
  g_queue_init (&turns->ready);
  return turns;
}

void
zb_turns_free (ZbTurns *turns)
{
  g_queue_clear (&turns->ready);
  g_sequence_free (turns->resting);
  g_hash_table_unref (turns->hosts);
  g_free (turns);
}

static Host *
get_host (ZbTurns *turns, const char *origin)
{
  Host *host = g_hash_table_lookup (turns->hosts, origin);
  if (host != NULL)
    return host;
  host = g_new0 (Host, 1);
  host->gap_us = turns->gap_us;
  g_queue_init (&host->waiting);
  g_hash_table_insert (turns->hosts, g_strdup (origin), host);
  return host;
}

static int
by_time (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 x = ((const Host *)a)->free_at, y = ((const Host *)b)->free_at;
  return (x > y) - (x < y);
}

static gboolean
heeds_gap (const Host *host)
{
  const Waiter *head = g_queue_peek_head ((GQueue *)&host->waiting);
  return head != NULL && !head->first;
}

/* Puts HOST where it belongs: nowhere, in the queue, or among those at rest. */
static void
place (ZbTurns *turns, Host *host)
{
  if (host->ready || host->active >= turns->at_once || g_queue_is_empty (&host->waiting))
    return;
  if (host->resting != NULL && heeds_gap (host))
    return;
  g_clear_pointer (&host->resting, g_sequence_remove);
  if (host->free_at > 0 && heeds_gap (host)) {
    host->resting = g_sequence_insert_sorted (turns->resting, host, by_time, NULL);
    return;
  }
  host->ready = TRUE;
  if (host->met)
    g_queue_push_head (&turns->ready, host);
  else
    g_queue_push_tail (&turns->ready, host);
  host->met = FALSE;
}

void
zb_turns_wait (ZbTurns *turns, const char *origin, gboolean first, ZbTurn turn, gpointer data)
{
  Host *host = get_host (turns, origin);
  Waiter *w = g_new (Waiter, 1);
  *w = (Waiter){turn, data, first};
  if (first)
    g_queue_push_head (&host->waiting, w);
  else
    g_queue_push_tail (&host->waiting, w);
  place (turns, host);
}

void
zb_turns_end (ZbTurns *turns, const char *origin, gboolean first, gint64 now_us)
{
  Host *host = get_host (turns, origin);
  g_assert (host->active > 0);
  host->active--;
  host->met = first;
  if (!first)
    host->free_at = now_us + host->gap_us;
  place (turns, host);
}

void
zb_turns_set_gap (ZbTurns *turns, const char *origin, gint64 gap_ms)
{
  get_host (turns, origin)->gap_us = gap_ms * 1000;
}

/* Moves those whose gap is over into the queue. */
static void
wake (ZbTurns *turns, gint64 now_us)
{
  while (!g_sequence_is_empty (turns->resting)) {
    Host *host = g_sequence_get (g_sequence_get_begin_iter (turns->resting));
    if (host->free_at > now_us)
      return;
    host->free_at = 0;
    g_clear_pointer (&host->resting, g_sequence_remove);
    place (turns, host);
  }
}

guint
zb_turns_give (ZbTurns *turns, gint64 now_us, guint most)
{
  guint n = 0;
  wake (turns, now_us);
  for (; n < most && !g_queue_is_empty (&turns->ready); n++) {
    Host *host = g_queue_pop_head (&turns->ready);
    g_autofree Waiter *w = g_queue_pop_head (&host->waiting);
    host->ready = FALSE;
    host->active++;
    place (turns, host);
    w->turn (w->data);
  }
  return n;
}

gint64
zb_turns_next (ZbTurns *turns, gint64 now_us)
{
  if (!g_queue_is_empty (&turns->ready))
    return 0;
  if (g_sequence_is_empty (turns->resting))
    return -1;
  const Host *host = g_sequence_get (g_sequence_get_begin_iter (turns->resting));
  return MAX (0, host->free_at - now_us);
}
