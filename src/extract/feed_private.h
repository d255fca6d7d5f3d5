/* The parts of the feed reader. */
#pragma once
#include "feed_draft.h"

/* What a document yields, before limits: FORMAT is static, NULL where no feed was seen. */
typedef struct {
  const char *format;
  ZbEntryDraft *channel;
  GPtrArray *entries; /* of ZbEntryDraft */
  char *root;         /* name of the first element, for the error */
  char *warning;
} ZbFeedDraft;

void zb_feed_draft_init (ZbFeedDraft *feed);
void zb_feed_draft_clear (ZbFeedDraft *feed);

/* Adds ENTRY (transfer full), dropping the oldest where there are far too many. */
void zb_feed_draft_add (ZbFeedDraft *feed, ZbEntryDraft *entry, const ZbJob *job);

/* TEXT is UTF-8; JSON is ended by a NUL that is not counted. */
void zb_feed_xml_read (ZbFeedDraft *feed, const char *text, gsize length, const ZbJob *job);
gboolean zb_feed_json_read (ZbFeedDraft *feed, const char *text, gsize length, const ZbJob *job,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
