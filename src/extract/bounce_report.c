/* RFC 3464 and RFC 5965, read with patience. */
#include "bounce_report.h"

#include "bounce_notice.h"
#include <string.h>

#define RECIPIENTS 10000

/* "rfc822; <a@b>" is a@b. Returns: (transfer full), NULL where there is no address. */
static char *
address_of (const char *field)
{
  if (field == NULL)
    return NULL;
  const char *semicolon = strchr (field, ';');
  g_autofree char *value = g_strstrip (g_strdup (semicolon != NULL ? semicolon + 1 : field));
  g_auto (GStrv) addresses = zb_message_addresses (value);
  const char *best = addresses[0] != NULL && strchr (addresses[0], '@') != NULL ? addresses[0] : value;
  const char *at = strchr (best, '@');
  gboolean fits = at != NULL && at > best && at[1] != '\0' && strpbrk (best, " <>\t,") == NULL;
  return fits ? g_strdup (best) : NULL;
}

/* The first word, in lower case: of "failed (delivery time expired)". Returns: (transfer full). */
static char *
first_word (const char *field)
{
  if (field == NULL)
    return NULL;
  gsize length = strcspn (field, " \t(;");
  g_autofree char *word = g_ascii_strdown (field, (gssize)length);
  return g_steal_pointer (&word);
}

/* "smtp; 550 no" is "550 no". Returns: (transfer full). */
static char *
diagnostic_of (GPtrArray *group)
{
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < group->len; i++) {
    const ZbHeader *header = g_ptr_array_index (group, i);
    if (g_ascii_strcasecmp (header->name, "Diagnostic-Code") != 0)
      continue;
    const char *semicolon = strchr (header->value, ';');
    gboolean typed = semicolon != NULL && semicolon - header->value < 40 &&
                     memchr (header->value, ' ', (gsize)(semicolon - header->value)) == NULL;
    if (all->len > 0)
      g_string_append_c (all, '\n');
    g_string_append (all, typed ? semicolon + 1 : header->value);
  }
  g_strstrip (all->str);
  return *all->str != '\0' ? g_strdup (all->str) : NULL;
}

static gboolean
got_it (const char *action)
{
  const char *words[] = {"delivered", "relayed", "expanded", "delivery", "relay"};
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (action, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A pipe or a file may stand in an address's place: the notice may know whose it is. Returns: (transfer
 * full). */
static char *
address_from_notice (const char *notice, const char *field)
{
  g_autoptr (GPtrArray) named = zb_findings_new ();
  zb_notice_read (notice, NULL, named);
  if (named->len == 1)
    return g_strdup (((ZbFinding *)g_ptr_array_index (named, 0))->address);
  const char *semicolon = field != NULL ? strchr (field, ';') : NULL;
  g_autofree char *value = semicolon != NULL ? g_strstrip (g_strdup (semicolon + 1)) : NULL;
  return value != NULL && *value != '\0' ? g_steal_pointer (&value) : NULL;
}

static void
read_group (GPtrArray *group, const char *notice, GPtrArray *findings)
{
  g_autofree char *address = address_of (zb_header_find (group, "Original-Recipient"));
  if (address == NULL)
    address = address_of (zb_header_find (group, "Final-Recipient"));
  if (address == NULL)
    address = address_of (zb_header_find (group, "X-Actual-Recipient"));
  if (address == NULL)
    address = address_from_notice (notice, zb_header_find (group, "Final-Recipient"));
  g_autofree char *action = first_word (zb_header_find (group, "Action"));
  if (address == NULL || got_it (action) || findings->len >= RECIPIENTS ||
      zb_findings_get (findings, address) != NULL)
    return;
  ZbFinding *finding = zb_finding_new (address);
  finding->action = g_strdup (g_strcmp0 (action, "delayed") == 0 ? "delayed" : "failed");
  finding->status = g_strdup (zb_header_find (group, "Status"));
  finding->words = diagnostic_of (group);
  finding->around = zb_notice_around (notice, finding->address);
  g_ptr_array_add (findings, finding);
}

static gboolean
has_recipient (GPtrArray *group)
{
  return zb_header_find (group, "Final-Recipient") != NULL ||
         zb_header_find (group, "Original-Recipient") != NULL;
}

/* Where a report says "Final-Recipient" twice in one group, the second begins another. */
static void
read_joined_group (GPtrArray *group, const char *notice, GPtrArray *findings)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new (); /* of ZbHeader, borrowed */
  for (guint i = 0; i < group->len; i++) {
    ZbHeader *header = g_ptr_array_index (group, i);
    gboolean starts = g_ascii_strcasecmp (header->name, "Final-Recipient") == 0;
    if (starts && zb_header_find (part, "Final-Recipient") != NULL) {
      read_group (part, notice, findings);
      g_ptr_array_set_size (part, 0);
    }
    g_ptr_array_add (part, header);
  }
  read_group (part, notice, findings);
}

static gboolean
read_fields (const char *text, const char *notice, GPtrArray *findings, char **envelope_id)
{
  g_autoptr (GPtrArray) groups = zb_header_groups (text);
  gboolean found = FALSE;
  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *group = g_ptr_array_index (groups, i);
    const char *id = zb_header_find (group, "Original-Envelope-Id");
    if (id != NULL && *envelope_id == NULL)
      *envelope_id = g_strdup (id);
    if (!has_recipient (group))
      continue;
    found = TRUE;
    read_joined_group (group, notice, findings);
  }
  return found;
}

static gboolean
is_status_part (const ZbPart *part)
{
  return part->text != NULL && strstr (part->type, "delivery-status") != NULL;
}

/* Some reports are written in the text for people. */
static gboolean
is_status_text (const ZbPart *part)
{
  return part->text != NULL && g_str_has_prefix (part->type, "text/") &&
         strcasestr (part->text, "Final-Recipient:") != NULL &&
         (strcasestr (part->text, "Action:") != NULL || strcasestr (part->text, "Status:") != NULL);
}

gboolean
zb_report_dsn (const ZbMessage *message, guint enclosed, const char *notice, GPtrArray *findings,
               char **envelope_id)
{
  gboolean (*const kinds[]) (const ZbPart *) = {is_status_part, is_status_text};
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    gboolean found = FALSE;
    for (guint i = 0; i < message->parts->len; i++) {
      const ZbPart *part = g_ptr_array_index (message->parts, i);
      if (part->enclosed == enclosed && kinds[k](part))
        found = read_fields (part->text, notice, findings, envelope_id) || found;
    }
    if (found)
      return TRUE;
  }
  return FALSE;
}

static void
add_complainer (GPtrArray *findings, const char *field)
{
  g_autofree char *address = address_of (field);
  if (address == NULL || g_str_has_prefix (address, "redacted@") ||
      zb_findings_get (findings, address) != NULL)
    return;
  ZbFinding *finding = zb_finding_new (address);
  g_ptr_array_add (findings, finding);
}

static void
read_feedback (const char *text, GPtrArray *findings, char **type)
{
  const char *fields[] = {"Original-Rcpt-To", "Removal-Recipient", "Redacted-Address"};
  g_autoptr (GPtrArray) groups = zb_header_groups (text);
  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *group = g_ptr_array_index (groups, i);
    if (*type == NULL)
      *type = first_word (zb_header_find (group, "Feedback-Type"));
    for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
      add_complainer (findings, zb_header_find (group, fields[f]));
  }
}

/* Microsoft's Junk Mail Reporting sends the mail alone, with the reader's address in a header of its own. */
static gboolean
read_jmrp (const ZbMessage *message, GPtrArray *findings)
{
  for (guint i = 0; i < message->parts->len; i++) {
    const ZbPart *part = g_ptr_array_index (message->parts, i);
    const char *reader = zb_header_find (part->headers, "X-HmXmrOriginalRecipient");
    if (part->enclosed != 1 || reader == NULL)
      continue;
    add_complainer (findings, reader);
    return TRUE;
  }
  return FALSE;
}

gboolean
zb_report_arf (const ZbMessage *message, GPtrArray *findings, char **type)
{
  gboolean found = FALSE;
  for (guint i = 0; i < message->parts->len; i++) {
    const ZbPart *part = g_ptr_array_index (message->parts, i);
    if (part->enclosed > 0 || strstr (part->type, "feedback-report") == NULL)
      continue;
    found = TRUE;
    if (part->text != NULL)
      read_feedback (part->text, findings, type);
  }
  if (!found && read_jmrp (message, findings)) {
    *type = g_strdup ("abuse");
    found = TRUE;
  }
  return found || g_strcmp0 (message->report_type, "feedback-report") == 0;
}
