/* Every verb, for the tables of main.c and of the verbs that group others. */
#pragma once
#include "zhoubao/cli/verb.h"

extern const ZbVerb zb_verb_bounces;
extern const ZbVerb zb_verb_brief;
extern const ZbVerb zb_verb_clip;
extern const ZbVerb zb_verb_build;
extern const ZbVerb zb_verb_coverage;
extern const ZbVerb zb_verb_crawl;
extern const ZbVerb zb_verb_editors;
extern const ZbVerb zb_verb_export;
extern const ZbVerb zb_verb_init;
extern const ZbVerb zb_verb_inspect;
extern const ZbVerb zb_verb_inspect_bounce;
extern const ZbVerb zb_verb_inspect_date;
extern const ZbVerb zb_verb_inspect_feed;
extern const ZbVerb zb_verb_inspect_html;
extern const ZbVerb zb_verb_inspect_list;
extern const ZbVerb zb_verb_inspect_mail;
extern const ZbVerb zb_verb_inspect_page;
extern const ZbVerb zb_verb_inspect_robots;
extern const ZbVerb zb_verb_inspect_romanize;
extern const ZbVerb zb_verb_inspect_url;
extern const ZbVerb zb_verb_issue;
extern const ZbVerb zb_verb_issue_approve;
extern const ZbVerb zb_verb_issue_check;
extern const ZbVerb zb_verb_issue_correct;
extern const ZbVerb zb_verb_issue_edit;
extern const ZbVerb zb_verb_issue_new;
extern const ZbVerb zb_verb_issue_publish;
extern const ZbVerb zb_verb_issue_show;
extern const ZbVerb zb_verb_search;
extern const ZbVerb zb_verb_worker;
extern const ZbVerb zb_verb_brief;
extern const ZbVerb zb_verb_pick;
extern const ZbVerb zb_verb_queue;
extern const ZbVerb zb_verb_reject;
extern const ZbVerb zb_verb_render;
extern const ZbVerb zb_verb_serve;
extern const ZbVerb zb_verb_show;
extern const ZbVerb zb_verb_sources;
extern const ZbVerb zb_verb_subscribers;
extern const ZbVerb zb_verb_undo;
extern const ZbVerb zb_verb_worker;
extern const ZbVerb zb_verb_editors;
extern const ZbVerb zb_verb_deliveries;
extern const ZbVerb zb_verb_send;
