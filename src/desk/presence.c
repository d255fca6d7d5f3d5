/* Editors and what they have open. */
#include "presence.h"

#define STAYS 40      /* seconds after the last word of somebody's page */
#define AT_BYTES 64   /* of a name of a thing */
#define EVERYBODY 500 /* editors at once */

typedef struct {
  char *editor, *at;
  ZbTime told;
} Here;

struct ZbPresence {
  GMutex lock;
  GPtrArray *all; /* of Here, by name */
};

static void
here_free (gpointer data)
{
  Here *here = data;
  g_free (here->editor);
  g_free (here->at);
  g_free (here);
}

ZbPresence *
zb_presence_new (void)
{
  ZbPresence *presence = g_new0 (ZbPresence, 1);
  g_mutex_init (&presence->lock);
  presence->all = g_ptr_array_new_with_free_func (here_free);
  return presence;
}

void
zb_presence_free (ZbPresence *presence)
{
  g_ptr_array_unref (presence->all);
  g_mutex_clear (&presence->lock);
  g_free (presence);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(Here *const *)a)->editor, (*(Here *const *)b)->editor);
}

/* Forgets EDITOR's last word and what is too old. */
static void
forget (GPtrArray *all, const char *editor, ZbTime now)
{
  for (guint i = all->len; i-- > 0;) {
    const Here *here = all->pdata[i];
    if (g_str_equal (here->editor, editor) || here->told + STAYS < now)
      g_ptr_array_remove_index (all, i);
  }
}

void
zb_presence_tell (ZbPresence *presence, const char *editor, const char *at, ZbTime now)
{
  g_mutex_lock (&presence->lock);
  forget (presence->all, editor, now);
  if (*at != '\0' && strlen (at) <= AT_BYTES && presence->all->len < EVERYBODY) {
    Here *here = g_new0 (Here, 1);
    here->editor = g_strdup (editor);
    here->at = g_strdup (at);
    here->told = now;
    g_ptr_array_add (presence->all, here);
    g_ptr_array_sort (presence->all, compare_names);
  }
  g_mutex_unlock (&presence->lock);
}

void
zb_presence_each (ZbPresence *presence, const char *editor, ZbTime now,
                  void (*each) (const char *who, const char *at, gpointer data), gpointer data)
{
  g_mutex_lock (&presence->lock);
  for (guint i = 0; i < presence->all->len; i++) {
    const Here *here = presence->all->pdata[i];
    if (!g_str_equal (here->editor, editor) && here->told + STAYS >= now)
      each (here->editor, here->at, data);
  }
  g_mutex_unlock (&presence->lock);
}
