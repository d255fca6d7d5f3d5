/* Pinyin word by word, to be set above the characters that it reads. */
#pragma once
#include <glib.h>

/* TITLE in pieces, each followed by its reading: Han characters by the word of PINYIN that reads them,
   anything else by "". Joined, the pieces are TITLE.

   PINYIN is a line as zb_romanize_title() writes it, or a person's own: with tones, other words, another
   reading of a character. Returns: (transfer full), {"上海", "Shànghǎi", "市", "shì", "A", "", NULL}; NULL
   where it cannot be told which word reads what, or a word reads more than 12 characters, so that the line is
   better set for itself. */
char **zb_ruby_pieces (const char *title, const char *pinyin);
