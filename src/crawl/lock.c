/* The lock is the kernel's, not the file's: a crawl that was killed leaves none behind. */
#include "zhoubao/crawl/lock.h"

#include "zhoubao/base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct ZbCrawlLock {
  int fd;
};

ZbCrawlLock *
zb_crawl_lock (ZbWorkspace *workspace, GError **error)
{
  g_autofree char *path = zb_workspace_path (workspace, "data/crawl.lock");
  int fd = open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0) {
    ZbCrawlLock *lock = g_new (ZbCrawlLock, 1);
    lock->fd = fd;
    return lock;
  }
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error (error, ZB_ERROR, ZB_ERROR_BUSY, "another crawl of this workspace is running (%s)", path);
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return NULL;
}

void
zb_crawl_unlock (ZbCrawlLock *lock)
{
  close (lock->fd);
  g_free (lock);
}
