/* zhoubao build: the archive. */
#include "zhoubao/publish/build.h"

#include "progress.h"
#include "verbs.h"
#include "zhoubao/base/error.h"
#include "zhoubao/publish/reproduce.h"
#include <malloc.h>

static gboolean option_all, option_no_images, option_no_search, option_verify;
static char *option_to;

#define STEP_BYTES (8 << 20)
#define KEPT_BYTES (256 << 20)

static const GOptionEntry options[] = {
    {"all", 0, 0, G_OPTION_ARG_NONE, &option_all, "Make everything anew", NULL},
    {"no-images", 0, 0, G_OPTION_ARG_NONE, &option_no_images, "Draw no pictures for social media", NULL},
    {"no-search", 0, 0, G_OPTION_ARG_NONE, &option_no_search, "Make no index for search in the browser",
     NULL},
    {"to", 0, 0, G_OPTION_ARG_FILENAME, &option_to, "Build everything into DIR instead of public/", "DIR"},
    {"verify", 0, 0, G_OPTION_ARG_NONE, &option_verify,
     "Change nothing: build elsewhere and say where public/ differs", NULL},
    {NULL}};

static void
show_progress (guint done, guint total, gpointer data)
{
  zb_progress_set (data, done, total, "pages");
}

static gboolean
verify (ZbWorkspace *workspace, const ZbBuildOptions *build, GError **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
  guint files = 0;
  if (!zb_reproduce (workspace, build, differences, &files, error))
    return FALSE;
  for (guint i = 0; i < differences->len; i++)
    zb_verb_print ("%s\n", (char *)differences->pdata[i]);
  if (differences->len == 0) {
    zb_verb_print ("%u files come again, byte for byte.\n", files);
    return TRUE;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "public/ is not what its inputs make: %u of %u files",
               differences->len, files);
  return FALSE;
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 0, error))
    return FALSE;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (cli->directory, error);
  g_autoptr (ZbProgress) bar = zb_progress_new (cli);
  ZbBuildCounts counts = {0};
  ZbBuildOptions build = {.all = option_all,
                          .without_images = option_no_images,
                          .without_search = option_no_search,
                          .folder = option_to,
                          .progress = show_progress,
                          .data = bar};
  gint64 start = g_get_monotonic_time ();
  /* A build takes memory until it ends: in large steps, and none goes back in between, so that its threads
     seldom wait for each other's page tables. */
  mallopt (M_TOP_PAD, STEP_BYTES);
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
  if (workspace != NULL && option_verify)
    return verify (workspace, &build, error);
  if (workspace == NULL || !zb_build (workspace, &build, &counts, error))
    return FALSE;
  zb_progress_clear (bar);
  double seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  if (cli->json) {
    g_autoptr (JsonBuilder) b = json_builder_new ();
    json_builder_begin_object (b);
    zb_json_int (b, "files", counts.pages);
    zb_json_int (b, "written", counts.written);
    zb_json_int (b, "removed", counts.removed);
    zb_json_int (b, "skipped", counts.skipped);
    json_builder_set_member_name (b, "seconds");
    json_builder_add_double_value (b, seconds);
    json_builder_end_object (b);
    zb_verb_print_json (b);
  } else
    zb_verb_print ("%u files: %u written, %u removed, %u unchanged, in %.3f s\n", counts.pages,
                   counts.written, counts.removed, counts.pages - counts.written, seconds);
  return TRUE;
}

const ZbVerb zb_verb_build = {"build", "", "Make the archive in public/", options, run};
