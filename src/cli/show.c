/* zhoubao show: one item with all that is known of it. */
#include "evidence.h"
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/romanize.h"
#include "zhoubao/curate/coverage.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/item.h"

static gboolean option_evidence;

static const GOptionEntry options[] = {
    {"evidence", 0, 0, G_OPTION_ARG_NONE, &option_evidence, "The bytes that it was read from", NULL}, {NULL}};

typedef struct {
  ZbItem *item;
  char **sources;
  ZbItemState state;
  int slot;
  char *pinyin;
  GPtrArray *coverage; /* of ZbCoverageHit */
} Shown;

static void
shown_clear (Shown *s)
{
  g_clear_pointer (&s->item, zb_item_free);
  g_strfreev (s->sources);
  g_free (s->pinyin);
  g_clear_pointer (&s->coverage, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shown, shown_clear)

static gboolean
read_shown (ZbNewsroom *room, gint64 id, ZbTime now, Shown *s, GError **error)
{
  ZbWeek week;
  s->item = zb_item_get (room->db, id, error);
  s->sources = s->item != NULL ? zb_item_sources (room->db, id, error) : NULL;
  if (s->sources == NULL || !zb_decision_state (room->db, id, &s->state, &s->slot, error))
    return FALSE;
  s->pinyin = zb_romanize_title (s->item->title);
  if (!zb_newsroom_week (room, NULL, now, &week, error))
    return FALSE;
  s->coverage = zb_coverage_find (room->workspace->root, room->workspace->config, s->item, week);
  return TRUE;
}

static void
print_json (const Shown *s)
{
  const ZbItem *i = s->item;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_int (b, "id", i->id);
  zb_json_text (b, "title", i->title);
  zb_json_text (b, "pinyin", s->pinyin);
  zb_json_text (b, "url", i->url);
  zb_json_text (b, "canonical", i->canonical);
  zb_json_strv (b, "sources", (const char *const *)s->sources);
  zb_json_text (b, "author", i->author);
  zb_json_text (b, "language", i->language);
  zb_json_time (b, "published", i->published);
  zb_json_time (b, "fetched", i->fetched);
  zb_json_text (b, "number", i->number);
  zb_json_text (b, "issuer", i->issuer);
  zb_json_time (b, "signed", i->signed_on);
  zb_json_time (b, "effective", i->effective);
  zb_json_time (b, "comment_deadline", i->comment_deadline);
  zb_json_text (b, "evidence", i->evidence);
  zb_json_int (b, "story", i->story);
  zb_json_text (b, "state", zb_item_state_name (s->state));
  zb_json_int (b, "slot", s->slot);
  zb_coverage_json (b, "coverage", s->coverage);
  zb_json_text (b, "summary", i->summary);
  zb_json_text (b, "text", i->text);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
print_line (const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    zb_verb_print ("%-10s %s\n", name, value);
}

static void
print_day (const char *name, ZbTime t, GTimeZone *zone)
{
  if (t == ZB_TIME_NONE)
    return;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  g_autofree char *text = g_date_time_format (at, "%A %-d %B %Y, %H:%M");
  print_line (name, text);
}

static void
print_text (const Shown *s, GTimeZone *zone)
{
  const ZbItem *i = s->item;
  g_autofree char *sources = g_strjoinv (", ", s->sources);
  zb_verb_print ("%s\n", i->title);
  if (s->pinyin != NULL)
    zb_verb_print ("%s\n", s->pinyin);
  zb_verb_print ("\n");
  print_line ("link", i->url);
  print_line ("source", sources);
  print_line ("author", i->author);
  print_day ("published", i->published, zone);
  print_day ("fetched", i->fetched, zone);
  print_line ("number", i->number);
  print_line ("issuer", i->issuer);
  print_day ("signed", i->signed_on, zone);
  print_day ("effective", i->effective, zone);
  print_day ("comments", i->comment_deadline, zone);
  print_line ("evidence", i->evidence);
  print_line ("state", zb_item_state_name (s->state));
  for (guint n = 0; n < s->coverage->len; n++) {
    const ZbCoverageHit *hit = s->coverage->pdata[n];
    g_autofree char *line = g_strdup_printf ("%s, %s (%s)", hit->date, hit->title, hit->because);
    print_line ("earlier", line);
  }
  if (i->text != NULL || i->summary != NULL)
    zb_verb_print ("\n%s\n", i->text != NULL ? i->text : i->summary);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  gint64 id = 0;
  g_auto (Shown) shown = {0};
  if (!zb_verb_args (args, 1, 1, error) || !zb_newsroom_item (args[0], &id, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room == NULL || !read_shown (room, id, cli->now, &shown, error))
    return FALSE;
  if (option_evidence)
    return zb_evidence_print (cli, room, shown.item, error);
  if (cli->json)
    print_json (&shown);
  else
    print_text (&shown, room->workspace->config->zone);
  return TRUE;
}

const ZbVerb zb_verb_show = {"show", "ITEM", "Show an item with its text and facts", options, run};
