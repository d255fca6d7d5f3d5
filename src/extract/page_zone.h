/* Inside extract/page: the clock by which a page was written. */
#pragma once
#include "zhoubao/extract/job.h"

/* The job's zone; where it has none, that of the country in the page's address or of its LANGUAGE (may be
   NULL), if such has only one. NULL: unknown. */
const char *zb_page_zone (const ZbJob *job, const char *language);
