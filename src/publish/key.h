/* Keys: 128 bits that stand for everything a page was made of. Two builds with equal keys make equal bytes;
   the files are the workspace's own, so speed counts here and not resistance to an attacker. */
#pragma once
#include <glib.h>

typedef struct {
  guint64 a, b;
} ZbKey;

void zb_key_add (ZbKey *key, const void *bytes, gsize length);
void zb_key_add_text (ZbKey *key, const char *text); /* NULL and "" differ; texts do not run together */
void zb_key_add_key (ZbKey *key, const ZbKey *other);
