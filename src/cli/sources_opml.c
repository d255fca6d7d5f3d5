/* zhoubao sources import, export: OPML. */
#include "sources.h"

#include "verbs.h"
#include "zhoubao/base/error.h"
#include "zhoubao/model/limits.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/opml.h"

/* FILE without folder and suffix, as the name of a file of feeds/. */
static char *
family_name (const char *file)
{
  g_autofree char *base = g_path_get_basename (file);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  for (char *p = base; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      *p = '-';
  return g_ascii_strdown (base, -1);
}

static gboolean
add_all (ZbWorkspace *workspace, const char *family, GPtrArray *found, GPtrArray *sources, guint *added,
         GError **error)
{
  for (guint i = 0; i < found->len; i++) {
    ZbSource *source = found->pdata[i];
    if (zb_sources_at (sources, source->url) != NULL)
      continue;
    source->slug = zb_sources_slug (sources, source->title, source->url);
    if (!zb_source_file_append (workspace, family, source, error))
      return FALSE;
    found->pdata[i] = NULL; /* now SOURCES owns it */
    g_ptr_array_add (sources, source);
    (*added)++;
  }
  return TRUE;
}

static void
free_source (gpointer source)
{
  if (source != NULL)
    zb_source_free (source);
}

typedef struct {
  const char *family;
  guint added, known, passed_over;
} Imported;

static void
print (const ZbCli *cli, const Imported *in)
{
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_json_int (b, "added", in->added);
    zb_json_int (b, "known", in->known);
    zb_json_int (b, "passed_over", in->passed_over);
    json_builder_end_object (b);
    zb_verb_print_json (b);
    return;
  }
  zb_verb_print ("%u feed%s added to feeds/%s.yaml, %u there already\n", in->added, in->added == 1 ? "" : "s",
                 in->family, in->known);
  if (in->passed_over > 0)
    zb_verb_print ("%u without the address of a feed passed over (sources add URL finds a page's)\n",
                   in->passed_over);
}

static gboolean
run_import (const ZbCli *cli, char **args, GError **error)
{
  ZbLimits limits;
  gsize length = 0;
  guint added = 0, passed_over = 0;
  zb_limits_init (&limits);
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (GPtrArray) sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  g_autofree char *text =
      sources != NULL ? zb_config_read_file (args[0], limits.file_bytes, &length, error) : NULL;
  if (text == NULL)
    return FALSE;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (free_source);
  if (!zb_opml_parse (text, length, found, &passed_over, error)) {
    g_prefix_error (error, "%s: ", args[0]);
    return FALSE;
  }
  if (found->len == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s names no feed", args[0]);
    return FALSE;
  }
  g_autofree char *family = family_name (args[0]);
  guint total = found->len;
  if (!add_all (workspace, family, found, sources, &added, error))
    return FALSE;
  print (cli, &(Imported){family, added, total - added, passed_over});
  return TRUE;
}

static gboolean
run_export (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (GPtrArray) sources = workspace != NULL ? zb_source_file_read_all (workspace, error) : NULL;
  if (sources == NULL)
    return FALSE;
  g_autofree char *text = zb_opml_write (sources, workspace->config->title);
  zb_verb_print ("%s", text);
  return TRUE;
}

const ZbVerb zb_verb_sources_import = {"import", "OPML", "Add the feeds of an OPML file", NULL, run_import};
const ZbVerb zb_verb_sources_export = {"export", "", "Print the sources as OPML", NULL, run_export};
