/* Two lanes of multiply and mix over eight bytes at a time. */
#include "key.h"

#define FIRST 0x9E3779B97F4A7C15u
#define SECOND 0xC2B2AE3D27D4EB4Fu

static guint64
mix (guint64 x, guint64 y)
{
  __uint128_t product = (__uint128_t)(x ^ FIRST) * (y | 1);
  return (guint64)product ^ (guint64)(product >> 64);
}

static void
add_word (ZbKey *key, guint64 word)
{
  key->a = mix (key->a ^ word, SECOND) + FIRST;
  key->b = (key->b ^ (word * SECOND)) * FIRST;
  key->b ^= key->b >> 29;
}

void
zb_key_add (ZbKey *key, const void *bytes, gsize length)
{
  const guint8 *p = bytes;
  gsize left = length;
  for (; left >= 8; p += 8, left -= 8) {
    guint64 word;
    memcpy (&word, p, 8);
    add_word (key, GUINT64_FROM_LE (word));
  }
  guint64 tail = 0;
  for (gsize i = 0; i < left; i++)
    tail |= (guint64)p[i] << (8 * i);
  add_word (key, tail);
  add_word (key, length);
}

void
zb_key_add_text (ZbKey *key, const char *text)
{
  if (text != NULL)
    zb_key_add (key, text, strlen (text));
  else
    add_word (key, SECOND);
}

void
zb_key_add_key (ZbKey *key, const ZbKey *other)
{
  add_word (key, other->a);
  add_word (key, other->b);
}
