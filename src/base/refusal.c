/* From a server's words and codes to a reason. */
#include "refusal_rules.h"

typedef struct {
  const char *code, *text;
} Reason;

static const Reason reasons[ZB_REASONS] = {
    [ZB_REASON_UNKNOWN] = {"unknown", "No reason is given that this program understands."},
    [ZB_REASON_NO_SUCH_USER] = {"no-such-user", "There is no such mailbox."},
    [ZB_REASON_NO_SUCH_HOST] = {"no-such-host", "The domain of the address does not exist."},
    [ZB_REASON_MOVED] = {"moved", "The mailbox has moved to another address."},
    [ZB_REASON_NO_MAIL] = {"no-mail", "The domain of the address takes no mail."},
    [ZB_REASON_MAILBOX_FULL] = {"mailbox-full", "The mailbox is full."},
    [ZB_REASON_SUSPENDED] = {"suspended", "The mailbox is closed or out of use for now."},
    [ZB_REASON_FILTERED] = {"filtered", "The server took the address and then would not deliver to it."},
    [ZB_REASON_TOO_BIG] = {"too-big", "The mail is larger than the server takes."},
    [ZB_REASON_LIMIT] = {"limit", "The mail is over a limit of this recipient or server."},
    [ZB_REASON_SPAM] = {"spam", "The server takes the mail for spam."},
    [ZB_REASON_VIRUS] = {"virus", "The server believes that the mail carries a virus."},
    [ZB_REASON_REPUTATION] = {"reputation", "The reputation of our server or domain is too low there."},
    [ZB_REASON_BLOCKED] = {"blocked", "Our server's address is blocked there."},
    [ZB_REASON_NO_REVERSE] = {"no-reverse", "Our server's address has no fitting reverse DNS entry."},
    [ZB_REASON_AUTHENTICATION] = {"authentication", "SPF, DKIM or DMARC of our mail did not pass."},
    [ZB_REASON_POLICY] = {"policy", "A rule of the server forbids the mail."},
    [ZB_REASON_SENDER] = {"sender", "The server refuses our sender address or the right to send there."},
    [ZB_REASON_RELAYING] = {"relaying", "The server does not relay mail to this address."},
    [ZB_REASON_RATE] = {"rate", "We sent too much in too short a time."},
    [ZB_REASON_CONNECTIONS] = {"connections", "We opened too many connections at once."},
    [ZB_REASON_ENCRYPTION] = {"encryption", "The connection could not be encrypted as required."},
    [ZB_REASON_SECURITY] = {"security", "The server refused for its own safety, or wants a login."},
    [ZB_REASON_CONTENT] = {"content", "The server cannot take what the mail contains."},
    [ZB_REASON_FORM] = {"form", "The server finds the mail's form at fault (RFC 5322)."},
    [ZB_REASON_SYNTAX] = {"syntax", "The server did not understand a command or an address."},
    [ZB_REASON_DISK_FULL] = {"disk-full", "The server has no room left."},
    [ZB_REASON_SYSTEM] = {"system", "The server has a fault of its own."},
    [ZB_REASON_MAILER] = {"mailer", "A program behind the mailbox failed."},
    [ZB_REASON_NETWORK] = {"network", "The server could not be reached, or mail went round in a loop."},
    [ZB_REASON_EXPIRED] = {"expired", "It could not be delivered in time."},
    [ZB_REASON_HELD] = {"held", "The server holds the mail back without a reason."},
    [ZB_REASON_DELIVERED] = {"delivered", "It was delivered."},
    [ZB_REASON_COMPLAINT] = {"complaint", "The recipient reported the mail as unwanted."},
    [ZB_REASON_AUTOREPLY] = {"auto-reply", "An automatic reply of the recipient."},
};

const char *
zb_reason_code (ZbReason reason)
{
  return reasons[reason].code;
}

const char *
zb_reason_text (ZbReason reason)
{
  return reasons[reason].text;
}

ZbReason
zb_reason_parse (const char *code)
{
  for (guint i = 0; i < ZB_REASONS; i++)
    if (g_strcmp0 (reasons[i].code, code) == 0)
      return (ZbReason)i;
  return ZB_REASON_UNKNOWN;
}

/* The enhanced status in TEXT: "550 5.1.1", "(#5.1.1)", but no part of an IP address. Of several the last
   that is particular: a relay's own code stands before the one it was given. Returns: (transfer full). */
static char *
find_status (const char *text)
{
  static GRegex *regex;
  g_autofree char *found = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  if (regex == NULL)
    regex = g_regex_new ("(?<![\\d.])([245]\\.[0-9]\\.[0-9]{1,3})(?!\\.?\\w)", 0, 0, NULL);
  if (text == NULL)
    return NULL;
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *status = g_match_info_fetch (match, 1);
    if (found != NULL && (g_str_has_suffix (status, ".0") || status[0] == '2') && found[0] != '2')
      continue;
    g_free (found);
    found = g_steal_pointer (&status);
  }
  return g_steal_pointer (&found);
}

/* The class of the reply code in TEXT ('5' of "550 no"), or NUL. */
static char
reply_class (const char *text)
{
  static GRegex *regex;
  if (regex == NULL)
    regex = g_regex_new ("(?:^|[\\s:;\"'(\\[<>])([45])\\d\\d(?=[\\s:\\-])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return '\0';
  g_autofree char *digit = g_match_info_fetch (match, 1);
  return *digit;
}

static gboolean
is_general (const char *status)
{
  return status == NULL || g_str_has_suffix (status, ".0.0");
}

/* The report's own status, unless it is absent or as general as 5.0.0 and the server's words hold a better
   one. */
static char *
choose_status (const ZbRefusal *f)
{
  g_autofree char *stated = find_status (f->status), *words = find_status (f->words),
                  *around = f->words == NULL ? find_status (f->around) : NULL;
  if (words == NULL)
    words = g_steal_pointer (&around);
  gboolean better = words != NULL && is_general (stated) && (stated == NULL || stated[0] == words[0]);
  return better ? g_steal_pointer (&words) : g_steal_pointer (&stated);
}

static const char *
command_of (const ZbRefusal *f)
{
  if (f->command != NULL)
    return f->command;
  const char *command = f->words != NULL ? zb_rules_command (f->words) : NULL;
  return command == NULL && f->around != NULL ? zb_rules_command (f->around) : command;
}

static gboolean
names_the_mailbox (const char *status)
{
  const char *details[] = {".1.1", ".1.0", ".1.3"};
  for (guint i = 0; status != NULL && i < G_N_ELEMENTS (details); i++)
    if (g_str_has_suffix (status, details[i]))
      return TRUE;
  return FALSE;
}

#define WORDS_MAX                                                                                            \
  8000 /* characters looked at: no server gives its reason behind them, and phrases cost their square */

/* Runs of white space as one space, so that phrases are found across line ends. */
static char *
fold (const char *text)
{
  static GRegex *regex;
  if (regex == NULL)
    regex = g_regex_new ("\\s+", 0, 0, NULL);
  g_autofree char *head =
      text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), WORDS_MAX)) : NULL;
  char *folded = head != NULL ? g_regex_replace_literal (regex, head, -1, 0, " ", 0, NULL) : NULL;
  return folded != NULL ? g_strstrip (folded) : NULL;
}

/* The reason by words; where those say nothing, by status; where that neither, by the text around. */
static ZbReason
reason_of (const ZbRefusal *f, const char *status)
{
  gboolean certain = FALSE;
  const char *command = command_of (f);
  ZbReason reason = f->words != NULL ? zb_rules_match (f->words, &certain) : ZB_REASON_UNKNOWN;
  if (reason == ZB_REASON_UNKNOWN)
    reason = zb_rules_status (status);
  if (reason == ZB_REASON_UNKNOWN && f->around != NULL)
    reason = zb_rules_match (f->around, &certain);
  if (g_strcmp0 (command, "MAIL") == 0 &&
      (reason == ZB_REASON_NO_SUCH_USER || reason == ZB_REASON_NO_SUCH_HOST))
    return ZB_REASON_SENDER;
  if (reason == ZB_REASON_SUSPENDED && names_the_mailbox (status))
    return ZB_REASON_NO_SUCH_USER;
  gboolean proven = reason != ZB_REASON_NO_SUCH_USER || certain || names_the_mailbox (status) ||
                    g_strcmp0 (command, "RCPT") == 0;
  if (!proven && f->around != NULL)
    proven = zb_rules_match (f->around, &certain) == ZB_REASON_NO_SUCH_USER && certain;
  return proven ? reason : ZB_REASON_FILTERED;
}

static gboolean
is_dead (ZbReason reason, const ZbRefusal *f, const char *status)
{
  char class = status != NULL ? status[0] : reply_class (f->words != NULL ? f->words : f->around);
  gboolean gone = reason == ZB_REASON_NO_SUCH_USER || reason == ZB_REASON_NO_SUCH_HOST ||
                  reason == ZB_REASON_MOVED || reason == ZB_REASON_NO_MAIL;
  return gone && !f->passing && class != '4';
}

void
zb_refusal_judge (const ZbRefusal *refusal, ZbVerdict *verdict)
{
  g_autofree char *words = fold (refusal->words), *around = fold (refusal->around);
  ZbRefusal folded = {refusal->status, words, around, refusal->command, refusal->passing};
  const ZbRefusal *f = &folded;
  verdict->status = choose_status (f);
  verdict->reason = reason_of (f, verdict->status);
  if (verdict->reason == ZB_REASON_UNKNOWN && f->passing)
    verdict->reason = ZB_REASON_EXPIRED;
  verdict->hard = is_dead (verdict->reason, f, verdict->status);
}

void
zb_verdict_clear (ZbVerdict *verdict)
{
  g_clear_pointer (&verdict->status, g_free);
}
