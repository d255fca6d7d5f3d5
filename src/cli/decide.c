/* zhoubao pick, brief, reject, undo: what editors decide on an item. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/curate/queue.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/item.h"

static char *option_week, *option_why, *option_editor;
static int option_slot;

#define WEEK_OPTION                                                                                          \
  {                                                                                                          \
    "week", 'w', 0, G_OPTION_ARG_STRING, &option_week, "The week: 2017-W26, or the date of its issue", "W"   \
  }
#define EDITOR_OPTION                                                                                        \
  {                                                                                                          \
    "editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who decides (default: the user's name)", "NAME"    \
  }

static const GOptionEntry pick_options[] = {
    {"slot", 's', 0, G_OPTION_ARG_INT, &option_slot, "The slot, 1 to 3 (default: the first free one)", "N"},
    WEEK_OPTION,
    EDITOR_OPTION,
    {NULL}};
static const GOptionEntry brief_options[] = {WEEK_OPTION, EDITOR_OPTION, {NULL}};
static const GOptionEntry reject_options[] = {
    {"why", 0, 0, G_OPTION_ARG_STRING, &option_why, "Why, for the others", "TEXT"},
    WEEK_OPTION,
    EDITOR_OPTION,
    {NULL}};

static const char *
editor_name (void)
{
  return option_editor != NULL ? option_editor : g_get_user_name ();
}

static gboolean
first_free_slot (ZbNewsroom *room, ZbWeek week, int *slot, GError **error)
{
  gint64 held[3];
  if (!zb_decision_slots (room->db, week, held, error))
    return FALSE;
  for (int i = 0; i < 3; i++)
    if (held[i] == 0) {
      *slot = i + 1;
      return TRUE;
    }
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE,
                       "all three slots are taken: name the one to replace with --slot N");
  return FALSE;
}

/* The features of the story at this moment, so that learning sees what the editor saw. */
static gboolean
add_decision (ZbNewsroom *room, ZbDecision *d, GError **error)
{
  const ZbConfig *config = room->workspace->config;
  g_autoptr (ZbQueue) queue = zb_queue_new (room->db, config, room->sources, d->week, error);
  if (queue == NULL)
    return FALSE;
  const ZbStory *story = zb_queue_story_of (queue, d->item);
  g_autofree char *features = story != NULL ? zb_queue_features_json (queue, story) : NULL;
  d->features = features;
  return zb_decision_add (room->db, d, error);
}

static gboolean
say_done (const ZbCli *cli, ZbNewsroom *room, const ZbDecision *d, GError **error)
{
  static const char *const done[] = {"picked for slot", "briefed", "rejected"};
  g_autoptr (ZbItem) item = zb_item_get (room->db, d->item, error);
  if (item == NULL)
    return FALSE;
  g_autofree char *week = zb_week_name (d->week);
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_json_text (b, "week", week);
    zb_json_int (b, "item", d->item);
    zb_json_int (b, "slot", d->slot);
    json_builder_end_object (b);
    zb_verb_print_json (b);
  } else if (d->slot != 0)
    zb_verb_print ("%s %d of %s: %s\n", done[d->action], d->slot, week, item->title);
  else
    zb_verb_print ("%s in %s: %s\n", done[d->action], week, item->title);
  return TRUE;
}

static gboolean
decide (const ZbCli *cli, char **args, ZbAction action, GError **error)
{
  ZbDecision d = {.action = action, .why = option_why, .editor = editor_name (), .decided = cli->now};
  if (!zb_verb_args (args, 1, 1, error) || !zb_newsroom_item (args[0], &d.item, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room == NULL || !zb_newsroom_week (room, option_week, cli->now, &d.week, error))
    return FALSE;
  d.slot = action == ZB_PICK ? option_slot : 0;
  if (action == ZB_PICK && d.slot == 0 && !first_free_slot (room, d.week, &d.slot, error))
    return FALSE;
  if (action == ZB_PICK && (d.slot < 1 || d.slot > 3)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no slot %d: an issue has slots 1, 2 and 3",
                 d.slot);
    return FALSE;
  }
  return add_decision (room, &d, error) && say_done (cli, room, &d, error);
}

static gboolean
run_pick (const ZbCli *cli, char **args, GError **error)
{
  return decide (cli, args, ZB_PICK, error);
}

static gboolean
run_brief (const ZbCli *cli, char **args, GError **error)
{
  return decide (cli, args, ZB_BRIEF, error);
}

static gboolean
run_reject (const ZbCli *cli, char **args, GError **error)
{
  return decide (cli, args, ZB_REJECT, error);
}

static gboolean
run_undo (const ZbCli *cli, char **args, GError **error)
{
  ZbWeek week;
  gint64 item = 0;
  g_autofree char *what = NULL;
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room == NULL || !zb_newsroom_week (room, option_week, cli->now, &week, error) ||
      !zb_decision_undo (room->db, week, option_editor, cli->now, &item, &what, error))
    return FALSE;
  zb_verb_print ("taken back: %s\n", what);
  return TRUE;
}

const ZbVerb zb_verb_pick = {"pick", "ITEM", "Put an item into a slot of the issue", pick_options, run_pick};
const ZbVerb zb_verb_brief = {"brief", "ITEM", "Mark an item as a brief for The Latest", brief_options,
                              run_brief};
const ZbVerb zb_verb_reject = {"reject", "ITEM", "Take an item out of the queue", reject_options, run_reject};
const ZbVerb zb_verb_undo = {"undo", "", "Take the last decision of the week back", brief_options, run_undo};
