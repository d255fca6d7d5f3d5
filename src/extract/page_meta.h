/* Inside extract/page: what a page says of itself out of sight, in <meta>, <link> and JSON-LD. */
#pragma once
#include "zhoubao/edge/xml.h"

/* Of the JSON-LD object that is the article; members are NULL where it says nothing. */
typedef struct {
  char *headline, *name, *author, *publisher, *published, *page_published, *modified, *body, *language;
} ZbLinkedData;

typedef struct {
  GHashTable *values; /* lower-case name, property or itemprop to the first content that is not empty */
  char *canonical;    /* of <link>, as written */
  char *language;     /* of <html> */
  char *base;         /* of <base>, as written */
  char *title;        /* of <title>, squeezed */
  ZbLinkedData linked;
} ZbPageMeta;

ZbPageMeta *zb_page_meta_new (ZbNode *root);
void zb_page_meta_free (ZbPageMeta *meta);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPageMeta, zb_page_meta_free)

/* The first of NAMES (ended by NULL) that the page has; borrowed. */
const char *zb_page_meta_first (const ZbPageMeta *meta, const char *const *names);

/* page_linked.c: reads one script of JSON-LD into LINKED; what is there already stays. */
void zb_linked_data_read (ZbLinkedData *linked, const char *json);
void zb_linked_data_clear (ZbLinkedData *linked);
