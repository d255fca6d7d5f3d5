/* What a page offers: the feeds that it names (autodiscovery), and proposals of rules for its lists. Runs in
   a worker. */
#pragma once
#include "zhoubao/extract/job.h"

/* Reads job->input, an HTML page. Returns: (transfer full), NULL with ERROR set where there is nothing to
   read; a page that offers nothing is no error. */
ZbFound *zb_find (const ZbJob *job, GError **error);
