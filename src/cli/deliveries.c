/* zhoubao deliveries: what became of every message of an issue. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/model/edition.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/mailing.h"

static char *option_state;
static gboolean option_release;

static const GOptionEntry options[] = {
    {"state", 0, 0, G_OPTION_ARG_STRING, &option_state, "List the addresses in STATE with the server's words",
     "STATE"},
    {"release", 0, 0, G_OPTION_ARG_NONE, &option_release, "Send what is held once more after all", NULL},
    {NULL}};

static void
print_counts (const ZbCli *cli, const char *week, const gint64 *counts, ZbTime next)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "week", week);
  for (guint i = 0; i < ZB_DELIVERY_STATES; i++) {
    zb_json_int (b, zb_delivery_state_name (i), counts[i]);
    if (!cli->json)
      zb_verb_print ("%-11s %" G_GINT64_FORMAT "\n", zb_delivery_state_name (i), counts[i]);
  }
  zb_json_time (b, "next", next);
  json_builder_end_object (b);
  if (cli->json)
    zb_verb_print_json (b);
  else if (next != ZB_TIME_NONE) {
    g_autofree char *at = zb_time_to_rfc3339 (next);
    zb_verb_print ("next try    %s\n", at);
  }
}

static void
add_row (const ZbDeliveryReport *row, gpointer data)
{
  JsonBuilder *b = data;
  if (b == NULL) {
    g_autofree char *at = zb_time_to_rfc3339 (row->changed);
    zb_verb_print ("%s  %s  %d %s %s\n", row->address, at, row->code, row->status != NULL ? row->status : "-",
                   row->words != NULL ? row->words : "");
    return;
  }
  json_builder_begin_object (b);
  zb_json_text (b, "address", row->address);
  zb_json_text (b, "message_id", row->message_id);
  zb_json_time (b, "changed", row->changed);
  zb_json_int (b, "attempts", row->attempts);
  zb_json_int (b, "code", row->code);
  zb_json_text (b, "status", row->status);
  zb_json_text (b, "words", row->words);
  json_builder_end_object (b);
}

static gboolean
list_state (const ZbCli *cli, ZbDb *db, gint64 mailing, GError **error)
{
  guint state = 0;
  while (state < ZB_DELIVERY_STATES && !g_str_equal (zb_delivery_state_name (state), option_state))
    state++;
  if (state == ZB_DELIVERY_STATES) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "there is no state '%s'", option_state);
    return FALSE;
  }
  g_autoptr (JsonBuilder) b = cli->json ? json_builder_new () : NULL;
  if (b != NULL)
    json_builder_begin_array (b);
  if (!zb_delivery_each (db, mailing, state, add_row, b, error))
    return FALSE;
  if (b != NULL) {
    json_builder_end_array (b);
    zb_verb_print_json (b);
  }
  return TRUE;
}

static gboolean
release (const ZbCli *cli, ZbDb *db, gint64 mailing, GError **error)
{
  gint64 count = 0;
  if (!zb_delivery_release (db, mailing, cli->now, &count, error))
    return FALSE;
  zb_verb_say (cli, "%" G_GINT64_FORMAT " are queued again\n", count);
  return TRUE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  GError *why = NULL;
  ZbTime next = ZB_TIME_NONE;
  gint64 counts[ZB_DELIVERY_STATES];
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbNewsroom) room = zb_newsroom_open (cli, error);
  if (room == NULL || !zb_edition_parse (args[0], room->workspace->config->zone, cli->now, &edition, error))
    return FALSE;
  const char *name = edition.name;
  g_autoptr (ZbMailing) mailing = zb_mailing_load (room->db, name, &why);
  if (mailing == NULL) {
    if (why == NULL)
      why = g_error_new (ZB_ERROR, ZB_ERROR_NOT_FOUND, "%s is not queued", name);
    g_propagate_error (error, why);
    return FALSE;
  }
  if (option_state != NULL)
    return list_state (cli, room->db, mailing->id, error);
  if (option_release && !release (cli, room->db, mailing->id, error))
    return FALSE;
  if (!zb_delivery_count (room->db, mailing->id, counts, &next, error))
    return FALSE;
  print_counts (cli, name, counts, next);
  return TRUE;
}

const ZbVerb zb_verb_deliveries = {"deliveries", "EDITION", "What became of every message of an edition",
                                   options, run};
