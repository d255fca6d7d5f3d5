/* The worker process: jobs in, results out, nothing else. */
#include "zhoubao/extract/worker.h"

#include "job_wire.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/late.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/sandbox.h"
#include "zhoubao/edge/xml.h"
#include "zhoubao/extract/job.h"
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#define BIG_DOCUMENT (1 << 20) /* after one, freed memory goes back to the system */

/* FALSE where IN has ended, or broke. */
static gboolean
read_all (int in, void *to, gsize length)
{
  for (gsize done = 0; done < length;) {
    gssize n = read (in, (char *)to + done, length - done);
    if (n == 0 || (n < 0 && errno != EINTR))
      return FALSE;
    done += n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

static gboolean
write_all (int out, const guint8 *from, gsize length)
{
  for (gsize done = 0; done < length;) {
    gssize n = write (out, from + done, length - done);
    if (n < 0 && errno != EINTR)
      return FALSE;
    done += n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

static GBytes *
read_document (int in, guint64 length)
{
  guint8 *data = g_malloc (length + 1);
  if (read_all (in, data, length))
    return g_bytes_new_take (data, length);
  g_free (data);
  return NULL;
}

static ZbJob *
read_job (int in)
{
  ZbJobHead head;
  const ZbWireLimits trusted = {G_MAXUINT32, G_MAXUINT32};
  if (!read_all (in, &head, sizeof head) || head.magic != ZB_JOB_MAGIC)
    return NULL;
  g_autofree guint8 *data = g_malloc (head.job_length);
  if (!read_all (in, data, head.job_length))
    return NULL;
  ZbJob *job = zb_wire_read (&zb_job_wire, data, head.job_length, &trusted, NULL);
  g_assert (job != NULL);
  job->input = read_document (in, head.input_length);
  if (head.other_length != ZB_JOB_NO_OTHER)
    job->other = read_document (in, head.other_length);
  return job;
}

static gboolean
run_job (const ZbJob *job, GByteArray *answer, GError **error)
{
  const ZbKind *kind = zb_kind (job->kind);
  g_autoptr (ZbResult) result = g_new0 (ZbResult, 1);
  if (kind == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "there is no job of kind %d", job->kind);
    return FALSE;
  }
  if (!kind->run (job, result, error))
    return FALSE;
  zb_wire_write (kind->table, G_STRUCT_MEMBER (gpointer, result, kind->member), answer);
  return TRUE;
}

/* Errors of other domains lose theirs on the way: their words are what counts. */
static guint32
error_code (const GError *error)
{
  return 1 + (error->domain == ZB_ERROR ? (guint32)error->code : ZB_ERROR_INVALID);
}

static gboolean
serve_job (int in, int out)
{
  g_autoptr (ZbJob) job = read_job (in);
  if (job == NULL || job->input == NULL)
    return FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  ZbResultHead head = {0};
  g_byte_array_append (answer, (const guint8 *)&head, sizeof head); /* its place, so that all goes at once */
  zb_sandbox_limit_time (job->limits.parse_cpu_seconds);
  if (!run_job (job, answer, &error)) {
    g_byte_array_set_size (answer, sizeof head);
    g_byte_array_append (answer, (const guint8 *)error->message, (guint)strlen (error->message));
    head.code = error_code (error);
  }
  head.length = answer->len - (guint)sizeof head;
  memcpy (answer->data, &head, sizeof head);
  if (!write_all (out, answer->data, answer->len))
    return FALSE;
  if (g_bytes_get_size (job->input) > BIG_DOCUMENT)
    malloc_trim (0);
  return TRUE;
}

/* A zone that somebody holds is found again without its file. */
static void
hold_zone (const char *name)
{
  static GPtrArray *held;
  if (held == NULL)
    held = g_ptr_array_new ();
  GTimeZone *zone = g_time_zone_new_identifier (name);
  if (zone != NULL)
    g_ptr_array_add (held, zone);
}

static gboolean
prepare (char **needs, GError **error)
{
  ZbLimits limits;
  zb_limits_init (&limits);
  gint64 memory = limits.parse_memory_bytes;
  zb_late_open_icu ();
  zb_xml_prepare ();
  zb_charset_prepare ();
  for (; *needs != NULL; needs++) {
    const ZbKind *kind = g_str_has_prefix (*needs, "kind=") ? zb_kind_named (*needs + 5) : NULL;
    if (kind != NULL && kind->prepare != NULL)
      kind->prepare ();
    if (g_str_has_prefix (*needs, "zone="))
      hold_zone (*needs + 5);
    if (g_str_has_prefix (*needs, "memory="))
      memory = g_ascii_strtoll (*needs + 7, NULL, 10);
  }
  return zb_sandbox_limit_memory (memory, error) && zb_sandbox_enter (error);
}

gboolean
zb_worker_run (int in, int out, char **needs, GError **error)
{
  signal (SIGINT, SIG_IGN); /* Ctrl-C is the parent's to answer; its end ends the jobs */
  if (!prepare (needs, error))
    return FALSE;
  while (serve_job (in, out))
    ;
  return TRUE;
}
