/* zhoubao serve: the desk, the pages of subscribers and members, and the archive. */
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/desk/desk.h"
#include <glib-unix.h>

static char *option_listen;
static gboolean option_behind_proxy, option_no_crawl;

static const GOptionEntry options[] = {
    {"listen", 'l', 0, G_OPTION_ARG_STRING, &option_listen,
     "Where to listen (default: 127.0.0.1:8080; port 0: any free one)", "ADDRESS:PORT"},
    {"behind-proxy", 0, 0, G_OPTION_ARG_NONE, &option_behind_proxy,
     "Believe X-Forwarded-For of a proxy on this machine", NULL},
    {"no-crawl", 0, 0, G_OPTION_ARG_NONE, &option_no_crawl, "Do not look at sources as they fall due", NULL},
    {NULL}};

static gboolean
read_listen (const char *text, char **address, guint16 *port, GError **error)
{
  const char *colon = strrchr (text, ':');
  guint64 number = 0;
  if (colon == NULL || colon == text ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &number, NULL)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is not an address and a port such as 127.0.0.1:8080",
                 text);
    return FALSE;
  }
  gboolean bracketed = text[0] == '[' && colon[-1] == ']';
  *address = g_strndup (text + bracketed, (gsize)(colon - text) - 2 * (gsize)bracketed);
  *port = (guint16)number;
  return TRUE;
}

static gboolean
stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  ZbDeskOptions desk_options = {.behind_proxy = option_behind_proxy, .crawl = !option_no_crawl};
  g_autofree char *address = NULL;
  if (!zb_verb_args (args, 0, 0, error) ||
      !read_listen (option_listen != NULL ? option_listen : "127.0.0.1:8080", &address, &desk_options.port,
                    error))
    return FALSE;
  desk_options.address = address;
  g_autoptr (ZbDesk) desk = zb_desk_new (cli->directory, &desk_options, error);
  if (desk == NULL)
    return FALSE;
  zb_verb_print ("desk at %s/desk, archive at %s/ (Ctrl-C ends)\n", zb_desk_url (desk), zb_desk_url (desk));
  fflush (stdout);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, stop, loop);
  g_unix_signal_add (SIGTERM, stop, loop);
  g_main_loop_run (loop);
  return TRUE;
}

const ZbVerb zb_verb_serve = {"serve", "", "Serve the desk and the archive", options, run};
