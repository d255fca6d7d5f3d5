/* Arenas: blocks that grow, filled from their start. */
#include "zhoubao/base/arena.h"

#define FIRST_BLOCK 2048u
#define LARGEST_BLOCK (256u << 10)

typedef struct Block Block;
struct Block {
  Block *before;
  gsize used, size;
  guint8 bytes[];
};

struct ZbArena {
  Block *block;
};

ZbArena *
zb_arena_new (void)
{
  return g_new0 (ZbArena, 1);
}

void
zb_arena_free (ZbArena *arena)
{
  for (Block *block = arena->block, *before; block != NULL; block = before) {
    before = block->before;
    g_free (block);
  }
  g_free (arena);
}

static Block *
add_block (ZbArena *arena, gsize least)
{
  gsize size = arena->block != NULL ? MIN (arena->block->size * 2, LARGEST_BLOCK) : FIRST_BLOCK;
  size = MAX (size, least);
  Block *block = g_malloc (sizeof *block + size);
  *block = (Block){arena->block, 0, size};
  arena->block = block;
  return block;
}

gpointer
zb_arena_take (ZbArena *arena, gsize bytes)
{
  gsize rounded = (bytes + 7) & ~(gsize)7;
  Block *block = arena->block;
  if (block == NULL || block->size - block->used < rounded)
    block = add_block (arena, rounded);
  gpointer place = block->bytes + block->used;
  block->used += rounded;
  return place;
}

char *
zb_arena_text (ZbArena *arena, const char *text, gsize length)
{
  char *to = zb_arena_take (arena, length + 1);
  memcpy (to, text, length);
  to[length] = '\0';
  return to;
}

char *
zb_arena_join (ZbArena *arena, const char *first, ...)
{
  va_list texts;
  gsize length = 0;
  va_start (texts, first);
  for (const char *text = first; text != NULL; text = va_arg (texts, const char *))
    length += strlen (text);
  va_end (texts);
  char *whole = zb_arena_take (arena, length + 1), *end = whole;
  *end = '\0';
  va_start (texts, first);
  for (const char *text = first; text != NULL; text = va_arg (texts, const char *))
    end = g_stpcpy (end, text);
  va_end (texts);
  return whole;
}
