/* zhoubao statistics: mailings and the list, in figures. */
#include "people.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/statistics.h"

#define WEEKS 26
#define WEEKS_MOST 520

static int option_weeks = WEEKS;

static const GOptionEntry options[] = {
    {"weeks", 0, 0, G_OPTION_ARG_INT, &option_weeks, "How many issues and weeks back (default: 26)", "N"},
    {NULL}};

static void
print_json (const ZbStatistics *s)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "issues");
  json_builder_begin_array (b);
  for (guint i = 0; i < s->mailings->len; i++) {
    const ZbMailingFigures *f = s->mailings->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "week", f->issue);
    zb_json_time (b, "queued", f->queued);
    zb_json_int (b, "to", f->to);
    zb_json_int (b, "delivered", f->delivered);
    zb_json_int (b, "waiting", f->waiting);
    zb_json_int (b, "deferred", f->deferred);
    zb_json_int (b, "bounced", f->bounced);
    zb_json_int (b, "complained", f->complained);
    zb_json_int (b, "unknown", f->unknown);
    zb_json_int (b, "joined", f->joined);
    zb_json_int (b, "left", f->left);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_set_member_name (b, "weeks");
  json_builder_begin_array (b);
  for (guint i = 0; i < s->weeks->len; i++) {
    const ZbWeekFigures *f = &g_array_index (s->weeks, ZbWeekFigures, i);
    g_autofree char *name = zb_week_name (f->week);
    json_builder_begin_object (b);
    zb_json_text (b, "week", name);
    zb_json_int (b, "joined", f->joined);
    zb_json_int (b, "left", f->left);
    zb_json_int (b, "list", f->list);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
print_text (const ZbStatistics *s)
{
  zb_verb_print (
      "issue          to  delivered  waiting  deferred  bounced  complained  unknown   joined     left\n");
  for (guint i = 0; i < s->mailings->len; i++) {
    const ZbMailingFigures *f = s->mailings->pdata[i];
    zb_verb_print ("%-8s %8" G_GINT64_FORMAT " %10" G_GINT64_FORMAT " %8" G_GINT64_FORMAT
                   " %9" G_GINT64_FORMAT " %8" G_GINT64_FORMAT " %11" G_GINT64_FORMAT " %8" G_GINT64_FORMAT
                   " %8" G_GINT64_FORMAT " %8" G_GINT64_FORMAT "\n",
                   f->issue, f->to, f->delivered, f->waiting, f->deferred, f->bounced, f->complained,
                   f->unknown, f->joined, f->left);
  }
  if (s->mailings->len == 0)
    zb_verb_print ("Nothing was sent yet.\n");
  zb_verb_print ("\nweek       joined     left   on the list\n");
  for (guint i = s->weeks->len; i > 0; i--) {
    const ZbWeekFigures *f = &g_array_index (s->weeks, ZbWeekFigures, i - 1);
    g_autofree char *name = zb_week_name (f->week);
    zb_verb_print ("%-8s %8" G_GINT64_FORMAT " %8" G_GINT64_FORMAT " %13" G_GINT64_FORMAT "\n", name,
                   f->joined, f->left, f->list);
  }
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  if (option_weeks < 1 || option_weeks > WEEKS_MOST) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "--weeks must be 1 to %d", WEEKS_MOST);
    return FALSE;
  }
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  g_autoptr (ZbStatistics) s = people != NULL
                                   ? zb_statistics_new (people->db, people->workspace->config->zone,
                                                        (guint)option_weeks, cli->now, error)
                                   : NULL;
  if (s == NULL)
    return FALSE;
  if (cli->json)
    print_json (s);
  else
    print_text (s);
  return TRUE;
}

const ZbVerb zb_verb_statistics = {"statistics", "", "How the mailings and the list fared", options, run};
