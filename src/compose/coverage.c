/* The line about the sources. */
#include "coverage.h"

#include "zhoubao/store/fetch.h"
#include "zhoubao/store/source_file.h"

gboolean
zb_coverage_line (ZbWorkspace *workspace, ZbDb *db, ZbWeek week, char **line, GError **error)
{
  GTimeZone *zone = workspace->config->zone;
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (workspace, error);
  g_autoptr (GHashTable) seen =
      sources != NULL ? zb_fetch_coverage (db, zb_week_start (week, zone), zb_week_end (week, zone), error)
                      : NULL;
  guint read = 0, by_hand = 0;
  if (seen == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++) {
    const ZbSource *source = sources->pdata[i];
    const ZbCoverage *c = g_hash_table_lookup (seen, source->slug);
    by_hand += source->kind == ZB_SOURCE_PERSON;
    read += source->kind != ZB_SOURCE_PERSON && c != NULL && c->read != ZB_TIME_NONE;
  }
  *line = NULL;
  if (sources->len == 0)
    return TRUE;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *period = zb_week_period (week);
  g_string_append_printf (out, "Of %u source%s, %u %s read in the week of %s", sources->len,
                          sources->len == 1 ? "" : "s", read, read == 1 ? "was" : "were", period);
  guint unread = sources->len - read - by_hand;
  if (unread > 0)
    g_string_append_printf (out, ", %u %s not", unread, unread == 1 ? "was" : "were");
  if (by_hand > 0)
    g_string_append_printf (out, ", %u %s read by hand", by_hand, by_hand == 1 ? "is" : "are");
  g_string_append_c (out, '.');
  *line = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}
