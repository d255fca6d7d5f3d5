/* The kinds of jobs that read mail, and how their results travel. */
#include "mail_kind.h"

#include "zhoubao/edge/message.h"
#include "zhoubao/extract/bounce.h"

static ZbMessage *
parse (const ZbJob *job, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (job->input, &size);
  return zb_message_parse (data, size, error);
}

static gboolean
run_bounce (const ZbJob *job, ZbResult *result, GError **error)
{
  g_autoptr (ZbMessage) message = parse (job, error);
  if (message == NULL)
    return FALSE;
  result->bounce = zb_bounce_read (message);
  return TRUE;
}

static char *
copy_header (const ZbMessage *message, const char *name)
{
  return g_strdup (zb_header_find (message->headers, name));
}

static gboolean
run_letter (const ZbJob *job, ZbResult *result, GError **error)
{
  g_autoptr (ZbMessage) message = parse (job, error);
  if (message == NULL)
    return FALSE;
  ZbLetter *letter = result->letter = zb_letter_new ();
  letter->subject = copy_header (message, "Subject");
  letter->from = copy_header (message, "From");
  letter->to = copy_header (message, "To");
  letter->date = zb_message_date (message);
  letter->message_id = zb_message_id (zb_header_find (message->headers, "Message-ID"));
  letter->text = g_strdup (zb_message_text (message, "text/plain"));
  letter->html = g_strdup (zb_message_text (message, "text/html"));
  return TRUE;
}

#define RECIPIENT(type, member)                                                                              \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (ZbBounceRecipient, member)                                              \
  }
#define BOUNCE(type, member)                                                                                 \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (ZbBounce, member)                                                       \
  }

static const ZbWireField recipient_fields[] = {
    RECIPIENT (TEXT, address),    RECIPIENT (TEXT, status), RECIPIENT (TEXT, action),
    RECIPIENT (TEXT, diagnostic), RECIPIENT (INT, reason),  RECIPIENT (INT, hard),
};

static const ZbWireTable recipient_wire = {(gpointer (*) (void))zb_bounce_recipient_new,
                                           (void (*) (gpointer))zb_bounce_recipient_free, recipient_fields,
                                           G_N_ELEMENTS (recipient_fields)};

static const ZbWireField bounce_fields[] = {
    BOUNCE (INT, is_bounce),
    BOUNCE (INT, kind),
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbBounce, recipients), &recipient_wire},
    BOUNCE (TEXTS, returned_to),
    BOUNCE (TEXT, envelope_id),
    BOUNCE (TEXT, message_id),
    BOUNCE (TEXT, feedback),
    BOUNCE (NUMBER, date),
};

static const ZbWireTable bounce_wire = {(gpointer (*) (void))zb_bounce_new,
                                        (void (*) (gpointer))zb_bounce_free, bounce_fields,
                                        G_N_ELEMENTS (bounce_fields)};

#define LETTER(type, member)                                                                                 \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (ZbLetter, member)                                                       \
  }

static const ZbWireField letter_fields[] = {
    LETTER (TEXT, subject),    LETTER (TEXT, from), LETTER (TEXT, to),   LETTER (NUMBER, date),
    LETTER (TEXT, message_id), LETTER (TEXT, text), LETTER (TEXT, html),
};

static const ZbWireTable letter_wire = {(gpointer (*) (void))zb_letter_new,
                                        (void (*) (gpointer))zb_letter_free, letter_fields,
                                        G_N_ELEMENTS (letter_fields)};

const ZbKind zb_bounce_kind = {"bounce", G_STRUCT_OFFSET (ZbResult, bounce), &bounce_wire, run_bounce,
                               zb_message_prepare};
const ZbKind zb_letter_kind = {"mail", G_STRUCT_OFFSET (ZbResult, letter), &letter_wire, run_letter,
                               zb_message_prepare};
