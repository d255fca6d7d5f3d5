/* Dialling for libesmtp, which shows nobody its descriptor, waits for connect() for as long as the kernel
   does and leaves Nagle's delay on. The program's own connect() stands before libc's, for all libraries; it
   differs only in a thread that is dialling a relay. */
#include "smtp_private.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A whole message fits, so that no write is cut short: libesmtp takes the errno of one (EAGAIN) for an error
   of the message while it sends BDAT. */
#define SEND_BUFFER (1024 * 1024)

static __thread struct {
  gboolean dialling;
  int timeout_ms, fd;
} dial;

void
zb_smtp_dial_begin (int timeout_ms)
{
  dial.dialling = TRUE;
  dial.timeout_ms = timeout_ms;
  dial.fd = -1;
}

int
zb_smtp_dial_end (void)
{
  dial.dialling = FALSE;
  return dial.fd;
}

void
zb_smtp_quick_ack (int fd)
{
  int on = 1;
  if (fd >= 0)
    setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

static int
wait_connected (int fd, int timeout_ms)
{
  struct pollfd p = {.fd = fd, .events = POLLOUT};
  int failure = 0, got;
  socklen_t length = sizeof failure;
  do
    got = poll (&p, 1, timeout_ms);
  while (got < 0 && errno == EINTR);
  if (got == 0)
    failure = ETIMEDOUT;
  else if (got < 0 || getsockopt (fd, SOL_SOCKET, SO_ERROR, &failure, &length) != 0)
    failure = errno;
  errno = failure;
  return failure == 0 ? 0 : -1;
}

static int
dial_stream (int fd, const struct sockaddr *address, socklen_t length)
{
  int on = 1, buffer = SEND_BUFFER, stalled = ZB_SMTP_STALLED_MS;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  setsockopt (fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &stalled, sizeof stalled);
  fcntl (fd, F_SETFD, FD_CLOEXEC);
  fcntl (fd, F_SETFL, O_NONBLOCK); /* as libesmtp itself does later */
  long done = syscall (SYS_connect, fd, address, length);
  if (done != 0 && errno == EINPROGRESS)
    done = wait_connected (fd, dial.timeout_ms);
  if (done == 0)
    dial.fd = fd;
  return (int)done;
}

/* Libraries find this one before libc's, as the program comes first in the dynamic linker's search. */
__attribute__ ((visibility ("default"))) int
connect (int fd, const struct sockaddr *address, socklen_t length)
{
  int type = 0;
  socklen_t size = sizeof type;
  if (dial.dialling && (address->sa_family == AF_INET || address->sa_family == AF_INET6) &&
      getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM)
    return dial_stream (fd, address, length);
  return (int)syscall (SYS_connect, fd, address, length);
}
