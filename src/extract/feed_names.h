/* What the elements of all kinds of feeds mean. */
#pragma once
#include "zhoubao/edge/xml_stream.h"

typedef enum {
  ZB_NS_CORE, /* RSS, Atom, CDF, none */
  ZB_NS_RDF,
  ZB_NS_DC,
  ZB_NS_DCTERMS,
  ZB_NS_CONTENT,
  ZB_NS_XHTML,
  ZB_NS_ITUNES,
  ZB_NS_MEDIA,
  ZB_NS_OTHER
} ZbFeedNs;

typedef enum {
  ZB_MEANS_NOTHING, /* walked through */
  ZB_MEANS_ROOT,
  ZB_MEANS_FEED,
  ZB_MEANS_ENTRY,
  ZB_MEANS_SKIP, /* with all that is inside */
  /* what is read to its end */
  ZB_MEANS_TITLE,
  ZB_MEANS_SUMMARY,
  ZB_MEANS_CONTENT,
  ZB_MEANS_LINK,
  ZB_MEANS_ID,
  ZB_MEANS_AUTHOR,
  ZB_MEANS_PUBLISHED,
  ZB_MEANS_UPDATED,
  ZB_MEANS_TAG,
  ZB_MEANS_TAGS,
  ZB_MEANS_LANGUAGE
} ZbFeedMeaning;

typedef struct {
  ZbFeedNs ns;
  const char *name; /* lower case */
  ZbFeedMeaning meaning;
  int rank; /* of several elements that mean the same */
} ZbFeedElement;

/* What URI, or where that is unknown PREFIX, stands for. */
ZbFeedNs zb_feed_ns (const char *uri, const char *prefix);

/* Never NULL. */
const ZbFeedElement *zb_feed_element (ZbFeedNs ns, const char *name);
