/* Inside extract/page: dates that people see. */
#pragma once
#include "page_date.h"

/* page_date.c: DATE, if it can be that of a page. */
ZbTime zb_page_date_settle (const ZbDateQuery *q, const ZbDate *date);

/* page_date_text.c: TEXT (may be NULL) that is said to be a date: all of it, or somewhere in it. */
ZbTime zb_page_date_read (const ZbDateQuery *q, const char *text);
/* The first date in the first LENGTH characters of TEXT, if it begins within LATEST of them. */
ZbTime zb_page_date_within (const ZbDateQuery *q, const char *text, glong length, glong latest);

/* Places, by falling certainty; ZB_TIME_NONE where they have no date. */
ZbTime zb_page_date_of_declared (const ZbDateQuery *q);     /* itemprop and the like */
ZbTime zb_page_date_of_labels (const ZbDateQuery *q);       /* 发布时间： */
ZbTime zb_page_date_of_times (const ZbDateQuery *q);        /* <time> */
ZbTime zb_page_date_of_names (const ZbDateQuery *q);        /* class="post-date", behind the title */
ZbTime zb_page_date_of_next_line (const ZbDateQuery *q);    /* below the title */
ZbTime zb_page_date_of_names_before (const ZbDateQuery *q); /* class="post-date" just above the title */
ZbTime
zb_page_date_of_neighbours (const ZbDateQuery *q); /* beside the title, or the first words of the text */
ZbTime
zb_page_date_of_far_elements (const ZbDateQuery *q);     /* <time> and class="date" long before the title */
ZbTime zb_page_date_of_any_label (const ZbDateQuery *q); /* 时间：, published */
ZbTime zb_page_date_of_foot (const ZbDateQuery *q);      /* the last words of the text */
