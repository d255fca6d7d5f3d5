/* Rows of the view reader. */
#include "zhoubao/store/reader.h"

#include "zhoubao/base/error.h"

static const char *const READERS = "SELECT id, address, name, text_only FROM reader ORDER BY id";

struct ZbReaders {
  ZbQuery *rows;
};

ZbReaders *
zb_readers_open (ZbDb *db)
{
  ZbReaders *readers = g_new0 (ZbReaders, 1);
  readers->rows = zb_db_query (db, READERS, "");
  return readers;
}

void
zb_readers_free (ZbReaders *readers)
{
  zb_query_free (readers->rows);
  g_free (readers);
}

gboolean
zb_reader_next (ZbReaders *readers, ZbMailingPerson *person, GError **error)
{
  ZbQuery *q = readers->rows;
  if (!zb_query_next (q)) {
    zb_ignore (zb_query_ok (q, error)); /* ERROR says it */
    return FALSE;
  }
  *person = (ZbMailingPerson){zb_query_int (q, 0), zb_query_text (q, 1), zb_query_text (q, 2),
                              zb_query_int (q, 3) != 0};
  return TRUE;
}

gboolean
zb_reader_count (ZbDb *db, gint64 *count, GError **error)
{
  return zb_db_int (db, count, error, "SELECT count(*) FROM reader", "");
}
