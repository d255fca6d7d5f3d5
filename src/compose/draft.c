/* From picks to slots. */
#include "zhoubao/compose/draft.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/words.h"
#include "zhoubao/curate/topics.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/item.h"

#define LEAD_CHARACTERS 320 /* about what a paragraph of the newsletter starts with */
#define BRIEF_CHARACTERS 160
#define DEFAULT_INTRO "The three developments of {{period}} that our editors chose."

static gboolean
has_han (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (zb_words_is_han (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* TEXT up to the end of its last whole sentence within MAX characters, or cut with an ellipsis. */
static char *
first_sentences (const char *text, guint max)
{
  g_autofree char *line = zb_text_squeeze (text, -1);
  if (g_utf8_strlen (line, -1) <= (glong)max)
    return g_steal_pointer (&line);
  const char *end = NULL, *limit = g_utf8_offset_to_pointer (line, max);
  for (const char *p = line; p < limit; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *after = g_utf8_next_char (p);
    if (c == 0x3002 || ((c == '.' || c == '!' || c == '?') && *after == ' '))
      end = after;
  }
  return end != NULL && end - line > (limit - line) / 4 ? g_strndup (line, (gsize)(end - line))
                                                        : zb_text_cut (line, -1, max);
}

/* Characters that would be markup, with a backslash: the source's words are text. */
static void
append_escaped (GString *to, const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    if (strchr ("\\*`_[]<>#&", *p) != NULL)
      g_string_append_c (to, '\\');
    g_string_append_c (to, *p);
  }
}

static char *
lead_of (const ZbItem *item, guint max)
{
  const char *source = item->text != NULL ? item->text : item->summary;
  if (source == NULL || *source == '\0')
    return g_strdup (item->title);
  g_autofree char *plain = zb_markdown_plain (source, ZB_MARKDOWN_PLAIN);
  g_autofree char *lead = first_sentences (plain, max);
  return *lead != '\0' ? g_steal_pointer (&lead) : g_strdup (item->title);
}

static void
add_topics (const ZbConfig *config, const ZbItem *item, GPtrArray *topics)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_ptr_array_add (items, (gpointer)item);
  g_autoptr (ZbTopicFinder) finder = zb_topic_finder_new (config->facets);
  g_autoptr (GHashTable) all = zb_topics_of_all (finder, items);
  for (guint i = 0; i < config->facets->len; i++) {
    const ZbFacet *facet = config->facets->pdata[i];
    g_ptr_array_add (topics, zb_topic_new (facet->name, g_hash_table_lookup (all, facet->name)));
  }
}

static ZbIssueItem *
facts_of (const ZbConfig *config, const ZbItem *item)
{
  ZbIssueItem *out = zb_issue_item_new ();
  gboolean han = has_han (item->title);
  out->heading = g_strdup (item->title);
  out->url = g_strdup (item->url);
  out->title = g_strdup (item->title);
  out->pinyin = zb_romanize_title (item->title);
  out->source = g_strdup (item->source);
  out->number = g_strdup (item->number);
  out->published = item->published;
  out->fetched = item->fetched;
  out->sha256 = g_strdup (item->evidence);
  if (item->language != NULL && !g_str_equal (item->language, han ? "zh" : config->language))
    out->language = g_strdup (item->language);
  add_topics (config, item, out->topics);
  return out;
}

ZbIssueItem *
zb_compose_item (const ZbConfig *config, const ZbItem *item)
{
  ZbIssueItem *out = facts_of (config, item);
  g_autofree char *lead = lead_of (item, LEAD_CHARACTERS);
  GString *paragraph = g_string_new (NULL);
  append_escaped (paragraph, lead);
  g_string_append_printf (paragraph, " [read more here](<%s>)", item->url);
  out->paragraph = g_string_free (paragraph, FALSE);
  return out;
}

ZbIssueItem *
zb_compose_brief (const ZbConfig *config, const ZbItem *item)
{
  ZbIssueItem *out = facts_of (config, item);
  g_autofree char *lead = lead_of (item, BRIEF_CHARACTERS);
  if (g_strcmp0 (lead, item->title) != 0) {
    GString *text = g_string_new (NULL);
    append_escaped (text, lead);
    out->paragraph = g_string_free (text, FALSE);
  }
  return out;
}

static void
replace_all (GString *text, const char *name, const char *value)
{
  g_string_replace (text, name, value, 0);
}

char *
zb_compose_fill (const char *text, const ZbConfig *config, ZbWeek week)
{
  GString *out = g_string_new (text);
  g_autofree char *period = zb_week_period (week), *day = zb_week_issue_day (week);
  replace_all (out, "{{period}}", period);
  replace_all (out, "{{day}}", day);
  replace_all (out, "{{title}}", config->title);
  return g_string_free (out, FALSE);
}

char *
zb_compose_intro (const ZbConfig *config, ZbWeek week)
{
  return zb_compose_fill (config->intro != NULL ? config->intro : DEFAULT_INTRO, config, week);
}

char *
zb_compose_closing (const ZbConfig *config, ZbWeek week)
{
  return config->closing != NULL ? zb_compose_fill (config->closing, config, week) : NULL;
}

static gboolean
fill_slot (ZbDb *db, const ZbConfig *config, ZbDraft *draft, int slot, gint64 id, GError **error)
{
  g_autoptr (ZbItem) item = zb_item_get (db, id, error);
  if (item == NULL)
    return FALSE;
  zb_issue_item_free (draft->issue->items->pdata[slot - 1]);
  draft->issue->items->pdata[slot - 1] = zb_compose_item (config, item);
  draft->item_ids[slot - 1] = id;
  return TRUE;
}

/* Where the items of the slots were before: an item that moved takes along what was written. */
static void
move_slots (ZbDraft *draft, const gint64 picked[3])
{
  gpointer items[3];
  gint64 ids[3] = {0};
  gboolean taken[3] = {FALSE};
  for (int to = 0; to < 3; to++) {
    items[to] = NULL;
    for (int from = 0; from < 3 && picked[to] != 0; from++)
      if (!taken[from] && items[to] == NULL && draft->item_ids[from] == picked[to]) {
        items[to] = draft->issue->items->pdata[from];
        ids[to] = picked[to];
        taken[from] = TRUE;
      }
  }
  for (int to = 0; to < 3; to++)
    for (int from = 0; from < 3 && items[to] == NULL; from++)
      if (!taken[from]) {
        items[to] = draft->issue->items->pdata[from];
        ids[to] = draft->item_ids[from];
        taken[from] = TRUE;
      }
  memcpy (draft->issue->items->pdata, items, sizeof items);
  memcpy (draft->item_ids, ids, sizeof ids);
}

static gboolean
align_slots (ZbDb *db, const ZbConfig *config, ZbDraft *draft, gboolean *changed, GError **error)
{
  gint64 picked[3] = {0}, before[3];
  if (!zb_decision_slots (db, draft->issue->week, picked, error))
    return FALSE;
  memcpy (before, draft->item_ids, sizeof before);
  move_slots (draft, picked);
  for (int slot = 1; slot <= 3; slot++) {
    gint64 *holds = &draft->item_ids[slot - 1];
    if (picked[slot - 1] != 0 && *holds != picked[slot - 1] &&
        !fill_slot (db, config, draft, slot, picked[slot - 1], error))
      return FALSE;
    if (picked[slot - 1] == 0 && *holds != 0) { /* the pick was taken back */
      zb_issue_item_free (draft->issue->items->pdata[slot - 1]);
      draft->issue->items->pdata[slot - 1] = zb_issue_item_new ();
      *holds = 0;
    }
  }
  *changed |= memcmp (before, draft->item_ids, sizeof before) != 0;
  return TRUE;
}

static ZbIssueItem *
known_brief (GPtrArray *briefs, const char *url)
{
  for (guint i = 0; i < briefs->len; i++)
    if (g_strcmp0 (((ZbIssueItem *)briefs->pdata[i])->url, url) == 0)
      return zb_issue_item_copy (briefs->pdata[i]);
  return NULL;
}

static gboolean
align_briefs (ZbDb *db, const ZbConfig *config, ZbIssue *issue, gboolean *changed, GError **error)
{
  g_autoptr (GArray) ids = zb_decision_list (db, issue->week, ZB_BRIEF, error);
  if (ids == NULL)
    return FALSE;
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_item_free);
  gboolean same = ids->len == issue->briefs->len;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (ZbItem) item = zb_item_get (db, g_array_index (ids, gint64, i), error);
    if (item == NULL)
      return FALSE;
    ZbIssueItem *brief = known_brief (issue->briefs, item->url);
    same = same && brief != NULL;
    g_ptr_array_add (briefs, brief != NULL ? brief : zb_compose_brief (config, item));
  }
  GPtrArray *old = issue->briefs;
  issue->briefs = g_steal_pointer (&briefs);
  g_ptr_array_unref (old);
  *changed |= !same;
  return TRUE;
}

static ZbDraft *
start_draft (const ZbConfig *config, ZbWeek week)
{
  ZbDraft *draft = zb_draft_new (config->title, week);
  draft->issue->intro = zb_compose_intro (config, week);
  draft->issue->closing = zb_compose_closing (config, week);
  return draft;
}

ZbDraft *
zb_compose_draft (ZbDb *db, const ZbConfig *config, ZbWeek week, const char *editor, ZbTime now,
                  GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (ZbDraft) draft = zb_draft_load (db, week, &none);
  if (draft == NULL && !g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return NULL;
  }
  gboolean changed = draft == NULL, is_new = draft == NULL;
  if (is_new)
    draft = start_draft (config, week);
  if (draft->state >= ZB_ISSUE_PUBLISHED)
    return g_steal_pointer (&draft);
  if (!align_slots (db, config, draft, &changed, error) ||
      !align_briefs (db, config, draft->issue, &changed, error) ||
      (changed && !zb_draft_save (db, draft, is_new ? "new draft" : "picks", editor, now, error)))
    return NULL;
  return g_steal_pointer (&draft);
}
