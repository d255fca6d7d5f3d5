/* Any bytes as what somebody types into the search field: it finds nothing or something, or has no words;
   SQLite never calls it a wrong query. */
#include "zhoubao/base/error.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/search.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static ZbDb *
store_get (void)
{
  static ZbDb *db;
  if (db != NULL)
    return db;
  g_autoptr (ZbItem) item = zb_item_new ();
  item->source = g_strdup ("s");
  item->url = g_strdup ("https://example.org/");
  item->canonical = g_strdup (item->url);
  item->title = g_strdup ("信用条例 the rules of 2017");
  item->text = g_strdup ("社会信用体系 [credit](https://example.org) and a \"near\" NOT title: text* ^");
  item->fetched = 1;
  db = zb_db_open (":memory:", ZB_DB_CREATE, NULL);
  g_assert_true (zb_migrate (db, NULL) && zb_item_add (db, item, NULL, NULL));
  return db;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strndup ((const char *)data, size);
  g_autoptr (GPtrArray) hits = zb_search_items (store_get (), words, ZB_SEARCH_RANKED, 0, 5, NULL, &error);
  if (hits == NULL)
    g_assert_error (error, ZB_ERROR, ZB_ERROR_USAGE);
  for (guint i = 0; hits != NULL && i < hits->len; i++) {
    const ZbSearchHit *hit = g_ptr_array_index (hits, i);
    g_autofree char *title = zb_search_html (hit->title), *snippet = zb_search_html (hit->snippet);
    g_assert_true (g_utf8_validate (title, -1, NULL) && g_utf8_validate (snippet, -1, NULL));
  }
  return 0;
}
