/* Plain words as a page: what somebody pastes, or a server keeps as text/plain. */
#pragma once
#include "zhoubao/edge/charset.h"

/* Where DECODED is plain text, it becomes HTML: its first line the title, each other line a paragraph. What
   begins with a tag or holds one of HTML's stays as it is. */
void zb_page_words_mark_up (ZbDecoded *decoded);
