/* Fields of feeds and entries: which one counts, and what is made of it. */
#include "feed_draft.h"

#include "plain.h"
#include "zhoubao/base/dates.h"
#include "zhoubao/base/url.h"
#include "zhoubao/extract/html.h"

#define TAGS_MAX 100u
#define TAG_CHARS 100u
#define AUTHOR_CHARS 300u
#define ID_CHARS 2000u

ZbEntryDraft *
zb_entry_draft_new (void)
{
  ZbEntryDraft *draft = g_new0 (ZbEntryDraft, 1);
  draft->published = draft->updated = ZB_TIME_NONE;
  draft->tags = g_ptr_array_new_with_free_func (g_free);
  return draft;
}

static void
clear_body (ZbBody *body)
{
  g_free (body->text);
  g_free (body->base);
}

void
zb_entry_draft_free (ZbEntryDraft *d)
{
  if (d == NULL) /* one that was dropped from its array */
    return;
  clear_body (&d->title);
  clear_body (&d->summary);
  clear_body (&d->content);
  g_free (d->id);
  g_free (d->link);
  g_free (d->permalink);
  g_free (d->author);
  g_free (d->language);
  g_ptr_array_unref (d->tags);
  g_free (d);
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

void
zb_entry_draft_set_body (ZbBody *slot, int rank, char *text, ZbBodyType type, const char *base)
{
  if (text == NULL || is_blank (text) || (slot->text != NULL && rank < slot->rank)) {
    g_free (text);
    return;
  }
  clear_body (slot);
  *slot = (ZbBody){text, type, g_strdup (base), rank};
}

void
zb_entry_draft_set_text (char **slot, int *slot_rank, int rank, char *text)
{
  if (text == NULL || is_blank (text) || (*slot != NULL && rank < *slot_rank)) {
    g_free (text);
    return;
  }
  g_free (*slot);
  *slot = text;
  *slot_rank = rank;
}

void
zb_entry_draft_set_time (ZbTime *slot, int *slot_rank, int rank, const char *text, const ZbJob *job)
{
  const ZbDateContext context = {job->now, job->zone};
  ZbDate date;
  if ((*slot != ZB_TIME_NONE && rank < *slot_rank) || !zb_dates_read (text, &context, &date))
    return;
  *slot = zb_dates_settle (&date, &context);
  *slot_rank = rank;
}

void
zb_entry_draft_add_author (ZbEntryDraft *draft, int rank, char *name)
{
  g_autofree char *line = name != NULL ? zb_plain_line (name, AUTHOR_CHARS) : NULL;
  g_free (name);
  if (line == NULL || (draft->author != NULL && rank < draft->author_rank))
    return;
  gboolean join = draft->author != NULL && rank == draft->author_rank &&
                  strstr (draft->author, line) == NULL && strlen (draft->author) < AUTHOR_CHARS;
  char *all = join ? g_strconcat (draft->author, ", ", line, NULL) : g_steal_pointer (&line);
  g_free (draft->author);
  draft->author = all;
  draft->author_rank = rank;
}

void
zb_entry_draft_add_tag (ZbEntryDraft *draft, const char *tag)
{
  g_autofree char *line = zb_plain_line (tag, TAG_CHARS);
  if (line == NULL || draft->tags->len >= TAGS_MAX ||
      g_ptr_array_find_with_equal_func (draft->tags, line, g_str_equal, NULL))
    return;
  g_ptr_array_add (draft->tags, g_steal_pointer (&line));
}

void
zb_entry_draft_add_tags (ZbEntryDraft *draft, const char *list)
{
  g_auto (GStrv) tags = g_strsplit_set (list, strchr (list, ',') != NULL ? "," : " \t\r\n", -1);
  for (char **tag = tags; *tag != NULL; tag++)
    zb_entry_draft_add_tag (draft, *tag);
}

char *
zb_entry_draft_link (const char *link, const char *base)
{
  g_autofree char *text = g_strstrip (g_strdup (link));
  if (*text == '\0')
    return NULL;
  g_autofree char *resolved = zb_url_resolve (text, base);
  g_autofree char *scheme = resolved == NULL ? zb_url_scheme_of (text) : NULL;
  if (resolved != NULL || base != NULL || scheme != NULL)
    return g_steal_pointer (&resolved);
  return g_steal_pointer (&text); /* relative to nothing that is known */
}

static ZbTime
age (const ZbEntryDraft *draft)
{
  return draft->published != ZB_TIME_NONE ? draft->published : draft->updated;
}

typedef struct {
  ZbTime time;
  guint place;
} Rank;

static int
newer_first (const void *a, const void *b)
{
  const Rank *x = a, *y = b;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->place < y->place ? -1 : 1;
}

void
zb_drafts_keep_newest (GPtrArray *drafts, guint n)
{
  if (drafts->len <= n)
    return;
  g_autofree Rank *ranks = g_new (Rank, drafts->len);
  for (guint i = 0; i < drafts->len; i++)
    ranks[i] = (Rank){age (drafts->pdata[i]), i};
  qsort (ranks, drafts->len, sizeof *ranks, newer_first);
  for (guint i = n; i < drafts->len; i++)
    g_clear_pointer (&drafts->pdata[ranks[i].place], zb_entry_draft_free);
  guint kept = 0;
  for (guint i = 0; i < drafts->len; i++)
    if (drafts->pdata[i] != NULL)
      drafts->pdata[kept++] = drafts->pdata[i];
  memset (drafts->pdata + kept, 0, (drafts->len - kept) * sizeof *drafts->pdata);
  g_ptr_array_set_size (drafts, (int)kept);
}

static gboolean
is_html (const ZbBody *body)
{
  return body->type == ZB_BODY_HTML ||
         (body->type == ZB_BODY_EITHER && zb_plain_is_html (body->text, strlen (body->text)));
}

char *
zb_entry_draft_title (const ZbEntryDraft *draft, const ZbJob *job)
{
  const ZbBody *title = &draft->title;
  gsize max = (gsize)job->limits.title_chars;
  if (title->text == NULL)
    return NULL;
  if (!is_html (title))
    return zb_plain_line (title->text, max);
  g_autofree char *text = zb_plain_from_html (title->text, strlen (title->text), 4 * max + 4);
  return zb_plain_line (text, max);
}

/* Literal text as HTML: a paragraph for each block between empty lines. */
static char *
text_to_html (const char *text)
{
  GString *html = g_string_new ("<p>");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *safe = g_markup_escape_text (*line, -1);
    g_string_append (html, is_blank (*line) ? "</p><p>" : safe);
    g_string_append_c (html, '\n');
  }
  g_string_append (html, "</p>");
  return g_string_free (html, FALSE);
}

/* BODY as HTML that is fit for conversion. */
static char *
body_markup (const ZbBody *body)
{
  if (!is_html (body))
    return text_to_html (body->text);
  char *mended = zb_plain_mend_html (body->text, strlen (body->text));
  return mended != NULL ? mended : g_strdup (body->text);
}

/* BODY as plain text, in which nothing needs care; NULL where there is nothing. */
static char *
body_plain (const ZbBody *body, gsize max)
{
  if (body->text == NULL)
    return NULL;
  return is_html (body) ? zb_plain_from_html (body->text, strlen (body->text), max) : g_strdup (body->text);
}

/* BODY as CommonMark, and as safe HTML where HTML is not NULL. */
static char *
body_markdown (const ZbBody *body, const char *base, char **html)
{
  if (body->text == NULL)
    return NULL;
  g_autofree char *markup = body_markup (body);
  base = body->base != NULL ? body->base : base;
  g_autoptr (ZbDoc) doc = zb_doc_new_html (markup, -1, NULL);
  if (doc == NULL)
    return NULL;
  g_autoptr (ZbMarkdown) document = zb_html_build (zb_doc_root (doc), base);
  if (html != NULL)
    *html = zb_markdown_to_html (document);
  char *markdown = zb_markdown_to_commonmark (document);
  if (is_blank (markdown))
    g_clear_pointer (&markdown, g_free);
  return markdown;
}

static void
limit_text (char **text, gsize max)
{
  if (*text == NULL || strlen (*text) <= max)
    return;
  char *end = g_utf8_find_prev_char (*text, *text + max + 1);
  *end = '\0';
}

ZbEntry *
zb_entry_draft_to_entry (ZbEntryDraft *d, const ZbJob *job, const char *base)
{
  ZbEntry *entry = zb_entry_new ();
  gsize max = (gsize)job->limits.text_bytes;
  entry->title = zb_entry_draft_title (d, job);
  entry->id = d->id != NULL ? zb_plain_line (d->id, ID_CHARS) : NULL;
  char **link = d->link != NULL ? &d->link : &d->permalink;
  entry->link = g_steal_pointer (link);
  entry->author = g_steal_pointer (&d->author);
  entry->published = d->published;
  entry->updated = d->updated;
  if (job->bodies != ZB_BODIES_PLAIN) {
    char **html = job->bodies == ZB_BODIES_HTML ? &entry->content_html : NULL;
    entry->content = body_markdown (&d->content, base, html);
    entry->summary = body_markdown (&d->summary, base, d->content.text == NULL ? html : NULL);
  } else {
    entry->content = body_plain (&d->content, max);
    entry->summary = body_plain (&d->summary, max);
  }
  limit_text (&entry->summary, max);
  limit_text (&entry->content, max);
  g_ptr_array_add (d->tags, NULL);
  entry->tags = (char **)g_ptr_array_steal (d->tags, NULL);
  return entry;
}
