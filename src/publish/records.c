/* The signed record of each issue, put beside its page as it was written at publication. */
#include "site.h"

gboolean
zb_site_emit_records (ZbSite *site, GError **error)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  for (guint i = 0; i < issues->len; i++) {
    const ZbSiteEntry *entry = issues->pdata[i];
    g_autofree char *name = g_strdup_printf ("issues/weekly/%s.json", entry->slug);
    g_autofree char *file = zb_workspace_path (site->workspace, name), *text = NULL;
    g_autofree char *path = g_strdup_printf ("weekly/%s/%s.json", entry->slug, entry->slug);
    gsize length = 0;
    if (!g_file_get_contents (file, &text, &length, NULL))
      continue; /* an issue that was written by hand has none */
    ZbKey key = {2, 2};
    zb_key_add (&key, text, length);
    if (!zb_output_is_current (site->output, path, &key) &&
        !zb_output_put (site->output, path, &key, text, length, error))
      return FALSE;
  }
  return TRUE;
}
