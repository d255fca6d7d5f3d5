/* Two lanes of multiply and mix over sixteen bytes at a time. */
#include "key.h"

#define FIRST 0x9E3779B97F4A7C15u
#define SECOND 0xC2B2AE3D27D4EB4Fu

static guint64
mix (guint64 x, guint64 y)
{
  __uint128_t product = (__uint128_t)(x ^ FIRST) * (y ^ SECOND);
  return (guint64)product ^ (guint64)(product >> 64);
}

/* Each lane takes both words, in another way. */
static void
add_words (ZbKey *key, guint64 one, guint64 two)
{
  key->a = mix (key->a ^ one, two) + FIRST;
  key->b = (key->b ^ one ^ (two << 32 | two >> 32)) * SECOND;
  key->b ^= key->b >> 29;
}

void
zb_key_add (ZbKey *key, const void *bytes, gsize length)
{
  const guint8 *p = bytes;
  guint64 words[2];
  gsize left = length;
  for (; left >= sizeof words; p += sizeof words, left -= sizeof words) {
    memcpy (words, p, sizeof words);
    add_words (key, words[0], words[1]);
  }
  memset (words, 0, sizeof words);
  memcpy (words, p, left);
  add_words (key, words[0], words[1]);
  add_words (key, length, 0);
}

void
zb_key_add_text (ZbKey *key, const char *text)
{
  if (text != NULL)
    zb_key_add (key, text, strlen (text));
  else
    add_words (key, FIRST, SECOND);
}

void
zb_key_add_key (ZbKey *key, const ZbKey *other)
{
  add_words (key, other->a, other->b);
}
