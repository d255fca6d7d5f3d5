/* The frame of asking for a mail with a link. */
#include "asking.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/secret.h"

gboolean
zb_asking_run (ZbDb *db, ZbDbWork ask, GBytes *key, const ZbConsentForm *form, ZbTime now,
               ZbConsentMail *mail, GError **error)
{
  g_autofree char *address = NULL;
  *mail = (ZbConsentMail){NULL};
  if (!zb_mailbox_parse (form->address, &address, error))
    return FALSE;
  ZbAsking asking = {.key = key, .form = form, .now = now, .address = address};
  gboolean asked = zb_db_transact (db, ask, &asking, error);
  g_autofree char *token = asking.token;
  if (asked && asking.mailed) {
    mail->address = g_steal_pointer (&address);
    mail->token = g_steal_pointer (&token);
  }
  return asked;
}

char *
zb_asking_network (const ZbAsking *asking)
{
  const char *const fields[] = {"network", asking->form->peer, NULL};
  return zb_secret_tag (asking->key, 16, fields);
}

gboolean
zb_asking_check (gint64 count, gint64 most, GError **error)
{
  if (count < most)
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_BUSY,
                       "too many requests came from where you are: try again in an hour");
  return FALSE;
}
