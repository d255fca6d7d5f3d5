/* Writing for libesmtp, which hands a message to the kernel two kilobytes at a time. The program's own
   write() stands before libc's, for all libraries; it differs only in a thread that holds a message back. */
#include "smtp_private.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

static __thread struct {
  int fd;
  GString *bytes; /* NULL: nothing is held */
} hold;

void
zb_smtp_hold (int fd, gsize size)
{
  zb_smtp_hold_end ();
  if (fd < 0)
    return;
  hold.fd = fd;
  hold.bytes = g_string_sized_new (size);
}

void
zb_smtp_hold_end (void)
{
  if (hold.bytes != NULL)
    g_string_free (g_steal_pointer (&hold.bytes), TRUE);
}

static gssize
write_some (int fd, const char *bytes, gsize size)
{
  gssize done;
  do
    done = syscall (SYS_write, fd, bytes, size);
  while (done < 0 && errno == EINTR);
  return done;
}

static gboolean
wait_writable (int fd)
{
  struct pollfd p = {.fd = fd, .events = POLLOUT};
  int got;
  do
    got = poll (&p, 1, ZB_SMTP_STALLED_MS);
  while (got < 0 && errno == EINTR);
  return got > 0 && (p.revents & POLLOUT) != 0;
}

gboolean
zb_smtp_hold_release (void)
{
  g_autoptr (GString) bytes = g_steal_pointer (&hold.bytes);
  for (gsize at = 0; bytes != NULL && at < bytes->len;) {
    gssize done = write_some (hold.fd, bytes->str + at, bytes->len - at);
    if (done < 0 && (errno != EAGAIN || !wait_writable (hold.fd)))
      return FALSE;
    at += (gsize)MAX (done, 0);
  }
  return TRUE;
}

/* Libraries find this one before libc's, as the program comes first in the dynamic linker's search. */
__attribute__ ((visibility ("default"))) ssize_t
write (int fd, const void *bytes, size_t size)
{
  if (hold.bytes == NULL || fd != hold.fd)
    return syscall (SYS_write, fd, bytes, size);
  g_string_append_len (hold.bytes, bytes, (gssize)size);
  return (ssize_t)size;
}
