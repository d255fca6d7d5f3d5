/* Sources from YAML: what is read, and what is refused with file and line. */
#include "zhoubao/store/source_file.h"

#include "zhoubao/base/error.h"

static const char GOOD[] = "- slug: ndrc-documents\n"
                           "  title: NDRC, documents\n"
                           "  url: https://www.example.org/wjk/\n"
                           "  kind: list\n"
                           "  list: {item: \"ul li\", link: \"a/@href\", date: span}\n"
                           "  article: {body: .TRS_Editor}\n"
                           "  level: central\n"
                           "  weight: 1.5\n"
                           "- {slug: feed, title: A feed, url: \"https://example.org/feed\"}\n";

static void
test_sources_are_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  g_assert_true (zb_source_file_parse ("feeds/a.yaml", GOOD, -1, sources, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sources->len, ==, 2);
  const ZbSource *first = zb_source_file_find (sources, "ndrc-documents", NULL);
  g_assert_cmpint (first->kind, ==, ZB_SOURCE_LIST);
  g_assert_cmpstr (first->list.link, ==, "a/@href");
  g_assert_cmpstr (first->article.body, ==, ".TRS_Editor");
  g_assert_cmpfloat (first->weight, ==, 1.5);
  g_assert_cmpint (((ZbSource *)sources->pdata[1])->line, ==, 9);
}

static void
test_an_unknown_source_is_answered_with_the_likest (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  g_assert_true (zb_source_file_parse ("feeds/a.yaml", GOOD, -1, sources, &error));
  g_assert_null (zb_source_file_find (sources, "ndrc-document", &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "did you mean 'ndrc-documents'"));
}

static void
test_mistakes_are_named_with_their_line (void)
{
  static const struct {
    const char *text, *says;
  } cases[] = {
      {"- {slug: A b, title: x, url: \"https://e.org/\"}\n", "f.yaml:1: slug 'A b'"},
      {"- {slug: a, title: x, url: \"ftp://e.org/\"}\n", "f.yaml:1: 'url' must be a web address"},
      {"- {slug: a, title: x, url: \"https://e.org/\"}\n- {slug: a, title: x, url: \"https://e.org/\"}\n",
       "f.yaml:2: slug 'a' is taken"},
      {"- slug: a\n  title: x\n  url: https://e.org/\n  kind: list\n",
       "f.yaml:1: a source of kind list needs"},
      {"- slug: a\n  title: x\n  url: https://e.org/\n  level: top\n", "f.yaml:4: 'level' must be"},
      {"slug: a\n", "f.yaml:1: a file of sources is a list"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
    g_assert_false (zb_source_file_parse ("f.yaml", cases[i].text, -1, sources, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, cases[i].says));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source_file/sources_are_read", test_sources_are_read);
  g_test_add_func ("/source_file/an_unknown_source_is_answered_with_the_likest",
                   test_an_unknown_source_is_answered_with_the_likest);
  g_test_add_func ("/source_file/mistakes_are_named_with_their_line",
                   test_mistakes_are_named_with_their_line);
  return g_test_run ();
}
