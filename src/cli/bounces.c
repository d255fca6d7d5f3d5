/* zhoubao bounces: mails that came back, from a file, an mbox, a Maildir or the mail server's pipe. */
#include "people.h"
#include "progress.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/bounces.h"
#include "zhoubao/edge/message.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/extract/pool.h"
#include <glib/gstdio.h>

#define MAILBOX_BYTES (1 << 30)

typedef struct {
  const ZbCli *cli;
  ZbPeople *people;
  GBytes *mail_key;
  ZbPool *pool;
  ZbProgress *bar;
  JsonBuilder *json; /* the array of results is open; or NULL */
  gint64 counts[ZB_BOUNCES_OUTCOMES], unreadable;
} Run;

static void
print_result (Run *run, const char *name, const ZbBouncesResult *r)
{
  if (run->json == NULL) {
    if (r->outcome == ZB_BOUNCES_NO_REPORT || run->cli->quiet)
      return;
    zb_progress_clear (run->bar);
    if (r->person == 0)
      zb_verb_print ("%s: %s\n", name, zb_bounces_outcome_name (r->outcome));
    else
      zb_verb_print ("%s: %s, %s: %s\n", name, zb_bounces_outcome_name (r->outcome), r->address,
                     zb_reason_text (r->reason));
    return;
  }
  json_builder_begin_object (run->json);
  zb_json_text (run->json, "file", name);
  zb_json_text (run->json, "outcome", zb_bounces_outcome_name (r->outcome));
  zb_json_int (run->json, "delivery", r->delivery);
  zb_json_int (run->json, "person", r->person);
  zb_json_text (run->json, "email", r->address);
  zb_json_text (run->json, "status", r->status);
  zb_json_text (run->json, "reason", r->person != 0 ? zb_reason_text (r->reason) : NULL);
  json_builder_end_object (run->json);
}

/* One mail. A mail that cannot be read is reported and left; FALSE only where the database failed. */
static gboolean
take_mail (Run *run, const char *name, GBytes *mail, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (ZbResult) result =
      zb_pool_call (run->pool, zb_job_new (ZB_JOB_BOUNCE, mail, run->cli->now), &why);
  if (result == NULL || result->bounce == NULL) {
    zb_progress_clear (run->bar);
    g_printerr ("%s: %s\n", name, why != NULL ? why->message : "nothing was read");
    run->unreadable++;
    return TRUE;
  }
  g_auto (ZbBouncesResult) outcome = {0};
  g_autofree char *sum = zb_sha256 (g_bytes_get_data (mail, NULL), g_bytes_get_size (mail));
  if (!zb_bounces_apply (run->people->db, run->mail_key, result->bounce, sum, run->cli->now, &outcome, error))
    return FALSE;
  run->counts[outcome.outcome]++;
  print_result (run, name, &outcome);
  return TRUE;
}

/* Where the mail after FROM begins in an mbox: at a "From " after an empty line. */
static const char *
next_mail (const char *from, const char *end)
{
  for (const char *p = from; p + 6 < end; p++) {
    p = memchr (p, '\n', (gsize)(end - p));
    if (p == NULL)
      return end;
    const char *line = p + 1 < end && *(p + 1) == '\r' ? p + 2 : p + 1;
    if (line + 6 < end && *line == '\n' && strncmp (line + 1, "From ", 5) == 0)
      return line + 1;
  }
  return end;
}

static gboolean
take_file (Run *run, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *end = data + size;
  if (size < 5 || strncmp (data, "From ", 5) != 0)
    return take_mail (run, name, bytes, error);
  for (const char *at = data; at < end;) {
    const char *next = next_mail (at, end);
    g_autoptr (GBytes) mail = g_bytes_new_from_bytes (bytes, (gsize)(at - data), (gsize)(next - at));
    if (!take_mail (run, name, mail, error))
      return FALSE;
    zb_progress_set (run->bar, (guint)((next - data) >> 10), (guint)(size >> 10), "KiB");
    at = next;
  }
  return TRUE;
}

static gboolean
take_path (Run *run, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (length > MAILBOX_BYTES) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "%s has more than %d MiB", path, MAILBOX_BYTES >> 20);
    return FALSE;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return take_file (run, g_str_equal (path, "/dev/stdin") ? "-" : path, bytes, error);
}

/* Each mail of new/, which goes to cur/ once it is taken in, as read. What is in cur/ was taken before. */
static gboolean
take_maildir (Run *run, const char *path, GError **error)
{
  g_autofree char *new_mail = g_build_filename (path, "new", NULL);
  g_autoptr (GDir) dir = g_dir_open (new_mail, 0, error);
  if (dir == NULL)
    return FALSE;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    g_autofree char *from = g_build_filename (new_mail, name, NULL),
                    *flagged = g_strconcat (name, ":2,S", NULL),
                    *to = g_build_filename (path, "cur", flagged, NULL);
    if (*name == '.')
      continue;
    if (!take_path (run, from, error))
      return FALSE;
    if (g_rename (from, to) != 0)
      g_printerr ("%s: taken in, but it cannot be moved to cur/: %s\n", from, g_strerror (errno));
    zb_progress_set (run->bar, i + 1, names->len, NULL);
  }
  return TRUE;
}

static gboolean
is_maildir (const char *path)
{
  g_autofree char *new_mail = g_build_filename (path, "new", NULL),
                  *cur = g_build_filename (path, "cur", NULL);
  return g_file_test (new_mail, G_FILE_TEST_IS_DIR) && g_file_test (cur, G_FILE_TEST_IS_DIR);
}

static gboolean
take (Run *run, const char *path, GError **error)
{
  if (g_str_equal (path, "-"))
    return take_path (run, "/dev/stdin", error);
  if (is_maildir (path))
    return take_maildir (run, path, error);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return take_path (run, path, error);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s is a folder, but no Maildir: it has no new and cur",
               path);
  return FALSE;
}

static void
print_counts (Run *run)
{
  if (run->json != NULL) {
    json_builder_end_array (run->json);
    json_builder_set_member_name (run->json, "counts");
    json_builder_begin_object (run->json);
    for (guint i = 0; i < ZB_BOUNCES_OUTCOMES; i++)
      zb_json_int (run->json, zb_bounces_outcome_name ((ZbBouncesOutcome)i), run->counts[i]);
    zb_json_int (run->json, "unreadable", run->unreadable);
    json_builder_end_object (run->json);
    json_builder_end_object (run->json);
    zb_verb_print_json (run->json);
    return;
  }
  for (guint i = 0; i < ZB_BOUNCES_OUTCOMES; i++)
    if (run->counts[i] > 0)
      zb_verb_say (run->cli, "%" G_GINT64_FORMAT " %s\n", run->counts[i],
                   zb_bounces_outcome_name ((ZbBouncesOutcome)i));
  if (run->unreadable > 0)
    zb_verb_say (run->cli, "%" G_GINT64_FORMAT " unreadable\n", run->unreadable);
}

static gboolean
run_bounces (const ZbCli *cli, char **args, GError **error)
{
  if (!zb_verb_args (args, 0, 1, error))
    return FALSE;
  g_autoptr (ZbPeople) people = zb_people_open (cli, error);
  g_autofree char *keys = people != NULL ? zb_workspace_path (people->workspace, "data/keys") : NULL;
  g_autoptr (GBytes) mail_key = keys != NULL ? zb_secret_key (keys, "mail", error) : NULL;
  if (mail_key == NULL)
    return FALSE;
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (ZbProgress) bar = zb_progress_new (cli);
  g_autoptr (JsonBuilder) json = cli->json ? json_builder_new () : NULL;
  Run run = {.cli = cli, .people = people, .mail_key = mail_key, .pool = pool, .bar = bar, .json = json};
  if (json != NULL) {
    json_builder_begin_object (json);
    json_builder_set_member_name (json, "results");
    json_builder_begin_array (json);
  }
  if (!take (&run, args[0] != NULL ? args[0] : "-", error))
    return FALSE;
  zb_progress_clear (bar);
  print_counts (&run);
  return TRUE;
}

const ZbVerb zb_verb_bounces = {"bounces", "[FILE|MAILDIR|-]",
                                "Take in mail that came back, and what it means", NULL, run_bounces};
