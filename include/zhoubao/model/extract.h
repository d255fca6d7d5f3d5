/* What is read out of fetched bytes: a feed, a list or a page. Plain text, CommonMark and safe HTML only. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/base/wire.h"

typedef struct {
  char *id, *title, *link, *author;
  ZbTime published, updated;
  char *summary, *content; /* CommonMark */
  char *content_html;      /* safe HTML, filled only where asked for */
  char **tags;
} ZbEntry;

typedef struct {
  char *format; /* rss20 rss10 rss09 atom10 atom03 json11 json10 cdf list … */
  char *title, *link, *language;
  ZbTime updated;
  char *warning;      /* "recovered from malformed XML at line 12", or NULL */
  GPtrArray *entries; /* of ZbEntry */
} ZbFeed;

typedef struct {
  char *number, *issuer;                         /* 文号, 发文机关 */
  ZbTime signed_on, effective, comment_deadline; /* no deadline in working days: holidays are not known */
  char **cited;                                  /* 《titles》, without the marks */
  char **attachments;                            /* absolute URLs */
} ZbDocumentFacts;

typedef struct {
  char *title, *byline, *site, *canonical;
  ZbTime published;
  char *language; /* zh-Hans, zh-Hant, en, … */
  char *encoding; /* WHATWG name of what the bytes were in */
  char *text, *markdown, *html;
  ZbDocumentFacts document;
} ZbPage;

ZbEntry *zb_entry_new (void);
void zb_entry_free (ZbEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbEntry, zb_entry_free)

ZbFeed *zb_feed_new (void);
void zb_feed_free (ZbFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbFeed, zb_feed_free)

ZbPage *zb_page_new (void);
void zb_page_free (ZbPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPage, zb_page_free)

/* How they travel out of a parse worker; a new member is a new row in model/extract.c. */
extern const ZbWireTable zb_feed_wire, zb_page_wire;
