/* An article out of any page: the main text and nothing else, title, author, site, date, language, and what a
   Chinese official document says of itself. The source's rule (job->article) comes first where it has one. */
#pragma once
#include "zhoubao/extract/job.h"

/* Reads job->input. Returns: (transfer full), NULL with ERROR set where there is nothing to read. */
ZbPage *zb_page_extract (const ZbJob *job, GError **error);
