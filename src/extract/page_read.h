/* Inside extract/page: how a page is weighed, cut and read.

   A page is a tree of lines (runs of inline content). Each line has a worth in characters: prose is worth its
   length, links, menus and comments cost theirs. The main text is the smallest element that holds nearly all
   of the worth, less the parts inside it that cost more than they bring. */
#pragma once
#include "zhoubao/edge/markdown.h"
#include "zhoubao/edge/xml.h"
#include "zhoubao/model/extract.h"

/* What the names on an element (class, id, role, itemprop) and its tag say of it. */
typedef enum {
  ZB_HINT_NONE = 0,
  ZB_HINT_ASIDE = 1 << 0,    /* beside the text: menus, shares, related links, advertisements */
  ZB_HINT_FOREIGN = 1 << 1,  /* never the text, however long: what readers wrote, dialogs about cookies */
  ZB_HINT_BODY = 1 << 2,     /* said to be the text */
  ZB_HINT_CAPTION = 1 << 3,  /* of a picture */
  ZB_HINT_BYLINE = 1 << 4,   /* who and when */
  ZB_HINT_HIDDEN = 1 << 5,   /* not to be seen */
  ZB_HINT_OTHER = 1 << 6,    /* another article, or a teaser of one */
  ZB_HINT_PICTURES = 1 << 7, /* a gallery */
} ZbHint;

#define ZB_HINTS_OUT (ZB_HINT_ASIDE | ZB_HINT_FOREIGN | ZB_HINT_HIDDEN | ZB_HINT_OTHER | ZB_HINT_PICTURES)

ZbHint zb_page_hints (const ZbNode *node);

/* What is below an element; lengths in characters, ideographs counting as two. */
typedef struct {
  double worth;       /* see above */
  double plain;       /* the same, whatever names say */
  double prose;       /* length of lines that read as sentences, wherever they are */
  guint length, link; /* of all text; of text in links */
  guint own_link;     /* of text in links to the same site */
  guint commas, paragraphs, images, headings;
  double body; /* the greatest worth of an element below that is said to be the text */
  ZbHint hints;
} ZbWeight;

typedef struct {
  ZbNode *root;
  ZbNode *title;     /* the heading that says the title, or NULL */
  gboolean distrust; /* names on large parts of the page mean nothing */
  GArray *weights;   /* of ZbWeight; a node's mark is its index, 0 is of no node */
} ZbScale;

/* TITLE is the heading that says the title, URL where the page is from; both may be NULL. */
ZbScale *zb_scale_new (ZbNode *root, ZbNode *title, const char *url);
void zb_scale_free (ZbScale *scale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbScale, zb_scale_free)

/* page_others.c: sets ZB_HINT_OTHER on what are other articles. */
void zb_scale_find_others (ZbScale *scale);
ZbWeight *zb_scale_weigh (ZbScale *scale, ZbNode *node); /* to change it; valid until the next call */

/* All zero for what holds no text. */
const ZbWeight *zb_scale_weight (const ZbScale *scale, const ZbNode *node);

/* The element that holds the main text; never NULL. */
ZbNode *zb_page_find_main (ZbScale *scale);

/* Takes out of TOP what is not the text. */
void zb_page_prune (ZbScale *scale, ZbNode *top);
