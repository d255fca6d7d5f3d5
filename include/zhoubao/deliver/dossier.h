/* All that is kept on one person beside their own row: deliveries, what came back, what they asked for
 * (GDPR). */
#pragma once
#include "zhoubao/base/json.h"
#include "zhoubao/store/person.h"

/* Adds the members "suppressed", "deliveries", "bounces", "requests" and "sign_ins" to the object that B is
 * in. */
gboolean zb_dossier_json (ZbDb *db, GBytes *key, const ZbPerson *person, JsonBuilder *b,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
