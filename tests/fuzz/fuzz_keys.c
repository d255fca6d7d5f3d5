/* Any bytes as exported keys: refused with words, and nothing is written where the folder is none. */
#include "zhoubao/deliver/keys.h"

#include "zhoubao/store/migrate.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static ZbDb *
store_get (void)
{
  static ZbDb *db;
  if (db == NULL) {
    db = zb_db_open (":memory:", ZB_DB_CREATE, NULL);
    g_assert_true (zb_migrate (db, NULL));
  }
  return db;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint count = 0;
  gboolean read = zb_keys_import (store_get (), "/dev/null/keys", (const char *)data, size, size % 2 == 1,
                                  &count, &error);
  g_assert_true (read == (error == NULL));
  return 0;
}
