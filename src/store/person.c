/* People as rows and back. */
#include "zhoubao/store/person.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/store/member.h"

#define COLUMNS                                                                                              \
  "id, address, name, state, tier, language, text_only, weekly, latest, essays, paused_until, origin,"       \
  " consent_at, consent_text, consent_from, joined, left_at, changed"

static const char *const LOAD = "SELECT " COLUMNS " FROM person WHERE id = ?";
static const char *const FIND = "SELECT " COLUMNS " FROM person WHERE address_key = ?";
static const char *const ADD =
    "INSERT INTO person (address, address_key, name, state, tier, language, text_only, weekly, latest, "
    "essays,"
    " paused_until, origin, consent_at, consent_text, consent_from, joined, left_at, changed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address_key) DO NOTHING";
static const char *const SAVE =
    "UPDATE person SET address = ?, address_key = ?, name = ?, state = ?, tier = ?, language = ?,"
    " text_only = ?, weekly = ?, latest = ?, essays = ?, paused_until = ?, origin = ?, consent_at = ?,"
    " consent_text = ?, consent_from = ?, joined = ?, left_at = ?, changed = ? WHERE id = ?";
static const char *const FORGET =
    "UPDATE person SET address = '', address_key = 'erased:' || id, name = NULL, state = 'erased',"
    " tier = 'none', language = NULL, text_only = 0, weekly = 0, latest = 0, essays = 0, paused_until = NULL,"
    " consent_at = NULL, consent_text = NULL, consent_from = NULL, left_at = coalesce (left_at, ?), changed "
    "= ? WHERE id = ?";
static const char *const FORGET_BOUNCES = "UPDATE bounce SET words = NULL WHERE person = ?";
static const char *const FORGET_REQUESTS = "DELETE FROM request WHERE person = ?";
#define FILTER                                                                                               \
  " FROM person WHERE id > ?1 AND (?2 IS NULL OR state = ?2) AND (?2 IS NOT NULL OR state <> 'erased')"      \
  " AND (?3 IS NULL OR tier = ?3) AND (?4 IS NULL OR language = ?4)"                                         \
  " AND (?5 IS NULL OR instr (address_key, lower (?5)) > 0 OR instr (lower (name), lower (?5)) > 0)"         \
  " AND (?6 IS NULL OR joined >= ?6) AND (?7 IS NULL OR joined < ?7)"
static const char *const WALK = "SELECT " COLUMNS FILTER " ORDER BY id LIMIT ?8";
static const char *const COUNT = "SELECT count (*)" FILTER;
static const char *const MAY_GET =
    "SELECT 1 FROM person p WHERE id = ? AND address = ? AND state = 'active'"
    " AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'address' AND value = p.address_key)"
    " AND NOT EXISTS (SELECT 1 FROM suppression WHERE kind = 'domain' AND value = p.domain)";
static const char *const WAKE = "UPDATE person SET state = 'active', paused_until = NULL, changed = ?"
                                " WHERE state = 'paused' AND paused_until <= ?";

static ZbPerson *
read_row (ZbQuery *q)
{
  ZbPerson *p = zb_person_new (zb_query_text (q, 1), zb_query_text (q, 11), 0);
  p->id = zb_query_int (q, 0);
  p->name = g_strdup (zb_query_text (q, 2));
  gboolean known = zb_person_state_parse (zb_query_text (q, 3), &p->state) &&
                   zb_tier_parse (zb_query_text (q, 4), &p->tier);
  g_assert (known); /* the schema allows no other */
  p->language = g_strdup (zb_query_text (q, 5));
  p->text_only = zb_query_int (q, 6) != 0;
  p->weekly = zb_query_int (q, 7) != 0;
  p->latest = zb_query_int (q, 8) != 0;
  p->essays = zb_query_int (q, 9) != 0;
  p->paused_until = zb_query_time (q, 10);
  p->consent_at = zb_query_time (q, 12);
  p->consent_text = g_strdup (zb_query_text (q, 13));
  p->consent_from = g_strdup (zb_query_text (q, 14));
  p->joined = zb_query_time (q, 15);
  p->left_at = zb_query_time (q, 16);
  p->changed = zb_query_time (q, 17);
  return p;
}

static ZbPerson *
read_one (ZbQuery *q, GError **error)
{
  g_autoptr (ZbPerson) person = zb_query_next (q) ? read_row (q) : NULL;
  return zb_query_ok (q, error) ? g_steal_pointer (&person) : NULL;
}

ZbPerson *
zb_person_load (ZbDb *db, gint64 id, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, LOAD, "i", id);
  return read_one (q, error);
}

ZbPerson *
zb_person_find (ZbDb *db, const char *address, GError **error)
{
  g_autofree char *key = zb_mailbox_key (address);
  g_autoptr (ZbQuery) q = zb_db_query (db, FIND, "s", key);
  return read_one (q, error);
}

gboolean
zb_person_add (ZbDb *db, ZbPerson *p, GError **error)
{
  g_autofree char *key = zb_mailbox_key (p->address);
  if (!zb_db_exec (db, error, ADD, "ssssssiiiitstssttt", p->address, key, p->name,
                   zb_person_state_name (p->state), zb_tier_name (p->tier), p->language, (gint64)p->text_only,
                   (gint64)p->weekly, (gint64)p->latest, (gint64)p->essays, p->paused_until, p->origin,
                   p->consent_at, p->consent_text, p->consent_from, p->joined, p->left_at, p->changed))
    return FALSE;
  if (zb_db_changes (db) == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s is on the list already", p->address);
    return FALSE;
  }
  p->id = zb_db_last_id (db);
  return TRUE;
}

gboolean
zb_person_save (ZbDb *db, ZbPerson *p, ZbTime now, GError **error)
{
  g_autofree char *key = zb_mailbox_key (p->address);
  p->changed = now;
  return zb_db_exec (db, error, SAVE, "ssssssiiiitstssttti", p->address, key, p->name,
                     zb_person_state_name (p->state), zb_tier_name (p->tier), p->language,
                     (gint64)p->text_only, (gint64)p->weekly, (gint64)p->latest, (gint64)p->essays,
                     p->paused_until, p->origin, p->consent_at, p->consent_text, p->consent_from, p->joined,
                     p->left_at, p->changed, p->id);
}

gboolean
zb_person_forget (ZbDb *db, gint64 id, ZbTime now, GError **error)
{
  return zb_db_exec (db, error, FORGET, "tti", now, now, id) &&
         zb_db_exec (db, error, FORGET_BOUNCES, "i", id) &&
         zb_db_exec (db, error, FORGET_REQUESTS, "i", id) && zb_member_forget (db, id, error);
}

gboolean
zb_person_walk (ZbDb *db, const ZbPersonFilter *f, ZbPersonEach each, gpointer data, GError **error)
{
  g_autoptr (ZbQuery) q =
      zb_db_query (db, WALK, "isssstti", f->after, f->state, f->tier, f->language, f->words, f->joined_from,
                   f->joined_to, f->limit > 0 ? f->limit : (gint64)-1);
  while (zb_query_next (q)) {
    g_autoptr (ZbPerson) person = read_row (q);
    if (!each (person, data, error))
      return FALSE;
  }
  return zb_query_ok (q, error);
}

gboolean
zb_person_count (ZbDb *db, const ZbPersonFilter *f, gint64 *count, GError **error)
{
  return zb_db_int (db, count, error, COUNT, "isssstt", f->after, f->state, f->tier, f->language, f->words,
                    f->joined_from, f->joined_to);
}

gboolean
zb_person_may_get (ZbDb *db, gint64 id, const char *address, gboolean *may, GError **error)
{
  gint64 found = 0;
  gboolean ok = zb_db_int (db, &found, error, MAY_GET, "is", id, address);
  *may = found != 0;
  return ok;
}

gboolean
zb_person_wake (ZbDb *db, ZbTime now, gint64 *count, GError **error)
{
  if (!zb_db_exec (db, error, WAKE, "tt", now, now))
    return FALSE;
  if (count != NULL)
    *count = zb_db_changes (db);
  return TRUE;
}
