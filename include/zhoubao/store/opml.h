/* Sources as OPML 2.0, which other readers write and read (http://opml.org/spec2.opml). */
#pragma once
#include "zhoubao/model/source.h"

/* Adds the feeds of TEXT to SOURCES, as ZbSource of kind feed without a slug: title, URL, language, and what
   this program wrote into their categories (level, region). Outlines without a feed are PASSED_OVER (a
   folder of others is none of these), nested ones are read at any depth. */
gboolean zb_opml_parse (const char *text, gsize length, GPtrArray *sources, guint *passed_over,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SOURCES under TITLE: feeds as such, lists and the others as links. (transfer full) */
char *zb_opml_write (const GPtrArray *sources, const char *title);
