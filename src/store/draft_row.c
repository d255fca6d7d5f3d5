/* Slots as rows, and what has no columns of its own as JSON. */
#include "draft_private.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"

static const char *const SLOTS =
    "SELECT position, item, heading, url, title, language, pinyin, source, number,"
    " published, fetched, sha256, topics, paragraph FROM slot WHERE issue = ?";
static const char *const CLEAR = "DELETE FROM slot WHERE issue = ?";
static const char *const INSERT =
    "INSERT INTO slot (issue, position, item, heading, url, title, language, pinyin, source, number, "
    "published,"
    " fetched, sha256, topics, paragraph) VALUES (?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static void
read_slot (ZbQuery *q, ZbIssueItem *item)
{
  char **texts[] = {&item->heading, &item->url,    &item->title, &item->language,
                    &item->pinyin,  &item->source, &item->number};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (zb_query_text (q, (int)i + 2));
  item->published = zb_query_time (q, 9);
  item->fetched = zb_query_time (q, 10);
  item->sha256 = g_strdup (zb_query_text (q, 11));
  g_ptr_array_unref (item->topics);
  item->topics = zb_topics_from_json (zb_query_text (q, 12));
  item->paragraph = g_strdup (zb_query_text (q, 13));
}

gboolean
zb_draft_read_slots (ZbDb *db, ZbDraft *draft, GError **error)
{
  g_autoptr (ZbQuery) q = zb_db_query (db, SLOTS, "i", draft->id);
  while (zb_query_next (q)) {
    gint64 position = zb_query_int (q, 0);
    draft->item_ids[position - 1] = zb_query_int (q, 1);
    read_slot (q, draft->issue->items->pdata[position - 1]);
  }
  return zb_query_ok (q, error);
}

gboolean
zb_draft_write_slots (ZbDb *db, const ZbDraft *draft, GError **error)
{
  if (!zb_db_exec (db, error, CLEAR, "i", draft->id))
    return FALSE;
  for (int slot = 1; slot <= 3; slot++) {
    const ZbIssueItem *i = draft->issue->items->pdata[slot - 1];
    g_autofree char *topics = zb_topics_to_json (i->topics);
    if (!zb_draft_slot_is_empty (draft, slot) &&
        !zb_db_exec (db, error, INSERT, "iiisssssssttsss", draft->id, (gint64)slot, draft->item_ids[slot - 1],
                     i->heading, i->url, i->title, i->language, i->pinyin, i->source, i->number, i->published,
                     i->fetched, i->sha256, topics, i->paragraph))
      return FALSE;
  }
  return TRUE;
}

static void
build_sections (JsonBuilder *b, const char *name, const GPtrArray *sections)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (guint i = 0; i < sections->len; i++) {
    const ZbIssueSection *section = sections->pdata[i];
    json_builder_begin_object (b);
    zb_json_text (b, "heading", section->heading);
    zb_json_text (b, "text", section->text);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_item (JsonBuilder *b, const ZbIssueItem *item, gint64 id)
{
  json_builder_begin_object (b);
  if (id != 0)
    zb_json_int (b, "item", id);
  zb_json_text (b, "heading", item->heading);
  zb_json_text (b, "url", item->url);
  zb_json_text (b, "title", item->title);
  zb_json_text (b, "language", item->language);
  zb_json_text (b, "pinyin", item->pinyin);
  zb_json_text (b, "source", item->source);
  zb_json_text (b, "number", item->number);
  zb_json_time (b, "published", item->published);
  zb_json_time (b, "fetched", item->fetched);
  zb_json_text (b, "sha256", item->sha256);
  zb_json_text (b, "text", item->paragraph);
  zb_topics_build (b, "topics", item->topics);
  json_builder_end_object (b);
}

static void
build_extra (JsonBuilder *b, const ZbIssue *issue)
{
  zb_json_text (b, "closing", issue->closing);
  build_sections (b, "sections", issue->sections);
  build_sections (b, "corrections", issue->corrections);
  json_builder_set_member_name (b, "briefs");
  json_builder_begin_array (b);
  for (guint i = 0; i < issue->briefs->len; i++)
    build_item (b, issue->briefs->pdata[i], 0);
  json_builder_end_array (b);
}

char *
zb_draft_extra_to_json (const ZbIssue *issue)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  build_extra (b, issue);
  json_builder_end_object (b);
  return zb_json_to_line (b);
}

char *
zb_draft_to_json (const ZbDraft *draft)
{
  const ZbIssue *issue = draft->issue;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "title", issue->title);
  zb_json_text (b, "author", issue->author);
  zb_json_text (b, "summary", issue->summary);
  zb_json_text (b, "intro", issue->intro);
  build_extra (b, issue);
  json_builder_set_member_name (b, "slots");
  json_builder_begin_array (b);
  for (guint i = 0; i < issue->items->len; i++)
    build_item (b, issue->items->pdata[i], i < 3 ? draft->item_ids[i] : 0);
  json_builder_end_array (b);
  json_builder_end_object (b);
  return zb_json_to_line (b);
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_sections (JsonArray *array, GPtrArray *into)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *o = json_array_get_object_element (array, i);
    g_ptr_array_add (into,
                     zb_issue_section_new (zb_json_get_text (o, "heading"), zb_json_get_text (o, "text")));
  }
}

static void
read_item (JsonObject *o, GPtrArray *into)
{
  ZbIssueItem *item = zb_issue_item_new ();
  g_ptr_array_add (into, item);
  item->heading = g_strdup (zb_json_get_text (o, "heading"));
  item->url = g_strdup (zb_json_get_text (o, "url"));
  item->title = g_strdup (zb_json_get_text (o, "title"));
  item->language = g_strdup (zb_json_get_text (o, "language"));
  item->pinyin = g_strdup (zb_json_get_text (o, "pinyin"));
  item->source = g_strdup (zb_json_get_text (o, "source"));
  item->number = g_strdup (zb_json_get_text (o, "number"));
  item->published = zb_time_from_rfc3339 (zb_json_get_text (o, "published"));
  item->fetched = zb_time_from_rfc3339 (zb_json_get_text (o, "fetched"));
  item->sha256 = g_strdup (zb_json_get_text (o, "sha256"));
  item->paragraph = g_strdup (zb_json_get_text (o, "text"));
  g_autofree char *topics = json_to_string (json_object_get_member (o, "topics"), FALSE);
  g_ptr_array_unref (item->topics);
  item->topics = zb_topics_from_json (topics);
}

static void
read_items (JsonArray *array, GPtrArray *into)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_item (json_array_get_object_element (array, i), into);
}

static void
read_extra (ZbIssue *issue, JsonObject *object)
{
  issue->closing = g_strdup (zb_json_get_text (object, "closing"));
  read_sections (get_array (object, "sections"), issue->sections);
  read_sections (get_array (object, "corrections"), issue->corrections);
  read_items (get_array (object, "briefs"), issue->briefs);
}

static JsonNode *
parse_object (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = zb_json_parse (json, strlen (json), G_MAXINT, error);
  if (root == NULL || JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "what is kept of the draft is no object");
  return NULL;
}

gboolean
zb_draft_extra_from_json (ZbIssue *issue, const char *json, GError **error)
{
  if (json == NULL)
    return TRUE;
  g_autoptr (JsonNode) root = parse_object (json, error);
  if (root == NULL)
    return FALSE;
  read_extra (issue, json_node_get_object (root));
  return TRUE;
}

gboolean
zb_draft_from_json (ZbDraft *draft, const char *json, GError **error)
{
  g_autoptr (JsonNode) root = parse_object (json, error);
  if (root == NULL)
    return FALSE;
  JsonObject *object = json_node_get_object (root);
  ZbIssue *issue = zb_issue_new ("", draft->issue->week);
  g_free (issue->title);
  issue->title = g_strdup (zb_json_get_text (object, "title"));
  issue->author = g_strdup (zb_json_get_text (object, "author"));
  issue->summary = g_strdup (zb_json_get_text (object, "summary"));
  issue->intro = g_strdup (zb_json_get_text (object, "intro"));
  read_extra (issue, object);
  JsonArray *slots = get_array (object, "slots");
  read_items (slots, issue->items);
  memset (draft->item_ids, 0, sizeof draft->item_ids);
  for (guint i = 0; slots != NULL && i < MIN (3, json_array_get_length (slots)); i++)
    draft->item_ids[i] = zb_json_get_int (json_array_get_object_element (slots, i), "item", 0);
  while (issue->items->len < 3)
    g_ptr_array_add (issue->items, zb_issue_item_new ());
  zb_issue_free (draft->issue);
  draft->issue = issue;
  return TRUE;
}
