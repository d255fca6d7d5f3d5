/* Deliveries: one row per (issue, person) and every step of its way, each in a transaction of the caller.

   queued -> inflight -> sent | deferred | failed | uncertain | held | suppressed (DESIGN §8) */
#pragma once
#include "zhoubao/edge/db.h"

typedef enum {
  ZB_DELIVERY_QUEUED,
  ZB_DELIVERY_INFLIGHT,  /* the end mark may have been sent */
  ZB_DELIVERY_SENT,      /* the server took it over */
  ZB_DELIVERY_DEFERRED,  /* 4xx: again later */
  ZB_DELIVERY_FAILED,    /* 5xx, or deferred for 48 hours */
  ZB_DELIVERY_UNCERTAIN, /* lost after the end mark: sent again once, last of all */
  ZB_DELIVERY_HELD,      /* a person must decide */
  ZB_DELIVERY_SUPPRESSED,
  ZB_DELIVERY_STATES
} ZbDeliveryState;

/* "queued", …: as in the store and in JSON. */
const char *zb_delivery_state_name (ZbDeliveryState state);

typedef struct {
  gint64 id, person;
  char *address, *name, *message_id;
  gboolean text_only;
  ZbDeliveryState state;
  ZbTime due;
} ZbDelivery;

void zb_delivery_free (ZbDelivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDelivery, zb_delivery_free)

/* Where a walk over the rows that are due has come to; starts as {0}. */
typedef struct {
  ZbTime due;
  gint64 id;
} ZbDeliveryCursor;

/* The next rows that are due at NOW and queued or deferred, earliest first, at most LIMIT, after CURSOR,
   which moves on: an array of ZbDelivery. (transfer full) */
GPtrArray *zb_delivery_list_due (ZbDb *db, gint64 mailing, ZbTime now, gint64 limit, ZbDeliveryCursor *cursor,
                                 GError **error);
/* The uncertain ones that have not been sent again and are due. (transfer full) */
GPtrArray *zb_delivery_list_uncertain (ZbDb *db, gint64 mailing, ZbTime now, gint64 limit, GError **error);

/* How many messages of all mailings a server has taken, or may have, from SINCE on. */
gboolean zb_delivery_taken_since (ZbDb *db, ZbTime since, gint64 *count,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* When the next queued or deferred one is due; ZB_TIME_NONE: never. */
gboolean zb_delivery_next_due (ZbDb *db, gint64 mailing, ZbTime *due,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many rows are in each state, and when the next deferred one is due (ZB_TIME_NONE: never). */
gboolean zb_delivery_count (ZbDb *db, gint64 mailing, gint64 counts[ZB_DELIVERY_STATES], ZbTime *next_due,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One row as people look at it; borrowed. */
typedef struct {
  const char *address, *message_id;
  ZbTime changed;
  gint64 attempts;
  int code; /* the server's last reply, 0: none */
  const char *status, *words;
} ZbDeliveryReport;

/* Calls EACH for every row in STATE. */
typedef void (*ZbDeliveryEach) (const ZbDeliveryReport *row, gpointer data);
gboolean zb_delivery_each (ZbDb *db, gint64 mailing, ZbDeliveryState state, ZbDeliveryEach each,
                           gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is held is queued again: a person has decided so, although it may be a second copy. */
gboolean zb_delivery_release (ZbDb *db, gint64 mailing, ZbTime now, gint64 *count,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a sender that died left behind: inflight becomes uncertain, or held where it had been sent again. */
gboolean zb_delivery_recover (ZbDb *db, gint64 mailing, ZbTime now, gint64 *count,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Before the end mark: inflight, attempt + 1. GO becomes FALSE where the address or person must not get mail
   (the row is suppressed now) or where the row is not waiting any more. */
gboolean zb_delivery_begin (ZbDb *db, gint64 id, const char *relay, ZbTime now, gboolean *go,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the server, or the loss of it, made of the message; state says how: SENT, DEFERRED, FAILED, UNCERTAIN,
   QUEUED (lost before the end mark) or SUPPRESSED. */
typedef struct {
  gint64 id;
  ZbDeliveryState state;
  const char *relay;
  int code;
  const char *status, *words;
} ZbDeliveryReply;

/* Writes REPLY, and in STATE (may be NULL) the state that came of it: a row deferred for 48 hours has failed,
   one uncertain for the second time is held, one whose connection was lost waits as it was, longer each time
   after the fifth. */
gboolean zb_delivery_end (ZbDb *db, const ZbDeliveryReply *reply, ZbTime now, ZbDeliveryState *state,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds from the N-th refusal (from 1) to the next try. */
ZbTime zb_delivery_gap (gint64 n);

/* The names that a delivery goes by, which only the holder of KEY can make; all (transfer full).
   Message-ID "TAG@domain" of (issue, person); the token of its return path and ENVID, "ID.TAG"; the return
   path "bounces+ID.TAG@domain" of that token and BOUNCES "bounces@domain" (VERP). */
char *zb_delivery_message_id (GBytes *key, const char *issue, gint64 person, const char *domain);
char *zb_delivery_token (GBytes *key, gint64 id);
char *zb_delivery_return_path (const char *token, const char *bounces);

/* The id in a token or in an address with one, where KEY made it; else 0. */
gint64 zb_delivery_check_token (GBytes *key, const char *token);
gint64 zb_delivery_check_return_path (GBytes *key, const char *address);

/* The delivery with that Message-ID (without <>), 0 for none. */
gboolean zb_delivery_find (ZbDb *db, const char *message_id, gint64 *id,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* PERSON has another ADDRESS now: what still waits goes there. What is uncertain stays where it went. */
gboolean zb_delivery_move (ZbDb *db, gint64 person, const char *address,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Empties what names PERSON in all rows, and holds back what waits. */
gboolean zb_delivery_forget (ZbDb *db, gint64 person, ZbTime now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
