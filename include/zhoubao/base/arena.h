/* Memory that is taken piece by piece and goes all at once: for trees of many small nodes and texts. */
#pragma once
#include <glib.h>

typedef struct ZbArena ZbArena;

ZbArena *zb_arena_new (void);
void zb_arena_free (ZbArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbArena, zb_arena_free)

/* BYTES that are not cleared, aligned for pointers and numbers. They live as long as the arena. */
gpointer zb_arena_take (ZbArena *arena, gsize bytes);

/* A copy of the LENGTH bytes at TEXT, ended by NUL. */
char *zb_arena_text (ZbArena *arena, const char *text, gsize length);

/* The texts up to NULL, one after another. */
char *zb_arena_join (ZbArena *arena, const char *first, ...) G_GNUC_NULL_TERMINATED;
