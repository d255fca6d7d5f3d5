/* One crawl of a workspace at a time: two would ask every host twice. */
#pragma once
#include "zhoubao/store/workspace.h"

typedef struct ZbCrawlLock ZbCrawlLock;

/* Takes data/crawl.lock, which ends with the process whatever ends it. ZB_ERROR_BUSY where another crawl
   holds it. (transfer full) */
ZbCrawlLock *zb_crawl_lock (ZbWorkspace *workspace, GError **error);
void zb_crawl_unlock (ZbCrawlLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbCrawlLock, zb_crawl_unlock)
