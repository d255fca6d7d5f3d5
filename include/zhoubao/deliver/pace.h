/* How fast mail may go: token buckets per relay and per recipient domain, and pauses for a domain that asked
   for one (4.7.x). Kept in the store, so that a restart does not start the second anew. */
#pragma once
#include "zhoubao/store/pace.h"

typedef struct ZbPace ZbPace;

/* What the store knows is read. (transfer full) */
ZbPace *zb_pace_open (ZbDb *db, GError **error);
void zb_pace_free (ZbPace *pace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPace, zb_pace_free)

/* Seconds until NAME ("relay:…", "domain:…") may have a message at RATE a second (0: no limit); 0: now.
   NOW is in seconds since 1970. */
double zb_pace_wait (ZbPace *pace, const char *name, double rate, double now);

/* Takes the token of one message. */
void zb_pace_take (ZbPace *pace, const char *name, double rate, double now);

/* NAME asked to be slower: no message for a minute, twice as long at each further time, an hour at most.
   Replies to what was on its way when the pause began count as one. */
void zb_pace_slow (ZbPace *pace, const char *name, double now);

/* A message was accepted: the next pause is half as long. */
void zb_pace_ease (ZbPace *pace, const char *name, double now);

/* Writes what has changed since the last time; inside the caller's transaction. */
gboolean zb_pace_save (ZbPace *pace, ZbDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
