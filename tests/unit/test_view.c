/* Views: what was built is what is read, however much there is of it. */
#include "zhoubao/base/view.h"

static void
test_members_are_found_by_name (void)
{
  g_autoptr (ZbView) view = zb_view_new ();
  zb_view_begin_object (view);
  zb_view_text (view, "title", "周报");
  zb_view_text (view, "author", NULL);
  zb_view_int (view, "count", -3);
  zb_view_bool (view, "is_new", TRUE);
  zb_view_time (view, "fetched", 0);
  zb_view_time (view, "sent", ZB_TIME_NONE);
  zb_view_strv (view, "tags", (const char *const[]){"a", "b", NULL});
  zb_view_end_object (view);
  const ZbViewNode *root = zb_view_root (view), *title = zb_view_member (root, "title");
  g_assert_cmpstr (title->value.text, ==, "周报");
  g_assert_cmpuint (title->length, ==, strlen ("周报"));
  g_assert_cmpint (zb_view_member (root, "author")->kind, ==, ZB_VIEW_NULL);
  g_assert_cmpint (zb_view_member (root, "count")->value.number, ==, -3);
  g_assert_cmpint (zb_view_member (root, "is_new")->kind, ==, ZB_VIEW_TRUE);
  g_assert_cmpstr (zb_view_member (root, "fetched")->value.text, ==, "1970-01-01T00:00:00Z");
  g_assert_cmpint (zb_view_member (root, "sent")->kind, ==, ZB_VIEW_NULL);
  const ZbViewNode *first = zb_view_member (root, "tags")->value.first;
  g_assert_cmpstr (first->value.text, ==, "a");
  g_assert_cmpstr (first->next->value.text, ==, "b");
  g_assert_null (first->next->next);
  g_assert_null (zb_view_member (root, "tit"));
  g_assert_null (zb_view_member (title, "title"));
}

static void
test_a_thousand_lists_and_a_text_of_a_megabyte_stay_whole (void)
{
  g_autoptr (ZbView) view = zb_view_new ();
  g_autofree char *large = g_strnfill (1 << 20, 'x');
  zb_view_begin_array (view);
  for (int i = 0; i < 1000; i++) {
    zb_view_begin_object (view);
    zb_view_int (view, "n", i);
    zb_view_text (view, "text", i == 500 ? large : "small");
    zb_view_end_object (view);
  }
  zb_view_end_array (view);
  int n = 0;
  for (const ZbViewNode *node = zb_view_root (view)->value.first; node != NULL; node = node->next, n++) {
    g_assert_cmpint (zb_view_member (node, "n")->value.number, ==, n);
    g_assert_cmpstr (zb_view_member (node, "text")->value.text, ==, n == 500 ? large : "small");
  }
  g_assert_cmpint (n, ==, 1000);
}

static void
test_json_becomes_the_same_view (void)
{
  g_autoptr (JsonNode) json = json_from_string ("{\"a\":[1,2.5,null,true,\"x\"],\"b\":{\"c\":false}}", NULL);
  g_autoptr (ZbView) view = zb_view_new ();
  zb_view_add_json (view, json);
  const ZbViewKind kinds[] = {ZB_VIEW_INT, ZB_VIEW_DOUBLE, ZB_VIEW_NULL, ZB_VIEW_TRUE, ZB_VIEW_TEXT};
  guint i = 0;
  const ZbViewNode *list = zb_view_member (zb_view_root (view), "a");
  for (const ZbViewNode *node = list->value.first; node != NULL; node = node->next)
    g_assert_cmpint (node->kind, ==, kinds[i++]);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (kinds));
  g_assert_cmpint (zb_view_member (zb_view_member (zb_view_root (view), "b"), "c")->kind, ==, ZB_VIEW_FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/members_are_found_by_name", test_members_are_found_by_name);
  g_test_add_func ("/view/a_thousand_lists_and_a_text_of_a_megabyte_stay_whole",
                   test_a_thousand_lists_and_a_text_of_a_megabyte_stay_whole);
  g_test_add_func ("/view/json_becomes_the_same_view", test_json_becomes_the_same_view);
  return g_test_run ();
}
