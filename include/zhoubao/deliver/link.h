/* The links of one person's own pages (DESIGN §9): opaque, never expiring, the same for as long as the key
   file data/keys/links is kept. */
#pragma once
#include <glib.h>

/* The token T of /unsubscribe/T and /preferences/T: 24 characters of base32. PURPOSE keeps tokens of
   different pages apart. (transfer full) */
char *zb_link_token (GBytes *key, const char *purpose, gint64 person);

/* BASE_URL/PURPOSE/T. (transfer full) */
char *zb_link_url (GBytes *key, const char *base_url, const char *purpose, gint64 person);

/* Whose TOKEN it is, 0 where KEY has not made it for PURPOSE. */
gint64 zb_link_person (GBytes *key, const char *purpose, const char *token);
