/* The error domain, and foreign words made fit for one line. */
#include "zhoubao/base/error.h"

G_DEFINE_QUARK (zb - error - quark, zb_error)

char *
zb_error_line (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message != NULL ? message : "", -1);
  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_strdup (g_strstrip (valid));
}
