/* The signed record of each issue, put beside its page together with the issue's file that it speaks of. */
#include "site.h"

static gboolean
put_copy (ZbSite *site, const ZbSiteEntry *entry, const char *ending, gboolean *there, GError **error)
{
  g_autofree char *name = g_strdup_printf ("issues/weekly/%s%s", entry->slug, ending);
  g_autofree char *file = zb_workspace_path (site->workspace, name), *text = NULL;
  g_autofree char *path = g_strdup_printf ("weekly/%s/%s%s", entry->slug, entry->slug, ending);
  gsize length = 0;
  *there = g_file_get_contents (file, &text, &length, NULL);
  if (!*there)
    return TRUE;
  ZbKey key = {2, 2};
  zb_key_add (&key, text, length);
  return zb_output_is_current (site->output, path, &key) ||
         zb_output_put (site->output, path, &key, text, length, error);
}

char *
zb_site_record (const ZbSite *site, const ZbSiteEntry *entry)
{
  g_autofree char *name = g_strdup_printf ("issues/weekly/%s.json", entry->slug);
  g_autofree char *file = zb_workspace_path (site->workspace, name);
  return g_file_test (file, G_FILE_TEST_EXISTS) ? g_strconcat (entry->slug, ".json", NULL) : NULL;
}

/* An issue that was written by hand and never published by the program has no record. */
gboolean
zb_site_emit_records (ZbSite *site, GError **error)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  for (guint i = 0; i < issues->len; i++) {
    gboolean there = FALSE;
    if (!put_copy (site, issues->pdata[i], ".json", &there, error) ||
        (there && !put_copy (site, issues->pdata[i], ".md", &there, error)))
      return FALSE;
  }
  return TRUE;
}
