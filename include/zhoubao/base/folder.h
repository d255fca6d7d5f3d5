/* Folders of the file system: made, and read in one order whatever the disk's. */
#pragma once
#include <glib.h>

/* Makes PATH and the folders above it with MODE where they are missing. ZB_ERROR_FAILED names PATH and the
   system's cause. */
gboolean zb_folder_make (const char *path, int mode, GError **error);

/* The same for the folder that FILE is to lie in. */
gboolean zb_folder_make_for (const char *file, int mode, GError **error);

/* What lies in PATH, without "." and "..", in the order of the names' bytes; empty where there is no such
   folder or it cannot be read. Returns: owned. */
GStrv zb_folder_names (const char *path);
