/* What must not go out is refused, each thing by its code; what may, passes. */
#include "zhoubao/compose/check.h"

#define DURING 1498700000 /* 29th June 2017 */
#define AFTER 1499100000  /* 3rd July 2017, in the evening in Shanghai */

static ZbConfig *
make_config (void)
{
  ZbConfig *config = zb_config_new ();
  config->title = g_strdup ("Weekly");
  config->language = g_strdup ("en");
  config->zone = g_time_zone_new_identifier ("Asia/Shanghai");
  return config;
}

static void
set (char **to, const char *value)
{
  g_free (*to);
  *to = g_strdup (value);
}

static ZbIssue *
good_issue (void)
{
  ZbIssue *issue = zb_issue_new ("Weekly", (ZbWeek){2017, 26});
  issue->intro = g_strdup ("Three developments of 26th June to 2nd July 2017.");
  for (int i = 1; i <= 3; i++) {
    ZbIssueItem *item = zb_issue_item_new ();
    item->heading = g_strdup_printf ("Heading %d", i);
    item->url = g_strdup_printf ("https://example.org/%d", i);
    item->title = g_strdup ("信用信息条例");
    item->pinyin = g_strdup ("Xinyong xinxi tiaoli");
    item->paragraph = g_strdup ("A paragraph.");
    g_ptr_array_add (issue->items, item);
  }
  return issue;
}

/* The codes that CHANGE brings about, joined by commas. */
static char *
codes_after (void (*change) (ZbIssue *issue), gboolean early, ZbTime now)
{
  ZbConfig *config = make_config ();
  g_autoptr (ZbIssue) issue = good_issue ();
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  if (change != NULL)
    change (issue);
  zb_check_issue (issue, config, early, now, problems);
  GString *codes = g_string_new (NULL);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? "," : "", ((ZbProblem *)problems->pdata[i])->code);
  zb_config_free (config);
  return g_string_free (codes, FALSE);
}

static void
test_a_good_issue_passes_when_its_week_is_over (void)
{
  g_autofree char *after = codes_after (NULL, FALSE, AFTER), *during = codes_after (NULL, FALSE, DURING),
                  *early = codes_after (NULL, TRUE, DURING);
  g_assert_cmpstr (after, ==, "");
  g_assert_cmpstr (during, ==, "week-not-over");
  g_assert_cmpstr (early, ==, "");
}

#define CHANGE(name, statement)                                                                              \
  static void name (ZbIssue *issue)                                                                          \
  {                                                                                                          \
    ZbIssueItem *item = issue->items->pdata[1];                                                              \
    (void)item;                                                                                              \
    statement;                                                                                               \
  }

CHANGE (empty_slot, set (&item->heading, NULL); set (&item->url, NULL); set (&item->title, NULL);
        set (&item->paragraph, NULL))
CHANGE (no_link, set (&item->url, ""))
CHANGE (bad_link, set (&item->url, "javascript:alert(1)"))
CHANGE (no_heading, set (&item->heading, " "))
CHANGE (no_paragraph, set (&item->paragraph, NULL))
CHANGE (no_pinyin, set (&item->pinyin, NULL))
CHANGE (merge_tag, set (&item->paragraph, "Dear {{name}}"))
CHANGE (empty_target, set (&item->paragraph, "[read more here]()"))
CHANGE (inner_heading, set (&item->paragraph, "Text\n\n# Loud\n\ntext"))
CHANGE (no_alt, set (&item->paragraph, "![](https://example.org/a.png)"))
CHANGE (same_link, set (&item->url, "https://example.org/1"))
CHANGE (same_heading, set (&item->heading, "Heading 1"))
CHANGE (untranslated, set (&item->heading, "信用信息条例"))
CHANGE (long_subject, g_free (issue->title); issue->title = g_strnfill (121, 'x'))
CHANGE (two_line_subject, set (&issue->title, "A\nBcc: b@example.org"))
CHANGE (no_intro, set (&issue->intro, NULL))
CHANGE (wrong_ordinal, set (&issue->intro, "Of 26st June to 2nd July 2017."))
CHANGE (wrong_period, set (&issue->intro, "Of 19th June to 25th June 2017."))
CHANGE (wrong_year, set (&issue->intro, "Of 26th June to 2nd July 2016."))
CHANGE (no_such_day, set (&issue->intro, "Until 31st June."))
CHANGE (wrong_title_day, set (&issue->title, "Weekly – 10th July 2017"))
CHANGE (wrong_month, set (&issue->title, "Weekly – 3rd Juli 2017"))
CHANGE (no_month_meant, set (&issue->intro, "Of 26th June to 2nd July 2017, after the 3rd draft."))
CHANGE (no_alt_before, set (&issue->intro, "Of 26th June to 2nd July 2017. ![](https://example.org/a.png)"))
CHANGE (no_alt_after, set (&issue->closing, "![](https://example.org/a.png)"))
CHANGE (link_to_nowhere_before, set (&issue->intro, "Of 26th June to 2nd July 2017, [here]()."))

static void
test_each_slip_has_its_code (void)
{
  const struct {
    void (*change) (ZbIssue *issue);
    const char *codes;
  } cases[] = {{empty_slot, "slot-empty"},
               {no_link, "link-missing"},
               {bad_link, "link-invalid"},
               {no_heading, "heading-missing"},
               {no_paragraph, "paragraph-missing"},
               {no_pinyin, "pinyin-missing"},
               {merge_tag, "placeholder"},
               {empty_target, "link-empty,placeholder"},
               {inner_heading, "heading-inside"},
               {no_alt, "alt-missing"},
               {same_link, "link-twice"},
               {same_heading, "heading-twice"},
               {untranslated, "heading-untranslated"},
               {long_subject, "subject-long"},
               {two_line_subject, "subject-control"},
               {no_intro, "intro-missing"},
               {wrong_ordinal, "date-spelling"},
               {wrong_period, "date-period"},
               {wrong_year, "date-period"},
               {no_such_day, "date-spelling"},
               {wrong_title_day, "date-title"},
               {wrong_month, "date-spelling"},
               {no_month_meant, ""},
               {no_alt_before, "alt-missing"},
               {no_alt_after, "alt-missing"},
               {link_to_nowhere_before, "placeholder,link-empty"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *codes = codes_after (cases[i].change, FALSE, AFTER);
    g_assert_cmpstr (codes, ==, cases[i].codes);
  }
}

static void
test_a_warning_lets_the_issue_pass (void)
{
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  zb_problems_warn (problems, "x", 0, "words\nof two lines");
  g_assert_true (zb_problems_ok (problems));
  g_assert_null (strchr (((ZbProblem *)problems->pdata[0])->text, '\n'));
  zb_problems_add (problems, "y", 1, "words");
  g_assert_false (zb_problems_ok (problems));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/a_good_issue_passes_when_its_week_is_over",
                   test_a_good_issue_passes_when_its_week_is_over);
  g_test_add_func ("/check/each_slip_has_its_code", test_each_slip_has_its_code);
  g_test_add_func ("/check/a_warning_lets_the_issue_pass", test_a_warning_lets_the_issue_pass);
  return g_test_run ();
}
