/* Style sheets for mail programs that know none: each rule is written into the elements that it means. */
#pragma once
#include <glib.h>

typedef struct ZbInliner ZbInliner;

/* CSS with rules of simple selectors (tag, .class, tag.class; lists of them); comments are dropped, and
   blocks that start with @ are kept for the head. NAME is for errors. (transfer full) */
ZbInliner *zb_inliner_new (const char *name, const char *css, gsize length, GError **error);
void zb_inliner_free (ZbInliner *inliner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbInliner, zb_inliner_free)

/* The @ blocks, to be put into <style>. Borrowed. */
const char *zb_inliner_media (const ZbInliner *inliner);

/* HTML of our own templates and of cmark (every attribute in double quotes) with style="…" in each element
   that a rule means; classes stay, for the head's rules. (transfer full) */
char *zb_inliner_apply (const ZbInliner *inliner, const char *html);
