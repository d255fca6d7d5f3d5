/* What the verbs about people open: workspace, database and the key of the list. */
#pragma once
#include "zhoubao/cli/verb.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/workspace.h"

typedef struct {
  ZbWorkspace *workspace;
  ZbDb *db;
  GBytes *key; /* "people" of data/keys */
} ZbPeople;

/* (transfer full) */
ZbPeople *zb_people_open (const ZbCli *cli, GError **error);
void zb_people_close (ZbPeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPeople, zb_people_close)

/* --state --tier --language --search --since --until, for a verb's table of options, and what they say. */
extern const GOptionEntry zb_people_filter_options[];
gboolean zb_people_filter (ZbPersonFilter *filter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* PERSON as members of the object that B is in. */
void zb_people_json (JsonBuilder *b, const ZbPerson *person);

extern const ZbVerb zb_verb_subscribers_export;
extern const ZbVerb zb_verb_subscribers_import;
