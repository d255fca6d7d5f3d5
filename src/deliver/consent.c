/* Joining, confirming, changing the address, leaving. */
#include "zhoubao/deliver/consent.h"

#include "asking.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/suppression.h"

#define DAY (24 * 3600)

void
zb_consent_mail_clear (ZbConsentMail *mail)
{
  g_clear_pointer (&mail->address, g_free);
  g_clear_pointer (&mail->token, g_free);
}

/* A found row's NULL is an answer; an error is not. */
static gboolean
find_person (ZbDb *db, const char *address, ZbPerson **person, GError **error)
{
  g_autoptr (GError) failed = NULL;
  *person = zb_person_find (db, address, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static ZbPerson *
load_person (ZbDb *db, gint64 id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZbPerson) person = zb_person_load (db, id, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (person == NULL || person->state == ZB_PERSON_ERASED)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "this link belongs to nobody any more");
  else
    return g_steal_pointer (&person);
  return NULL;
}

/* Who has left, was erased or whose mail came back may join again by their own hand; others may not. */
static gboolean
may_be_written_to (const char *suppressed)
{
  static const ZbSuppressionReason own[] = {ZB_SUPPRESSED_LEFT, ZB_SUPPRESSED_BOUNCED, ZB_SUPPRESSED_ERASED};
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_strcmp0 (suppressed, zb_suppression_reason_name (own[i])) == 0)
      return TRUE;
  return suppressed == NULL;
}

/* Whether a mail is due: only where it would change something. */
static gboolean
is_due (const ZbAsking *a, const ZbPerson *there, const char *suppressed, const ZbMailRequestCounts *counts)
{
  gboolean wanted = a->form->change != 0 ? there == NULL
                                         : there == NULL || (there->state != ZB_PERSON_ACTIVE &&
                                                             there->state != ZB_PERSON_COMPLAINED);
  return wanted && may_be_written_to (suppressed) && counts->today == 0 &&
         counts->silent < ZB_CONSENT_UNANSWERED && counts->all < ZB_CONSENT_HOURLY;
}

static gboolean
choose_person (ZbDb *db, const ZbAsking *a, const ZbPerson *there, gint64 *id, GError **error)
{
  *id = a->form->change != 0 ? a->form->change : there != NULL ? there->id : 0;
  if (*id != 0)
    return TRUE;
  g_autoptr (ZbPerson) person = zb_person_new (a->address, "form", a->now);
  person->state = ZB_PERSON_PENDING;
  if (!zb_person_add (db, person, error))
    return FALSE;
  *id = person->id;
  return TRUE;
}

/* Machines that fill in forms cannot keep people out: who does the work passes. */
static gboolean
check_work (const ZbAsking *a, const ZbMailRequestCounts *counts, GError **error)
{
  if (a->form->change != 0 || a->form->worked || counts->asked < ZB_CONSENT_EASY_HOURLY)
    return TRUE;
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_BUSY,
                       "very many are joining just now: press the button once more (a browser without "
                       "JavaScript has to wait for an hour)");
  return FALSE;
}

static gboolean
ask (ZbDb *db, gpointer data, GError **error)
{
  ZbAsking *a = data;
  const char *suppressed = NULL;
  g_autofree char *network = zb_asking_network (a), *token = zb_secret_token (ZB_ASKING_TOKEN_BYTES);
  g_autofree char *hash = zb_sha256 (token, strlen (token));
  g_autoptr (ZbPerson) there = NULL;
  ZbMailRequestCounts counts;
  ZbMailRequest request = {
      .change = a->form->change != 0, .address = (char *)a->address, .wishes = a->form->wishes, .at = a->now};
  if (!zb_mail_request_fade (db, a->now, error) ||
      !zb_mail_request_count (db, a->address, network, a->now, &counts, error) ||
      !zb_asking_check (counts.network, ZB_CONSENT_NETWORK_HOURLY, error) || !check_work (a, &counts, error))
    return FALSE;
  if (!find_person (db, a->address, &there, error) ||
      !zb_suppression_find (db, a->key, a->address, &suppressed, error) ||
      !choose_person (db, a, there, &request.person, error))
    return FALSE;
  a->mailed = is_due (a, there, suppressed, &counts);
  a->token = g_steal_pointer (&token);
  return zb_mail_request_add (db, &request, hash, network, a->mailed, error);
}

gboolean
zb_consent_ask (ZbDb *db, GBytes *key, const ZbConsentForm *form, ZbTime now, ZbConsentMail *mail,
                GError **error)
{
  return zb_asking_run (db, ask, key, form, now, mail, error);
}

ZbMailRequest *
zb_consent_find (ZbDb *db, const char *token, ZbTime now, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *lower = g_ascii_strdown (token, -1);
  g_autofree char *hash = zb_sha256 (lower, strlen (lower));
  g_autoptr (ZbMailRequest) request = zb_mail_request_find (db, hash, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (request == NULL || request->used == request->at || now - request->at > ZB_CONSENT_DAYS * DAY)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND,
                         "this link is not good any more: ask for a new one");
  else
    return g_steal_pointer (&request);
  return NULL;
}

typedef struct {
  GBytes *key;
  const char *token;
  ZbTime now;
} Confirming;

static gboolean
join (ZbDb *db, const Confirming *c, ZbPerson *person, const ZbWishes *wishes, GError **error)
{
  if (person->state == ZB_PERSON_COMPLAINED) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED,
                         "this address reported our mail as unwanted: please write to us");
    return FALSE;
  }
  if (person->state != ZB_PERSON_ACTIVE && person->state != ZB_PERSON_PAUSED)
    person->joined = c->now;
  person->state = ZB_PERSON_ACTIVE;
  person->paused_until = person->left_at = ZB_TIME_NONE;
  person->consent_at = c->now;
  g_free (person->consent_text);
  g_free (person->consent_from);
  person->consent_text = g_strdup (ZB_CONSENT_TEXT);
  person->consent_from = g_strdup ("/subscribe");
  if (wishes->weekly || wishes->latest || wishes->essays) {
    person->weekly = wishes->weekly;
    person->latest = wishes->latest;
    person->essays = wishes->essays;
  }
  person->weekly |= !person->latest && !person->essays;
  return zb_suppression_remove (db, c->key, person->address, NULL, error) &&
         zb_person_save (db, person, c->now, error);
}

static gboolean
move (ZbDb *db, ZbPerson *person, const char *address, ZbTime now, GError **error)
{
  g_autoptr (ZbPerson) there = NULL;
  if (!find_person (db, address, &there, error))
    return FALSE;
  if (there != NULL && there->id != person->id) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "this address has a subscription of its own");
    return FALSE;
  }
  g_free (person->address);
  person->address = g_strdup (address);
  return zb_person_save (db, person, now, error) && zb_delivery_move (db, person->id, address, error);
}

static gboolean
confirm (ZbDb *db, gpointer data, GError **error)
{
  const Confirming *c = data;
  g_autoptr (ZbMailRequest) request = zb_consent_find (db, c->token, c->now, error);
  if (request == NULL || request->used != ZB_TIME_NONE)
    return request != NULL;
  g_autoptr (ZbPerson) person = load_person (db, request->person, error);
  return person != NULL && zb_mail_request_use (db, request->id, MAX (c->now, request->at + 1), error) &&
         (request->change ? move (db, person, request->address, c->now, error)
                          : join (db, c, person, &request->wishes, error));
}

gboolean
zb_consent_confirm (ZbDb *db, GBytes *key, const char *token, ZbTime now, GError **error)
{
  Confirming confirming = {key, token, now};
  return zb_db_transact (db, confirm, &confirming, error);
}

gboolean
zb_consent_leave (ZbDb *db, gint64 id, ZbTime now, GError **error)
{
  g_autoptr (ZbPerson) person = load_person (db, id, error);
  if (person == NULL)
    return FALSE;
  if (person->state == ZB_PERSON_LEFT || person->state == ZB_PERSON_COMPLAINED)
    return TRUE;
  person->state = ZB_PERSON_LEFT;
  person->left_at = now;
  return zb_person_save (db, person, now, error);
}
