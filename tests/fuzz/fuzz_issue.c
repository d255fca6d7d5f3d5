/* Any bytes as an issue file: refused with words, or what is written of it is read again with the same items.
 */
#include "zhoubao/store/issue_file.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_items (const ZbIssue *issue, const ZbIssue *again)
{
  g_assert_cmpstr (issue->title, ==, again->title);
  g_assert_cmpuint (issue->items->len, ==, again->items->len);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *one = issue->items->pdata[i], *other = again->items->pdata[i];
    g_assert_cmpstr (one->heading, ==, other->heading);
    g_assert_cmpstr (one->url, ==, other->url);
    g_assert_cmpint (one->published, ==, other->published);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbIssue) issue = zb_issue_file_parse ("2017-07-03.md", (const char *)data, size, &error);
  g_assert_true ((issue == NULL) == (error != NULL));
  if (issue == NULL)
    return 0;
  g_autofree char *text = zb_issue_file_format (issue);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_autoptr (ZbIssue) again = zb_issue_file_parse ("2017-07-03.md", text, strlen (text), &error);
  g_assert_no_error (error);
  check_items (issue, again);
  return 0;
}
