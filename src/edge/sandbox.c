/* seccomp and rlimits: what a parse worker may do. */
#include "zhoubao/edge/sandbox.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <malloc.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* What parsing and talking over open descriptors needs. */
static const int allowed[] = {
    SCMP_SYS (read),           SCMP_SYS (write),         SCMP_SYS (readv),
    SCMP_SYS (writev),         SCMP_SYS (close),         SCMP_SYS (lseek),
    SCMP_SYS (poll),           SCMP_SYS (ppoll),         SCMP_SYS (brk),
    SCMP_SYS (munmap),         SCMP_SYS (mremap),        SCMP_SYS (madvise),
    SCMP_SYS (futex),          SCMP_SYS (sched_yield),   SCMP_SYS (getpid),
    SCMP_SYS (gettid),         SCMP_SYS (clock_gettime), SCMP_SYS (clock_getres),
    SCMP_SYS (time),           SCMP_SYS (gettimeofday),  SCMP_SYS (getrandom),
    SCMP_SYS (getrusage),      SCMP_SYS (sysinfo),       SCMP_SYS (sched_getaffinity),
    SCMP_SYS (setitimer),      SCMP_SYS (rt_sigreturn),  SCMP_SYS (sigaltstack),
    SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigaction),  SCMP_SYS (restart_syscall),
    SCMP_SYS (exit),           SCMP_SYS (exit_group),    SCMP_SYS (fstat),
    SCMP_SYS (tgkill),
};

/* What libraries try in good faith and can do without: they are told no, instead of dying of it. */
static const int refused[] = {
    SCMP_SYS (open),       SCMP_SYS (openat),     SCMP_SYS (stat),   SCMP_SYS (lstat),
    SCMP_SYS (newfstatat), SCMP_SYS (statx),      SCMP_SYS (access), SCMP_SYS (faccessat),
    SCMP_SYS (faccessat2), SCMP_SYS (readlink),   SCMP_SYS (ioctl),  SCMP_SYS (fcntl),
    SCMP_SYS (getcwd),     SCMP_SYS (readlinkat), SCMP_SYS (uname),  SCMP_SYS (prlimit64),
    SCMP_SYS (getuid),     SCMP_SYS (geteuid),
};

static int
add_rules (scmp_filter_ctx filter)
{
  int failed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), refused[i], 0);
  const int maps[] = {SCMP_SYS (mmap), SCMP_SYS (mprotect)}; /* the third argument is the protection */
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++) {
    failed |=
        seccomp_rule_add (filter, SCMP_ACT_ALLOW, maps[i], 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), maps[i], 1,
                                SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
  }
  return failed;
}

gboolean
zb_sandbox_enter (GError **error)
{
  /* A sanitizer's report asks for more than a parser may; it is told no and goes on. */
  guint32 otherwise = SANITIZED ? SCMP_ACT_ERRNO (EPERM) : SCMP_ACT_KILL_PROCESS;
  scmp_filter_ctx filter = seccomp_init (otherwise);
  int failed = filter == NULL || add_rules (filter) != 0 ? -EINVAL : seccomp_load (filter);
  seccomp_release (filter);
  if (failed == 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "the parse worker cannot lock itself in: %s",
               g_strerror (-failed));
  return FALSE;
}

/* GLib ends the process where malloc fails; the exit status tells the parent why. */
static void
exit_where_memory_is_short (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & G_LOG_LEVEL_ERROR) != 0 && strstr (message, "failed to allocate") != NULL)
    _exit (ZB_SANDBOX_EXIT_MEMORY);
  g_log_default_handler (domain, level, message, data);
}

static gint64
bytes_mapped (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  return g_ascii_strtoll (text, NULL, 10) * sysconf (_SC_PAGESIZE);
}

gboolean
zb_sandbox_limit_memory (gint64 bytes, GError **error)
{
  g_log_set_default_handler (exit_where_memory_is_short, NULL);
  /* Fixed: what a large document took goes back at once, and a common one does not shrink the heap for the
   * next. */
  mallopt (M_MMAP_THRESHOLD, 1 << 20);
  mallopt (M_TRIM_THRESHOLD, 1 << 20);
  const struct rlimit none = {0, 0}, space = {(rlim_t)(bytes_mapped () + bytes), RLIM_INFINITY};
  if (setrlimit (RLIMIT_CORE, &none) == 0 && (SANITIZED || setrlimit (RLIMIT_AS, &space) == 0))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "the parse worker cannot limit its memory: %s",
               g_strerror (errno));
  return FALSE;
}

void
zb_sandbox_limit_time (gint64 seconds)
{
  const struct itimerval timer = {.it_value = {.tv_sec = seconds}};
  setitimer (ITIMER_PROF, &timer, NULL);
}
