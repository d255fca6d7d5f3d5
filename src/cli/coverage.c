/* zhoubao coverage: what was seen of each source in a week, and what was not. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/model/source.h"
#include "zhoubao/store/fetch.h"

typedef struct {
  const ZbSource *source;
  const ZbCoverage *of; /* NULL: not looked at */
} Row;

static const char *
state_of (const Row *row)
{
  if (row->source->kind == ZB_SOURCE_PERSON)
    return "blocked";
  if (row->of == NULL || row->of->state == NULL)
    return "new";
  /* Of a week, "ok" means that it brought something in that week. */
  gboolean well = g_str_equal (row->of->state, "ok") || g_str_equal (row->of->state, "quiet");
  return well ? (row->of->fresh > 0 ? "ok" : "quiet") : row->of->state;
}

static const char *
error_of (const Row *row)
{
  if (row->source->kind == ZB_SOURCE_PERSON)
    return "needs a person: filled with zhoubao clip";
  return row->of != NULL ? row->of->error : NULL;
}

static void
write_row (JsonBuilder *b, const Row *row)
{
  const ZbCoverage *c = row->of;
  json_builder_begin_object (b);
  zb_json_text (b, "slug", row->source->slug);
  zb_json_text (b, "title", row->source->title);
  zb_json_text (b, "state", state_of (row));
  zb_json_time (b, "checked", c != NULL ? c->checked : ZB_TIME_NONE);
  zb_json_time (b, "read", c != NULL ? c->read : ZB_TIME_NONE);
  zb_json_int (b, "checks", c != NULL ? c->checks : 0);
  zb_json_int (b, "new", c != NULL ? c->fresh : 0);
  zb_json_text (b, "error", error_of (row));
  json_builder_end_object (b);
}

static void
print_row (const Row *row, GTimeZone *zone)
{
  ZbTime checked = row->of != NULL ? row->of->checked : ZB_TIME_NONE;
  g_autoptr (GDateTime) utc = checked != ZB_TIME_NONE ? g_date_time_new_from_unix_utc (checked) : NULL;
  g_autoptr (GDateTime) at = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *when = at != NULL ? g_date_time_format (at, "%a %-d %b %H:%M") : g_strdup ("not seen");
  const char *error = error_of (row);
  zb_verb_print ("%-30s %-8s %-16s %4d new%s%s\n", row->source->slug, state_of (row), when,
                 row->of != NULL ? row->of->fresh : 0, error != NULL ? "  " : "", error != NULL ? error : "");
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  ZbWeek week;
  g_autoptr (ZbNewsroom) room = zb_verb_args (args, 0, 1, error) ? zb_newsroom_open (cli, error) : NULL;
  if (room == NULL || !zb_newsroom_week (room, args[0], cli->now, &week, error))
    return FALSE;
  GTimeZone *zone = room->workspace->config->zone;
  g_autoptr (GHashTable) coverage =
      zb_fetch_coverage (room->db, zb_week_start (week, zone), zb_week_end (week, zone), error);
  if (coverage == NULL)
    return FALSE;
  g_autofree char *name = zb_week_name (week);
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "week", name);
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (guint i = 0; i < room->sources->len; i++) {
    const ZbSource *source = room->sources->pdata[i];
    Row row = {source, g_hash_table_lookup (coverage, source->slug)};
    write_row (b, &row);
    if (!cli->json)
      print_row (&row, zone);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  return TRUE;
}

const ZbVerb zb_verb_coverage = {"coverage", "[WEEK]",
                                 "What was seen of each source in a week, and what was not", NULL, run};
