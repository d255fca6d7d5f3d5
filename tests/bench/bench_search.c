/* Bench: 100,000 made-up items in Chinese and English, indexed and searched. Prints one line a figure:
   NAME VALUE UNIT [LIMIT]. Argument: how many items. */
#include "zhoubao/base/error.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/search.h"
#include <glib/gstdio.h>
#include <math.h>

/* Frequent words first: the word of rank r comes up in proportion to 1/(r+1). */
static const char *const chinese[] = {
    "信用", "管理",   "通知", "建设", "体系",   "企业", "国家", "社会", "信息", "发展",   "工作", "改革",
    "市场", "监管",   "行政", "部门", "实施",   "办法", "失信", "惩戒", "联合", "服务",   "公示", "意见",
    "条例", "规定",   "安全", "地方", "政府",   "评价", "修复", "承诺", "金融", "银行",   "税收", "环境",
    "食品", "药品",   "交通", "法院", "执行人", "名单", "严重", "主体", "共享", "平台",   "数据", "统一",
    "代码", "诚信",   "教育", "文化", "上海",   "河北", "浙江", "广东", "重庆", "厦门",   "试点", "示范",
    "城市", "区域",   "合作", "协议", "备忘录", "守信", "激励", "机制", "约束", "黑名单", "归集", "披露",
    "异议", "消费者", "权益", "保护", "质量",   "标准"};
static const char *const english[] = {"the",   "credit",     "system",  "of",        "social",
                                      "new",   "rules",      "Beijing", "court",     "regulation",
                                      "draft", "notice",     "market",  "companies", "data",
                                      "list",  "punishment", "local",   "pilot",     "law"};

static guint64 state = 88172645463325252u;

static guint
pick (guint n)
{
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  /* n to a power that is evenly spread over 0 to 1 falls on r in proportion to 1/r. */
  double u = (double)(state >> 11) / (double)(G_GUINT64_CONSTANT (1) << 53);
  return MIN ((guint)(pow (n + 1.0, u) - 1.0), n - 1);
}

static void
append_words (GString *out, guint count, gboolean is_chinese)
{
  for (guint i = 0; i < count; i++) {
    if (is_chinese)
      g_string_append (out, chinese[pick (G_N_ELEMENTS (chinese))]);
    else
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", english[pick (G_N_ELEMENTS (english))]);
    if (is_chinese && i % 9 == 8)
      g_string_append (out, "，");
  }
}

static gboolean
fill (ZbDb *db, gpointer data, GError **error)
{
  guint count = GPOINTER_TO_UINT (data);
  for (guint i = 0; i < count; i++) {
    g_autoptr (ZbItem) item = zb_item_new ();
    g_autoptr (GString) title = g_string_new (NULL), text = g_string_new (NULL);
    append_words (title, 7, i % 4 != 0);
    append_words (text, 50, i % 4 != 0);
    item->source = g_strdup ("bench");
    item->url = g_strdup_printf ("https://example.org/%u", i);
    item->canonical = g_strdup (item->url);
    item->title = g_strdup (title->str);
    item->text = g_strdup (text->str);
    item->published = 1400000000 + (gint64)(state % 100000000);
    item->fetched = item->published + 3600;
    if (!zb_item_add (db, item, NULL, error))
      return FALSE;
  }
  return TRUE;
}

/* The best of eleven runs, in milliseconds: what others do on the machine is not ours. */
static double
measure (ZbDb *db, const char *words, ZbSearchOrder order, gboolean count)
{
  double best = G_MAXDOUBLE;
  for (guint i = 0; i < 11; i++) {
    gint64 total = 0, start = g_get_monotonic_time ();
    g_autoptr (GPtrArray) hits = zb_search_items (db, words, order, 0, 20, count ? &total : NULL, NULL);
    best = MIN (best, (double)(g_get_monotonic_time () - start) / 1000);
    g_assert_cmpuint (hits->len, ==, 20);
  }
  return best;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint count = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("zhoubao-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "bench.db", NULL);
  ZbDb *db = zb_db_open (path, ZB_DB_CREATE, &error);
  gint64 start = g_get_monotonic_time (), found = 0, bytes = 0;
  if (db == NULL || !zb_migrate (db, &error) || !zb_db_transact (db, fill, GUINT_TO_POINTER (count), &error))
    g_error ("%s", error->message);
  printf ("items added %.2f s\n", (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  start = g_get_monotonic_time ();
  if (!zb_search_update (db, &error) ||
      !zb_db_int (db, &found, &error, "SELECT count(*) FROM item_search WHERE item_search MATCH '信用'",
                  "") ||
      !zb_db_int (db, &bytes, &error, "SELECT sum (length (block)) FROM item_search_data", ""))
    g_error ("%s", error->message);
  printf ("items indexed %.2f s\n", (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  printf ("index %.1f MB\n", (double)bytes / 1e6);
  printf ("items with 信用 %" G_GINT64_FORMAT " of %u\n", found, count);
  printf ("newest 20 of 信用 %.3f ms (limit 1)\n", measure (db, "信用", ZB_SEARCH_NEWEST, FALSE));
  printf ("ranked 20 of 信用 %.3f ms (limit 15)\n", measure (db, "信用", ZB_SEARCH_RANKED, FALSE));
  printf ("ranked 20 of 信用, all counted %.3f ms\n", measure (db, "信用", ZB_SEARCH_RANKED, TRUE));
  printf ("ranked 20 of credit %.3f ms\n", measure (db, "credit", ZB_SEARCH_RANKED, FALSE));
  printf ("ranked 20 of 失信联合惩戒 %.3f ms\n", measure (db, "联合惩戒", ZB_SEARCH_RANKED, FALSE));
  printf ("ranked 20 of 信 %.3f ms\n", measure (db, "信", ZB_SEARCH_RANKED, FALSE));
  zb_db_close (db);
  g_remove (path);
  g_remove (folder);
  return 0;
}
