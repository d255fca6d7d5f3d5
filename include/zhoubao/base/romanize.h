/* Chinese in Latin letters, as the weekly prints it beside a Chinese title: pinyin without tones, the
   syllables of a word joined, names of places with a capital: 上海市社会信用条例 is "Shanghaishi shehui
   xinyong tiaoli".

   Words are ICU's, corrected by tables of our own (romanize_table.c) for official language, places and
   characters of several readings. An apostrophe parts syllables that would be misread (Xi'an); 陕西 is
   Shaanxi, so that it is not 山西. Latin text, digits, kana and hangul stay as they are; Chinese punctuation
   becomes ASCII's. */
#pragma once
#include <glib.h>

/* TEXT is UTF-8 in simplified or traditional characters. Returns: (transfer full). */
char *zb_romanize (const char *text);

/* The same for a title, which begins with a capital as a sentence does (GB/T 16159): NULL where it has no Han
 * character, so that nothing is printed beside it. (transfer full) */
char *zb_romanize_title (const char *title);
