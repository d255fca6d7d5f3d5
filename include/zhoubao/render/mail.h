/* An issue, or a notice to one person, as mail: composed once, frozen, and filled for each recipient.

   The rendered text and HTML hold zb_mime_token() where a recipient's own values belong:
   ZB_MIME_UNSUBSCRIBE, ZB_MIME_PREFERENCES, ZB_MIME_NAME, ZB_MIME_ADDRESS. */
#pragma once
#include "zhoubao/edge/mime.h"
#include "zhoubao/model/config.h"

typedef struct {
  const char *subject;
  const char *text; /* UTF-8, wrapped, with LF */
  const char *html; /* UTF-8, or NULL */
  ZbTime date;      /* of every copy, whenever it is sent */
  gboolean notice;  /* a confirmation or sign-in link: no list headers, Auto-Submitted instead */
} ZbMailContent;

typedef struct {
  const char *name;            /* or NULL */
  const char *address;         /* as zb_mailbox_parse gives it */
  const char *message_id;      /* without <> */
  const char *unsubscribe_url; /* one per recipient, one click (RFC 8058); NULL for a notice */
  const char *preferences_url;
  gboolean text_only;
} ZbMailRecipient;

typedef struct ZbMail ZbMail;

/* Takes sender, list and the limit mail_bytes from CONFIG. (transfer full) */
ZbMail *zb_mail_new (const ZbConfig *config, const ZbMailContent *content, GError **error);
void zb_mail_free (ZbMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMail, zb_mail_free)

/* Of every copy, whenever it is sent. */
ZbTime zb_mail_date (const ZbMail *mail);

/* What the ledger keeps, so that a copy sent days later has the same bytes whatever became of zhoubao.yaml.
   (transfer full) */
GBytes *zb_mail_freeze (const ZbMail *mail);
ZbMail *zb_mail_thaw (GBytes *frozen, GError **error);

/* The whole message, CRLF. An address or name that must not go out, or a message over the limit, is an error.
   May be called from several threads at once. (transfer full) */
GBytes *zb_mail_fill (const ZbMail *mail, const ZbMailRecipient *recipient, GError **error);
