/* The tables of commands and enhanced status codes, and how tables are searched. */
#include "refusal_rules.h"

typedef struct {
  const char *command, *pattern;
} Command;

typedef struct {
  const char *status; /* "1.1": subject and detail */
  ZbReason reason;
} Status;

/* clang-format off */
static const Command commands[] = {
  {"RCPT", "in reply to rcpt|(?:after|following|our|smtp:|for|\\() ?rcpt|response to (?:the )?rcpt|does not like recipient|\\[rcpt_to\\]"
           "|rcpt (?:to )?command|recipient command|rejected recipient|remote smtp server has rejected address"
           "|rcpt to: ?<[^>]*>[^a-z0-9]*(?:received|answer|out)?[^a-z0-9]*5\\d\\d"},
  {"MAIL", "in reply to mail|after (?:pipelined )?mail from|like our mail|response to (?:the )?mail\\b|sender was rejected|\\[mail_from\\]|smtp:mail"
           "|mail from command|does not like (?:the )?sender"},
  {"DATA", "in reply to (?:end of )?data|after (?:end of )?data|end of data|our (?:final )?data|failed after i sent the message|\\[(?:data|body)\\]"
           "|response to (?:the )?data|(?:for|after) text command|\\(data\\)|smtp:data|end of message"},
  {"CONN", "initial connection|during (?:smtp )?greeting|while connecting|connected to \\S+ but (?:connection|greeting) (?:died|failed)|could not connect"},
  {"EHLO", "(?:in reply to|after) (?:ehlo|helo)|helo command"},
  {"STARTTLS", "(?:in reply to|after) starttls"},
};

static const Status statuses[] = {
    {"1.0", ZB_REASON_NO_SUCH_USER},
    {"1.1", ZB_REASON_NO_SUCH_USER},
    {"1.2", ZB_REASON_NO_SUCH_HOST},
    {"1.3", ZB_REASON_NO_SUCH_USER},
    {"1.4", ZB_REASON_FILTERED},
    {"1.5", ZB_REASON_DELIVERED},
    {"1.6", ZB_REASON_MOVED},
    {"1.7", ZB_REASON_SENDER},
    {"1.8", ZB_REASON_SENDER},
    {"1.10", ZB_REASON_NO_MAIL},
    {"2.0", ZB_REASON_FILTERED},
    {"2.1", ZB_REASON_SUSPENDED},
    {"2.2", ZB_REASON_MAILBOX_FULL},
    {"2.3", ZB_REASON_LIMIT},
    {"2.4", ZB_REASON_FILTERED},
    {"3.1", ZB_REASON_DISK_FULL},
    {"3.2", ZB_REASON_NO_MAIL},
    {"3.3", ZB_REASON_SYSTEM},
    {"3.4", ZB_REASON_TOO_BIG},
    {"3.5", ZB_REASON_SYSTEM},
    {"3.0", ZB_REASON_SYSTEM},
    {"4.1", ZB_REASON_NETWORK},
    {"4.2", ZB_REASON_NETWORK},
    {"4.3", ZB_REASON_NETWORK},
    {"4.4", ZB_REASON_NETWORK},
    {"4.5", ZB_REASON_RATE},
    {"4.6", ZB_REASON_NETWORK},
    {"4.7", ZB_REASON_EXPIRED},
    {"4.0", ZB_REASON_NETWORK},
    {"5.0", ZB_REASON_SYNTAX},
    {"5.1", ZB_REASON_SYNTAX},
    {"5.2", ZB_REASON_SYNTAX},
    {"5.3", ZB_REASON_RATE},
    {"5.4", ZB_REASON_SYNTAX},
    {"5.6", ZB_REASON_SYNTAX},
    {"6.0", ZB_REASON_CONTENT},
    {"6.1", ZB_REASON_CONTENT},
    {"6.2", ZB_REASON_CONTENT},
    {"6.3", ZB_REASON_CONTENT},
    {"6.7", ZB_REASON_CONTENT},
    {"7.0", ZB_REASON_SECURITY},
    {"7.1", ZB_REASON_POLICY},
    {"7.2", ZB_REASON_SENDER},
    {"7.4", ZB_REASON_ENCRYPTION},
    {"7.7", ZB_REASON_SECURITY},
    {"7.8", ZB_REASON_SECURITY},
    {"7.9", ZB_REASON_POLICY},
    {"7.13", ZB_REASON_SUSPENDED},
    {"7.17", ZB_REASON_MOVED},
    {"7.20", ZB_REASON_AUTHENTICATION},
    {"7.23", ZB_REASON_AUTHENTICATION},
    {"7.25", ZB_REASON_NO_REVERSE},
    {"7.26", ZB_REASON_AUTHENTICATION},
    {"7.27", ZB_REASON_NO_MAIL},
    {"7.28", ZB_REASON_RATE},
    {"7.29", ZB_REASON_AUTHENTICATION},
};
/* clang-format on */

/* PATTERN, compiled at its first use and kept. */
static GRegex *
regex_of (const char *pattern)
{
  static GHashTable *compiled;
  if (compiled == NULL)
    compiled = g_hash_table_new (g_direct_hash, g_direct_equal);
  GRegex *regex = g_hash_table_lookup (compiled, pattern);
  if (regex != NULL)
    return regex;
  g_autoptr (GError) error = NULL;
  regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, &error);
  if (regex == NULL)
    g_error ("pattern '%.60s': %s", pattern, error->message); /* a table of ours is wrong */
  g_hash_table_insert (compiled, (gpointer)pattern, regex);
  return regex;
}

ZbReason
zb_rules_match (const char *text, gboolean *certain)
{
  const ZbPhrase *phrase = zb_phrases;
  while (phrase->pattern != NULL && !g_regex_match (regex_of (phrase->pattern), text, 0, NULL))
    phrase++;
  *certain = phrase->certain;
  return phrase->reason;
}

ZbReason
zb_rules_status (const char *status)
{
  const char *rest = status != NULL ? strchr (status, '.') : NULL;
  for (guint i = 0; rest != NULL && i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].status, rest + 1))
      return statuses[i].reason;
  return ZB_REASON_UNKNOWN;
}

const char *
zb_rules_command (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_regex_match (regex_of (commands[i].pattern), text, 0, NULL))
      return commands[i].command;
  return NULL;
}
