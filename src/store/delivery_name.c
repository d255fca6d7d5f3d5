/* The names of a delivery: HMACs, so that a bounce can be told from a forgery. */
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/delivery.h"

#define TAG_BYTES 16  /* of a Message-ID */
#define MARK_BYTES 10 /* of a token: 16 characters, so that a return path fits 64 octets */

char *
zb_delivery_message_id (GBytes *key, const char *issue, gint64 person, const char *domain)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, person);
  g_autofree char *tag = zb_secret_tag (key, TAG_BYTES, (const char *[]){"message-id", issue, id, NULL});
  return g_strdup_printf ("%s@%s", tag, domain);
}

char *
zb_delivery_token (GBytes *key, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *tag = zb_secret_tag (key, MARK_BYTES, (const char *[]){"return-path", number, NULL});
  return g_strdup_printf ("%s.%s", number, tag);
}

char *
zb_delivery_return_path (const char *token, const char *bounces)
{
  const char *at = strrchr (bounces, '@');
  return at == NULL ? NULL : g_strdup_printf ("%.*s+%s%s", (int)(at - bounces), bounces, token, at);
}

gint64
zb_delivery_check_token (GBytes *key, const char *token)
{
  char *end = NULL;
  gint64 id = g_ascii_isdigit (*token) ? g_ascii_strtoll (token, &end, 10) : 0;
  if (id <= 0 || *end != '.')
    return 0;
  g_autofree char *ours = zb_delivery_token (key, id);
  g_autofree char *theirs = g_ascii_strdown (token, -1); /* some servers change the case of a local part */
  return zb_secret_equal (ours, theirs) ? id : 0;
}

gint64
zb_delivery_check_return_path (GBytes *key, const char *address)
{
  const char *at = strrchr (address, '@');
  const char *plus = at != NULL ? g_strrstr_len (address, at - address, "+") : NULL;
  if (plus == NULL)
    return 0;
  g_autofree char *token = g_strndup (plus + 1, (gsize)(at - plus - 1));
  return zb_delivery_check_token (key, token);
}
