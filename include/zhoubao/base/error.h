/* The one error domain: what the user can be told, and by which exit status. */
#pragma once
#include <glib.h>

/* Every message is one line that names the file, line or source and the cause; each layer may
   g_prefix_error() its own words on the way up ("source ndrc: "). Errors of GLib's own domains pass
   unchanged. */
#define ZB_ERROR (zb_error_quark ())
GQuark zb_error_quark (void);

typedef enum {
  ZB_ERROR_FAILED,    /* the world said no: network, disk, a foreign server */
  ZB_ERROR_USAGE,     /* the command line is wrong; exit status 2 */
  ZB_ERROR_NOT_FOUND, /* no such workspace, source, item, issue, person */
  ZB_ERROR_INVALID,   /* input that does not parse or breaks a rule */
  ZB_ERROR_LIMIT,     /* input over one of the limits of model/limits.h */
  ZB_ERROR_REFUSED,   /* a safety rule forbids it: private address, second sender, stale form */
  ZB_ERROR_BUSY       /* somebody else holds it; try again later */
} ZbErrorCode;

/* Cuts MESSAGE to one line without control characters, for words that came from outside (a server's reply, a
   parser). Returns: (transfer full). */
char *zb_error_line (const char *message);

/* Says that the outcome of a fallible call is left aside on purpose; a comment beside it says why. */
static inline void
zb_ignore (gboolean outcome)
{
  (void)outcome;
}
