/* An item: one notice or article that a source brought, and the story that it belongs to. */
#pragma once
#include "zhoubao/model/extract.h"

typedef struct {
  gint64 id;
  char *source;    /* slug */
  char *url;       /* as the source links it */
  char *canonical; /* the item's identity: zb_url_key() of the page */
  char *title;     /* plain text */
  char *author, *language;
  char *summary; /* CommonMark, of the feed or list */
  char *text;    /* CommonMark, of the article; NULL until it was fetched */
  ZbTime published, fetched;
  char *number, *issuer; /* of an official document */
  ZbTime signed_on, effective, comment_deadline;
  char *evidence; /* SHA-256 of the fetched bytes, key of the table document; NULL for none */
  gint64 story;   /* 0: not yet grouped */
} ZbItem;

/* What editors have decided on an item; the last word that was not undone counts. */
typedef enum { ZB_STATE_OPEN, ZB_STATE_PICKED, ZB_STATE_BRIEFED, ZB_STATE_REJECTED } ZbItemState;

ZbItem *zb_item_new (void);
void zb_item_free (ZbItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbItem, zb_item_free)

/* "open", "picked", "briefed", "rejected". */
const char *zb_item_state_name (ZbItemState state);

/* When it counts as having appeared: published, or else fetched. */
ZbTime zb_item_time (const ZbItem *item);
