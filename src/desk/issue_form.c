/* The form of the issue, by tables of its fields. */
#include "issue_form.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/compose/review.h"

#define ISSUE(name, member)                                                                                  \
  {                                                                                                          \
    name, G_STRUCT_OFFSET (ZbIssue, member)                                                                  \
  }
#define SLOT(name, member)                                                                                   \
  {                                                                                                          \
    name, G_STRUCT_OFFSET (ZbIssueItem, member)                                                              \
  }

typedef struct {
  const char *name;
  gsize offset; /* of a char * */
} Field;

static const Field issue_fields[] = {ISSUE ("subject", title), ISSUE ("author", author),
                                     ISSUE ("summary", summary), ISSUE ("intro", intro),
                                     ISSUE ("closing", closing)};
/* The paragraph is apart: the form shows the link at its end as a field of its own. */
static const Field slot_fields[] = {SLOT ("heading", heading), SLOT ("title", title), SLOT ("pinyin", pinyin),
                                    SLOT ("url", url), SLOT ("number", number)};

gboolean
zb_issue_form_week (ZbVisit *visit, ZbWeek *week, GError **error)
{
  return zb_week_parse (visit->parts[0], week, error);
}

gboolean
zb_issue_form_version (ZbVisit *visit, const ZbDraft *draft, gint64 *version, GError **error)
{
  const char *text = zb_request_field (visit->request, "version");
  *version = draft->version;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, version, NULL))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE, "'%s' is no version of a form", text);
  return FALSE;
}

/* Browsers send CRLF; an empty field is none. NULL where it is not there. */
static char *
posted (ZbVisit *visit, const char *name, guint slot)
{
  g_autofree char *whole = slot > 0 ? g_strdup_printf ("%s%u", name, slot) : g_strdup (name);
  const char *value = zb_request_field (visit->request, whole);
  if (value == NULL)
    return NULL;
  g_auto (GStrv) lines = g_strsplit (value, "\r\n", -1);
  char *text = g_strjoinv ("\n", lines);
  return g_strstrip (text);
}

static void
take_field (ZbVisit *visit, const char *name, guint slot, char **at)
{
  char *text = posted (visit, name, slot);
  if (text == NULL)
    return;
  g_free (*at);
  *at = *text != '\0' ? text : NULL;
  if (*at == NULL)
    g_free (text);
}

/* TEXT ends in "[words]" and TAIL: the bytes before it, and the words (transfer full). */
static gboolean
ends_in_link (const char *text, const char *tail, gsize *body, char **words)
{
  if (!g_str_has_suffix (text, tail))
    return FALSE;
  const char *close = text + strlen (text) - strlen (tail);
  const char *open = g_strrstr_len (text, close - text, "[");
  if (open == NULL || open + 1 == close || memchr (open, ']', (gsize)(close - open)) != NULL ||
      (open > text && strchr ("\\!", open[-1]) != NULL))
    return FALSE;
  *words = g_strndup (open + 1, (gsize)(close - open - 1));
  while (open > text && g_ascii_isspace (open[-1]))
    open--;
  *body = (gsize)(open - text);
  return TRUE;
}

/* Where the paragraph of ITEM ends in the item's own link. */
static gboolean
find_link (const ZbIssueItem *item, gsize *body, char **words)
{
  if (item->paragraph == NULL || item->url == NULL)
    return FALSE;
  g_autofree char *pointed = g_strconcat ("](<", item->url, ">)", NULL);
  g_autofree char *plain = g_strconcat ("](", item->url, ")", NULL);
  return ends_in_link (item->paragraph, pointed, body, words) ||
         ends_in_link (item->paragraph, plain, body, words);
}

/* The paragraph as the form shows it, and its link's words; "" for none. */
static void
split_paragraph (const ZbIssueItem *item, char **body, char **words)
{
  gsize length = 0;
  if (find_link (item, &length, words))
    *body = g_strndup (item->paragraph, length);
  else {
    *body = g_strdup (item->paragraph != NULL ? item->paragraph : "");
    *words = g_strdup ("");
  }
}

/* A paragraph that is posted without its link's words is the whole. */
static void
take_paragraph (ZbVisit *visit, guint slot, ZbIssueItem *item)
{
  g_autofree char *body = posted (visit, "paragraph", slot), *words = posted (visit, "link", slot);
  if (body == NULL)
    return;
  g_autoptr (GString) text = g_string_new (body);
  if (words != NULL && *words != '\0' && item->url != NULL) {
    g_strdelimit (words, "[", '(');
    g_strdelimit (words, "]", ')');
    g_string_append_printf (text, "%s[%s](<%s>)", text->len > 0 ? " " : "", words, item->url);
  }
  g_free (item->paragraph);
  item->paragraph = text->len > 0 ? g_strdup (text->str) : NULL;
}

/* from1=2, from2=1, from3=3: what slot 2 held stands in the form's slot 1. */
static void
take_order (ZbVisit *visit, ZbDraft *draft)
{
  int from[3] = {0};
  for (guint slot = 1; slot <= 3; slot++) {
    g_autofree char *text = posted (visit, "from", slot);
    from[slot - 1] = text != NULL ? (int)g_ascii_strtoll (text, NULL, 10) : 0;
  }
  zb_ignore (zb_review_reorder (draft, from)); /* what is no order moves nothing */
}

/* move="2-1" swaps two slots with their words: the buttons of a browser without scripts. */
static void
press_move (ZbVisit *visit, ZbDraft *draft)
{
  const char *move = zb_request_field (visit->request, "move");
  int order[] = {1, 2, 3};
  if (move == NULL || strlen (move) != 3 || move[0] < '1' || move[0] > '3' || move[2] < '1' || move[2] > '3')
    return;
  order[move[0] - '1'] = move[2] - '0';
  order[move[2] - '1'] = move[0] - '0';
  zb_ignore (zb_review_reorder (draft, order)); /* two of three swapped is an order */
}

static void
press_template (ZbVisit *visit, ZbIssue *issue)
{
  const char *which = zb_request_field (visit->request, "template");
  const ZbConfig *config = visit->room->workspace->config;
  char **at = g_strcmp0 (which, "intro") == 0     ? &issue->intro
              : g_strcmp0 (which, "closing") == 0 ? &issue->closing
                                                  : NULL;
  if (at == NULL)
    return;
  g_free (*at);
  *at =
      at == &issue->intro ? zb_compose_intro (config, issue->week) : zb_compose_closing (config, issue->week);
}

gboolean
zb_issue_form_apply (ZbVisit *visit, ZbDraft *draft, gint64 version, GError **error)
{
  if (version == draft->version)
    take_order (visit, draft);
  for (guint i = 0; i < G_N_ELEMENTS (issue_fields); i++)
    take_field (visit, issue_fields[i].name, 0, G_STRUCT_MEMBER_P (draft->issue, issue_fields[i].offset));
  for (guint slot = 0; slot < draft->issue->items->len; slot++) {
    ZbIssueItem *item = draft->issue->items->pdata[slot];
    for (guint i = 0; i < G_N_ELEMENTS (slot_fields); i++)
      take_field (visit, slot_fields[i].name, slot + 1, G_STRUCT_MEMBER_P (item, slot_fields[i].offset));
    take_paragraph (visit, slot + 1, item);
  }
  press_move (visit, draft);
  press_template (visit, draft->issue);
  return TRUE;
}

static void
build_field (JsonBuilder *b, const char *name, const char *value)
{
  zb_json_text (b, name, value != NULL ? value : "");
}

static const char *
value_of (const Field *field, gconstpointer from)
{
  return G_STRUCT_MEMBER (char *, from, field->offset);
}

void
zb_issue_form_build (ZbVisit *visit, JsonBuilder *b, const ZbDraft *draft)
{
  zb_json_int (b, "version", draft->version);
  for (guint i = 0; i < G_N_ELEMENTS (issue_fields); i++)
    build_field (b, issue_fields[i].name, value_of (&issue_fields[i], draft->issue));
  json_builder_set_member_name (b, "slots");
  json_builder_begin_array (b);
  for (guint slot = 0; slot < draft->issue->items->len; slot++) {
    const ZbIssueItem *item = draft->issue->items->pdata[slot];
    g_autofree char *body = NULL, *words = NULL;
    split_paragraph (item, &body, &words);
    json_builder_begin_object (b);
    zb_json_int (b, "slot", slot + 1);
    zb_json_int (b, "item", slot < 3 ? draft->item_ids[slot] : 0);
    zb_json_text (b, "language", zb_issue_item_language (item));
    zb_json_text (b, "source", zb_visit_source (visit, item->source));
    zb_json_bool (b, "first", slot == 0);
    zb_json_bool (b, "last", slot + 1 == draft->issue->items->len);
    zb_json_int (b, "before", slot);
    zb_json_int (b, "after", slot + 2);
    for (guint i = 0; i < G_N_ELEMENTS (slot_fields); i++)
      build_field (b, slot_fields[i].name, value_of (&slot_fields[i], item));
    build_field (b, "paragraph", body);
    build_field (b, "link", words);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
build_numbered (JsonBuilder *b, const char *name, guint slot, const char *value)
{
  g_autofree char *whole = g_strdup_printf ("%s%u", name, slot);
  build_field (b, whole, value);
}

void
zb_issue_form_fields (JsonBuilder *b, const ZbDraft *draft)
{
  json_builder_set_member_name (b, "fields");
  json_builder_begin_object (b);
  for (guint i = 0; i < G_N_ELEMENTS (issue_fields); i++)
    build_field (b, issue_fields[i].name, value_of (&issue_fields[i], draft->issue));
  for (guint slot = 0; slot < draft->issue->items->len; slot++) {
    const ZbIssueItem *item = draft->issue->items->pdata[slot];
    g_autofree char *body = NULL, *words = NULL;
    split_paragraph (item, &body, &words);
    for (guint i = 0; i < G_N_ELEMENTS (slot_fields); i++)
      build_numbered (b, slot_fields[i].name, slot + 1, value_of (&slot_fields[i], item));
    build_numbered (b, "paragraph", slot + 1, body);
    build_numbered (b, "link", slot + 1, words);
  }
  json_builder_end_object (b);
}
