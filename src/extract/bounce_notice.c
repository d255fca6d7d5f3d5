/* Reports in a server's own words: lines that name a failed recipient, and what is said below each. */
#include "bounce_notice.h"

#include <string.h>

#define NOTICE_LINES 400 /* a notice is short; what follows is the returned mail */
#define NOTICE_BYTES 65536
#define RECIPIENTS 1000

/* Lines under which the returned mail begins. */
static const char *const endings[] = {
    "^[\\s|>*-]*(?:this is a copy of|the header of the original|original message|original mail|returned "
    "message|unsent message|"
    "below this line is a copy|below is a copy|enclosed is a copy|message headers? follow|headers? of (?:the "
    ")?original|"
    "message text follows|included is a copy|start of returned|the original message "
    "(?:follows|headers)|returned mail follows|"
    "your (?:original )?message (?:follows|reads)|text of your message|copy of (?:your|the) (?:original "
    ")?(?:message|mail)|"
    "message header|undelivered message|mensaje original|message d'origine|ursprüngliche nachricht|end of "
    "message)",
    "^-{2,}.{0,40}(?:message|mail|header)[^:]{0,40}-{2,}$",
};

/* An address in a line, where the line has it. */
typedef enum {
  FORM_NONE,
  FORM_NAMED,  /* after a word such as "to", "recipient", "user" */
  FORM_LEADING /* at the beginning, after white space, a bullet or a reply code */
} Form;

static GRegex *
compile (const char *pattern)
{
  GRegex *regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_assert (regex != NULL);
  return regex;
}

#define ADDRESS "([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])"

typedef struct {
  GRegex *ends[G_N_ELEMENTS (endings)];
  GRegex *header, *leading, *named, *any, *sender, *summary, *next;
} Regexes;

static const Regexes *
regexes (void)
{
  static Regexes r;
  if (r.any != NULL)
    return &r;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    r.ends[i] = compile (endings[i]);
  r.header = compile ("^(?:Received|Return-Path|Message-ID|MIME-Version|DKIM-Signature|X-[A-Za-z-]+):");
  r.leading = compile ("^[\\s>*\\-|\\x{2022}]*(?:[45]\\d\\d[ -]+)?[<\"'(\\[]{0,2}(?:mailto:)?" ADDRESS
                       "[>\"')\\]]*\\s*(?:$|[:;,]|\\.\\.\\.|\\bon\\b|[<\\[(]|\\S)");
  r.named =
      compile ("(?:(?:收[信件]人|地址|邮箱|发往|发给|发送[至到给]|アドレス|宛先|受信者)[^@<]{0,20}?[：:\\s<"
               "「]+|(?:\\bto|\\bfor|"
               "recipients?|address(?:es)?|users?(?:id)?|mailbox|account|rcpt "
               "to|failed|full|errors?|rejected|size)\\b[^@<]{0,60}?[:\\s<\"'(\\[]+)(?:mailto:)?" ADDRESS);
  r.sender = compile (
      "(?:mail from|\\bfrom|sender|reply-to|return-path|contact|postmaster|abuse|help|e-mail us)[^@]{0,20}$");
  r.summary = compile ("^[ \\t>|]*(?:to|cc|from|subject|date|sent|message-id|mail from|return-path):");
  r.next = compile ("\\G[>\\s]*[,;]\\s*<?" ADDRESS);
  r.any = compile (ADDRESS);
  return &r;
}

/* Where the returned mail begins in TEXT, or its length. */
static gsize
find_end (const char *text)
{
  gsize end = strlen (text);
  const Regexes *r = regexes ();
  GRegex *all[] = {r->ends[0], r->ends[1], r->header};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autoptr (GMatchInfo) match = NULL;
    int start = 0;
    if (g_regex_match (all[i], text, 0, &match) && g_match_info_fetch_pos (match, 0, &start, NULL))
      end = MIN (end, (gsize)start);
  }
  return end;
}

/* The first text of the report itself; HTML's tags are taken for spaces. Returns: (transfer full). */
static char *
first_text (const ZbMessage *message)
{
  const char *plain = zb_message_text (message, "text/plain");
  if (plain != NULL && *plain != '\0')
    return g_strdup (plain);
  const char *html = zb_message_text (message, "text/html");
  if (html == NULL)
    return g_strdup (plain != NULL ? plain : "");
  g_autoptr (GRegex) breaks = compile ("<(?:br|p|/p|div|/div|tr|/tr|li|h\\d)\\b[^>]*>");
  g_autoptr (GRegex) tags = compile ("<(?!mailto:|[^<>\\s]+@)[^>]*>|&nbsp;");
  g_autofree char *lines = g_regex_replace_literal (breaks, html, -1, 0, "\n", 0, NULL);
  g_autofree char *text = lines != NULL ? g_regex_replace_literal (tags, lines, -1, 0, " ", 0, NULL) : NULL;
  g_autoptr (GString) decoded = g_string_new (text);
  g_string_replace (decoded, "&lt;", "<", 0);
  g_string_replace (decoded, "&gt;", ">", 0);
  g_string_replace (decoded, "&amp;", "&", 0);
  return g_strdup (decoded->str);
}

char *
zb_notice_text (const ZbMessage *message)
{
  g_autofree char *text = first_text (message);
  gsize end = MIN (find_end (text), NOTICE_BYTES);
  g_autofree char *notice = g_strndup (text, end);
  return g_utf8_make_valid (notice, -1);
}

char *
zb_notice_returned (const ZbMessage *message)
{
  g_autofree char *text = first_text (message);
  const char *below = text + find_end (text);
  while (*below != '\0' && *below != '\n')
    below++;
  return *below != '\0' ? g_strdup (g_strchug ((char *)below)) : NULL;
}

static char *
capture (GRegex *regex, const char *line, int *start)
{
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (regex, line, 0, &match))
    return NULL;
  g_match_info_fetch_pos (match, 1, start, NULL);
  return g_match_info_fetch (match, 1);
}

static gboolean
is_servers_own (const char *address)
{
  const char *names[] = {"mailer-daemon@", "postmaster@", "abuse@", "noreply@", "no-reply@", "mail-daemon@"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (address, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

/* The recipient that LINE names, or NULL. Returns: (transfer full). */
static char *
address_in (const char *line, const char *own, Form *form)
{
  const Regexes *r = regexes ();
  int start = 0;
  *form = FORM_NONE;
  if (g_regex_match (r->summary, line, 0, NULL))
    return NULL; /* a header of the mail that came back, shown again */
  *form = FORM_LEADING;
  g_autofree char *address = capture (r->leading, line, &start);
  if (address == NULL) {
    *form = FORM_NAMED;
    address = capture (r->named, line, &start);
  }
  g_autofree char *before = address != NULL ? g_strndup (line, (gsize)start) : NULL;
  gboolean taken = address != NULL &&
                   (own == NULL || (!is_servers_own (address) && g_ascii_strcasecmp (address, own) != 0)) &&
                   !g_regex_match (r->sender, before, 0, NULL);
  if (!taken)
    *form = FORM_NONE;
  return taken ? g_steal_pointer (&address) : NULL;
}

static ZbFinding *
add_finding (GPtrArray *findings, const char *address)
{
  ZbFinding *finding = zb_findings_get (findings, address);
  if (finding != NULL || findings->len >= RECIPIENTS)
    return finding;
  finding = zb_finding_new (address);
  g_ptr_array_add (findings, finding);
  return finding;
}

/* Further addresses that follow FIRST in LINE with nothing but commas between. */
static void
add_neighbours (const char *line, const char *first, GPtrArray *findings)
{
  const char *rest = strstr (line, first) + strlen (first);
  g_autoptr (GMatchInfo) match = NULL;
  GRegex *next = regexes ()->next;
  for (g_regex_match (next, rest, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *address = g_match_info_fetch (match, 1);
    ZbFinding *finding = add_finding (findings, address);
    if (finding != NULL && finding->words == NULL)
      finding->words = g_strdup (line);
  }
}

static void
append_words (ZbFinding *finding, const char *line)
{
  char *old = finding->words;
  finding->words = old != NULL ? g_strconcat (old, "\n", line, NULL) : g_strdup (line);
  g_free (old);
}

/* The best form of address in LINES. */
static Form
best_form (char **lines, const char *own)
{
  Form best = FORM_NONE, form;
  for (guint i = 0; lines[i] != NULL && i < NOTICE_LINES; i++) {
    g_autofree char *address = address_in (lines[i], own, &form);
    best = MAX (best, form);
  }
  return best;
}

/* A line such as "554 <a@b>... Host unknown" says all by itself, with those that are indented below it: what
   follows may be about another. */
static void
keep_own_line (ZbFinding *finding)
{
  gsize length = strcspn (finding->words, "\n");
  while (finding->words[length] == '\n' &&
         (finding->words[length + 1] == ' ' || finding->words[length + 1] == '\t'))
    length += 1 + strcspn (finding->words + length + 1, "\n");
  g_autofree char *line = g_strndup (finding->words, length);
  const char *after = strstr (line, finding->address);
  g_auto (ZbVerdict) verdict = {NULL};
  ZbRefusal refusal = {.words = after != NULL ? after + strlen (finding->address) : ""};
  zb_refusal_judge (&refusal, &verdict);
  if (verdict.reason == ZB_REASON_UNKNOWN)
    return;
  g_free (finding->words);
  finding->words = g_steal_pointer (&line);
}

void
zb_notice_read (const char *notice, const char *own, GPtrArray *findings)
{
  g_auto (GStrv) lines = g_strsplit (notice, "\n", -1);
  Form best = best_form (lines, own), form;
  ZbFinding *current = NULL;
  for (guint i = 0; lines[i] != NULL && i < NOTICE_LINES && best != FORM_NONE; i++) {
    g_autofree char *address = address_in (lines[i], own, &form);
    if (address != NULL && form == best) {
      ZbFinding *finding = add_finding (findings, address);
      current = finding != NULL ? finding : current;
      add_neighbours (lines[i], address, findings);
    }
    if (current != NULL)
      append_words (current, lines[i]);
  }
  for (guint i = 0; i < findings->len; i++) {
    ZbFinding *finding = g_ptr_array_index (findings, i);
    finding->around = g_strdup (notice);
    if (best == FORM_LEADING && finding->words != NULL)
      keep_own_line (finding);
  }
}

char *
zb_notice_about (const char *notice, const char *address)
{
  g_autoptr (GPtrArray) findings = zb_findings_new ();
  zb_notice_read (notice, NULL, findings);
  ZbFinding *finding = zb_findings_get (findings, address);
  return g_strdup (finding != NULL && finding->words != NULL ? finding->words : notice);
}

char *
zb_notice_around (const char *notice, const char *address)
{
  g_autoptr (GPtrArray) findings = zb_findings_new ();
  zb_notice_read (notice, NULL, findings);
  return findings->len > 1 ? zb_notice_about (notice, address) : g_strdup (notice);
}
