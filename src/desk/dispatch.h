/* Sending behind the pages, so that they stay quick: a thread that looks at what is due
   (zhoubao/desk/clerk.h), one for each mailing on its way, one for each copy to try. Private to src/desk. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/render/mail.h"

typedef struct ZbDispatch ZbDispatch;

/* Starts looking at once. (transfer full) */
ZbDispatch *zb_dispatch_new (const char *directory);

/* Lets every sender finish what is under way, and waits for it. */
void zb_dispatch_free (ZbDispatch *dispatch);

/* Something was asked for: look now rather than at the next turn. */
void zb_dispatch_poke (ZbDispatch *dispatch);

/* One copy of MAIL (transfer full) to ADDRESS; what became of it is the week's note. */
void zb_dispatch_try (ZbDispatch *dispatch, const char *week, ZbMail *mail, const char *address);

typedef struct {
  gboolean running;
  double rate, left; /* messages a second, seconds; left below 0: unknown */
  char *note;        /* (transfer full), or NULL */
} ZbDispatchState;

void zb_dispatch_state (ZbDispatch *dispatch, const char *week, ZbDispatchState *state);
