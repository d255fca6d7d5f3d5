/* One worker process: started, fed, read, and its end put into words. */
#include "child.h"

#include "job_wire.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/sandbox.h"
#include "zhoubao/extract/worker.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define WALL_FACTOR 10 /* seconds on the clock for each of processor time, on a busy machine */
#define PARTS 4        /* head, job, document, other document */

struct ZbChild {
  GPid pid;
  int fd;
  guint n_needs;
  ZbTask *task;
  gint64 deadline;
  ZbJobHead head;
  GByteArray *job;
  struct iovec parts[PARTS]; /* still to be sent */
  ZbResultHead answer;
  gsize got;     /* bytes of the answer's head and body */
  guint8 *body;  /* answer.length bytes */
  gboolean late; /* killed for its time on the clock */
};

void
zb_task_free (ZbTask *task)
{
  g_clear_pointer (&task->job, zb_job_free);
  g_free (task);
}

/* No secret of this process's environment goes along; a sanitizer's settings do. */
static char **
worker_environment (void)
{
  static const char *const kept[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH", "G_DEBUG"};
  char **env = g_environ_setenv (NULL, "LC_ALL", "C.UTF-8", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      env = g_environ_setenv (env, kept[i], g_getenv (kept[i]), TRUE);
  return env;
}

/* All descriptors but the standard ones and the socket are closed in the child, which never returns. */
static gboolean
fork_process (ZbChild *child, char **needs, int theirs, GError **error)
{
  child->n_needs = g_strv_length (needs);
  child->pid = fork ();
  if (child->pid == 0) {
    dup2 (theirs, STDIN_FILENO);
    close_range (STDERR_FILENO + 1, ~0u, 0);
    _exit (zb_worker_run (STDIN_FILENO, STDIN_FILENO, needs, NULL) ? 0 : 1);
  }
  if (child->pid > 0)
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, g_strerror (errno));
  return FALSE;
}

static gboolean
start_process (ZbChild *child, const char *program, char **needs, int theirs, GError **error)
{
  g_auto (GStrv) env = worker_environment ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer)(program != NULL ? program : "/proc/self/exe"));
  g_ptr_array_add (argv, (gpointer) "worker");
  for (; *needs != NULL; needs++)
    g_ptr_array_add (argv, *needs);
  child->n_needs = argv->len - 2;
  g_ptr_array_add (argv, NULL);
  return g_spawn_async_with_pipes_and_fds (NULL, (const char *const *)argv->pdata, (const char *const *)env,
                                           G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                                           theirs, -1, -1, NULL, NULL, 0, &child->pid, NULL, NULL, NULL,
                                           error);
}

ZbChild *
zb_child_start (const char *program, char **needs, GError **error)
{
  int pair[2];
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot start a parse worker: %s", g_strerror (errno));
    return NULL;
  }
  ZbChild *child = g_new0 (ZbChild, 1);
  child->deadline = G_MAXINT64;
  child->fd = pair[0];
  gboolean forks = g_strcmp0 (program, ZB_CHILD_FORK) == 0;
  gboolean ok = forks ? fork_process (child, needs, pair[1], error)
                      : start_process (child, program, needs, pair[1], error);
  close (pair[1]);
  if (ok && fcntl (child->fd, F_SETFL, O_NONBLOCK) == 0)
    return child;
  if (ok)
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot talk to a parse worker: %s", g_strerror (errno));
  else
    g_prefix_error (error, "cannot start a parse worker: ");
  zb_child_free (child);
  return NULL;
}

static int
reap (ZbChild *child)
{
  int status = 0;
  if (child->pid > 0)
    while (waitpid (child->pid, &status, 0) < 0 && errno == EINTR)
      ;
  child->pid = 0;
  return status;
}

void
zb_child_free (ZbChild *child)
{
  if (child->pid > 0)
    kill (child->pid, SIGKILL);
  reap (child);
  close (child->fd);
  g_clear_pointer (&child->task, zb_task_free);
  g_clear_pointer (&child->job, g_byte_array_unref);
  g_free (child->body);
  g_free (child);
}

int
zb_child_fd (ZbChild *child)
{
  return child->fd;
}

static gboolean
is_sending (const ZbChild *child)
{
  for (guint i = 0; i < PARTS; i++)
    if (child->parts[i].iov_len > 0)
      return TRUE;
  return FALSE;
}

gushort
zb_child_events (ZbChild *child)
{
  if (child->task == NULL)
    return 0;
  return is_sending (child) ? POLLIN | POLLOUT : POLLIN;
}

gint64
zb_child_deadline (ZbChild *child)
{
  return child->deadline;
}

guint
zb_child_n_needs (ZbChild *child)
{
  return child->n_needs;
}

ZbTask *
zb_child_task (ZbChild *child)
{
  return child->task;
}

static struct iovec
part_of (GBytes *bytes)
{
  struct iovec part = {0};
  if (bytes != NULL)
    part.iov_base = (gpointer)g_bytes_get_data (bytes, &part.iov_len); /* which is only read */
  return part;
}

void
zb_child_take (ZbChild *child, ZbTask *task)
{
  g_assert (child->task == NULL);
  const ZbJob *job = task->job;
  child->task = task;
  child->deadline = g_get_monotonic_time () + WALL_FACTOR * job->limits.parse_cpu_seconds * G_USEC_PER_SEC;
  g_clear_pointer (&child->job, g_byte_array_unref);
  child->job = g_byte_array_new ();
  zb_wire_write (&zb_job_wire, job, child->job);
  child->head =
      (ZbJobHead){ZB_JOB_MAGIC, child->job->len, job->input != NULL ? g_bytes_get_size (job->input) : 0,
                  job->other != NULL ? g_bytes_get_size (job->other) : ZB_JOB_NO_OTHER};
  child->parts[0] = (struct iovec){&child->head, sizeof child->head};
  child->parts[1] = (struct iovec){child->job->data, child->job->len};
  child->parts[2] = part_of (job->input);
  child->parts[3] = part_of (job->other);
  child->got = 0;
}

ZbTask *
zb_child_steal_task (ZbChild *child)
{
  child->deadline = G_MAXINT64;
  return g_steal_pointer (&child->task);
}

static ZbResult *
failure (ZbErrorCode code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  ZbResult *result = g_new0 (ZbResult, 1);
  result->error = g_error_new_valist (ZB_ERROR, code, format, args);
  va_end (args);
  return result;
}

/* The process is gone: why. */
static ZbResult *
post_mortem (ZbChild *child)
{
  const ZbLimits *limits = &child->task->job->limits;
  int status = reap (child), sig = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
  if (child->late)
    return failure (ZB_ERROR_LIMIT, "took over %d s to parse",
                    (int)(WALL_FACTOR * limits->parse_cpu_seconds));
  if (sig == SIGPROF || sig == SIGXCPU)
    return failure (ZB_ERROR_LIMIT, "took over %d s of processor time to parse",
                    (int)limits->parse_cpu_seconds);
  if (sig == SIGKILL || (WIFEXITED (status) && WEXITSTATUS (status) == ZB_SANDBOX_EXIT_MEMORY))
    return failure (ZB_ERROR_LIMIT, "took over %d MiB to parse", (int)(limits->parse_memory_bytes >> 20));
  if (sig == SIGSYS)
    return failure (ZB_ERROR_REFUSED, "parser tried what it may not do, and was ended");
  if (sig != 0)
    return failure (ZB_ERROR_INVALID, "parser crashed (signal %d)", sig);
  return failure (ZB_ERROR_FAILED, "parser ended by itself (status %d)", WEXITSTATUS (status));
}

/* All at once, so that the worker is woken once. What is left when the socket is full goes later; that it is
   broken is told by reading. */
static void
send_parts (ZbChild *child)
{
  const struct msghdr message = {.msg_iov = child->parts, .msg_iovlen = PARTS};
  gssize sent = is_sending (child) ? sendmsg (child->fd, &message, MSG_NOSIGNAL) : 0;
  for (guint i = 0; i < PARTS && sent > 0; i++) {
    struct iovec *part = &child->parts[i];
    gsize n = MIN ((gsize)sent, part->iov_len);
    part->iov_base = (guint8 *)part->iov_base + n;
    part->iov_len -= n;
    sent -= (gssize)n;
  }
}

/* TRUE once LENGTH bytes at offset FROM of the answer are at TO. *DEAD where there will be no more. */
static gboolean
receive (ZbChild *child, void *to, gsize from, gsize length, gboolean *dead)
{
  while (child->got < from + length) {
    gsize at = child->got - from;
    gssize n = recv (child->fd, (char *)to + at, length - at, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
      *dead = TRUE;
    if (n <= 0)
      return FALSE;
    child->got += (gsize)n;
  }
  return TRUE;
}

/* The largest answer that a job's limits can make, with room for what is small. */
static gsize
answer_limit (const ZbLimits *limits)
{
  return (gsize)MIN (4 * limits->decoded_bytes + 16 * limits->text_bytes, 1 << 30);
}

static ZbResult *
read_answer (ZbChild *child)
{
  const ZbJob *job = child->task->job;
  const ZbKind *kind = zb_kind (job->kind);
  if (child->answer.code != 0) {
    g_autofree char *text = g_strndup ((const char *)child->body, MIN (child->answer.length, 1000));
    g_autofree char *line = zb_error_line (text);
    guint32 code = child->answer.code - 1;
    return failure (code <= ZB_ERROR_BUSY ? (ZbErrorCode)code : ZB_ERROR_INVALID, "%s", line);
  }
  const ZbWireLimits limits = {(gsize)job->limits.text_bytes * 8, 10000};
  ZbResult *result = g_new0 (ZbResult, 1);
  gpointer *member = G_STRUCT_MEMBER_P (result, kind->member);
  *member = zb_wire_read (kind->table, child->body, child->answer.length, &limits, &result->error);
  return result;
}

ZbResult *
zb_child_step (ZbChild *child, gboolean *dead)
{
  *dead = FALSE;
  if (child->task == NULL)
    return NULL;
  send_parts (child);
  gboolean whole = receive (child, &child->answer, 0, sizeof child->answer, dead);
  if (whole && child->got == sizeof child->answer) {
    *dead = child->answer.length > answer_limit (&child->task->job->limits);
    g_free (child->body);
    child->body = *dead ? NULL : g_malloc (child->answer.length + 1u);
    if (*dead)
      return failure (ZB_ERROR_LIMIT, "what the parser made of it is over the limit");
  }
  whole = whole && receive (child, child->body, sizeof child->answer, child->answer.length, dead);
  if (whole)
    return read_answer (child);
  if (*dead)
    return post_mortem (child);
  if (g_get_monotonic_time () < child->deadline)
    return NULL;
  child->late = *dead = TRUE;
  kill (child->pid, SIGKILL);
  return post_mortem (child);
}
