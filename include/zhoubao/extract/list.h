/* The rows of a list page, by the source's rule: an HTML list by selectors; links by a pattern that also
   dates them (TRS, "t20170626_12.html"); a JSON array by its path; JSON or XML that holds a fragment of HTML
   (Hanweb). What the bytes are decides, not what the rule expects.

   A row needs a link and a title. Its date is what the rule's selector finds, else the date in the row's
   text, else the one in its link. A rule without `item` takes every link that `link_pattern` matches, or that
   has a date in it. */
#pragma once
#include "zhoubao/extract/job.h"

/* Reads job->input by job->list. The feed's format is "list"; entries have id, link, title, published, in the
   order of the page, no link twice. No rows are no error; a rule that cannot be understood, or JSON without
   the rule's path, is. Returns: (transfer full), NULL with ERROR set. */
ZbFeed *zb_list_extract (const ZbJob *job, GError **error);

/* The date in a link, as sites of all kinds write it (t20170626_12, /2017-06/26/, /art/2017/6/26/,
   /20170626/), at midnight in ZONE; ZB_TIME_NONE where it has none. */
ZbTime zb_list_date_of_link (const char *link, const char *zone);
