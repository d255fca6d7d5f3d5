/* The row of src/extract/kinds.c for pages that are looked through for feeds and lists, and its second half.
 */
#pragma once
#include "zhoubao/edge/xml.h"
#include "zhoubao/extract/job.h"

extern const ZbKind zb_find_kind;

/* Adds rules for the lists below ROOT to PROPOSALS, the likeliest first. */
void zb_find_lists (ZbNode *root, const ZbJob *job, GPtrArray *proposals);
