/* Who has what open: told by the pages' script every few seconds, kept in memory alone, forgotten soon after.
   Private to src/desk. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct ZbPresence ZbPresence;

ZbPresence *zb_presence_new (void); /* (transfer full) */
void zb_presence_free (ZbPresence *presence);

/* EDITOR has AT open ("story-12", "issue-2017-W26") at NOW; each editor is where they told last. Of names
   that are too long nothing is kept. */
void zb_presence_tell (ZbPresence *presence, const char *editor, const char *at, ZbTime now);

/* Calls EACH with what others than EDITOR have open at NOW, in the order of their names. */
void zb_presence_each (ZbPresence *presence, const char *editor, ZbTime now,
                       void (*each) (const char *who, const char *at, gpointer data), gpointer data);
