/* The rows of src/extract/kinds.c for pages and HTML. */
#pragma once
#include "zhoubao/extract/job.h"

extern const ZbKind zb_page_kind, zb_html_kind;
