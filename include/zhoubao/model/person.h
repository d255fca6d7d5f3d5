/* A subscriber or member. */
#pragma once
#include "zhoubao/base/time.h"

typedef enum {
  ZB_PERSON_PENDING,    /* asked to join, has not confirmed */
  ZB_PERSON_ACTIVE,     /* gets mail */
  ZB_PERSON_PAUSED,     /* by themselves */
  ZB_PERSON_LEFT,       /* by themselves: never revived but by themselves */
  ZB_PERSON_BOUNCED,    /* the address is dead */
  ZB_PERSON_COMPLAINED, /* reported a mail as unwanted */
  ZB_PERSON_ERASED,     /* nothing is known any more */
  ZB_PERSON_STATES      /* how many */
} ZbPersonState;

typedef enum { ZB_TIER_NONE, ZB_TIER_BRONZE, ZB_TIER_SILVER, ZB_TIER_GOLD, ZB_TIERS } ZbTier;

/* "active", "gold": as in the store, in CSV and in JSON. Static. The parsers are FALSE for an unknown name.
 */
const char *zb_person_state_name (ZbPersonState state);
gboolean zb_person_state_parse (const char *name, ZbPersonState *out);
const char *zb_tier_name (ZbTier tier);
gboolean zb_tier_parse (const char *name, ZbTier *out);

/* What a form chose to get; nothing of it: nothing was chosen. */
typedef struct {
  gboolean weekly, latest, essays;
} ZbWishes;

typedef struct {
  gint64 id;
  char *address; /* as zb_mailbox_parse gives it; "" when erased */
  char *name;    /* or NULL */
  ZbPersonState state;
  ZbTier tier;
  char *language;                    /* "en", or NULL */
  gboolean text_only;                /* plain text instead of HTML and text */
  gboolean weekly, latest, essays;   /* what they get */
  ZbTime paused_until;               /* ZB_TIME_NONE: until they say so */
  char *origin;                      /* "form", "import", "editor" */
  ZbTime consent_at;                 /* and to which version of the text, on which page */
  char *consent_text, *consent_from; /* or NULL */
  ZbTime joined, left_at, changed;
} ZbPerson;

/* Active, with the weekly issue, joined at NOW by ORIGIN. */
ZbPerson *zb_person_new (const char *address, const char *origin, ZbTime now);
void zb_person_free (ZbPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPerson, zb_person_free)
