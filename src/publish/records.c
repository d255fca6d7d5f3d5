/* The signed record of each issue, put beside its page together with the issue's file that it speaks of. */
#include "site.h"

static gboolean
put_copy (ZbSite *site, const ZbSiteEntry *entry, const char *ending, GError **error)
{
  g_autofree char *name = g_strdup_printf ("issues/weekly/%s%s", entry->slug, ending);
  g_autofree char *file = zb_workspace_path (site->workspace, name), *text = NULL;
  g_autofree char *path = g_strdup_printf ("weekly/%s/%s%s", entry->slug, entry->slug, ending);
  gsize length = 0;
  if (!g_file_get_contents (file, &text, &length, error))
    return FALSE;
  ZbKey key = {2, 2};
  zb_key_add (&key, text, length);
  return zb_output_is_current (site->output, path, &key) ||
         zb_output_put (site->output, path, &key, text, length, error);
}

char *
zb_site_record (const ZbSite *site, const ZbSiteEntry *entry)
{
  g_autofree char *name = g_strconcat (entry->slug, ".json", NULL);
  return g_hash_table_contains (site->records, name) ? g_steal_pointer (&name) : NULL;
}

/* An issue that was written by hand and never published by the program has no record. */
gboolean
zb_site_emit_records (ZbSite *site, GError **error)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  for (guint i = 0; i < issues->len; i++) {
    g_autofree char *record = zb_site_record (site, issues->pdata[i]);
    if (record != NULL && (!put_copy (site, issues->pdata[i], ".json", error) ||
                           !put_copy (site, issues->pdata[i], ".md", error)))
      return FALSE;
  }
  return TRUE;
}
