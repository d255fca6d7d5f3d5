/* The ledger: one thread that owns the database while mail goes out, and commits every step before the
   connection that made it goes on (DESIGN §8). Steps of several connections that wait at the same time share
   one commit, and so one sync of the disk. */
#pragma once
#include "zhoubao/edge/smtp.h"
#include "zhoubao/model/config.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/sender.h"

typedef struct ZbLedger ZbLedger;

/* A relay, as the ledger needs to know it. */
typedef struct {
  const char *name;
  double weight; /* share of the mail among relays */
  double rate;   /* messages a second, 0: no limit */
} ZbLedgerRelay;

typedef struct {
  gint64 mailing;
  const ZbLedgerRelay *relays;
  guint n_relays;
  const ZbConfig *config; /* its domain_rates and warm-up plan; NULL: neither */
  ZbTime now;             /* at the start; the ledger counts on from there */
  gboolean wait;          /* for deferred ones and paused domains, up to 48 hours, instead of ending */
} ZbLedgerOptions;

/* Starts the thread, which takes over DB and SENDER until zb_ledger_close. What a sender that died left
   behind is settled first. (transfer full) */
ZbLedger *zb_ledger_open (ZbDb *db, ZbSender *sender, const ZbLedgerOptions *options, GError **error);

/* Ends the thread and gives the database back. FALSE with ERROR where the ledger had to stop by itself. */
gboolean zb_ledger_close (ZbLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  ZB_LEDGER_ROW,   /* *OUT is to be sent */
  ZB_LEDGER_LATER, /* nothing within PATIENCE: let the connection go, and ask again */
  ZB_LEDGER_END    /* nothing more in this run */
} ZbLedgerAnswer;

/* What the relay number RELAY shall send next; waits PATIENCE seconds at most, for ever where negative.
   OUT: (transfer full). */
ZbLedgerAnswer zb_ledger_next (ZbLedger *ledger, guint relay, double patience, ZbDelivery **out);

/* Before the end mark: TRUE once "inflight" is on disk. FALSE: the message must not go out. DELIVERY's state
   follows the store's. */
gboolean zb_ledger_begin (ZbLedger *ledger, ZbDelivery *delivery, guint relay);

/* Returns once RESULT is on disk, or the ledger has stopped. A message that its relay was not even asked for
   (ZB_SMTP_NOT_SENT at ZB_SMTP_AT_CONNECT) goes back to the front of the queue. NEXT (may be NULL) gets what
   zb_ledger_next would give without waiting, or NULL. */
void zb_ledger_end (ZbLedger *ledger, ZbDelivery *delivery, guint relay, const ZbSmtpResult *result,
                    ZbDelivery **next);

/* No more rows are given out, for the reason WHY (kept as the ledger's error), or for none (NULL). */
void zb_ledger_stop (ZbLedger *ledger, const char *why);

/* A relay that is given up has no share any more. */
void zb_ledger_drop_relay (ZbLedger *ledger, guint relay);

typedef struct {
  gint64 counts[ZB_DELIVERY_STATES];
  gint64 done;     /* settled in this run */
  gboolean paused; /* by another process */
} ZbLedgerStatus;

void zb_ledger_status (ZbLedger *ledger, ZbLedgerStatus *status);
