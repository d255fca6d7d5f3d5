/* A mail that came back, or did not: which reader understands it, and whose delivery it speaks of. */
#include "zhoubao/extract/bounce.h"

#include "bounce_kind.h"
#include "bounce_notice.h"
#include "bounce_report.h"
#include "zhoubao/base/error.h"

/* Headers that tell to which address this mail was sent. */
static const char *const destinations[] = {"Delivered-To",  "X-Original-To",  "Envelope-To",
                                           "X-Envelope-To", "X-Delivered-To", "To"};

static void
read_destinations (const ZbMessage *message, ZbBounce *bounce)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  for (guint d = 0; d < G_N_ELEMENTS (destinations); d++)
    for (guint i = 0; i < message->headers->len; i++) {
      const ZbHeader *header = g_ptr_array_index (message->headers, i);
      if (g_ascii_strcasecmp (header->name, destinations[d]) != 0)
        continue;
      g_auto (GStrv) addresses = zb_message_addresses (header->value);
      for (char **a = addresses; *a != NULL; a++)
        if (strchr (*a, '@') != NULL && !g_ptr_array_find_with_equal_func (seen, *a, g_str_equal, NULL))
          g_ptr_array_add (seen, g_strdup (*a));
    }
  g_ptr_array_add (seen, NULL);
  bounce->returned_to = (char **)g_ptr_array_free (g_steal_pointer (&seen), FALSE);
}

/* The headers of the mail that came back. Returns: (transfer full), of ZbHeader; NULL where there are none.
 */
static GPtrArray *
returned_headers (const ZbMessage *message)
{
  g_autofree char *text = NULL;
  for (guint i = 0; i < message->parts->len; i++) {
    const ZbPart *part = g_ptr_array_index (message->parts, i);
    if (part->enclosed == 1 && part->text == NULL && part->headers->len > 0)
      return g_ptr_array_ref (part->headers);
    if (part->enclosed == 0 && part->text != NULL && strstr (part->type, "rfc822") != NULL) {
      text = g_strdup (part->text);
      break;
    }
  }
  if (text == NULL)
    text = zb_notice_returned (message);
  g_autoptr (GPtrArray) groups = text != NULL ? zb_header_groups (text) : NULL;
  for (guint i = 0; groups != NULL && i < groups->len; i++) {
    GPtrArray *headers = g_ptr_array_index (groups, i);
    if (headers->len > 0)
      return g_ptr_array_ref (headers);
  }
  return NULL;
}

static void
read_message_id (const ZbMessage *message, GPtrArray *returned, ZbBounce *bounce)
{
  const char *answers[] = {"In-Reply-To", "References", "X-Original-Message-ID"};
  bounce->message_id = returned != NULL ? zb_message_id (zb_header_find (returned, "Message-ID")) : NULL;
  for (guint i = 0; bounce->message_id == NULL && i < G_N_ELEMENTS (answers); i++)
    bounce->message_id = zb_message_id (zb_header_find (message->headers, answers[i]));
}

static void
add_addresses (const char *field, const char *words, const char *notice, GPtrArray *findings)
{
  g_auto (GStrv) addresses = zb_message_addresses (field);
  for (char **a = addresses; *a != NULL; a++) {
    if (strchr (*a, '@') == NULL || zb_findings_get (findings, *a) != NULL)
      continue;
    ZbFinding *finding = zb_finding_new (*a);
    finding->words = words != NULL ? zb_notice_about (words, *a) : NULL;
    finding->around = g_strdup (notice);
    g_ptr_array_add (findings, finding);
  }
}

/* The recipients by the best witness: a header of Exim's and Gmail's, the notice, a report inside that a
   gateway passed on, and last whom the mail that came back was for. */
static void
read_notice (const ZbMessage *message, const char *notice, ZbBounce *bounce, GPtrArray *returned,
             GPtrArray *findings)
{
  g_auto (GStrv) own = zb_message_addresses (zb_header_find (message->headers, "To"));
  add_addresses (zb_header_find (message->headers, "X-Failed-Recipients"), notice, notice, findings);
  if (findings->len == 0)
    zb_notice_read (notice, own[0] != NULL ? own[0] : "", findings);
  if (findings->len == 0)
    zb_notice_read (notice, NULL, findings);
  if (findings->len == 0)
    zb_ignore (zb_report_dsn (message, 1, notice, findings, &bounce->envelope_id)); /* tried, not needed */
  if (findings->len == 0 && returned != NULL)
    add_addresses (zb_header_find (returned, "To"), NULL, notice, findings);
  bounce->is_bounce = !zb_kind_says_delayed (message, notice);
  for (guint i = 0; !bounce->is_bounce && i < findings->len; i++) {
    ZbFinding *finding = g_ptr_array_index (findings, i);
    g_free (finding->action);
    finding->action = g_strdup ("delayed");
  }
}

static void
judge_all (ZbBounce *bounce, GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++) {
    ZbBounceRecipient *recipient = zb_finding_judge (g_ptr_array_index (findings, i));
    gboolean failed = recipient->action == NULL || g_str_equal (recipient->action, "failed");
    bounce->is_bounce = bounce->is_bounce || failed;
    g_ptr_array_add (bounce->recipients, recipient);
  }
}

/* For a complaint or a vacation notice: nothing failed, whatever its words. */
static void
set_reason (ZbBounce *bounce, ZbReason reason)
{
  bounce->is_bounce = FALSE;
  for (guint i = 0; i < bounce->recipients->len; i++) {
    ZbBounceRecipient *recipient = g_ptr_array_index (bounce->recipients, i);
    recipient->reason = reason;
    recipient->hard = FALSE;
  }
}

static void
read_complaint (GPtrArray *returned, ZbBounce *bounce, GPtrArray *findings)
{
  if (findings->len == 0 && returned != NULL)
    add_addresses (zb_header_find (returned, "To"), NULL, NULL, findings);
  judge_all (bounce, findings);
  set_reason (bounce, ZB_REASON_COMPLAINT);
  bounce->kind = ZB_BOUNCE_ARF;
}

static void
read_autoreply (const ZbMessage *message, ZbBounce *bounce)
{
  g_auto (GStrv) from = zb_message_addresses (zb_header_find (message->headers, "From"));
  bounce->kind = ZB_BOUNCE_AUTOREPLY;
  if (from[0] == NULL)
    return;
  ZbBounceRecipient *recipient = zb_bounce_recipient_new ();
  recipient->address = g_strdup (from[0]);
  recipient->reason = ZB_REASON_AUTOREPLY;
  g_ptr_array_add (bounce->recipients, recipient);
}

ZbBounce *
zb_bounce_read (const ZbMessage *message)
{
  ZbBounce *bounce = zb_bounce_new ();
  g_autoptr (GPtrArray) findings = zb_findings_new ();
  g_autoptr (GPtrArray) returned = returned_headers (message);
  g_autofree char *notice = zb_notice_text (message);
  bounce->date = zb_message_date (message);
  read_destinations (message, bounce);
  read_message_id (message, returned, bounce);
  if (zb_report_arf (message, findings, &bounce->feedback)) {
    read_complaint (returned, bounce, findings);
    return bounce;
  }
  if (zb_report_ses (notice, bounce, findings)) {
    if (bounce->feedback != NULL)
      read_complaint (NULL, bounce, findings);
    else
      judge_all (bounce, findings);
    return bounce;
  }
  if (zb_report_dsn (message, 0, notice, findings, &bounce->envelope_id)) {
    bounce->kind = ZB_BOUNCE_DSN;
    judge_all (bounce, findings);
    return bounce;
  }
  gboolean failed = zb_kind_is_failure (message, notice);
  if (!failed && zb_kind_is_autoreply (message)) {
    read_autoreply (message, bounce);
    return bounce;
  }
  if (failed) {
    read_notice (message, notice, bounce, returned, findings);
    judge_all (bounce, findings);
  }
  return bounce;
}
