/* URLs of http and https, read as browsers read them (WHATWG URL Standard), and what names a page.
   All text is UTF-8; bytes that are not are replaced as the standard says. */
#pragma once
#include <glib.h>

#define ZB_URL_MAX 32768 /* bytes of an input */

typedef struct ZbUrl ZbUrl;

/* Reads INPUT, relative to BASE where BASE is not NULL. Any other scheme than http and https is an error
   (ZB_ERROR_INVALID), as is all that the standard calls failure. Returns: (transfer full). */
ZbUrl *zb_url_parse (const char *input, const ZbUrl *base, GError **error);
void zb_url_free (ZbUrl *url);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbUrl, zb_url_free)

/* The href of INPUT, relative to BASE (may be NULL). Returns: (transfer full), NULL where INPUT fails, or
   BASE where INPUT depends on it. */
char *zb_url_resolve (const char *input, const char *base);

/* Parts, as they stand in the href; borrowed. */
const char *zb_url_href (const ZbUrl *url);
const char *zb_url_scheme (const ZbUrl *url);   /* "http", "https" */
const char *zb_url_username (const ZbUrl *url); /* "" where there is none, likewise the password */
const char *zb_url_password (const ZbUrl *url);
const char *zb_url_host (const ZbUrl *url);     /* ASCII, lower case; an IPv6 address with its brackets */
int zb_url_port (const ZbUrl *url);             /* the scheme's own where none is written */
const char *zb_url_path (const ZbUrl *url);     /* begins with a slash */
const char *zb_url_query (const ZbUrl *url);    /* without the mark; NULL where there is none */
const char *zb_url_fragment (const ZbUrl *url); /* likewise */

/* "https://host:port", the port always written: the key of politeness, robots and cookies.
   Returns: (transfer full). */
char *zb_url_origin (const ZbUrl *url);

/* The scheme that a browser would see in TEXT, whatever white space or control characters hide it, in lower
   case; NULL where TEXT is relative. For deciding what links may be kept. Returns: (transfer full). */
char *zb_url_scheme_of (const char *text);

/* Decodes every %XX of TEXT. The result may be any bytes. Returns: (transfer full). */
GString *zb_url_unescape (const char *text);

/* The name of the page: its href without fragment, user, trackers (utm_*, spm, from, node …), sessions and
   the parameters named in DROP_PARAMS (NULL or ended by NULL; "name*" is a prefix); /index.html is its
   folder, and /WZWSREL with the base64 of a path is that path. A fragment that is a route of a script
   ("#/notice/5", "#!…") stays, for it does name the page. The order of parameters stays too: some servers
   heed it. Returns: (transfer full). */
char *zb_url_canonical (const ZbUrl *url, const char *const *drop_params);

/* What tells pages apart: the canonical form without its scheme, for sites move from http to https and their
   pages stay the same. Returns: (transfer full). */
char *zb_url_key (const ZbUrl *url, const char *const *drop_params);
