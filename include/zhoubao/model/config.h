/* zhoubao.yaml, as a struct: everything about one newsletter that is not in the C code. Read by
 * store/config.h. */
#pragma once
#include "zhoubao/model/limits.h"

/* One term of a topic facet (type, industry, location) and the words that betray it. */
typedef struct {
  char *name;   /* "hebei" */
  char **words; /* "河北", "Hebei" */
} ZbTerm;

typedef struct {
  char *name;       /* "location" */
  GPtrArray *terms; /* of ZbTerm, as written */
} ZbFacet;

/* An SMTP server that mail goes out through. */
typedef struct {
  char *url;          /* smtp://user:password@host:port or smtps://…, as written; never logged whole */
  int connections;    /* at the same time */
  double weight;      /* share among relays */
  double rate;        /* messages a second, 0: no limit */
  gboolean plaintext; /* smtp:// may go on without STARTTLS; TRUE only where said, or on loopback */
} ZbRelay;

/* How many messages a sender that nobody knows yet sends a day, at the most: FIRST on the day FROM, each day
   GROWTH times as many, for DAYS. */
typedef struct {
  char *from; /* "2026-12-01" in the newsletter's zone; NULL: no plan */
  int first, days;
  double growth;
} ZbWarmupPlan;

typedef struct {
  char *title, *base_url, *language, *description;
  char *timezone; /* IANA name, as written */
  GTimeZone *zone;
  char *theme;                                       /* folder below templates/themes, or NULL */
  char *sender_name, *sender_address;                /* From */
  char *reply_to, *bounce_address, *contact_address; /* NULL: the sender */
  char *list_id;                                     /* "weekly.example.org"; from base_url unless written */
  char *dkim_domain, *dkim_selector, *dkim_key;      /* selector NULL: mail is not signed here */
  char *postal_address;                              /* for the foot of mails, or NULL */
  char *intro, *closing;                             /* CommonMark with {{period}} {{day}}, for new drafts */
  GPtrArray *relays;                                 /* of ZbRelay; empty: mail is written to outbox/ */
  GHashTable *domain_rates;                          /* recipient domain to double *, messages a second */
  ZbWarmupPlan warmup;
  char **allow_private;     /* CIDR blocks that the crawler may reach */
  char *user_agent, *proxy; /* NULL: ours with the contact address, none */
  int first_fetch_days,
      keep_days; /* crawl: ignore older on the first fetch; keep evidence of what is not picked */
  gboolean coverage_line, second_approval;
  GPtrArray *facets;   /* of ZbFacet */
  GHashTable *weights; /* ranking: feature name to double *, those that zhoubao.yaml sets */
  ZbLimits limits;
} ZbConfig;

ZbConfig *zb_config_new (void);
void zb_config_free (ZbConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbConfig, zb_config_free)

void zb_facet_free (ZbFacet *facet);
void zb_term_free (ZbTerm *term);
void zb_relay_free (ZbRelay *relay);
