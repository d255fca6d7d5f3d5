/* SPF (RFC 7208) of the return path's domain: the record, how many questions it costs a receiver, and whether
   it lets our address send. */
#include "doctor_private.h"

#include "zhoubao/base/mailbox.h"
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define QUESTIONS_MAX 10 /* RFC 7208, 4.6.4 */

typedef enum { NONE, PASS, FAIL, SOFT, NEUTRAL, BROKEN, UNASKED } Verdict;

typedef struct {
  ZbResolver *resolver;
  GInetAddress *ip; /* or NULL: only the record is looked at */
  guint questions;
  char *own; /* the first domain's record, or NULL */
  char *why; /* the walk ends, with END: BROKEN or UNASKED; or NULL */
  Verdict end;
} Walk;

static Verdict check (Walk *walk, const char *domain);

static Verdict
give_up (Walk *walk, Verdict verdict, char *why)
{
  g_free (walk->why);
  walk->why = why;
  walk->end = verdict;
  return verdict;
}

static GPtrArray *
ask (Walk *walk, ZbResolverKind kind, const char *name)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = zb_resolver_ask (walk->resolver, kind, name, &error);
  if (found == NULL)
    (void)give_up (walk, UNASKED, g_strdup (error->message));
  return found;
}

static gboolean
same_bits (const guint8 *a, const guint8 *b, guint bits)
{
  guint8 rest = (guint8)(0xff00 >> (bits % 8));
  return memcmp (a, b, bits / 8) == 0 && (bits % 8 == 0 || ((a[bits / 8] ^ b[bits / 8]) & rest) == 0);
}

/* Bits of BLOCK's base behind the length count for nothing, as "a:host/24" has them. */
static gboolean
in_block (Walk *walk, const char *block)
{
  g_auto (GStrv) parts = g_strsplit (block, "/", 2);
  g_autoptr (GInetAddress) base = parts[0] != NULL ? g_inet_address_new_from_string (parts[0]) : NULL;
  guint64 bits = 0;
  if (walk->ip == NULL || base == NULL ||
      g_inet_address_get_family (base) != g_inet_address_get_family (walk->ip))
    return FALSE;
  guint all = (guint)g_inet_address_get_native_size (base) * 8;
  if (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, all, &bits, NULL))
    return FALSE;
  return same_bits (g_inet_address_to_bytes (base), g_inet_address_to_bytes (walk->ip),
                    parts[1] != NULL ? (guint)bits : all);
}

/* Whether HOST's addresses, widened by SUFFIX ("/24" or ""), hold ours. */
static gboolean
host_has (Walk *walk, const char *host, const char *suffix)
{
  gboolean six = walk->ip != NULL && g_inet_address_get_family (walk->ip) == G_SOCKET_FAMILY_IPV6,
           match = FALSE;
  g_autoptr (GPtrArray) found = ask (walk, six ? ZB_RESOLVER_ADDRESS_6 : ZB_RESOLVER_ADDRESS, host);
  for (guint i = 0; found != NULL && i < found->len; i++) {
    g_autofree char *block = g_strconcat (found->pdata[i], suffix, NULL);
    match |= in_block (walk, block);
  }
  return match;
}

static gboolean
mail_has (Walk *walk, const char *domain, const char *suffix)
{
  g_autoptr (GPtrArray) hosts = ask (walk, ZB_RESOLVER_MAIL, domain);
  gboolean match = FALSE;
  for (guint i = 0; hosts != NULL && i < hosts->len; i++)
    match |= host_has (walk, hosts->pdata[i], suffix);
  return match;
}

/* Whether the mechanism NAME with VALUE, its "/nn" in SUFFIX, is about our address. */
static gboolean
matches (Walk *walk, const char *name, const char *value, const char *suffix)
{
  static const char *const asking[] = {"a", "mx", "include", "exists", "ptr", NULL};
  walk->questions += g_strv_contains (asking, name);
  if (g_str_equal (name, "all"))
    return TRUE;
  if (g_str_equal (name, "include"))
    return check (walk, value) == PASS;
  if (g_str_equal (name, "a"))
    return host_has (walk, value, suffix);
  return g_str_equal (name, "mx") && mail_has (walk, value, suffix);
}

/* One word of the record; TRUE where it decides. */
static gboolean
read_word (Walk *walk, const char *domain, const char *word, Verdict *verdict)
{
  static const Verdict verdicts[] = {PASS, FAIL, SOFT, NEUTRAL};
  static const char signs[] = "+-~?";
  const char *sign = strchr (signs, *word);
  *verdict = sign != NULL ? verdicts[sign - signs] : PASS;
  word += sign != NULL;
  gsize length = strcspn (word, ":/");
  g_autofree char *name = g_ascii_strdown (word, (gssize)length);
  const char *value = word[length] == ':' ? word + length + 1 : "";
  if (g_str_equal (name, "ip4") || g_str_equal (name, "ip6"))
    return in_block (walk, value);
  gsize host = strcspn (value, "/");
  const char *slash = word[length] == '/' ? word + length : value + host;
  g_autofree char *suffix = g_strndup (slash, strcspn (slash + (*slash != '\0'), "/") + (*slash != '\0'));
  g_autofree char *about = host > 0 ? g_strndup (value, host) : g_strdup (domain);
  return matches (walk, name, about, suffix);
}

static Verdict
read_record (Walk *walk, const char *domain, const char *record)
{
  g_auto (GStrv) words = g_strsplit (record, " ", -1);
  const char *redirect = NULL;
  for (guint i = 1; words[i] != NULL; i++) {
    Verdict verdict;
    if (g_str_has_prefix (words[i], "redirect="))
      redirect = words[i] + strlen ("redirect=");
    if (*words[i] == '\0' || strchr (words[i], '=') != NULL)
      continue;
    gboolean decided = read_word (walk, domain, words[i], &verdict);
    if (walk->why != NULL)
      return walk->end;
    if (walk->questions > QUESTIONS_MAX)
      return give_up (
          walk, BROKEN,
          g_strdup_printf ("it costs more than %d questions, so receivers ignore it", QUESTIONS_MAX));
    if (decided)
      return verdict;
  }
  if (redirect == NULL)
    return NEUTRAL;
  walk->questions++;
  return check (walk, redirect);
}

static const char *
find_record (const GPtrArray *texts, guint *count)
{
  const char *record = NULL;
  *count = 0;
  for (guint i = 0; i < texts->len; i++) {
    const char *text = texts->pdata[i];
    if (g_ascii_strcasecmp (text, "v=spf1") != 0 && g_ascii_strncasecmp (text, "v=spf1 ", 7) != 0)
      continue;
    record = text;
    (*count)++;
  }
  return record;
}

static Verdict
check (Walk *walk, const char *domain)
{
  guint count = 0;
  if (walk->questions > QUESTIONS_MAX) /* a loop of includes ends here */
    return BROKEN;
  g_autoptr (GPtrArray) texts = ask (walk, ZB_RESOLVER_TEXT, domain);
  if (texts == NULL)
    return UNASKED;
  const char *record = find_record (texts, &count);
  if (count > 1)
    return give_up (walk, BROKEN, g_strdup_printf ("%s has %u records, which counts as none", domain, count));
  if (walk->own == NULL)
    walk->own = g_strdup (record);
  return record != NULL ? read_record (walk, domain, record) : NONE;
}

/* The record that would do, for where mail is known to leave from: OWN, where there is one, says who else may
   send, and stays. */
static void
propose (ZbRound *round, const char *domain, const char *own)
{
  g_autoptr (GString) text = g_string_new ("v=spf1");
  for (guint i = 0; i < round->ips->len; i++) {
    const char *ip = round->ips->pdata[i];
    g_assert (ip != NULL);
    g_string_append_printf (text, " ip%c:%s", strchr (ip, ':') != NULL ? '6' : '4', ip);
  }
  g_string_append (text, own != NULL ? own + strlen ("v=spf1") : " ~all");
  if (round->ips->len > 0)
    zb_round_publish (round, domain, text->str);
}

static void
judge (ZbRound *round, const char *domain, const char *ip)
{
  g_autoptr (GInetAddress) address = ip != NULL ? g_inet_address_new_from_string (ip) : NULL;
  Walk walk = {.resolver = round->doctor->resolver, .ip = address};
  Verdict verdict = check (&walk, domain);
  g_autofree char *why = walk.why, *own = walk.own;
  const char *who = ip != NULL ? ip : "everybody";
  if (verdict == UNASKED)
    zb_round_add (round, "spf", ZB_DOCTOR_UNKNOWN, "%s", why);
  else if (verdict == BROKEN)
    zb_round_add (round, "spf", ZB_DOCTOR_ILL, "the record of %s is broken: %s", domain,
                  why != NULL ? why : "its includes go round");
  else if (verdict == NONE) {
    zb_round_add (round, "spf", ZB_DOCTOR_ILL, "%s does not say which machines may send its mail%s", domain,
                  ip == NULL ? "; what to publish is shown with --ip ADDRESS, or known by your mail provider"
                             : "");
    propose (round, domain, NULL);
  } else if (ip == NULL && verdict == PASS)
    zb_round_add (round, "spf", ZB_DOCTOR_ILL, "the record of %s lets everybody send in its name", domain);
  else if (ip == NULL)
    zb_round_add (round, "spf", ZB_DOCTOR_ADVICE,
                  "%s has a record; whether it names where mail leaves from is seen with --ip ADDRESS",
                  domain);
  else if (verdict == PASS)
    zb_round_add (round, "spf", ZB_DOCTOR_WELL, "%s lets %s send (%u questions)", domain, who,
                  walk.questions);
  else {
    zb_round_add (round, "spf", ZB_DOCTOR_ILL, "%s does not let %s send; in place of its record there",
                  domain, who);
    propose (round, domain, own);
  }
}

void
zb_doctor_spf (ZbRound *round)
{
  const char *domain = zb_mailbox_domain (round->config->bounce_address);
  for (guint i = 0; i < round->ips->len; i++)
    judge (round, domain, round->ips->pdata[i]);
  if (round->ips->len == 0)
    judge (round, domain, NULL);
}
