/* GMime for the two files that use it: started once, and its handles freed at the end of their scope. */
#pragma once
#include <gmime/gmime.h>

#define ZB_GMIME_AUTOPTR(type) G_DEFINE_AUTOPTR_CLEANUP_FUNC (type, g_object_unref)
ZB_GMIME_AUTOPTR (GMimeMessage)
ZB_GMIME_AUTOPTR (GMimeObject)
ZB_GMIME_AUTOPTR (GMimeStream)
ZB_GMIME_AUTOPTR (GMimeParser)
ZB_GMIME_AUTOPTR (GMimeDataWrapper)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFormatOptions, g_mime_format_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParserOptions, g_mime_parser_options_free)
#undef ZB_GMIME_AUTOPTR

static inline void
zb_gmime_start (void)
{
  static gsize started;
  if (g_once_init_enter (&started)) {
    g_mime_init ();
    g_once_init_leave (&started, 1);
  }
}
