/* The FTS5 tokenizer "zhoubao". For edge/db.c only, which registers it on every connection. */
#pragma once
#include <sqlite3.h>

/* Makes tokenize='zhoubao' known to API: pairs of Han characters, the last one of each run also alone (at the
   pair's place) for one-character prefix queries, folded and stemmed words elsewhere (base/words.h). Where
   the text is CommonMark, the addresses of links are passed over. Returns an SQLite result code. */
int zb_tokenizer_register (fts5_api *api);
