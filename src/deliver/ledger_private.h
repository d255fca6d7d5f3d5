/* The two halves of the ledger: the thread that commits (ledger.c), and what goes next (ledger_rows.c). */
#pragma once
#include "zhoubao/deliver/ledger.h"
#include "zhoubao/deliver/pace.h"
#include "zhoubao/deliver/warmup.h"

typedef struct {
  char *name; /* "relay:…" in the pace */
  double weight, rate;
  gint64 ended;  /* messages in this run */
  double last;   /* when the last one ended */
  gint given_up; /* atomic: connections write it */
} Relay;

/* Rows that wait in memory; of the ledger's thread alone. */
typedef struct {
  ZbDb *db;
  gint64 mailing;
  GQueue rows; /* of ZbDelivery */
  ZbDeliveryCursor cursor;
  guint out; /* given to connections and not ended */
  Relay *relays;
  guint n_relays;
  const ZbConfig *config; /* or NULL */
  ZbPace *pace;
  ZbWarmup warmup; /* of the day at hand, less what was given out */
  gboolean wait;
} ZbLedgerRows;

#define ZB_LEDGER_NEVER (-1.0)
#define ZB_LEDGER_UNTIL_END (1e12)

/* The next row for RELAY, or NULL: WAIT gets the seconds after which it is worth asking again,
   ZB_LEDGER_UNTIL_END where only another connection's end can change anything, ZB_LEDGER_NEVER where nothing
   is left for this run, or ERROR is set. */
ZbDelivery *zb_ledger_rows_pick (ZbLedgerRows *rows, guint relay, double now, double *wait, GError **error);

/* Looks at the warm-up plan again where its day is over. */
gboolean zb_ledger_rows_warm (ZbLedgerRows *rows, double now, GError **error);

/* Takes back a row whose relay was not asked. */
void zb_ledger_rows_return (ZbLedgerRows *rows, const ZbDelivery *delivery);
