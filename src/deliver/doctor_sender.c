/* DKIM and DMARC of the sender, and whether bounces find their way back. */
#include "doctor_private.h"

#include "zhoubao/base/mailbox.h"
#include "zhoubao/edge/dkim.h"
#include <string.h>

#define BITS_MIN 2048 /* Gmail's for bulk mail; receivers ignore keys under 1024 (RFC 8301) */

/* The value of TAG in a record of "tag=value" divided by ";", without blanks; or NULL. (transfer full) */
static char *
tag_of (const char *record, const char *tag)
{
  g_auto (GStrv) parts = g_strsplit (record, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);
    if (pair[0] == NULL || pair[1] == NULL || g_ascii_strcasecmp (g_strstrip (pair[0]), tag) != 0)
      continue;
    g_auto (GStrv) pieces = g_strsplit_set (pair[1], " \t", -1);
    return g_strjoinv ("", pieces);
  }
  return NULL;
}

/* Whether one of TEXTS publishes the key of OURS. */
static gboolean
has_key (const GPtrArray *texts, const char *ours)
{
  g_autofree char *wanted = tag_of (ours, "p");
  for (guint i = 0; i < texts->len; i++) {
    g_autofree char *there = tag_of (texts->pdata[i], "p");
    if (g_strcmp0 (there, wanted) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
look_up_key (ZbRound *round, const char *record, int bits)
{
  const ZbConfig *config = round->config;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s._domainkey.%s", config->dkim_selector, config->dkim_domain);
  g_autoptr (GPtrArray) texts = zb_resolver_ask (round->doctor->resolver, ZB_RESOLVER_TEXT, name, &error);
  if (texts == NULL)
    zb_round_add (round, "dkim", ZB_DOCTOR_UNKNOWN, "%s", error->message);
  else if (has_key (texts, record))
    zb_round_add (round, "dkim", bits < BITS_MIN ? ZB_DOCTOR_ADVICE : ZB_DOCTOR_WELL,
                  "%s holds our key of %d bits%s", name, bits, bits < BITS_MIN ? "; 2048 are asked for" : "");
  else {
    zb_round_add (round, "dkim", ZB_DOCTOR_ILL,
                  texts->len > 0 ? "%s holds another key than ours"
                                 : "%s is not there: nobody can check our signatures",
                  name);
    zb_round_publish (round, name, record);
  }
}

void
zb_doctor_dkim (ZbRound *round)
{
  const ZbConfig *config = round->config;
  g_autoptr (GError) error = NULL;
  int bits = 0;
  if (config->dkim_selector == NULL) {
    zb_round_add (round, "dkim", ZB_DOCTOR_ADVICE,
                  "mail is not signed here, which is well where the relay signs; else write "
                  "dkim: {selector: zb1} into zhoubao.yaml, and doctor --make-dkim-key");
    return;
  }
  g_autofree char *file = zb_workspace_path (round->doctor->workspace, config->dkim_key);
  g_autofree char *record = zb_dkim_record (file, &bits, &error);
  if (record == NULL) {
    zb_round_add (round, "dkim", ZB_DOCTOR_ILL, "%s", error->message);
    return;
  }
  look_up_key (round, record, bits);
  const char *from = zb_mailbox_domain (config->sender_address);
  if (!zb_round_aligned (config->dkim_domain, from))
    zb_round_add (round, "dkim", ZB_DOCTOR_ILL, "signatures of %s say nothing for the sender's %s (DMARC)",
                  config->dkim_domain, from);
}

/* The DMARC record of DOMAIN or of the nearest domain above it. *RECORD is NULL where there is none. */
static gboolean
find_policy (ZbRound *round, const char *domain, char **record, GError **error)
{
  *record = NULL;
  for (const char *at = domain; at != NULL && strchr (at, '.') != NULL; at = strchr (at, '.') + 1) {
    g_autofree char *name = g_strconcat ("_dmarc.", at, NULL);
    g_autoptr (GPtrArray) texts = zb_resolver_ask (round->doctor->resolver, ZB_RESOLVER_TEXT, name, error);
    if (texts == NULL)
      return FALSE;
    for (guint i = 0; i < texts->len; i++)
      if (g_str_has_prefix (texts->pdata[i], "v=DMARC1")) {
        *record = g_strdup (texts->pdata[i]);
        return TRUE;
      }
  }
  return TRUE;
}

static void
judge_policy (ZbRound *round, const char *domain, const char *record)
{
  g_autofree char *policy = record != NULL ? tag_of (record, "p") : NULL;
  if (policy != NULL) {
    gboolean none = g_ascii_strcasecmp (policy, "none") == 0;
    zb_round_add (
        round, "dmarc", none ? ZB_DOCTOR_ADVICE : ZB_DOCTOR_WELL, "%s has the policy %s%s", domain, policy,
        none ? ": enough for the big mailbox providers; quarantine is better once the reports are clean"
             : "");
    return;
  }
  zb_round_add (round, "dmarc", ZB_DOCTOR_ILL,
                record != NULL ? "the record of %s names no policy"
                               : "%s does not say what is to be done with mail forged in its name",
                domain);
  g_autofree char *name = g_strconcat ("_dmarc.", domain, NULL);
  g_autofree char *text = g_strconcat ("v=DMARC1; p=none; rua=mailto:", round->config->contact_address, NULL);
  zb_round_publish (round, name, text);
}

void
zb_doctor_dmarc (ZbRound *round)
{
  const char *domain = zb_mailbox_domain (round->config->sender_address),
             *back = zb_mailbox_domain (round->config->bounce_address);
  g_autoptr (GError) error = NULL;
  g_autofree char *record = NULL;
  if (!find_policy (round, domain, &record, &error))
    zb_round_add (round, "dmarc", ZB_DOCTOR_UNKNOWN, "%s", error->message);
  else
    judge_policy (round, domain, record);
  if (!zb_round_aligned (domain, back))
    zb_round_add (round, "dmarc", ZB_DOCTOR_ADVICE,
                  "the return path's %s says nothing for the sender's %s: DKIM alone has to", back, domain);
}

void
zb_doctor_return (ZbRound *round)
{
  static const ZbResolverKind kinds[] = {ZB_RESOLVER_MAIL, ZB_RESOLVER_ADDRESS, ZB_RESOLVER_ADDRESS_6};
  const char *domain = zb_mailbox_domain (round->config->bounce_address);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) found = zb_resolver_ask (round->doctor->resolver, kinds[kind], domain, &error);
    if (found == NULL) {
      zb_round_add (round, "return", ZB_DOCTOR_UNKNOWN, "%s", error->message);
      return;
    }
    if (found->len > 0) {
      zb_round_add (round, "return", ZB_DOCTOR_WELL, "mail to %s, as bounces are, goes to %s", domain,
                    (char *)found->pdata[0]);
      return;
    }
  }
  zb_round_add (
      round, "return", ZB_DOCTOR_ILL,
      "%s takes no mail, so bounces are lost: it has no MX record with the name of its mail server, "
      "as: %s. MX 10 mail.%s.",
      domain, domain, domain);
}
