/* Weeks out of stays. */
#include "zhoubao/deliver/statistics.h"

typedef struct {
  GPtrArray *mailings;
  GArray *weeks;
  ZbTime *starts; /* of each week, and of the one after the last */
} Count;

/* The last of the weeks that began by T; weeks->len: T is after all of them, -1: before. */
static int
week_at (const Count *count, ZbTime t)
{
  int low = -1, high = (int)count->weeks->len;
  while (low < high) {
    int middle = (low + high + 1) / 2;
    if (count->starts[middle] <= t)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

static ZbWeekFigures *
week_of (const Count *count, int n)
{
  return n >= 0 && n < (int)count->weeks->len ? &g_array_index (count->weeks, ZbWeekFigures, n) : NULL;
}

/* The mailing that was the newest one at T; NULL before the oldest that is counted. */
static ZbMailingFigures *
mailing_at (const Count *count, ZbTime t)
{
  for (guint i = 0; t != ZB_TIME_NONE && i < count->mailings->len; i++) {
    ZbMailingFigures *figures = count->mailings->pdata[i];
    if (figures->queued <= t)
      return figures;
  }
  return NULL;
}

static void
add_stay (ZbTime joined, ZbTime left, gpointer data)
{
  const Count *count = data;
  int from = week_at (count, joined),
      to = left != ZB_TIME_NONE ? week_at (count, left) : (int)count->weeks->len;
  ZbWeekFigures *first = week_of (count, from), *last = left != ZB_TIME_NONE ? week_of (count, to) : NULL;
  ZbMailingFigures *before = mailing_at (count, joined), *after = mailing_at (count, left);
  if (before != NULL)
    before->joined++;
  if (after != NULL)
    after->left++;
  if (first != NULL)
    first->joined++;
  if (last != NULL)
    last->left++;
  for (int n = MAX (from, 0); n < to && n < (int)count->weeks->len; n++)
    week_of (count, n)->list++;
}

ZbStatistics *
zb_statistics_new (ZbDb *db, GTimeZone *zone, guint weeks, ZbTime now, GError **error)
{
  g_autoptr (ZbStatistics) s = g_new0 (ZbStatistics, 1);
  g_autofree ZbTime *starts = g_new0 (ZbTime, weeks + 1);
  Count count = {.starts = starts};
  s->weeks = count.weeks = g_array_sized_new (FALSE, TRUE, sizeof (ZbWeekFigures), weeks);
  s->mailings = count.mailings = zb_statistics_mailings (db, weeks, error);
  if (s->mailings == NULL)
    return NULL;
  for (guint n = 0; n <= weeks; n++) {
    ZbWeekFigures figures = {.week = zb_week_add (zb_week_of (now, zone), (int)n - (int)weeks + 1)};
    starts[n] = zb_week_start (figures.week, zone);
    if (n < weeks)
      g_array_append_val (s->weeks, figures);
  }
  return zb_statistics_stays (db, add_stay, &count, error) ? g_steal_pointer (&s) : NULL;
}

void
zb_statistics_free (ZbStatistics *s)
{
  g_clear_pointer (&s->mailings, g_ptr_array_unref);
  g_clear_pointer (&s->weeks, g_array_unref);
  g_free (s);
}
