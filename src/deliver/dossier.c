/* A person's file as JSON. */
#include "zhoubao/deliver/dossier.h"

#include "zhoubao/store/dossier.h"
#include "zhoubao/store/suppression.h"

static void
add_row (const ZbDossierRow *row, gpointer data)
{
  JsonBuilder *b = data;
  json_builder_begin_object (b);
  zb_json_text (b, "what", row->what);
  zb_json_text (b, "state", row->state);
  zb_json_text (b, "detail", row->detail);
  zb_json_time (b, "at", row->at);
  json_builder_end_object (b);
}

typedef gboolean (*Walk) (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data, GError **error);

static gboolean
add_list (ZbDb *db, const char *name, Walk walk, gint64 person, JsonBuilder *b, GError **error)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  gboolean ok = walk (db, person, add_row, b, error);
  json_builder_end_array (b);
  return ok;
}

gboolean
zb_dossier_json (ZbDb *db, GBytes *key, const ZbPerson *person, JsonBuilder *b, GError **error)
{
  const char *suppressed = NULL;
  if (!zb_suppression_find (db, key, person->address, &suppressed, error))
    return FALSE;
  zb_json_text (b, "suppressed", suppressed);
  return add_list (db, "deliveries", zb_dossier_deliveries, person->id, b, error) &&
         add_list (db, "bounces", zb_dossier_bounces, person->id, b, error) &&
         add_list (db, "requests", zb_dossier_requests, person->id, b, error) &&
         add_list (db, "stays", zb_dossier_stays, person->id, b, error) &&
         add_list (db, "sign_ins", zb_dossier_sign_ins, person->id, b, error);
}
