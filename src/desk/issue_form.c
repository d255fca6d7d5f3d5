/* The form of the issue, by tables of its fields. */
#include "issue_form.h"

#include "zhoubao/base/error.h"

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
static const Field slot_fields[] = {SLOT ("heading", heading), SLOT ("paragraph", paragraph),
                                    SLOT ("title", title),     SLOT ("pinyin", pinyin),
                                    SLOT ("url", url),         SLOT ("number", number)};

gboolean
zb_issue_form_week (ZbVisit *visit, ZbWeek *week, GError **error)
{
  return zb_week_parse (visit->parts[0], week, error);
}

/* Browsers send CRLF; an empty field is none. */
static void
take_field (ZbVisit *visit, const char *name, char **at)
{
  const char *value = zb_request_field (visit->request, name);
  if (value == NULL)
    return;
  g_auto (GStrv) lines = g_strsplit (value, "\r\n", -1);
  g_autofree char *text = g_strjoinv ("\n", lines);
  g_strstrip (text);
  g_free (*at);
  *at = *text != '\0' ? g_steal_pointer (&text) : NULL;
}

gboolean
zb_issue_form_apply (ZbVisit *visit, ZbDraft *draft, GError **error)
{
  const char *version = zb_visit_need (visit, "version", error);
  if (version == NULL)
    return FALSE;
  if (!g_ascii_string_to_signed (version, 10, 0, G_MAXINT64, &draft->version, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (issue_fields); i++)
    take_field (visit, issue_fields[i].name, G_STRUCT_MEMBER_P (draft->issue, issue_fields[i].offset));
  for (guint slot = 0; slot < draft->issue->items->len; slot++)
    for (guint i = 0; i < G_N_ELEMENTS (slot_fields); i++) {
      g_autofree char *name = g_strdup_printf ("%s%u", slot_fields[i].name, slot + 1);
      take_field (visit, name, G_STRUCT_MEMBER_P (draft->issue->items->pdata[slot], slot_fields[i].offset));
    }
  return TRUE;
}

static void
build_field (JsonBuilder *b, const Field *field, gpointer from)
{
  const char *value = G_STRUCT_MEMBER (char *, from, field->offset);
  zb_json_text (b, field->name, value != NULL ? value : "");
}

void
zb_issue_form_build (JsonBuilder *b, const ZbDraft *draft)
{
  zb_json_int (b, "version", draft->version);
  for (guint i = 0; i < G_N_ELEMENTS (issue_fields); i++)
    build_field (b, &issue_fields[i], draft->issue);
  json_builder_set_member_name (b, "slots");
  json_builder_begin_array (b);
  for (guint slot = 0; slot < draft->issue->items->len; slot++) {
    json_builder_begin_object (b);
    zb_json_int (b, "slot", slot + 1);
    zb_json_int (b, "item", slot < 3 ? draft->item_ids[slot] : 0);
    for (guint i = 0; i < G_N_ELEMENTS (slot_fields); i++)
      build_field (b, &slot_fields[i], draft->issue->items->pdata[slot]);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}
