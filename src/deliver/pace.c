/* Token buckets and pauses. */
#include "zhoubao/deliver/pace.h"

#define PAUSE_MIN 60.0
#define PAUSE_MAX 3600.0

typedef struct {
  ZbPaceRow row;
  gboolean changed;
} Bucket;

struct ZbPace {
  GHashTable *buckets; /* name to Bucket */
};

static void
add_row (const char *name, const ZbPaceRow *row, gpointer data)
{
  ZbPace *pace = data;
  Bucket *bucket = g_new0 (Bucket, 1);
  bucket->row = *row;
  g_hash_table_insert (pace->buckets, g_strdup (name), bucket);
}

ZbPace *
zb_pace_open (ZbDb *db, GError **error)
{
  g_autoptr (ZbPace) pace = g_new0 (ZbPace, 1);
  pace->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return zb_pace_row_each (db, add_row, pace, error) ? g_steal_pointer (&pace) : NULL;
}

void
zb_pace_free (ZbPace *pace)
{
  g_hash_table_unref (pace->buckets);
  g_free (pace);
}

static Bucket *
find (ZbPace *pace, const char *name)
{
  Bucket *bucket = g_hash_table_lookup (pace->buckets, name);
  if (bucket == NULL) {
    bucket = g_new0 (Bucket, 1);
    g_hash_table_insert (pace->buckets, g_strdup (name), bucket);
  }
  return bucket;
}

/* A bucket holds one second's worth, and at least one message. */
static void
fill (ZbPaceRow *row, double rate, double now)
{
  double most = MAX (rate, 1.0);
  double passed = row->filled > 0 ? MAX (now - row->filled, 0) : most;
  row->tokens = MIN (row->tokens + passed * rate, most);
  if (row->filled == 0)
    row->tokens = most;
  row->filled = now;
}

double
zb_pace_wait (ZbPace *pace, const char *name, double rate, double now)
{
  Bucket *bucket = rate > 0 ? find (pace, name) : g_hash_table_lookup (pace->buckets, name);
  if (bucket == NULL)
    return 0;
  if (bucket->row.until > now)
    return bucket->row.until - now;
  if (rate <= 0)
    return 0;
  fill (&bucket->row, rate, now);
  return bucket->row.tokens >= 1 ? 0 : (1 - bucket->row.tokens) / rate;
}

void
zb_pace_take (ZbPace *pace, const char *name, double rate, double now)
{
  if (rate <= 0)
    return;
  Bucket *bucket = find (pace, name);
  fill (&bucket->row, rate, now);
  bucket->row.tokens -= 1;
  bucket->changed = TRUE;
}

void
zb_pace_slow (ZbPace *pace, const char *name, double now)
{
  Bucket *bucket = find (pace, name);
  if (bucket->row.until > now)
    return;
  bucket->row.pause = CLAMP (bucket->row.pause * 2, PAUSE_MIN, PAUSE_MAX);
  bucket->row.until = now + bucket->row.pause;
  bucket->changed = TRUE;
}

void
zb_pace_ease (ZbPace *pace, const char *name, double now)
{
  Bucket *bucket = g_hash_table_lookup (pace->buckets, name);
  if (bucket == NULL || bucket->row.pause <= 0 || bucket->row.until > now)
    return;
  bucket->row.pause /= 2;
  bucket->changed = TRUE;
}

gboolean
zb_pace_save (ZbPace *pace, ZbDb *db, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, pace->buckets);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    Bucket *bucket = value;
    if (bucket->changed && !zb_pace_row_write (db, name, &bucket->row, error))
      return FALSE;
    bucket->changed = FALSE;
  }
  return TRUE;
}
