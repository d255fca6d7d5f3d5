/* The rows of src/extract/kinds.c for mail. */
#pragma once
#include "zhoubao/extract/job.h"

extern const ZbKind zb_bounce_kind, zb_letter_kind;
