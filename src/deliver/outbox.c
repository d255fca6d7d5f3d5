/* outbox/: mail as .eml files where no relay is set. */
#include "send_private.h"

#include "zhoubao/base/folder.h"

gboolean
zb_outbox_write (const char *folder, const char *message_id, GBytes *bytes, char **path, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *tag = g_strndup (message_id, strcspn (message_id, "@/"));
  g_autofree char *name = g_strconcat (tag, ".eml", NULL);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  if (!zb_folder_make (folder, 0700, error) ||
      !g_file_set_contents_full (file, data, (gssize)size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;
  *path = g_steal_pointer (&file);
  return TRUE;
}
