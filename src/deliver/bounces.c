/* From a report to a person on the list. */
#include "zhoubao/deliver/bounces.h"

#include "zhoubao/store/bounce.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/suppression.h"

static const char *const outcome_names[ZB_BOUNCES_OUTCOMES] = {
    "suppressed", "counted",       "complaint",        "auto-reply",
    "delayed",    "known already", "unknown delivery", "no report"};

const char *
zb_bounces_outcome_name (ZbBouncesOutcome outcome)
{
  return outcome_names[outcome];
}

void
zb_bounces_result_clear (ZbBouncesResult *result)
{
  g_clear_pointer (&result->address, g_free);
  g_clear_pointer (&result->status, g_free);
}

/* The delivery that BOUNCE proves to know, or 0. */
static gboolean
find_delivery (ZbDb *db, GBytes *key, const ZbBounce *bounce, gint64 *delivery, GError **error)
{
  *delivery = 0;
  for (char **to = bounce->returned_to; *delivery == 0 && to != NULL && *to != NULL; to++)
    *delivery = zb_delivery_check_return_path (key, *to);
  if (*delivery == 0 && bounce->envelope_id != NULL)
    *delivery = zb_delivery_check_token (key, bounce->envelope_id);
  if (*delivery != 0 || bounce->message_id == NULL)
    return TRUE;
  return zb_delivery_find (db, bounce->message_id, delivery, error);
}

/* What the report says of ADDRESS; where it names others only (a forwarded mailbox), what it says first. */
static const ZbBounceRecipient *
recipient_of (const ZbBounce *bounce, const char *address)
{
  const ZbBounceRecipient *first = NULL;
  for (guint i = 0; i < bounce->recipients->len; i++) {
    const ZbBounceRecipient *r = g_ptr_array_index (bounce->recipients, i);
    if (r->address != NULL && g_ascii_strcasecmp (r->address, address) == 0)
      return r;
    first = first == NULL ? r : first;
  }
  return first;
}

/* No more mail to PERSON. Who has left by themselves stays so. */
static gboolean
suppress (ZbDb *db, ZbPerson *person, gboolean complained, const char *why, ZbTime now, GError **error)
{
  gboolean gone = person->state == ZB_PERSON_LEFT || person->state == ZB_PERSON_COMPLAINED;
  if (!gone) {
    person->state = complained ? ZB_PERSON_COMPLAINED : ZB_PERSON_BOUNCED;
    person->left_at = now;
  }
  return zb_suppression_add (db, person->address,
                             complained ? ZB_SUPPRESSED_COMPLAINED : ZB_SUPPRESSED_BOUNCED, why, now,
                             error) &&
         (gone || zb_person_save (db, person, now, error));
}

static gboolean
follow (ZbDb *db, ZbPerson *person, const ZbReturned *row, ZbBouncesResult *result, GError **error)
{
  gint64 soft = 0;
  switch (row->kind) {
  case ZB_RETURN_HARD:
    result->outcome = ZB_BOUNCES_SUPPRESSED;
    return suppress (db, person, FALSE, row->words, row->at, error);
  case ZB_RETURN_COMPLAINT:
    result->outcome = ZB_BOUNCES_COMPLAINT;
    return suppress (db, person, TRUE, NULL, row->at, error);
  case ZB_RETURN_AUTOREPLY:
    result->outcome = ZB_BOUNCES_AUTOREPLY;
    return TRUE;
  case ZB_RETURN_SOFT:
    break;
  }
  if (!zb_returned_count_soft (db, person->id, row->at - ZB_BOUNCES_WINDOW, &soft, error))
    return FALSE;
  result->outcome = soft >= ZB_BOUNCES_SOFT ? ZB_BOUNCES_SUPPRESSED : ZB_BOUNCES_COUNTED;
  return soft < ZB_BOUNCES_SOFT || suppress (db, person, FALSE, row->words, row->at, error);
}

/* Writes ROW for RESULT's delivery and does what follows from it. */
static gboolean
enter (ZbDb *db, ZbReturned *row, ZbBouncesResult *result, GError **error)
{
  gboolean fresh = FALSE;
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZbPerson) person = zb_person_load (db, result->person, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (person == NULL || person->state == ZB_PERSON_ERASED) {
    result->outcome = ZB_BOUNCES_UNKNOWN;
    return TRUE;
  }
  row->delivery = result->delivery;
  row->person = result->person;
  row->reason = zb_reason_code (result->reason);
  row->status = result->status;
  if (!zb_returned_add (db, row, &fresh, error))
    return FALSE;
  result->outcome = ZB_BOUNCES_AGAIN;
  return !fresh || follow (db, person, row, result, error);
}

typedef struct {
  GBytes *key;
  const ZbBounce *bounce;
  const ZbRefusal *refusal;
  const char *mail;
  ZbTime now;
  ZbBouncesResult *result;
} Work;

static ZbReturn
kind_of (const ZbBounce *bounce, const ZbBounceRecipient *r)
{
  if (bounce->kind == ZB_BOUNCE_ARF || bounce->feedback != NULL)
    return ZB_RETURN_COMPLAINT;
  if (bounce->kind == ZB_BOUNCE_AUTOREPLY)
    return ZB_RETURN_AUTOREPLY;
  return r != NULL && r->hard ? ZB_RETURN_HARD : ZB_RETURN_SOFT;
}

static gboolean
is_report (const ZbBounce *bounce)
{
  return bounce->is_bounce || bounce->kind != ZB_BOUNCE_OTHER || bounce->recipients->len > 0;
}

static gboolean
apply (ZbDb *db, gpointer data, GError **error)
{
  Work *w = data;
  ZbBouncesResult *result = w->result;
  result->outcome = ZB_BOUNCES_NO_REPORT;
  if (!is_report (w->bounce))
    return TRUE;
  if (!find_delivery (db, w->key, w->bounce, &result->delivery, error) ||
      (result->delivery != 0 &&
       !zb_returned_whose (db, result->delivery, &result->person, &result->address, error)))
    return FALSE;
  result->outcome = ZB_BOUNCES_UNKNOWN;
  if (result->person == 0)
    return TRUE;
  const ZbBounceRecipient *r = recipient_of (w->bounce, result->address);
  ZbReturned row = {.kind = kind_of (w->bounce, r), .mail = w->mail, .at = w->now};
  if (r != NULL) {
    result->status = g_strdup (r->status);
    result->reason = r->reason;
    row.words = r->diagnostic;
  }
  if (!w->bounce->is_bounce && (row.kind == ZB_RETURN_HARD || row.kind == ZB_RETURN_SOFT)) {
    result->outcome = ZB_BOUNCES_DELAY;
    return TRUE;
  }
  return enter (db, &row, result, error);
}

gboolean
zb_bounces_apply (ZbDb *db, GBytes *key, const ZbBounce *bounce, const char *mail, ZbTime now,
                  ZbBouncesResult *result, GError **error)
{
  Work work = {.key = key, .bounce = bounce, .mail = mail, .now = now, .result = result};
  *result = (ZbBouncesResult){0};
  return zb_db_transact (db, apply, &work, error);
}

static gboolean
apply_refusal (ZbDb *db, gpointer data, GError **error)
{
  Work *w = data;
  ZbBouncesResult *result = w->result;
  g_auto (ZbVerdict) verdict = {NULL};
  zb_refusal_judge (w->refusal, &verdict);
  result->status = g_steal_pointer (&verdict.status);
  result->reason = verdict.reason;
  if (!zb_returned_whose (db, result->delivery, &result->person, &result->address, error))
    return FALSE;
  ZbReturned row = {
      .kind = verdict.hard ? ZB_RETURN_HARD : ZB_RETURN_SOFT, .words = w->refusal->words, .at = w->now};
  return enter (db, &row, result, error);
}

gboolean
zb_bounces_refused (ZbDb *db, gint64 delivery, const ZbRefusal *refusal, ZbTime now, ZbBouncesResult *result,
                    GError **error)
{
  Work work = {.refusal = refusal, .now = now, .result = result};
  *result = (ZbBouncesResult){.delivery = delivery};
  return zb_db_transact (db, apply_refusal, &work, error);
}
