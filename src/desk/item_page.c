/* One item: its text and its facts, and the page as it was fetched. */
#include "routes.h"

#include "stale.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/curate/coverage.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/note.h"

#define OTHERS 30 /* of a story, at most */

#define MIDNIGHT ", 00:00"
/* A foreign page in a frame: it shows itself and does nothing, asks nothing of its site. */
#define EVIDENCE_POLICY                                                                                      \
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/* What a source gives as a day alone is kept as its first moment. */
static char *
day_or_time (ZbVisit *visit, ZbTime t)
{
  g_autofree char *words = zb_visit_time_words (visit, t);
  gsize length = words != NULL ? strlen (words) - MIN (strlen (words), strlen (MIDNIGHT)) : 0;
  return words != NULL && g_str_has_suffix (words, MIDNIGHT) ? g_strndup (words, length)
                                                             : g_steal_pointer (&words);
}

static void
build_facts (ZbVisit *visit, JsonBuilder *b, const ZbItem *item)
{
  const struct {
    const char *name;
    char *value;
  } facts[] = {{"Document number", g_strdup (item->number)},
               {"Issuer", g_strdup (item->issuer)},
               {"Published", day_or_time (visit, item->published)},
               {"Signed", day_or_time (visit, item->signed_on)},
               {"Effective", day_or_time (visit, item->effective)},
               {"Comments until", day_or_time (visit, item->comment_deadline)},
               {"Fetched", zb_visit_time_words (visit, item->fetched)},
               {"Evidence (SHA-256)", g_strdup (item->evidence)}};
  json_builder_set_member_name (b, "facts");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    if (facts[i].value != NULL) {
      json_builder_begin_object (b);
      zb_json_text (b, "name", facts[i].name);
      zb_json_text (b, "value", facts[i].value);
      json_builder_end_object (b);
    }
    g_free (facts[i].value);
  }
  json_builder_end_array (b);
}

static gboolean
build_notes (ZbVisit *visit, JsonBuilder *b, gint64 story, GError **error)
{
  g_autoptr (GPtrArray) notes = zb_note_list (visit->room->db, story, error);
  if (notes == NULL)
    return FALSE;
  zb_json_int (b, "note_count", notes->len);
  json_builder_set_member_name (b, "notes");
  json_builder_begin_array (b);
  for (guint i = 0; i < notes->len; i++) {
    const ZbNote *note = notes->pdata[i];
    g_autofree char *when = zb_visit_time_words (visit, note->written);
    json_builder_begin_object (b);
    zb_json_text (b, "who", note->editor);
    zb_json_text (b, "when", when);
    zb_json_text (b, "text", note->text);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

/* The other items of the story: the notice itself and its reprints. */
static gboolean
build_others (ZbVisit *visit, JsonBuilder *b, const ZbItem *item, GError **error)
{
  g_autoptr (GPtrArray) others =
      item->story != 0 ? zb_item_list_story (visit->room->db, item->story, error) : g_ptr_array_new ();
  if (others == NULL)
    return FALSE;
  zb_json_bool (b, "has_others", others->len > 1);
  json_builder_set_member_name (b, "others");
  json_builder_begin_array (b);
  for (guint i = 0; i < others->len && i < OTHERS; i++) {
    const ZbItem *other = others->pdata[i];
    if (other->id == item->id)
      continue;
    g_autofree char *when = day_or_time (visit, zb_item_time (other));
    json_builder_begin_object (b);
    zb_json_int (b, "id", other->id);
    zb_json_text (b, "title", other->title);
    zb_json_text (b, "language", other->language != NULL ? other->language : "und");
    zb_json_text (b, "source", zb_visit_source (visit, other->source));
    zb_json_text (b, "when", when);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

/* What earlier issues had on the matter. */
static void
build_coverage (ZbVisit *visit, JsonBuilder *b, const ZbItem *item, ZbWeek week)
{
  const ZbWorkspace *workspace = visit->room->workspace;
  g_autoptr (GPtrArray) hits = zb_coverage_find (workspace->root, workspace->config, item, week);
  zb_json_bool (b, "has_coverage", hits->len > 0);
  zb_coverage_json (b, "coverage", hits);
}

/* Which sources brought it. */
static void
build_sources (ZbVisit *visit, JsonBuilder *b, char *const *slugs)
{
  json_builder_set_member_name (b, "sources");
  json_builder_begin_array (b);
  for (char *const *slug = slugs; *slug != NULL; slug++) {
    json_builder_begin_object (b);
    zb_json_text (b, "name", zb_visit_source (visit, *slug));
    zb_json_bool (b, "more", slug[1] != NULL);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_item (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  ZbItemState state;
  ZbWeek week;
  int slot = 0;
  if (!zb_visit_number (visit->parts[0], &id, error) || !zb_visit_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbItem) item = zb_item_get (visit->room->db, id, error);
  g_auto (GStrv) sources = item != NULL ? zb_item_sources (visit->room->db, id, error) : NULL;
  if (sources == NULL || !zb_decision_state (visit->room->db, id, &state, &slot, error))
    return FALSE;
  g_autofree char *seen = zb_stale_seen (state, slot), *held = zb_stale_held (visit->room->db, week, error);
  if (held == NULL)
    return FALSE;
  const char *text = item->text != NULL ? item->text : item->summary;
  g_autofree char *html = text != NULL ? zb_markdown_html (text) : NULL;
  g_autofree char *pinyin = zb_romanize_title (item->title), *name = zb_week_name (week);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_int (b, "id", item->id);
  zb_json_int (b, "story", item->story);
  zb_json_text (b, "title", item->title);
  zb_json_text (b, "pinyin", pinyin);
  zb_json_text (b, "language", item->language != NULL ? item->language : "und");
  zb_json_text (b, "url", item->url);
  build_sources (visit, b, sources);
  zb_json_text (b, "state", zb_item_state_name (state));
  zb_json_int (b, "slot", slot);
  zb_json_text (b, "seen", seen);
  zb_json_text (b, "held", held);
  zb_json_text (b, "week", name);
  zb_json_text (b, "html", html);
  zb_json_text (b, "back", "");
  zb_json_int (b, "next", 0);
  zb_json_bool (b, "kept", item->evidence != NULL);
  build_facts (visit, b, item);
  build_coverage (visit, b, item, week);
  return build_notes (visit, b, item->story, error) && build_others (visit, b, item, error) &&
         zb_visit_render (visit, "item", item->title, b, error);
}

gboolean
zb_page_item_note (ZbVisit *visit, GError **error)
{
  gint64 id = 0;
  ZbWeek week;
  const char *text = zb_visit_need (visit, "text", error);
  if (text == NULL || !zb_visit_number (visit->parts[0], &id, error) || !zb_visit_week (visit, &week, error))
    return FALSE;
  g_autoptr (ZbItem) item = zb_item_get (visit->room->db, id, error);
  g_autofree char *name = zb_week_name (week);
  return item != NULL &&
         zb_note_add (visit->room->db, item->story, visit->editor->name, text, visit->now, error) &&
         zb_visit_go (visit, "/desk/item/%" G_GINT64_FORMAT "?week=%s#notes", id, name);
}

/* The charset that TYPE names, or NULL: only what is a token goes into a header of ours. (transfer full) */
static char *
charset_of (const char *type)
{
  const char *at = type != NULL ? strstr (type, "charset=") : NULL;
  gsize length =
      at != NULL ? strspn (at + 8, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") : 0;
  return length > 0 ? g_strndup (at + 8, length) : NULL;
}

/* HTML is shown, everything else is a file to keep. Without a charset the page says its own. */
static void
answer_evidence (ZbVisit *visit, const ZbDocument *document)
{
  gboolean html = document->content_type != NULL && strstr (document->content_type, "html") != NULL;
  g_autofree char *charset = charset_of (document->content_type);
  g_autofree char *type = g_strconcat ("text/html", charset != NULL ? "; charset=" : NULL, charset, NULL);
  visit->policy = EVIDENCE_POLICY;
  zb_response_header (visit->response, "Cache-Control", "no-store");
  zb_response_type (visit->response, html ? type : "application/octet-stream");
  if (!html)
    zb_response_header (visit->response, "Content-Disposition", "attachment");
  zb_response_bytes (visit->response, document->body);
}

gboolean
zb_page_evidence (ZbVisit *visit, GError **error)
{
  gint64 id = 0, limit = visit->room->workspace->config->limits.decoded_bytes;
  if (!zb_visit_number (visit->parts[0], &id, error))
    return FALSE;
  g_autoptr (ZbItem) item = zb_item_get (visit->room->db, id, error);
  if (item == NULL)
    return FALSE;
  if (item->evidence == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "no page was kept of this item");
    return FALSE;
  }
  g_autoptr (ZbDocument) document = zb_document_get (visit->room->db, item->evidence, limit, error);
  if (document != NULL)
    answer_evidence (visit, document);
  return document != NULL;
}
