/* Finding the verb, its options and its exit status. */
#include "zhoubao/cli/verb.h"

#include "zhoubao/base/error.h"
#include <gio/gio.h>
#include <locale.h>
#include <signal.h>

static char *option_directory, *option_now;
static gboolean option_json, option_quiet, option_version;

static const GOptionEntry common_options[] = {
    {"directory", 'C', 0, G_OPTION_ARG_FILENAME, &option_directory,
     "Workspace to work in (default: this folder)", "DIR"},
    {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, "Print the result as JSON", NULL},
    {"now", 0, 0, G_OPTION_ARG_STRING, &option_now, "Take T, as 2017-07-03T09:00:00Z, for the present time",
     "T"},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &option_quiet, "No progress on stderr", NULL},
    {NULL}};

static const GOptionEntry top_options[] = {
    {"version", 0, 0, G_OPTION_ARG_NONE, &option_version, "Print the version", NULL}, {NULL}};

gboolean
zb_verb_args (char **args, int min, int max, GError **error)
{
  int n = (int)g_strv_length (args);
  if (n >= min && (max < 0 || n <= max))
    return TRUE;
  if (n < min)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_USAGE, "an argument is missing");
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is one argument too many", args[max]);
  return FALSE;
}

void
zb_verb_print_json (JsonBuilder *b)
{
  g_autofree char *line = zb_json_to_line (b);
  fputs (line, stdout);
}

void
zb_verb_print (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
}

void
zb_verb_say (const ZbCli *cli, const char *format, ...)
{
  if (cli->quiet)
    return;
  va_list args;
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
}

static const ZbVerb *
find_verb (const ZbVerb *const *verbs, const char *name)
{
  for (; *verbs != NULL; verbs++)
    if (g_strcmp0 ((*verbs)->name, name) == 0)
      return *verbs;
  return NULL;
}

static char *
describe_verbs (const ZbVerb *const *verbs)
{
  GString *text = g_string_new ("Verbs:\n");
  for (; *verbs != NULL; verbs++)
    if (!(*verbs)->hidden)
      g_string_append_printf (text, "  %-14s %s\n", (*verbs)->name, (*verbs)->summary);
  return g_string_free (text, FALSE);
}

/* Help is made from the same tables that parse. */
static GOptionContext *
verb_context (const ZbVerb *verb, const char *path, const ZbVerb *const *subverbs)
{
  g_autofree char *usage = g_strdup_printf ("%s%s%s", path, *path != '\0' ? " " : "",
                                            verb != NULL && subverbs == NULL ? verb->usage : "VERB …");
  GOptionContext *context = g_option_context_new (usage);
  g_option_context_add_main_entries (context, common_options, NULL);
  if (verb == NULL)
    g_option_context_add_main_entries (context, top_options, NULL);
  if (verb != NULL && verb->options != NULL)
    g_option_context_add_main_entries (context, verb->options, NULL);
  if (verb != NULL)
    g_option_context_set_summary (context, verb->summary);
  if (subverbs != NULL) {
    g_autofree char *list = describe_verbs (subverbs);
    g_option_context_set_description (context, list);
    g_option_context_set_strict_posix (context, TRUE);
  }
  return context;
}

static int
report (const char *path, GError *error)
{
  gboolean usage = g_error_matches (error, ZB_ERROR, ZB_ERROR_USAGE) || error->domain == G_OPTION_ERROR;
  g_autofree char *line = zb_error_line (error->message);
  g_printerr ("zhoubao%s%s: %s\n", *path != '\0' ? " " : "", path, line);
  if (usage)
    g_printerr ("Try: zhoubao %s%s--help\n", path, *path != '\0' ? " " : "");
  return usage ? 2 : 1;
}

static gboolean
read_clock (ZbCli *cli, GError **error)
{
  cli->now = option_now != NULL ? zb_time_from_rfc3339 (option_now) : zb_time_now ();
  if (cli->now != ZB_TIME_NONE)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "--now '%s' is not a time such as 2017-07-03T09:00:00Z",
               option_now);
  return FALSE;
}

static int
run_verb (const ZbVerb *verb, const char *path, char **args)
{
  g_autoptr (GError) error = NULL;
  g_assert (verb != NULL && verb->run != NULL); /* a verb groups others or runs */
  ZbCli cli = {option_directory != NULL ? option_directory : ".", option_json, option_quiet, 0};
  if (args[1] != NULL && g_str_equal (args[1], "--")) { /* GOption leaves it where it shields an argument */
    g_free (args[1]);
    memmove (&args[1], &args[2], (g_strv_length (&args[2]) + 1) * sizeof *args);
  }
  if (!read_clock (&cli, &error) || !verb->run (&cli, args + 1, &error))
    return report (path, error);
  if (fflush (stdout) != 0) {
    if (errno == EPIPE) { /* a reader such as head has seen enough: end as other programs do */
      signal (SIGPIPE, SIG_DFL);
      raise (SIGPIPE);
    }
    g_printerr ("zhoubao %s: cannot write the result: %s\n", path, g_strerror (errno));
    return 1;
  }
  return 0;
}

/* Parses one level of ARGS (whose first member is a verb's name) and goes down until a verb runs. */
static int
dispatch (const ZbVerb *verb, const char *path, const ZbVerb *const *subverbs, char ***args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = verb_context (verb, path, subverbs);
  if (!g_option_context_parse_strv (context, args, &error))
    return report (path, error);
  if (subverbs == NULL)
    return run_verb (verb, path, *args);
  if (verb == NULL && option_version) {
    zb_verb_print ("zhoubao %s\n", ZB_VERSION);
    return 0;
  }
  const char *name = (*args)[1];
  if (name == NULL) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    g_printerr ("%s", help);
    return 2;
  }
  const ZbVerb *next = find_verb (subverbs, name);
  if (next == NULL) {
    g_set_error (&error, ZB_ERROR, ZB_ERROR_USAGE, "there is no verb '%s'", name);
    return report (path, error);
  }
  g_autofree char *next_path = g_strconcat (path, *path != '\0' ? " " : "", name, NULL);
  g_auto (GStrv) rest = g_strdupv (*args + 1);
  return dispatch (next, next_path, next->verbs, &rest);
}

int
zb_verb_main (const ZbVerb *const *verbs, int argc, char **argv)
{
  setlocale (LC_CTYPE, ""); /* how the terminal writes letters; numbers and messages are ours */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("zhoubao");
  g_auto (GStrv) args = g_strdupv (argv);
  return dispatch (NULL, "", verbs, &args);
}
