/* Each page has one maker: two files of issues/ with one address, or one that takes the place of a page of
   the archive's own, are a mistake that names them. */
#include "site.h"
#include "zhoubao/base/error.h"

/* FILE becomes ENTRY's. */
static gboolean
take (GHashTable *makers, char *file, const ZbSiteEntry *entry, GError **error)
{
  const ZbSiteEntry *other = g_hash_table_lookup (makers, file);
  if (other == NULL)
    return g_hash_table_insert (makers, file, (gpointer)entry);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: it has the address of %s, public/%s", entry->file,
               other == entry ? "another page of its own" : other->file, file);
  g_free (file);
  return FALSE;
}

static gboolean
take_all (GHashTable *makers, const ZbSiteEntry *entry, GError **error)
{
  if (!zb_site_entry_is_public (entry))
    return TRUE;
  if (!take (makers, zb_site_file (entry->path), entry, error))
    return FALSE;
  for (char **alias = entry->aliases; alias != NULL && *alias != NULL; alias++)
    if (!take (makers, zb_site_alias_file (*alias), entry, error))
      return FALSE;
  return TRUE;
}

gboolean
zb_site_check_addresses (const ZbSite *site, GError **error)
{
  g_autoptr (GHashTable) makers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < site->entries->len; i++)
    if (!take_all (makers, site->entries->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < site->pages->len; i++) {
    const char *path = site->pages->pdata[i];
    g_autofree char *file = zb_site_file (path);
    const ZbSiteEntry *maker = g_hash_table_lookup (makers, file);
    gboolean is_its_own =
        maker == NULL || (g_str_equal (maker->path, path) && !g_hash_table_contains (seen, path));
    if (!is_its_own) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: the archive itself makes public/%s", maker->file,
                   file);
      return FALSE;
    }
    g_hash_table_add (seen, (gpointer)path);
  }
  return TRUE;
}
