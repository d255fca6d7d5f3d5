/* Issue and post files: read, written, read again; slips are named with file and line. */
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/post_file.h"

static const char *const by_hand = "---\n"
                                   "title: Social Credit Weekly News Summary – 3rd July 2017\n"
                                   "date: 2017-07-03          # the Monday after\n"
                                   "week: 2017-W26\n"
                                   "author: Editor's name\n"
                                   "items:\n"
                                   "  - heading: Hebei invites comments on its credit information rules\n"
                                   "    url: https://example.org/notice\n"
                                   "    title: 河北省社会信用信息条例\n"
                                   "    pinyin: Hebeisheng shehui xinyong xinxi tiaoli\n"
                                   "    source: hebei-congress\n"
                                   "    number: null\n"
                                   "    fetched: 2017-06-28T03:12:00Z\n"
                                   "    sha256: 9f86d081\n"
                                   "    topics: {type: [legislation], industry: [], location: [hebei]}\n"
                                   "  - heading: 'Courts list 1,000 debtors: a *first*'\n"
                                   "    url: https://example.org/list\n"
                                   "---\n"
                                   "One paragraph of introduction.\n"
                                   "\n"
                                   "## Hebei invites comments on its credit information rules\n"
                                   "\n"
                                   "A paragraph of CommonMark. [read more here](https://example.org/notice)\n"
                                   "\n"
                                   "```\n"
                                   "## no heading\n"
                                   "```\n"
                                   "\n"
                                   "Courts list 1,000 debtors: a *first*\n"
                                   "------------------------------------\n"
                                   "Second paragraph.\n"
                                   "\n"
                                   "## Also seen\n"
                                   "\n"
                                   "* one\n";

static ZbIssue *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ZbIssue *issue = zb_issue_file_parse ("issues/weekly/2017-07-03.md", text, strlen (text), &error);
  g_assert_no_error (error);
  return issue;
}

static void
assert_fails (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (zb_issue_file_parse ("issues/weekly/2017-07-03.md", text, strlen (text), &error));
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, expected))
    g_error ("expected '%s', got '%s'", expected, error->message);
}

static void
test_a_file_by_hand_is_read (void)
{
  g_autoptr (ZbIssue) issue = parse (by_hand);
  g_assert_cmpuint (issue->items->len, ==, 2);
  const ZbIssueItem *first = issue->items->pdata[0], *second = issue->items->pdata[1];
  g_assert_cmpint (issue->week.week, ==, 26);
  g_assert_cmpstr (issue->intro, ==, "One paragraph of introduction.");
  g_assert_cmpstr (first->title, ==, "河北省社会信用信息条例");
  g_assert_cmpstr (zb_issue_item_language (first), ==, "zh");
  g_assert_null (first->number);
  g_assert_cmpint (first->line, ==, 7);
  g_assert_nonnull (strstr (first->paragraph, "## no heading"));
  g_assert_cmpstr (zb_topics_get (first->topics, "location")[0], ==, "hebei");
  g_assert_cmpstr (second->paragraph, ==, "Second paragraph.");
  g_assert_cmpuint (issue->sections->len, ==, 1);
}

static void
test_what_is_written_is_read_back_the_same (void)
{
  g_autoptr (ZbIssue) issue = parse (by_hand);
  ZbIssueItem *brief = zb_issue_item_new ();
  brief->heading = g_strdup ("- a \"difficult\": one # [x]\n{y}");
  brief->paragraph = g_strdup ("true");
  brief->number = g_strdup ("12");
  zb_topics_add (brief->topics, "type, of", "a: b");
  g_ptr_array_add (issue->briefs, brief);
  ZbIssueItem *item = issue->items->pdata[1];
  g_free (item->heading);
  item->heading = g_strdup ("A_b_ *c* [d](e) <f> & \\ `g` #");
  g_ptr_array_add (issue->corrections, zb_issue_section_new ("2017-07-05", "The number was 3, not 4."));
  g_autofree char *text = zb_issue_file_format (issue);
  g_autoptr (ZbIssue) again = parse (text);
  g_autofree char *text2 = zb_issue_file_format (again);
  g_assert_cmpstr (text, ==, text2);
  const ZbIssueItem *b = again->briefs->pdata[0], *i = again->items->pdata[1];
  g_assert_cmpstr (b->heading, ==, brief->heading);
  g_assert_cmpstr (b->number, ==, "12");
  g_assert_true (zb_topics_equal (b->topics, brief->topics));
  g_assert_cmpstr (i->heading, ==, item->heading);
  g_assert_cmpstr (i->paragraph, ==, "Second paragraph.");
  g_assert_cmpstr (((ZbIssueSection *)again->corrections->pdata[0])->text, ==, "The number was 3, not 4.");
}

static void
test_windows_line_ends_and_a_byte_order_mark_do_not_matter (void)
{
  g_autoptr (GString) text = g_string_new ("\xEF\xBB\xBF");
  for (const char *p = by_hand; *p != '\0'; p++) {
    if (*p == '\n')
      g_string_append_c (text, '\r');
    g_string_append_c (text, *p);
  }
  g_autoptr (ZbIssue) a = parse (by_hand), b = parse (text->str);
  g_autofree char *x = zb_issue_file_format (a), *y = zb_issue_file_format (b);
  g_assert_cmpstr (x, ==, y);
}

static void
test_slips_are_named_with_file_and_line (void)
{
  assert_fails ("no head", "issues/weekly/2017-07-03.md:1: no front matter");
  assert_fails ("---\ntitle: x\n", "issues/weekly/2017-07-03.md:1: the front matter has no end");
  assert_fails ("---\ntitle: x\ntitel: y\n---\n", "issues/weekly/2017-07-03.md:3: ");
  assert_fails ("---\ntitle: x\ndate: 2017-07-04\n---\n",
                "issues/weekly/2017-07-03.md:3: 2017-07-04 is not a Monday");
  assert_fails ("---\ntitle: x\ndate: 2017-07-10\n---\n", "issues/weekly/2017-07-03.md:3: ");
  assert_fails ("---\ntitle: x\ndate: 2017-07-03\nweek: 2017-W27\n---\n",
                "issues/weekly/2017-07-03.md:4: week");
  assert_fails ("---\ntitle: x\nitems:\n  - heading: Right\n---\n\n## Wrong\n",
                "issues/weekly/2017-07-03.md:4: no section has this item's heading 'Right'");
  assert_fails ("---\ntitle: x\nitems:\n  - heading: a\n    fetched: soon\n---\n",
                "issues/weekly/2017-07-03.md:5: ");
  assert_fails ("---\ntitle: [\n---\n", "issues/weekly/2017-07-03.md:");
  assert_fails ("---\ntitle: \xff\n---\n", "issues/weekly/2017-07-03.md:2: not UTF-8");
}

static void
test_a_post_keeps_its_head_and_body (void)
{
  const char *text = "---\ntitle: \"What a 'blacklist' is: a primer\"\ndate: 2017-05-02\nauthor: A. Writer\n"
                     "aliases: [/2017/old/]\n---\nBody.\n\n## Part\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbPost) post =
      zb_post_file_parse (ZB_POST_ESSAY, "issues/posts/a-primer.md", text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (post->slug, ==, "a-primer");
  g_assert_cmpstr (post->category, ==, "Uncategorized");
  g_assert_cmpstr (post->aliases[0], ==, "/2017/old/");
  g_assert_cmpstr (post->body, ==, "Body.\n\n## Part\n");
  g_assert_cmpint (post->body_line, ==, 7);
  g_autofree char *once = zb_post_file_format (post);
  g_autoptr (ZbPost) again =
      zb_post_file_parse (ZB_POST_ESSAY, "issues/posts/a-primer.md", once, strlen (once), &error);
  g_assert_no_error (error);
  g_autofree char *twice = zb_post_file_format (again);
  g_assert_cmpstr (once, ==, twice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/issue_file/a_file_by_hand_is_read", test_a_file_by_hand_is_read);
  g_test_add_func ("/issue_file/what_is_written_is_read_back_the_same",
                   test_what_is_written_is_read_back_the_same);
  g_test_add_func ("/issue_file/windows_line_ends_and_a_byte_order_mark_do_not_matter",
                   test_windows_line_ends_and_a_byte_order_mark_do_not_matter);
  g_test_add_func ("/issue_file/slips_are_named_with_file_and_line", test_slips_are_named_with_file_and_line);
  g_test_add_func ("/issue_file/a_post_keeps_its_head_and_body", test_a_post_keeps_its_head_and_body);
  return g_test_run ();
}
