/* Reading mail (GMime, RFC 5322, 2045-2047, 2231): headers and texts in UTF-8, whatever the sender wrote.

   Broken mail is read as far as it goes; nothing here fails on what is inside. Memory is bounded by the size
   of the input and by the limits below. */
#pragma once
#include "zhoubao/base/time.h"

#define ZB_MESSAGE_BYTES (16 * 1024 * 1024)
#define ZB_MESSAGE_PARTS 500

typedef struct {
  char *name;  /* as written */
  char *value; /* UTF-8, unfolded, encoded words decoded */
} ZbHeader;

/* A leaf of the tree of parts, or a whole message (then TEXT is NULL, and its leaves follow). */
typedef struct {
  char *type;         /* "text/plain", in lower case */
  char *description;  /* Content-Description, or NULL */
  char *text;         /* in UTF-8 with LF; NULL where it is neither text nor message/... */
  GPtrArray *headers; /* of ZbHeader: of the part, or of the message */
  guint enclosed;     /* 0: the mail's own; 1: of a message within it, 2: … */
  gboolean attached;  /* Content-Disposition: attachment */
} ZbPart;

typedef struct {
  GPtrArray *headers; /* of ZbHeader */
  char *type;         /* of the whole: "multipart/report" */
  char *report_type;  /* "delivery-status", in lower case, or NULL */
  GPtrArray *parts;   /* of ZbPart, in the order written */
} ZbMessage;

/* Opens what reading needs, before a process gives up opening files. */
void zb_message_prepare (void);

/* Reads one message; a "From " line before it (mbox) is left out, line ends of any kind are taken. ERROR
   where BYTES are over ZB_MESSAGE_BYTES or hold no header at all. (transfer full) */
ZbMessage *zb_message_parse (const void *bytes, gsize length, GError **error);
void zb_message_free (ZbMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbMessage, zb_message_free)

/* The first header NAME in HEADERS, in any case. Returns: borrowed, NULL where there is none. */
const char *zb_header_find (GPtrArray *headers, const char *name);

/* Its date (RFC 5322 §3.3), or ZB_TIME_NONE. */
ZbTime zb_message_date (const ZbMessage *message);

/* The mail's own first text of TYPE ("text/plain") that is not an attachment. Returns: borrowed, or NULL. */
const char *zb_message_text (const ZbMessage *message, const char *type);

/* "id@host" of the first <…> in VALUE, as in Message-ID or In-Reply-To. Returns: (transfer full), or NULL. */
char *zb_message_id (const char *value);

/* Every address of an address header, without names. Returns: (transfer full), ended by NULL. */
char **zb_message_addresses (const char *value);

/* Reads the headers at the beginning of TEXT, and then each further group after an empty line, as in
   message/delivery-status (RFC 3464 §2.1). Returns: (transfer full), of GPtrArray of ZbHeader. */
GPtrArray *zb_header_groups (const char *text);
