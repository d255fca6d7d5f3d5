/* The language of a text, for lang attributes, fonts and search: by its script, by characters that only
   simplified Chinese, traditional Chinese or Japanese writes, and by the small words of languages in Latin
   letters. */
#pragma once
#include <glib.h>

/* A BCP 47 tag, never freed: zh-Hans, zh-Hant, ja, ko, en, fr, de, es, pt, it, nl, ru, uk, ar, … or und for
   text without letters. DECLARED is what the page or feed says of itself ("zh-CN", "en_US"; NULL: nothing):
   it decides only where TEXT does not. LENGTH in bytes, negative: up to the NUL; the first 4,000 characters
   are looked at. */
const char *zb_language_of (const char *text, gssize length, const char *declared);

/* The same kind of tag for DECLARED: zh-CN and zh are zh-Hans, zh_TW and zh-HK zh-Hant, EN-us en; NULL for
   what is no language that zb_language_of could return. */
const char *zb_language_known (const char *declared);
