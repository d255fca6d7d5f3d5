/* Files of a database that much is written to: SQLite hands its log over in pieces of 24 and 4,096 bytes, a
   call of the system each. Here what follows on one another goes in one call. */
#pragma once

/* The name of a VFS for sqlite3_open_v2. */
const char *zb_db_gather (void);
