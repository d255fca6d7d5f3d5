/* Rows of the view reader. */
#include "zhoubao/store/reader.h"

#include "zhoubao/base/error.h"

#define READERS "SELECT id, address, name, text_only FROM reader WHERE "
static const char *const readers_of[] = {
    [ZB_EDITION_WEEKLY] = READERS "weekly = 1 ORDER BY id",
    [ZB_EDITION_ESSAY] = READERS "essays = 1 ORDER BY id",
    [ZB_EDITION_LATEST] = READERS "latest = 1 ORDER BY id",
};
static const char *const count_of[] = {
    [ZB_EDITION_WEEKLY] = "SELECT count(*) FROM reader WHERE weekly = 1",
    [ZB_EDITION_ESSAY] = "SELECT count(*) FROM reader WHERE essays = 1",
    [ZB_EDITION_LATEST] = "SELECT count(*) FROM reader WHERE latest = 1",
};
static const char *const wish_of[] = {
    [ZB_EDITION_WEEKLY] = "SELECT weekly FROM person WHERE id = ?",
    [ZB_EDITION_ESSAY] = "SELECT essays FROM person WHERE id = ?",
    [ZB_EDITION_LATEST] = "SELECT latest FROM person WHERE id = ?",
};

struct ZbReaders {
  ZbQuery *rows;
};

ZbReaders *
zb_readers_open (ZbDb *db, ZbEditionKind kind)
{
  ZbReaders *readers = g_new0 (ZbReaders, 1);
  readers->rows = zb_db_query (db, readers_of[kind], "");
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
zb_reader_wants (ZbDb *db, gint64 person, ZbEditionKind kind, gboolean *wanted, GError **error)
{
  gint64 found = 0;
  gboolean ok = zb_db_int (db, &found, error, wish_of[kind], "i", person);
  *wanted = found != 0;
  return ok;
}

gboolean
zb_reader_count (ZbDb *db, ZbEditionKind kind, gint64 *count, GError **error)
{
  return zb_db_int (db, count, error, count_of[kind], "");
}
