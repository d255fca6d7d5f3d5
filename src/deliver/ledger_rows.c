/* What goes next: rows in pages, so that memory does not grow with the list; relays by weight and rate,
   domains by rate and pause; the uncertain ones last. */
#include "ledger_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"

#define PAGE 500
#define ROWS_MAX 5000 /* that wait in memory for slow domains */
#define PATIENCE 20.0 /* seconds that a run waits for something to fall due; less than any pause */
#define LEAD 10       /* messages that a relay may be ahead of its share */
#define STALLED 10.0  /* seconds after which a relay without an end is not waited for */

static double
domain_rate (ZbLedgerRows *r, const char *domain)
{
  const double *rate = r->config != NULL ? g_hash_table_lookup (r->config->domain_rates, domain) : NULL;
  return rate != NULL ? *rate : 0;
}

/* The first row whose domain may have mail now; SOONEST gets the shortest wait of the others. */
static ZbDelivery *
take_allowed (ZbLedgerRows *r, double now, double *soonest)
{
  for (GList *at = r->rows.head; at != NULL; at = at->next) {
    ZbDelivery *d = at->data;
    const char *domain = zb_mailbox_domain (d->address);
    g_autofree char *name = g_strconcat ("domain:", domain, NULL);
    double rate = domain_rate (r, domain), wait = zb_pace_wait (r->pace, name, rate, now);
    if (wait <= 0) {
      zb_pace_take (r->pace, name, rate, now);
      g_queue_delete_link (&r->rows, at);
      return d;
    }
    *soonest = MIN (*soonest, wait);
  }
  return NULL;
}

static gboolean
refill (ZbLedgerRows *r, double now, gboolean *got, GError **error)
{
  g_autoptr (GPtrArray) page = NULL;
  *got = FALSE;
  if (r->rows.length >= ROWS_MAX)
    return TRUE;
  page = zb_delivery_list_due (r->db, r->mailing, (ZbTime)now, PAGE, &r->cursor, error);
  if (page == NULL)
    return FALSE;
  /* The uncertain ones when all others are settled; while some are out they would be listed again. */
  if (page->len == 0 && r->rows.length == 0 && r->out == 0) {
    g_ptr_array_unref (page);
    page = zb_delivery_list_uncertain (r->db, r->mailing, (ZbTime)now, PAGE, error);
    if (page == NULL)
      return FALSE;
  }
  g_ptr_array_set_free_func (page, NULL);
  for (guint i = 0; i < page->len; i++)
    g_queue_push_tail (&r->rows, page->pdata[i]);
  *got = page->len > 0;
  return TRUE;
}

/* Whether RELAY is so far ahead of its share that another one should go first. */
static gboolean
is_ahead (ZbLedgerRows *r, guint relay, double now)
{
  Relay *self = &r->relays[relay];
  for (guint i = 0; i < r->n_relays; i++) {
    Relay *other = &r->relays[i];
    if (i != relay && !g_atomic_int_get (&other->given_up) && other->weight > 0 &&
        now - other->last < STALLED &&
        (double)(self->ended - LEAD) * other->weight > (double)other->ended * self->weight)
      return TRUE;
  }
  return FALSE;
}

/* Nothing can go now. How long to wait, in seconds. */
static gboolean
find_wait (ZbLedgerRows *r, double now, double soonest, double *wait, GError **error)
{
  ZbTime due = ZB_TIME_NONE;
  if (r->rows.length == 0 && r->out > 0) {
    *wait = ZB_LEDGER_UNTIL_END;
    return TRUE;
  }
  if (r->rows.length == 0 && !zb_delivery_next_due (r->db, r->mailing, &due, error))
    return FALSE;
  if (due != ZB_TIME_NONE)
    soonest = MIN (soonest, MAX ((double)due - now, 0.1));
  gboolean worth = soonest < ZB_LEDGER_UNTIL_END && (r->wait || soonest <= PATIENCE);
  *wait = worth ? soonest : r->out > 0 ? ZB_LEDGER_UNTIL_END : ZB_LEDGER_NEVER;
  return TRUE;
}

gboolean
zb_ledger_rows_warm (ZbLedgerRows *r, double now, GError **error)
{
  gboolean fresh = r->warmup.limited && now < (double)r->warmup.next;
  return r->config == NULL || fresh || zb_warmup_look (r->config, r->db, (ZbTime)now, &r->warmup, error);
}

ZbDelivery *
zb_ledger_rows_pick (ZbLedgerRows *r, guint relay, double now, double *wait, GError **error)
{
  Relay *self = &r->relays[relay];
  double soonest = ZB_LEDGER_UNTIL_END;
  gboolean got;
  *wait = ZB_LEDGER_NEVER;
  if (g_atomic_int_get (&self->given_up))
    return NULL;
  if (r->rows.length == 0 && !refill (r, now, &got, error))
    return NULL;
  double pace = zb_pace_wait (r->pace, self->name, self->rate, now);
  if (r->rows.length > 0 && (pace > 0 || is_ahead (r, relay, now))) {
    *wait = pace > 0 ? pace : 0.05;
    return NULL;
  }
  if (!zb_ledger_rows_warm (r, now, error))
    return NULL;
  gboolean spent = r->warmup.limited && r->warmup.left <= 0;
  if (spent)
    soonest = (double)r->warmup.next - now;
  for (got = !spent; got;) {
    ZbDelivery *d = take_allowed (r, now, &soonest);
    if (d != NULL) {
      zb_pace_take (r->pace, self->name, self->rate, now);
      r->out++;
      r->warmup.left--;
      return d;
    }
    if (!refill (r, now, &got, error))
      return NULL;
  }
  zb_ignore (find_wait (r, now, soonest, wait, error)); /* ERROR says it all */
  return NULL;
}

void
zb_ledger_rows_return (ZbLedgerRows *r, const ZbDelivery *delivery)
{
  ZbDelivery *copy = g_memdup2 (delivery, sizeof *delivery);
  copy->address = g_strdup (delivery->address);
  copy->name = g_strdup (delivery->name);
  copy->message_id = g_strdup (delivery->message_id);
  r->warmup.left++;
  g_queue_push_head (&r->rows, copy);
}
