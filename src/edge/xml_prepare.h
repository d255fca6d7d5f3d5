/* Text made ready for libxml2's parsers: what they choke on, or read otherwise than browsers do, is taken
 * out. */
#pragma once
#include <glib.h>

/* Valid UTF-8 without control characters; for HTML also without comments, declarations and processing
   instructions, and with at most 128 attributes a tag. LENGTH -1: up to the NUL. (transfer full) */
GString *zb_xml_prepare_html (const char *text, gssize length);
GString *zb_xml_prepare_xml (const char *text, gssize length);
