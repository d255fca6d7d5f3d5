/* Turns at hosts: at most so many requests at once and a gap between two of them, whoever asks. Time is the
   monotonic clock in microseconds, a parameter. */
#pragma once
#include <glib.h>

typedef struct ZbTurns ZbTurns;

/* AT_ONCE requests to one host; GAP_MS between the end of one and the start of the next. */
ZbTurns *zb_turns_new (gint64 at_once, gint64 gap_ms);
void zb_turns_free (ZbTurns *turns); /* nobody waiting gets a turn any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbTurns, zb_turns_free)

typedef void (*ZbTurn) (gpointer data);

/* Queues for a turn at ORIGIN; TURN is called by zb_turns_give. FIRST goes to the head of the queue, heeds no
   gap and makes none (robots.txt: asking for leave); what follows it comes before other hosts, over the
   connection that is open. Each turn given is ended by zb_turns_end. */
void zb_turns_wait (ZbTurns *turns, const char *origin, gboolean first, ZbTurn turn, gpointer data);
void zb_turns_end (ZbTurns *turns, const char *origin, gboolean first, gint64 now_us);

/* A longer gap at ORIGIN (Crawl-delay). */
void zb_turns_set_gap (ZbTurns *turns, const char *origin, gint64 gap_ms);

/* Calls those whose turn it is, at most MOST. Returns: how many. */
guint zb_turns_give (ZbTurns *turns, gint64 now_us, guint most);

/* Microseconds until somebody's turn comes, without more being ended; -1: nobody's. */
gint64 zb_turns_next (ZbTurns *turns, gint64 now_us);
