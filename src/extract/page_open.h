/* Opening a page: bytes to a tree, unless they are of something else. */
#pragma once
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/xml.h"
#include "zhoubao/extract/job.h"

/* The tree of job->input, whose text is DECODED's and must outlive it. ZB_ERROR_INVALID names what it is
   instead, where it begins with the mark of a PDF, a picture or an archive, or with bytes that no text has
   (WHATWG MIME Sniffing, 2022, sections 5 and 6). */
ZbDoc *zb_page_open (const ZbJob *job, ZbDecoded *decoded, GError **error);
