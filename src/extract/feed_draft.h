/* A feed or an entry while it is being read: every field with the rank of the element it came from, so that
   <title> goes before <media:title> wherever it stands. */
#pragma once
#include "zhoubao/extract/job.h"

typedef enum {
  ZB_BODY_TEXT,  /* literal */
  ZB_BODY_HTML,  /* markup */
  ZB_BODY_EITHER /* markup if it looks so: RSS does not say */
} ZbBodyType;

typedef struct {
  char *text;
  ZbBodyType type;
  char *base; /* URL for relative links, or NULL */
  int rank;
} ZbBody;

typedef struct {
  ZbBody title, summary, content;
  char *id, *link, *permalink, *author, *language; /* permalink: a guid that is one */
  int id_rank, link_rank, author_rank, language_rank;
  ZbTime published, updated;
  int published_rank, updated_rank;
  GPtrArray *tags;
} ZbEntryDraft;

ZbEntryDraft *zb_entry_draft_new (void);
void zb_entry_draft_free (ZbEntryDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbEntryDraft, zb_entry_draft_free)

/* Setters: what has a lower rank than what is there already, or is empty, is left out; strings are taken
   (transfer full), and may be NULL. Of several authors all are kept. */
void zb_entry_draft_set_body (ZbBody *slot, int rank, char *text, ZbBodyType type, const char *base);
void zb_entry_draft_set_text (char **slot, int *slot_rank, int rank, char *text);
void zb_entry_draft_set_time (ZbTime *slot, int *slot_rank, int rank, const char *text, const ZbJob *job);
void zb_entry_draft_add_author (ZbEntryDraft *draft, int rank, char *name);
void zb_entry_draft_add_tag (ZbEntryDraft *draft, const char *tag);
void zb_entry_draft_add_tags (ZbEntryDraft *draft, const char *list); /* separated by commas, or by spaces */

/* LINK relative to BASE, only http and https. Returns: (transfer full), NULL where it is no link. */
char *zb_entry_draft_link (const char *link, const char *base);

/* Keeps the newest of DRAFTS (of ZbEntryDraft) and their order. */
void zb_drafts_keep_newest (GPtrArray *drafts, guint n);

/* What is handed out, by the job's limits. BASE: for what has none. Returns: (transfer full). */
ZbEntry *zb_entry_draft_to_entry (ZbEntryDraft *draft, const ZbJob *job, const char *base);
char *zb_entry_draft_title (const ZbEntryDraft *draft, const ZbJob *job);
