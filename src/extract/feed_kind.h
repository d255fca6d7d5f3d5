/* The row of src/extract/kinds.c for feeds. */
#pragma once
#include "zhoubao/extract/job.h"

extern const ZbKind zb_feed_kind;
