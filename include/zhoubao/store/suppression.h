/* Whom no mail may go to: addresses, domains, and erased addresses that are known by their hash alone. */
#pragma once
#include "zhoubao/edge/db.h"

typedef enum {
  ZB_SUPPRESSED_LEFT,
  ZB_SUPPRESSED_BOUNCED,
  ZB_SUPPRESSED_COMPLAINED,
  ZB_SUPPRESSED_ERASED,
  ZB_SUPPRESSED_EDITOR, /* by an editor's hand */
  ZB_SUPPRESSED_REASONS /* how many */
} ZbSuppressionReason;

/* "left", "bounced": as in the store. Static. */
const char *zb_suppression_reason_name (ZbSuppressionReason reason);

/* Suppresses ADDRESS, or where it has no "@" the domain of that name. NOTE may be NULL. An older entry stays
   as it is. */
gboolean zb_suppression_add (ZbDb *db, const char *address, ZbSuppressionReason reason, const char *note,
                             ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Suppresses the hash of ADDRESS under KEY, and forgets its plain entry. */
gboolean zb_suppression_add_hash (ZbDb *db, GBytes *key, const char *address, ZbTime now,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Lifts what suppresses ADDRESS itself (plain or, with KEY, hashed), or the domain of that name. REMOVED may
   be NULL. */
gboolean zb_suppression_remove (ZbDb *db, GBytes *key, const char *address, gboolean *removed,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* *REASON is why ADDRESS is suppressed ("bounced"), static, or NULL where it is not. KEY may be
   NULL; then hashes are not looked at. */
gboolean zb_suppression_find (ZbDb *db, GBytes *key, const char *address, const char **reason,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
