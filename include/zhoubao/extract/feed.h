/* Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, RDF, CDF, JSON Feed; in any encoding, gzip'd, with junk in
   front, and when they are no XML at all. Runs in a worker. */
#pragma once
#include "zhoubao/extract/job.h"

/* Reads job->input; summary, content and content_html are what job->bodies says. Entries stand in the feed's
   order, the newest job->limits.entries of them. ZB_ERROR_INVALID where it is no feed. Returns: (transfer
   full). */
ZbFeed *zb_feed_read (const ZbJob *job, GError **error);
