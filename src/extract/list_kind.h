/* The row of src/extract/kinds.c for lists. */
#pragma once
#include "zhoubao/extract/job.h"

extern const ZbKind zb_list_kind;
