/* The list in an editor's hands. */
#include "zhoubao/deliver/subscribers.h"

#include "zhoubao/base/csv.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/suppression.h"

#define CHUNK (64 << 10)

/* "2017-07-03". Returns: (transfer full). */
static char *
day_of (ZbTime t)
{
  g_autofree char *time = zb_time_to_rfc3339 (t);
  return time != NULL ? g_strndup (time, 10) : g_strdup ("an unknown day");
}

static char *
why_person (const ZbPerson *person)
{
  if (person == NULL)
    return NULL;
  g_autofree char *day = day_of (person->left_at != ZB_TIME_NONE ? person->left_at : person->changed);
  switch (person->state) {
  case ZB_PERSON_LEFT:
    return g_strdup_printf ("left the list on %s; only they themselves can join again", day);
  case ZB_PERSON_BOUNCED:
    return g_strdup_printf ("was found dead on %s, as mail came back", day);
  case ZB_PERSON_COMPLAINED:
    return g_strdup_printf ("complained about a mail on %s", day);
  default:
    return NULL;
  }
}

gboolean
zb_subscribers_barred (ZbDb *db, GBytes *key, const char *address, const ZbPerson *person, char **why,
                       GError **error)
{
  const char *reason = NULL;
  *why = why_person (person);
  if (*why != NULL)
    return TRUE;
  if (!zb_suppression_find (db, key, address, &reason, error))
    return FALSE;
  if (reason != NULL)
    *why = g_strdup_printf ("is suppressed (%s)", reason);
  return TRUE;
}

typedef struct {
  GBytes *key;
  ZbPerson *person;
} Adding;

static gboolean
add (ZbDb *db, gpointer data, GError **error)
{
  Adding *adding = data;
  g_autofree char *why = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZbPerson) there = zb_person_find (db, adding->person->address, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (!zb_subscribers_barred (db, adding->key, adding->person->address, there, &why, error))
    return FALSE;
  if (why != NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s %s", adding->person->address, why);
    return FALSE;
  }
  return zb_person_add (db, adding->person, error);
}

gboolean
zb_subscribers_add (ZbDb *db, GBytes *key, const char *address, const char *name, ZbTier tier, ZbTime now,
                    gint64 *id, GError **error)
{
  g_autofree char *parsed = NULL;
  if (!zb_mailbox_parse (address, &parsed, error) || !zb_mailbox_check_name (name, error))
    return FALSE;
  g_autoptr (ZbPerson) person = zb_person_new (parsed, "editor", now);
  Adding adding = {key, person};
  person->name = g_strdup (name);
  person->tier = tier;
  if (!zb_db_transact (db, add, &adding, error))
    return FALSE;
  *id = person->id;
  return TRUE;
}

ZbPerson *
zb_subscribers_get (ZbDb *db, const char *who, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 id = 0;
  gboolean number = g_ascii_string_to_signed (who, 10, 1, G_MAXINT64, &id, NULL);
  g_autoptr (ZbPerson) person = number ? zb_person_load (db, id, &failed) : zb_person_find (db, who, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (person == NULL || person->state == ZB_PERSON_ERASED) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "nobody on the list is '%s'", who);
    return NULL;
  }
  return g_steal_pointer (&person);
}

gboolean
zb_subscribers_remove (ZbDb *db, const char *who, ZbTime now, GError **error)
{
  g_autoptr (ZbPerson) person = zb_subscribers_get (db, who, error);
  if (person == NULL)
    return FALSE;
  if (person->state == ZB_PERSON_LEFT)
    return TRUE;
  person->state = ZB_PERSON_LEFT;
  person->left_at = now;
  return zb_person_save (db, person, now, error);
}

typedef struct {
  GBytes *key;
  const char *who;
  ZbTime now;
} Erasing;

static gboolean
erase (ZbDb *db, gpointer data, GError **error)
{
  const Erasing *e = data;
  g_autoptr (ZbPerson) person = zb_subscribers_get (db, e->who, error);
  return person != NULL && zb_suppression_add_hash (db, e->key, person->address, e->now, error) &&
         zb_delivery_forget (db, person->id, e->now, error) &&
         zb_person_forget (db, person->id, e->now, error);
}

gboolean
zb_subscribers_erase (ZbDb *db, GBytes *key, const char *who, ZbTime now, GError **error)
{
  Erasing erasing = {key, who, now};
  return zb_db_transact (db, erase, &erasing, error);
}

typedef struct {
  GString *text;
  ZbSubscribersWrite write;
  gpointer data;
} Export;

static gboolean
flush (Export *e, gsize at_least, GError **error)
{
  if (e->text->len < at_least || e->text->len == 0)
    return TRUE;
  gboolean ok = e->write (e->text->str, e->text->len, e->data, error);
  g_string_truncate (e->text, 0);
  return ok;
}

static const char *
yes_or_no (gboolean wish)
{
  return wish ? "yes" : "no";
}

static gboolean
export_one (const ZbPerson *p, gpointer data, GError **error)
{
  Export *e = data;
  g_autofree char *joined = zb_time_to_rfc3339 (p->joined), *left = zb_time_to_rfc3339 (p->left_at),
                  *until = zb_time_to_rfc3339 (p->paused_until),
                  *consent = zb_time_to_rfc3339 (p->consent_at);
  const char *cells[] = {p->name,
                         zb_tier_name (p->tier),
                         zb_person_state_name (p->state),
                         p->language,
                         p->text_only ? "text" : "html",
                         yes_or_no (p->weekly),
                         yes_or_no (p->latest),
                         yes_or_no (p->essays),
                         p->origin,
                         joined,
                         left,
                         until,
                         consent,
                         p->consent_text,
                         p->consent_from};
  zb_csv_append (e->text, p->address, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    zb_csv_append (e->text, cells[i], FALSE);
  g_string_append (e->text, "\r\n");
  return flush (e, CHUNK, error);
}

gboolean
zb_subscribers_export (ZbDb *db, const ZbPersonFilter *filter, ZbSubscribersWrite write, gpointer data,
                       GError **error)
{
  g_autoptr (GString) text = g_string_new (
      "email,name,tier,state,language,format,weekly,latest,essays,origin,joined,left,paused_until,"
      "consent_at,consent_text,consent_from\r\n");
  Export export = {text, write, data};
  return zb_person_walk (db, filter, export_one, &export, error) && flush (&export, 0, error);
}
