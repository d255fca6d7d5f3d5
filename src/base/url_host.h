/* The host of a URL: domains, IPv4 and IPv6 addresses (WHATWG URL Standard, section 3). Private to base. */
#pragma once
#include <glib.h>

/* Reads the LENGTH bytes at TEXT, which are UTF-8 and not empty. Returns: (transfer full) the host in ASCII,
   NULL where the standard says failure. */
char *zb_url_host_parse (const char *text, gsize length);
