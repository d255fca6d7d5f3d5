/* Lifetime and names of a person. */
#include "zhoubao/model/person.h"

static const char *const state_names[ZB_PERSON_STATES] = {"pending", "active",     "paused", "left",
                                                          "bounced", "complained", "erased"};
static const char *const tier_names[ZB_TIERS] = {"none", "bronze", "silver", "gold"};

static gboolean
find (const char *const *names, guint n, const char *name, guint *out)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0) {
      *out = i;
      return TRUE;
    }
  return FALSE;
}

const char *
zb_person_state_name (ZbPersonState state)
{
  return state_names[state];
}

gboolean
zb_person_state_parse (const char *name, ZbPersonState *out)
{
  guint at = 0;
  gboolean known = find (state_names, ZB_PERSON_STATES, name, &at);
  if (known)
    *out = (ZbPersonState)at;
  return known;
}

const char *
zb_tier_name (ZbTier tier)
{
  return tier_names[tier];
}

gboolean
zb_tier_parse (const char *name, ZbTier *out)
{
  guint at = 0;
  gboolean known = find (tier_names, ZB_TIERS, name, &at);
  if (known)
    *out = (ZbTier)at;
  return known;
}

ZbPerson *
zb_person_new (const char *address, const char *origin, ZbTime now)
{
  ZbPerson *person = g_new0 (ZbPerson, 1);
  person->address = g_strdup (address);
  person->origin = g_strdup (origin);
  person->state = ZB_PERSON_ACTIVE;
  person->weekly = TRUE;
  person->paused_until = person->consent_at = person->left_at = ZB_TIME_NONE;
  person->joined = person->changed = now;
  return person;
}

void
zb_person_free (ZbPerson *p)
{
  g_free (p->address);
  g_free (p->name);
  g_free (p->language);
  g_free (p->origin);
  g_free (p->consent_text);
  g_free (p->consent_from);
  g_free (p);
}
