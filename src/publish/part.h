/* The files of the search index: scripts that hand over their lines. Private to src/publish. */
#pragma once
#include <glib.h>

#define ZB_PART_NAME 16

/* Which part has TOKEN: Latin words by their first two letters, Han and all others by their first character.
 */
void zb_part_of (const char *token, char name[ZB_PART_NAME]);

/* "search/ab.js" (transfer full) */
char *zb_part_path (const char *name);

/* A script of LINES. (transfer full) */
char *zb_part_write (const char *name, const char *lines);

/* The lines of SCRIPT as they were handed to zb_part_write(); "" where it is none of ours, or NULL. (transfer
 * full) */
char *zb_part_read (const char *script);
