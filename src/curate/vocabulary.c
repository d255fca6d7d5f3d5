/* Numbers of words, looked up without a string: millions are asked for in one grouping. */
#include "vocabulary.h"

#include <string.h>

#define EXACT_BYTES 7 /* go into a key whole, with their number */
#define HASHED G_GUINT64_CONSTANT (0xff00000000000000)
#define START_BITS 12

typedef struct {
  guint64 key; /* 0: empty */
  guint number;
} Place;

struct ZbVocabulary {
  Place *places;
  guint bits; /* of the number of places */
  guint count;
};

ZbVocabulary *
zb_vocabulary_new (void)
{
  ZbVocabulary *v = g_new0 (ZbVocabulary, 1);
  v->bits = START_BITS;
  v->places = g_new0 (Place, 1u << v->bits);
  return v;
}

void
zb_vocabulary_free (ZbVocabulary *v)
{
  g_free (v->places);
  g_free (v);
}

/* FNV-1a of a long word. */
static guint64
key_of (const char *word, gsize length)
{
  guint64 key = 0;
  if (length <= EXACT_BYTES) {
    memcpy (&key, word, length);
    return GUINT64_TO_LE (key) | (guint64)length << 56;
  }
  key = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (gsize i = 0; i < length; i++)
    key = (key ^ (guchar)word[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return key | HASHED;
}

/* The place of KEY, or the empty one where it belongs. */
static Place *
find (const ZbVocabulary *v, guint64 key)
{
  guint mask = (1u << v->bits) - 1;
  guint64 mixed = (key ^ key >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint at = (guint)(mixed >> (64 - v->bits));
  while (v->places[at].key != 0 && v->places[at].key != key)
    at = (at + 1) & mask;
  return &v->places[at];
}

static void
grow (ZbVocabulary *v)
{
  Place *before = v->places;
  guint size = 1u << v->bits++;
  v->places = g_new0 (Place, 1u << v->bits);
  for (guint i = 0; i < size; i++)
    if (before[i].key != 0)
      *find (v, before[i].key) = before[i];
  g_free (before);
}

guint
zb_vocabulary_number (ZbVocabulary *v, const char *word, gsize length)
{
  guint64 key = key_of (word, length);
  Place *place = find (v, key);
  if (place->key != 0)
    return place->number;
  *place = (Place){key, v->count++};
  guint number = place->number;
  if (v->count > (1u << v->bits) / 2)
    grow (v);
  return number;
}
