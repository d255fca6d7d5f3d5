/* Pinyin word by word, to be set above the characters that it reads. */
#pragma once
#include <glib.h>

/* A title in pieces, each followed by its reading: a word of Han characters by its pinyin, as
   zb_romanize_title() writes it, anything else by "". Joined, the pieces are TEXT. Returns: (transfer full),
   {"上海市", "Shanghaishi", "A",
   "", NULL}. */
char **zb_ruby_pieces (const char *text);
