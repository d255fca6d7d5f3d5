/* JSON Feed 1.0 and 1.1 (jsonfeed.org), and what comes near it. */
#include "feed_private.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"

/* A string, or a number, which some write for ids. (transfer full) */
static char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return type == G_TYPE_INT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)) : NULL;
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
object_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
take_author (ZbEntryDraft *draft, JsonObject *author)
{
  char *name = author != NULL ? text_of (author, "name") : NULL;
  if (name != NULL)
    zb_entry_draft_add_author (draft, 2, name);
}

/* 1.1 has authors, 1.0 has author; both may be there, and then say the same. */
static void
take_authors (ZbEntryDraft *draft, JsonObject *object)
{
  JsonArray *authors = array_of (object, "authors");
  JsonNode *one = json_object_get_member (object, "author");
  for (guint i = 0; authors != NULL && i < json_array_get_length (authors); i++)
    take_author (draft, object_at (authors, i));
  if (draft->author == NULL && one != NULL && JSON_NODE_HOLDS_OBJECT (one))
    take_author (draft, json_node_get_object (one));
}

static void
take_link (ZbEntryDraft *draft, JsonObject *object, const char *name, int rank, const char *base)
{
  g_autofree char *link = text_of (object, name);
  if (link != NULL)
    zb_entry_draft_set_text (&draft->link, &draft->link_rank, rank, zb_entry_draft_link (link, base));
}

static void
take_tags (ZbEntryDraft *draft, JsonObject *object)
{
  JsonArray *tags = array_of (object, "tags");
  for (guint i = 0; tags != NULL && i < json_array_get_length (tags); i++) {
    JsonNode *tag = json_array_get_element (tags, i);
    if (JSON_NODE_HOLDS_VALUE (tag) && json_node_get_value_type (tag) == G_TYPE_STRING)
      zb_entry_draft_add_tag (draft, json_node_get_string (tag));
  }
}

static void
take_time (ZbTime *slot, int *rank, JsonObject *object, const char *name, const ZbJob *job)
{
  g_autofree char *text = text_of (object, name);
  if (text != NULL)
    zb_entry_draft_set_time (slot, rank, 1, text, job);
}

static ZbEntryDraft *
read_item (JsonObject *item, const ZbJob *job)
{
  ZbEntryDraft *d = zb_entry_draft_new ();
  zb_entry_draft_set_text (&d->id, &d->id_rank, 1, text_of (item, "id"));
  zb_entry_draft_set_body (&d->title, 1, text_of (item, "title"), ZB_BODY_TEXT, NULL);
  zb_entry_draft_set_body (&d->summary, 1, text_of (item, "summary"), ZB_BODY_TEXT, NULL);
  zb_entry_draft_set_body (&d->content, 1, text_of (item, "content_text"), ZB_BODY_TEXT, NULL);
  zb_entry_draft_set_body (&d->content, 2, text_of (item, "content_html"), ZB_BODY_HTML, NULL);
  take_link (d, item, "external_url", 1, job->url);
  take_link (d, item, "url", 2, job->url);
  take_time (&d->published, &d->published_rank, item, "date_published", job);
  take_time (&d->updated, &d->updated_rank, item, "date_modified", job);
  take_authors (d, item);
  take_tags (d, item);
  return d;
}

static const char *
json_format (JsonObject *root)
{
  g_autofree char *version = text_of (root, "version");
  if (version != NULL && g_str_has_prefix (version, "http"))
    return g_str_has_suffix (version, "version/1") ? "json10" : "json11";
  return array_of (root, "items") != NULL ? "json11" : NULL;
}

gboolean
zb_feed_json_read (ZbFeedDraft *feed, const char *text, gsize length, const ZbJob *job, GError **error)
{
  g_autoptr (JsonNode) node = zb_json_parse (text, length, (gsize)job->limits.decoded_bytes, error);
  if (node == NULL)
    return FALSE;
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  feed->format = root != NULL ? json_format (root) : NULL;
  if (feed->format == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "this is JSON, but no JSON Feed");
    return FALSE;
  }
  ZbEntryDraft *channel = feed->channel;
  zb_entry_draft_set_body (&channel->title, 1, text_of (root, "title"), ZB_BODY_TEXT, NULL);
  zb_entry_draft_set_text (&channel->language, &channel->language_rank, 1, text_of (root, "language"));
  take_link (channel, root, "home_page_url", 1, job->url);
  take_authors (channel, root);
  JsonArray *items = array_of (root, "items");
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *item = object_at (items, i);
    if (item != NULL)
      zb_feed_draft_add (feed, read_item (item, job), job);
  }
  return TRUE;
}
