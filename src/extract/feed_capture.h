/* One field of a feed while its element is open: text and markup are gathered, attributes kept, and at its
   end the draft gets what it means. */
#pragma once
#include "feed_draft.h"
#include "feed_names.h"

typedef struct {
  const ZbFeedElement *element; /* NULL: none is open */
  int rank;
  GString *text;
  GPtrArray *open;                /* names of the elements inside, borrowed from the reader of XML */
  char *base;                     /* URL, or NULL */
  ZbBodyType type;                /* of title, summary, content */
  gboolean base64;                /* the text is so encoded */
  gboolean escapes;               /* text goes between markup, so it is escaped */
  gboolean is_guid;               /* RSS's, which may be a link */
  char *href, *rel, *mime, *term; /* attributes */
  gboolean not_permalink;
  GString *name, *email; /* of a person, where given apart */
} ZbCapture;

void zb_capture_init (ZbCapture *c);
void zb_capture_clear (ZbCapture *c);

/* FORMAT of the feed, for what its version says of types; BASE: of the element. The capture's rank is the
   element's until set. */
void zb_capture_start (ZbCapture *c, const ZbFeedElement *element, const char *name,
                       const ZbXmlAttribute *attributes, guint n, const char *format, const char *base);
void zb_capture_inner_start (ZbCapture *c, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n,
                             ZbEntryDraft *draft);
void zb_capture_inner_end (ZbCapture *c);
void zb_capture_text (ZbCapture *c, const char *text, gsize length);

/* The element has ended: tells DRAFT. */
void zb_capture_finish (ZbCapture *c, ZbEntryDraft *draft, const ZbJob *job);
