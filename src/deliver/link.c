/* Links of five bytes of id and ten of HMAC. */
#include "zhoubao/deliver/link.h"

#include "zhoubao/edge/secret.h"

#define ID_BYTES 5
#define MAC_BYTES 10

/* The id lies behind the MAC, masked by it, so that tokens of neighbours look nothing alike. */
static void
make (GBytes *key, const char *purpose, gint64 person, guint8 out[ID_BYTES + MAC_BYTES])
{
  guint8 hash[ZB_SECRET_BYTES], mask[ZB_SECRET_BYTES];
  g_autofree char *text = g_strdup_printf ("link %s %" G_GINT64_FORMAT, purpose, person);
  zb_secret_hmac (key, text, strlen (text), hash);
  memcpy (out, hash, MAC_BYTES);
  zb_secret_hmac (key, out, MAC_BYTES, mask);
  for (guint i = 0; i < ID_BYTES; i++)
    out[MAC_BYTES + i] = (guint8)(person >> (8 * i)) ^ mask[i];
}

char *
zb_link_token (GBytes *key, const char *purpose, gint64 person)
{
  guint8 raw[ID_BYTES + MAC_BYTES];
  make (key, purpose, person, raw);
  return zb_base32_encode (raw, sizeof raw);
}

char *
zb_link_url (GBytes *key, const char *base_url, const char *purpose, gint64 person)
{
  g_autofree char *token = zb_link_token (key, purpose, person);
  return g_strdup_printf ("%s/%s/%s", base_url, purpose, token);
}

gint64
zb_link_person (GBytes *key, const char *purpose, const char *token)
{
  guint8 mask[ZB_SECRET_BYTES];
  g_autoptr (GBytes) raw = zb_base32_decode (token);
  if (raw == NULL || g_bytes_get_size (raw) != ID_BYTES + MAC_BYTES)
    return 0;
  const guint8 *bytes = g_bytes_get_data (raw, NULL);
  gint64 person = 0;
  zb_secret_hmac (key, bytes, MAC_BYTES, mask);
  for (guint i = 0; i < ID_BYTES; i++)
    person |= (gint64)(bytes[MAC_BYTES + i] ^ mask[i]) << (8 * i);
  g_autofree char *ours = zb_link_token (key, purpose, person);
  g_autofree char *theirs = g_ascii_strdown (token, -1);
  return zb_secret_equal (ours, theirs) ? person : 0;
}
