/* Pictures: SVG drawn as PNG (librsvg, cairo). */
#pragma once
#include <glib.h>

/* Draws SVG, a document of our own templates, WIDTH by HEIGHT pixels. Nothing outside the document is
   fetched. (transfer full) */
GBytes *zb_picture_png (const char *svg, gsize length, int width, int height, GError **error);
