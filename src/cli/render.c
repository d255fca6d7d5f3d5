/* zhoubao render: one issue in one form. */
#include "issue.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>

static char *option_as, *option_output;

static const GOptionEntry options[] = {
    {"as", 0, 0, G_OPTION_ARG_STRING, &option_as, "html (default), markdown, text or email", "FORM"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, "Write to F instead of standard output", "F"},
    {NULL}};

static char *
render_text (ZbRenderer *renderer, const ZbIssue *issue, GError **error)
{
  return zb_renderer_text (renderer, issue, NULL, error);
}

static const struct {
  const char *name;
  char *(*render) (ZbRenderer *renderer, const ZbIssue *issue, GError **error);
} forms[] = {
    {"html", zb_renderer_page},
    {"markdown", zb_renderer_markdown},
    {"text", render_text},
    {"email", zb_cli_render_email},
};

static gboolean
write_out (const char *text, GError **error)
{
  if (option_output != NULL)
    return g_file_set_contents (option_output, text, -1, error);
  zb_verb_print ("%s", text);
  return TRUE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  const char *as = option_as != NULL ? option_as : "html";
  g_auto (ZbIssueDesk) desk = {0};
  if (!zb_verb_args (args, 0, 1, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (as, forms[i].name)) {
      g_autoptr (ZbIssue) issue =
          zb_issue_desk_open (cli, args, &desk, error) ? zb_issue_desk_read (&desk, NULL, error) : NULL;
      g_autoptr (ZbRenderer) renderer = issue != NULL ? zb_renderer_open (desk.workspace, error) : NULL;
      g_autofree char *text = renderer != NULL ? forms[i].render (renderer, issue, error) : NULL;
      return text != NULL && write_out (text, error);
    }
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "--as '%s' is not one of html, markdown, text and email", as);
  return FALSE;
}

const ZbVerb zb_verb_render = {"render", "[WEEK]", "Print an issue as page, CommonMark, text or mail",
                               options, run};
