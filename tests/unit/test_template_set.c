/* Where templates are found. */
#include "zhoubao/base/template_set.h"

#include "zhoubao/base/error.h"
#include <glib/gstdio.h>

typedef struct {
  char *folder;
} Fixture;

static void
put (Fixture *f, const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (f->folder, "templates", path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
setup (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("zhoubao-XXXXXX", NULL);
  put (f, "page.mustache", "<{{>part}}>{{x}}");
  put (f, "themes/plain/page.mustache", "never seen");
  put (f, "themes/plain/part.mustache", "the theme's");
}

static void
teardown (Fixture *f, gconstpointer data)
{
  static const char *const files[] = {"templates/page.mustache",
                                      "templates/part.mustache",
                                      "templates/themes/plain/page.mustache",
                                      "templates/themes/plain/part.mustache",
                                      "templates/themes/plain",
                                      "templates/themes",
                                      "templates",
                                      ""};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (f->folder, files[i], NULL);
    g_remove (path);
  }
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
  g_free (f->folder);
}

static void
assert_page (ZbTemplateSet *set, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) context = json_from_string ("{\"x\":\"&\"}", NULL);
  g_autofree char *out = zb_template_set_render_json (set, "page", context, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out, ==, expected);
}

static void
test_the_workspace_comes_before_the_theme (Fixture *f, gconstpointer data)
{
  g_autoptr (ZbTemplateSet) set = zb_template_set_new (f->folder, "plain");
  assert_page (set, "<the theme's>&amp;");
}

static void
test_a_workspace_overrides_one_partial (Fixture *f, gconstpointer data)
{
  g_autoptr (ZbTemplateSet) set = zb_template_set_new (f->folder, "plain");
  assert_page (set, "<the theme's>&amp;");
  put (f, "part.mustache", "mine");
  assert_page (set, "<the theme's>&amp;");
  zb_template_set_forget (set);
  assert_page (set, "<mine>&amp;");
}

static void
test_what_is_missing_or_outside_is_an_error (Fixture *f, gconstpointer data)
{
  g_autoptr (ZbTemplateSet) set = zb_template_set_new (f->folder, NULL);
  static const char *const outside[] = {"../page", "a/../page", "/page", "", ".page", "a//b"};
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (zb_template_set_get (set, outside[i], &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  }
  g_autoptr (GError) missing = NULL, partial = NULL;
  g_assert_null (zb_template_set_get (set, "nothing", &missing));
  g_assert_error (missing, ZB_ERROR, ZB_ERROR_NOT_FOUND);
  g_assert_null (zb_template_set_render (set, "page", NULL, NULL, &partial));
  g_assert_cmpstr (partial->message, ==, "templates/page.mustache:1: there is no template 'part'");
}

static void
test_a_file_beside_the_templates (Fixture *f, gconstpointer data)
{
  g_autoptr (ZbTemplateSet) set = zb_template_set_new (f->folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zb_template_set_file (set, "page.mustache", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen ("<{{>part}}>{{x}}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/template_set/the_workspace_comes_before_the_theme", Fixture, NULL, setup,
              test_the_workspace_comes_before_the_theme, teardown);
  g_test_add ("/template_set/a_workspace_overrides_one_partial", Fixture, NULL, setup,
              test_a_workspace_overrides_one_partial, teardown);
  g_test_add ("/template_set/what_is_missing_or_outside_is_an_error", Fixture, NULL, setup,
              test_what_is_missing_or_outside_is_an_error, teardown);
  g_test_add ("/template_set/a_file_beside_the_templates", Fixture, NULL, setup,
              test_a_file_beside_the_templates, teardown);
  return g_test_run ();
}
