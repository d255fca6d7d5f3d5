/* The contrast of a mail's text, in the light and in the dark. */
#include "zhoubao/publish/contrast.h"

static void
check (const char *html, gboolean dark, double ratio, const char *wanted)
{
  g_autofree char *colours = NULL;
  g_assert_cmpfloat_with_epsilon (zb_contrast_lowest (html, dark, &colours), ratio, 0.01);
  g_assert_cmpstr (colours, ==, wanted);
}

/* The ratios are those of WCAG's own examples: black on white is 21, #767676 on white the darkest that
 * passes. */
static void
test_ratios_are_those_of_wcag (void)
{
  check ("<p>x</p>", FALSE, 21, NULL);
  check ("<p style=\"color: #767676\">x</p>", FALSE, 4.54, "#767676 on #ffffff");
  check ("<p style=\"color: #777\">x</p>", FALSE, 4.48, "#777777 on #ffffff");
  check ("<p style=\"color: #fff\">x</p>", FALSE, 1, "#ffffff on #ffffff");
}

static void
test_what_is_around_counts_and_what_is_hidden_does_not (void)
{
  check ("<div style=\"background-color: #000000\"><p style=\"color: #333333\">x</p></div><p>y</p>", FALSE,
         1.66, "#333333 on #000000");
  check ("<div style=\"color: #fff; display: none\">x</div><!-- <p style=\"color: #fff\">x</p> -->", FALSE,
         21, NULL);
  check ("<td style=\"color: #fff\">&#160;</td><style>p { color: #fff }</style>", FALSE, 21, NULL);
  check ("<b style=\"color: #eeeeee\"></b>outside", FALSE, 21, NULL);
}

static void
test_the_rules_of_dark_mode_win_over_the_elements_own (void)
{
  static const char html[] =
      "<style>@media (prefers-color-scheme: dark) {\n body, .card { background-color: #111111 !important; }"
      " p { color: #eeeeee !important; } .quiet { color: #333333 !important; }"
      " p.quiet { color: #dddddd !important; } }\n@media (max-width: 480px) { p { color: #111111; } }</style>"
      "<body style=\"background-color: #ffffff\"><p style=\"color: #000000\">x</p>%s</body>";
  g_autofree char *good = g_strdup_printf (html, "<p class=\"small quiet\" style=\"color: #222222\">y</p>");
  g_autofree char *bad = g_strdup_printf (html, "<a class=\"quiet\" style=\"color: #222222\">y</a>");
  check (good, FALSE, 15.91, "#222222 on #ffffff");
  check (good, TRUE, 13.91, "#dddddd on #111111");
  check (bad, TRUE, 1.49, "#333333 on #111111");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contrast/ratios_are_those_of_wcag", test_ratios_are_those_of_wcag);
  g_test_add_func ("/contrast/what_is_around_counts_and_what_is_hidden_does_not",
                   test_what_is_around_counts_and_what_is_hidden_does_not);
  g_test_add_func ("/contrast/the_rules_of_dark_mode_win_over_the_elements_own",
                   test_the_rules_of_dark_mode_win_over_the_elements_own);
  return g_test_run ();
}
