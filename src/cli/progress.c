/* One line that is drawn over itself. */
#include "progress.h"

#include "zhoubao/base/text.h"
#include <sys/ioctl.h>
#include <unistd.h>

#define PATIENCE_US (1000 * 1000) /* what is over sooner needs no bar */
#define REDRAW_US (100 * 1000)
#define CELLS 30

struct ZbProgress {
  gboolean shown, drawn;
  gint64 started, last;
};

ZbProgress *
zb_progress_new (const ZbCli *cli)
{
  ZbProgress *bar = g_new0 (ZbProgress, 1);
  bar->shown = !cli->quiet && isatty (STDERR_FILENO);
  bar->started = g_get_monotonic_time ();
  return bar;
}

void
zb_progress_free (ZbProgress *bar)
{
  zb_progress_clear (bar);
  g_free (bar);
}

void
zb_progress_clear (ZbProgress *bar)
{
  if (bar->drawn)
    fputs ("\r\033[K", stderr);
  bar->drawn = FALSE;
  bar->last = 0;
}

static guint
terminal_columns (void)
{
  struct winsize size = {0};
  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void
zb_progress_set (ZbProgress *bar, guint done, guint total, const char *words)
{
  gint64 now = g_get_monotonic_time ();
  if (!bar->shown || total == 0 || now - bar->started < PATIENCE_US || now - bar->last < REDRAW_US)
    return;
  guint full = (guint)((guint64)MIN (done, total) * CELLS / total);
  g_autoptr (GString) line = g_string_new ("[");
  for (guint i = 0; i < CELLS; i++)
    g_string_append_c (line, i < full ? '#' : '.');
  g_string_append_printf (line, "] %u/%u %s", done, total, words != NULL ? words : "");
  g_autofree char *fitting = zb_text_cut (line->str, -1, terminal_columns () - 1);
  fprintf (stderr, "\r\033[K%s", fitting);
  fflush (stderr);
  bar->drawn = TRUE;
  bar->last = now;
}
