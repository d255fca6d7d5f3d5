/* What a page offers to a reader of news: its feeds, and lists that could be read by a rule. */
#pragma once
#include "zhoubao/base/wire.h"
#include "zhoubao/model/source.h"

/* A list found on a page, with a rule that reads it. */
typedef struct {
  ZbListRule rule;
  int rows, dated; /* that it was judged by: rows, and those of them with a date */
} ZbProposal;

/* A feed that the page names. */
typedef struct {
  char *title, *url; /* TITLE may be NULL */
} ZbFeedLink;

typedef struct {
  char *title, *language;
  GPtrArray *feeds;     /* of ZbFeedLink, as the page orders them */
  GPtrArray *proposals; /* of ZbProposal, the likeliest first */
} ZbFound;

ZbProposal *zb_proposal_new (void);
void zb_proposal_free (ZbProposal *proposal);
ZbFeedLink *zb_feed_link_new (void);
void zb_feed_link_free (ZbFeedLink *link);

ZbFound *zb_found_new (void);
void zb_found_free (ZbFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbFound, zb_found_free)

extern const ZbWireTable zb_found_wire;
