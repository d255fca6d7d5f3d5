/* The round of checks. */
#include "doctor_private.h"

#include <stdarg.h>
#include <string.h>

#define TXT_MAX 255 /* octets of one string of a TXT record (RFC 1035, 3.3) */

const char *
zb_doctor_state_name (ZbDoctorState state)
{
  static const char *const names[] = {[ZB_DOCTOR_WELL] = "ok",
                                      [ZB_DOCTOR_ADVICE] = "advice",
                                      [ZB_DOCTOR_ILL] = "ill",
                                      [ZB_DOCTOR_UNKNOWN] = "unknown"};
  return names[state];
}

static void
finding_free (gpointer data)
{
  ZbFinding *finding = data;
  g_free (finding->words);
  g_free (finding->publish);
  g_free (finding);
}

void
zb_round_add (ZbRound *round, const char *check, ZbDoctorState state, const char *format, ...)
{
  va_list args;
  ZbFinding *finding = g_new0 (ZbFinding, 1);
  va_start (args, format);
  finding->words = g_strdup_vprintf (format, args);
  va_end (args);
  finding->check = check;
  finding->state = state;
  g_ptr_array_add (round->findings, finding);
}

void
zb_round_publish (ZbRound *round, const char *name, const char *text)
{
  ZbFinding *last = round->findings->pdata[round->findings->len - 1];
  GString *line = g_string_new (NULL);
  g_string_append_printf (line, "%s. TXT", name);
  for (gsize at = 0, length = strlen (text); at < length; at += TXT_MAX)
    g_string_append_printf (line, " \"%.*s\"", TXT_MAX, text + at);
  g_free (last->publish);
  last->publish = g_string_free (line, FALSE);
}

static gboolean
is_below (const char *name, const char *above)
{
  gsize length = strlen (name), tail = strlen (above);
  return length > tail && name[length - tail - 1] == '.' &&
         g_ascii_strcasecmp (name + length - tail, above) == 0;
}

gboolean
zb_round_aligned (const char *a, const char *b)
{
  return g_ascii_strcasecmp (a, b) == 0 || is_below (a, b) || is_below (b, a);
}

static void (*const checks[]) (ZbRound *round) = {
    zb_doctor_workspace, zb_doctor_relays, zb_doctor_reverse, zb_doctor_spf,
    zb_doctor_dkim,      zb_doctor_dmarc,  zb_doctor_return,
};

GPtrArray *
zb_doctor_run (const ZbDoctor *doctor)
{
  g_autoptr (GPtrArray) ips = g_ptr_array_new_with_free_func (g_free);
  ZbRound round = {.doctor = doctor,
                   .config = doctor->workspace->config,
                   .findings = g_ptr_array_new_with_free_func (finding_free),
                   .ips = ips};
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    checks[i](&round);
  return round.findings;
}
