/* zhoubao subscribers import and export: the list as a spreadsheet. */
#include "people.h"
#include "progress.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/import.h"
#include "zhoubao/deliver/subscribers.h"
#include <errno.h>

#define CSV_BYTES (256 << 20)

static gboolean option_dry_run;

typedef struct {
  const char *file;
  ZbProgress *bar;
  JsonBuilder *json; /* the array of refused rows is open; or NULL */
} Report;

static void
report_refused (guint line, const char *address, const char *why, gpointer data)
{
  Report *report = data;
  if (report->json == NULL) {
    zb_progress_clear (report->bar);
    g_printerr ("%s: line %u: %s%s%s\n", report->file, line, address, *address != '\0' ? ": " : "", why);
    return;
  }
  json_builder_begin_object (report->json);
  zb_json_int (report->json, "line", line);
  zb_json_text (report->json, "email", address);
  zb_json_text (report->json, "why", why);
  json_builder_end_object (report->json);
}

static void
report_progress (gsize done, gsize of, gpointer data)
{
  zb_progress_set (((Report *)data)->bar, (guint)(done >> 10), (guint)(of >> 10), "KiB");
}

static GBytes *
read_csv (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  const char *from = g_str_equal (path, "-") ? "/dev/stdin" : path;
  if (!g_file_get_contents (from, &text, &length, error))
    return NULL;
  if (length > CSV_BYTES) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "%s has more than %d MiB", path, CSV_BYTES >> 20);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static void
print_summary (const Report *report, const ZbImportSummary *s)
{
  const char *kept = option_dry_run ? "would be " : "";
  if (report->json == NULL) {
    zb_verb_print ("%" G_GINT64_FORMAT " rows: %" G_GINT64_FORMAT " %sadded, %" G_GINT64_FORMAT
                   " %schanged, %" G_GINT64_FORMAT " the same, %" G_GINT64_FORMAT " refused\n",
                   s->rows, s->added, kept, s->changed, kept, s->same, s->refused);
    return;
  }
  json_builder_end_array (report->json);
  zb_json_int (report->json, "rows", s->rows);
  zb_json_int (report->json, "added", s->added);
  zb_json_int (report->json, "changed", s->changed);
  zb_json_int (report->json, "same", s->same);
  zb_json_int (report->json, "refused", s->refused);
  json_builder_end_object (report->json);
  zb_verb_print_json (report->json);
}

static gboolean
run_import (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 1, 1, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  g_autoptr (GBytes) csv = people != NULL ? read_csv (args[0], error) : NULL;
  if (csv == NULL)
    return FALSE;
  g_autoptr (ZbProgress) bar = zb_progress_new (cli);
  g_autoptr (JsonBuilder) json = cli->json ? json_builder_new () : NULL;
  Report report = {args[0], bar, json};
  if (json != NULL) {
    json_builder_begin_object (json);
    json_builder_set_member_name (json, "refusals");
    json_builder_begin_array (json);
  }
  ZbImportOptions options = {.key = people->key,
                             .max_rows = people->workspace->config->limits.csv_rows,
                             .now = cli->now,
                             .dry_run = option_dry_run,
                             .refused = report_refused,
                             .progress = report_progress,
                             .data = &report};
  ZbImportSummary summary;
  if (!zb_import (people->db, csv, &options, &summary, error)) {
    g_prefix_error (error, "%s: ", args[0]);
    return FALSE;
  }
  zb_progress_clear (bar);
  print_summary (&report, &summary);
  return TRUE;
}

static gboolean
write_out (const char *text, gsize length, gpointer data, GError **error)
{
  if (fwrite (text, 1, length, stdout) == length)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot write the list: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
run_export (const ZbCli *cli, char **args, GError **error)
{
  ZbPersonFilter filter;
  if (!zb_verb_args (args, 0, 0, error) || !zb_people_filter (&filter, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  return people != NULL && zb_subscribers_export (people->db, &filter, write_out, NULL, error);
}

static const GOptionEntry import_options[] = {
    {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &option_dry_run, "Say what would happen, and keep nothing", NULL},
    {NULL}};

const ZbVerb zb_verb_subscribers_import = {
    "import", "CSV", "Add the people of a spreadsheet; - is standard input", import_options, run_import};
const ZbVerb zb_verb_subscribers_export = {"export", "", "The list as CSV, with what is kept of consent",
                                           zb_people_filter_options, run_export};
