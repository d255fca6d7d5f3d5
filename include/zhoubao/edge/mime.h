/* Building mail (GMime, RFC 5322, 2045-2047): a form letter is encoded once and filled for each recipient.

   Every byte that comes out is ASCII in lines of at most 998 octets that end in CRLF. A header value with CR,
   LF or another control character is an error, never passed on. */
#pragma once
#include "zhoubao/base/mailbox.h"
#include "zhoubao/base/time.h"

/* What differs between recipients. Where zb_mime_token() stands in a body, the recipient's value is put: as
   text, or escaped in HTML. */
typedef enum {
  ZB_MIME_NAME,
  ZB_MIME_ADDRESS,
  ZB_MIME_UNSUBSCRIBE, /* URLs */
  ZB_MIME_PREFERENCES,
  ZB_MIME_TOKENS /* how many */
} ZbMimeToken;

/* The text to write into a template, "\x02unsubscribe\x03": no control character comes from elsewhere. */
const char *zb_mime_token (ZbMimeToken token);

/* What all copies share; all borrowed. NULL members have no header. */
typedef struct {
  ZbMailbox from;
  ZbMailbox reply_to;
  const char *subject;
  ZbTime date;
  GTimeZone *zone;         /* NULL: UTC */
  const char *list_id;     /* "weekly.example.org" (RFC 2919) */
  const char *list_name;   /* UTF-8, before the List-Id */
  const char *archive_url; /* List-Archive (RFC 2369) */
  const char *language;    /* Content-Language */
  gboolean bulk;           /* Precedence: bulk, so that vacation replies stay away */
  gboolean automatic;      /* Auto-Submitted: auto-generated (RFC 3834): confirmations, not issues */
  const char *text;        /* UTF-8; required */
  const char *html;        /* UTF-8; NULL: text alone */
} ZbMimeDraft;

/* One recipient; all borrowed. */
typedef struct {
  ZbMailbox to;
  const char *message_id;             /* without <> */
  const char *unsubscribe_url;        /* https: with List-Unsubscribe-Post (RFC 8058); NULL: no such header */
  const char *values[ZB_MIME_TOKENS]; /* of the tokens that the bodies use */
  gboolean text_only;
} ZbMimeRecipient;

typedef struct ZbMimeForm ZbMimeForm;

/* Encodes each body in quoted-printable or base64, whichever is smaller. (transfer full) */
ZbMimeForm *zb_mime_form_new (const ZbMimeDraft *draft, GError **error);
void zb_mime_form_free (ZbMimeForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMimeForm, zb_mime_form_free)

/* The whole message for one recipient; the same input gives the same bytes. May be called from several
   threads at once. (transfer full) */
GBytes *zb_mime_form_fill (const ZbMimeForm *form, const ZbMimeRecipient *recipient, GError **error);

/* A single message. (transfer full) */
GBytes *zb_mime_build (const ZbMimeDraft *draft, const ZbMimeRecipient *recipient, GError **error);
