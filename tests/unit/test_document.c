/* Evidence: bytes come back as they came, damage is noticed, and what editors chose is never forgotten. */
#include "zhoubao/store/document.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/edge/zstd.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"

#define NOW 1498500000
#define DAY 86400

static ZbDb *
open_store (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_no_error (error);
  return db;
}

/* Returns: the hash. */
static char *
keep (ZbDb *db, const char *text, ZbTime fetched)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  char *hash = zb_sha256 (text, strlen (text));
  ZbDocument d = {hash,
                  (char *)"http://example.org/",
                  fetched,
                  200,
                  (char *)"192.0.2.1",
                  (char *)"text/html",
                  (char *)"HTTP/1.1 200 OK\r\n",
                  body};
  g_assert_true (zb_document_add (db, &d, &error));
  return hash;
}

static gint64
add_item (ZbDb *db, const char *url, const char *evidence)
{
  g_autoptr (ZbItem) item = zb_item_new ();
  item->source = g_strdup ("ndrc");
  item->url = g_strdup (url);
  item->canonical = g_strdup (url);
  item->title = g_strdup ("信用");
  item->evidence = g_strdup (evidence);
  item->fetched = NOW;
  g_assert_true (zb_item_add (db, item, NULL, NULL));
  return item->id;
}

static void
test_bytes_come_back_as_they_came (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = keep (db, "失信惩戒", NOW), *again = keep (db, "失信惩戒", NOW + 5);
  g_assert_cmpstr (hash, ==, again);
  g_autoptr (ZbDocument) d = zb_document_get (db, hash, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (d->body, NULL), g_bytes_get_size (d->body), "失信惩戒", 12);
  g_assert_cmpint (d->fetched, ==, NOW);
  g_assert_cmpstr (d->headers, ==, "HTTP/1.1 200 OK\r\n");
  g_assert_null (zb_document_get (db, "00", 1000, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
}

static void
test_damaged_evidence_is_noticed (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = keep (db, "one", NOW);
  g_autoptr (GBytes) other = g_bytes_new_static ("two", 3);
  g_autoptr (GBytes) packed = zb_zstd_pack (other);
  g_assert_true (zb_db_exec (db, NULL, "UPDATE document SET body = ?", "b", packed));
  g_assert_null (zb_document_get (db, hash, 1000, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
}

static void
test_a_packed_bomb_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (1 << 20), 1 << 20);
  g_autoptr (GBytes) packed = zb_zstd_pack (zeros);
  g_assert_cmpuint (g_bytes_get_size (packed), <, 1000);
  g_assert_null (zb_zstd_unpack (packed, 1000, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_LIMIT);
  g_autoptr (GBytes) back = zb_zstd_unpack (packed, 1 << 20, NULL);
  g_assert_true (g_bytes_equal (zeros, back));
}

static void
test_what_was_picked_is_kept_for_good (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *picked = keep (db, "picked", NOW), *passed = keep (db, "passed", NOW),
                  *fresh = keep (db, "fresh", NOW + 10 * DAY);
  gint64 item = add_item (db, "http://example.org/a", picked);
  add_item (db, "http://example.org/b", passed);
  ZbDecision pick = {item, {2017, 26}, ZB_PICK, 1, NULL, "li", NULL, NOW, 0};
  g_assert_true (zb_decision_add (db, &pick, NULL));
  g_assert_true (zb_document_expire (db, NOW + 5 * DAY, &error));
  g_autoptr (ZbDocument) one = zb_document_get (db, picked, 1000, NULL);
  g_autoptr (ZbDocument) two = zb_document_get (db, passed, 1000, NULL);
  g_autoptr (ZbDocument) three = zb_document_get (db, fresh, 1000, NULL);
  g_assert_nonnull (one);
  g_assert_null (two);
  g_assert_nonnull (three);
}

static void
test_a_week_has_the_evidence_of_its_items (void)
{
  g_autoptr (ZbDb) db = open_store ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autofree char *used = keep (db, "used", NOW), *unused = keep (db, "unused", NOW);
  add_item (db, "http://example.org/a", used);
  g_auto (GStrv) week = zb_document_week (db, (ZbWeek){2017, 26}, zone, NULL);
  g_assert_cmpuint (g_strv_length (week), ==, 1);
  g_assert_cmpstr (week[0], ==, used);
  g_auto (GStrv) other = zb_document_week (db, (ZbWeek){2017, 27}, zone, NULL);
  g_assert_cmpuint (g_strv_length (other), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/document/" #name, test_##name)
  ADD (bytes_come_back_as_they_came);
  ADD (damaged_evidence_is_noticed);
  ADD (a_packed_bomb_is_refused);
  ADD (what_was_picked_is_kept_for_good);
  ADD (a_week_has_the_evidence_of_its_items);
  return g_test_run ();
}
