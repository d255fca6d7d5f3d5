/* The rows of what came back. */
#pragma once
#include "zhoubao/edge/db.h"

/* As in the store: "hard", "soft", "complaint", "autoreply". */
typedef enum { ZB_RETURN_HARD, ZB_RETURN_SOFT, ZB_RETURN_COMPLAINT, ZB_RETURN_AUTOREPLY } ZbReturn;
const char *zb_return_name (ZbReturn kind);

/* One event; texts are borrowed. */
typedef struct {
  gint64 delivery, person;
  ZbReturn kind;
  const char *mail;   /* SHA-256 of the mail, NULL for a refusal during SMTP */
  const char *status; /* enhanced status, or NULL */
  const char *reason; /* zb_reason_code */
  const char *words;  /* or NULL */
  ZbTime at;
} ZbReturned;

/* Adds ROW, unless its delivery has one of that kind already: then *FRESH is FALSE and nothing is written. */
gboolean zb_returned_add (ZbDb *db, const ZbReturned *row, gboolean *fresh,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many deliveries to PERSON came back soft since SINCE. */
gboolean zb_returned_count_soft (ZbDb *db, gint64 person, ZbTime since, gint64 *count,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* To whom DELIVERY went; *PERSON is 0 where there is no such delivery. ADDRESS: (transfer full), "" once
 * erased. */
gboolean zb_returned_whose (ZbDb *db, gint64 delivery, gint64 *person, char **address,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
