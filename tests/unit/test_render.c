/* An issue's four forms, compared with files that people have read; ZB_GOLDEN_UPDATE=1 writes them anew. */
#include "zhoubao/render/renderer.h"

#include "zhoubao/base/text.h"
#include "zhoubao/store/issue_file.h"

static ZbConfig *
make_config (void)
{
  ZbConfig *config = zb_config_new ();
  config->title = g_strdup ("Social Credit Weekly");
  config->base_url = g_strdup ("https://weekly.example.org");
  config->language = g_strdup ("en");
  config->sender_address = g_strdup ("weekly@example.org");
  config->postal_address = g_strdup ("1 Example Street");
  config->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  return config;
}

static char *
fixture (const char *name)
{
  return g_build_filename (g_getenv ("ZB_FIXTURES"), "render", name, NULL);
}

static ZbIssue *
read_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture ("2017-07-03.md");
  ZbIssue *issue = zb_issue_file_read (path, 1 << 20, &error);
  g_assert_no_error (error);
  return issue;
}

static void
assert_golden (const char *name, const char *text)
{
  g_autofree char *path = fixture (name), *expected = NULL;
  g_autoptr (GError) error = NULL;
  if (g_getenv ("ZB_GOLDEN_UPDATE") != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (!g_str_equal (expected, text)) {
    g_autofree char *got = g_strconcat (name, ".got", NULL);
    g_assert_true (g_file_set_contents (got, text, -1, NULL));
    g_error ("%s differs from %s", got, path);
  }
}

static ZbRenderer *
make_renderer (const ZbConfig *config)
{
  ZbRenderer *renderer = zb_renderer_new (NULL, config);
  zb_renderer_set_source (renderer, "hebei-congress", "Hebei People's Congress");
  return renderer;
}

static void
test_the_four_forms_are_as_read (void)
{
  g_autoptr (GError) error = NULL;
  ZbConfig *config = make_config ();
  g_autoptr (ZbRenderer) renderer = make_renderer (config);
  g_autoptr (ZbIssue) issue = read_sample ();
  const ZbMailLinks links = {"https://weekly.example.org/unsubscribe/t",
                             "https://weekly.example.org/preferences/t"};
  g_autofree char *markdown = zb_renderer_markdown (renderer, issue, &error);
  g_assert_no_error (error);
  g_autofree char *page = zb_renderer_page (renderer, issue, &error);
  g_assert_no_error (error);
  g_autofree char *html = NULL, *text = NULL;
  g_assert_true (zb_renderer_mail (renderer, issue, &links, &html, &text, &error));
  const char *main = strstr (page, "<main");
  g_autofree char *body = g_strndup (main, (gsize)(strstr (page, "</main>") - main));
  assert_golden ("2017-07-03.out.markdown", markdown);
  assert_golden ("2017-07-03.out.txt", text);
  assert_golden ("2017-07-03.out.page.html", body);
  assert_golden ("2017-07-03.out.email.html", html);
  zb_config_free (config);
}

/* An essay is an issue whose introduction is all there is. */
static void
test_the_text_of_an_essay_reads_as_it_was_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture ("essay.md");
  ZbConfig *config = make_config ();
  g_autoptr (ZbRenderer) renderer = make_renderer (config);
  g_autoptr (ZbIssue) issue = zb_issue_new (config->title, zb_week_of (1499043600, config->zone));
  g_free (issue->title);
  issue->title = g_strdup ("How credit information law is layered");
  issue->page = g_strdup ("posts/layers/");
  g_assert_true (g_file_get_contents (path, &issue->intro, NULL, &error));
  g_autofree char *text = zb_renderer_text (renderer, issue, NULL, &error);
  g_assert_no_error (error);
  assert_golden ("essay.out.txt", text);
  zb_config_free (config);
}

static void
test_no_line_of_the_text_is_wider_than_72_columns_but_for_addresses (void)
{
  g_autoptr (GError) error = NULL;
  ZbConfig *config = make_config ();
  g_autoptr (ZbRenderer) renderer = make_renderer (config);
  g_autoptr (ZbIssue) issue = read_sample ();
  ZbIssueItem *item = issue->items->pdata[0];
  g_free (item->title);
  item->title = g_strnfill (0, ' ');
  for (int i = 0; i < 40; i++) {
    g_autofree char *old = item->title;
    item->title = g_strconcat (old, "信用", NULL);
  }
  g_autofree char *text = zb_renderer_text (renderer, issue, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, "://") == NULL)
      g_assert_cmpuint (zb_text_width (*line, -1), <=, 72);
  zb_config_free (config);
}

static void
test_the_mail_styles_every_paragraph_and_fetches_nothing (void)
{
  g_autoptr (GError) error = NULL;
  ZbConfig *config = make_config ();
  g_autoptr (ZbRenderer) renderer = make_renderer (config);
  g_autoptr (ZbIssue) issue = read_sample ();
  g_autofree char *html = NULL, *text = NULL;
  g_assert_true (zb_renderer_mail (renderer, issue, NULL, &html, &text, &error));
  g_assert_null (strstr (html, "<p>"));
  g_assert_null (strstr (html, "src="));
  g_assert_null (strstr (html, "javascript:"));
  g_assert_null (strstr (html, "Unsubscribe"));
  g_assert_nonnull (strstr (html, "prefers-color-scheme: dark"));
  g_assert_cmpuint (strlen (html), <, 60000);
  zb_config_free (config);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/the_four_forms_are_as_read", test_the_four_forms_are_as_read);
  g_test_add_func ("/render/the_text_of_an_essay_reads_as_it_was_written",
                   test_the_text_of_an_essay_reads_as_it_was_written);
  g_test_add_func ("/render/no_line_of_the_text_is_wider_than_72_columns_but_for_addresses",
                   test_no_line_of_the_text_is_wider_than_72_columns_but_for_addresses);
  g_test_add_func ("/render/the_mail_styles_every_paragraph_and_fetches_nothing",
                   test_the_mail_styles_every_paragraph_and_fetches_nothing);
  return g_test_run ();
}
