/* Findings: lifetimes and judgement. */
#include "bounce_finding.h"

#include "zhoubao/base/error.h"

#define DIAGNOSTIC_MAX 500 /* characters kept for people */

ZbFinding *
zb_finding_new (const char *address)
{
  ZbFinding *finding = g_new0 (ZbFinding, 1);
  finding->address = g_strdup (address);
  return finding;
}

void
zb_finding_free (ZbFinding *f)
{
  g_free (f->address);
  g_free (f->status);
  g_free (f->action);
  g_free (f->words);
  g_free (f->around);
  g_free (f);
}

GPtrArray *
zb_findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)zb_finding_free);
}

ZbFinding *
zb_findings_get (GPtrArray *findings, const char *address)
{
  for (guint i = 0; i < findings->len; i++) {
    ZbFinding *finding = g_ptr_array_index (findings, i);
    if (g_ascii_strcasecmp (finding->address, address) == 0)
      return finding;
  }
  return NULL;
}

ZbBounceRecipient *
zb_finding_judge (const ZbFinding *f)
{
  ZbRefusal refusal = {.status = f->status,
                       .words = f->words,
                       .around = f->around,
                       .passing = f->action != NULL && !g_str_equal (f->action, "failed")};
  g_auto (ZbVerdict) verdict = {NULL};
  zb_refusal_judge (&refusal, &verdict);
  ZbBounceRecipient *r = zb_bounce_recipient_new ();
  g_autofree char *line = f->words != NULL ? zb_error_line (f->words) : NULL;
  r->address = g_strdup (f->address);
  r->status = g_steal_pointer (&verdict.status);
  r->action = g_strdup (f->action);
  r->diagnostic =
      line != NULL ? g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), DIAGNOSTIC_MAX)) : NULL;
  r->reason = g_strcmp0 (f->action, "delivered") == 0 ? ZB_REASON_DELIVERED : verdict.reason;
  r->hard = verdict.hard;
  return r;
}
