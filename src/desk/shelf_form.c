/* The form of an essay or document: one table of its fields, written out and read back. */
#include "shelf.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/romanize.h"

#define ESSAY (1u << ZB_POST_ESSAY)
#define DOCUMENT (1u << ZB_POST_DOCUMENT)
#define BOTH (ESSAY | DOCUMENT)

typedef struct {
  const char *name, *label, *type; /* of the input; a field with CHOICES has none */
  guint kinds;
  gsize offset; /* of a char * in ZbPost */
  gboolean required;
  const char *const *choices;
} Field;

static const char *const tiers[] = {"none", "bronze", "silver", "gold", NULL};
static const char *const statuses[] = {"", "draft", "in force", "amended", "repealed", NULL};

#define AT(member) G_STRUCT_OFFSET (ZbPost, member)
/* clang-format off */
static const Field fields[] = {
  {"title", "Title", "text", BOTH, AT (title), TRUE, NULL},
  {"date", "Date", "date", ESSAY, AT (date), TRUE, NULL},
  {"author", "Author", "text", ESSAY, AT (author), FALSE, NULL},
  {"category", "Category", "text", ESSAY, AT (category), FALSE, NULL},
  {"original", "Title in its own language", "text", DOCUMENT, AT (original), FALSE, NULL},
  {"pinyin", "Pinyin, made of it if empty", "text", DOCUMENT, AT (pinyin), FALSE, NULL},
  {"number", "Document number", "text", DOCUMENT, AT (number), FALSE, NULL},
  {"issuer", "Issuer", "text", DOCUMENT, AT (issuer), FALSE, NULL},
  {"url", "Where it was published", "url", DOCUMENT, AT (url), FALSE, NULL},
  {"signed", "Signed", "date", DOCUMENT, AT (signed_on), FALSE, NULL},
  {"effective", "Effective", "date", DOCUMENT, AT (effective), FALSE, NULL},
  {"status", "Status", NULL, DOCUMENT, AT (status), FALSE, statuses},
  {"tier", "Who may read it", NULL, DOCUMENT, AT (tier), FALSE, tiers},
  {"language", "Language, if another", "text", BOTH, AT (language), FALSE, NULL},
  {"summary", "One sentence on it", "text", BOTH, AT (summary), FALSE, NULL},
};
/* clang-format on */

static const char *
choice_label (const char *choice)
{
  if (*choice == '\0')
    return "not known";
  return g_str_equal (choice, "none") ? "everybody" : choice;
}

static void
build_field (JsonBuilder *b, const Field *field, const ZbPost *post)
{
  const char *value = *(char *const *)((const char *)post + field->offset);
  json_builder_begin_object (b);
  zb_json_text (b, "name", field->name);
  zb_json_text (b, "label", field->label);
  zb_json_text (b, "type", field->type);
  zb_json_text (b, "value", value != NULL ? value : "");
  zb_json_bool (b, "required", field->required);
  json_builder_set_member_name (b, "choices");
  json_builder_begin_array (b);
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++) {
    json_builder_begin_object (b);
    zb_json_text (b, "choice", field->choices[i]);
    zb_json_text (b, "choice_label", choice_label (field->choices[i]));
    zb_json_bool (b, "chosen", g_strcmp0 (value, field->choices[i]) == 0);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_end_object (b);
}

/* "location=hebei, type=legislation". (transfer full) */
static char *
topics_words (const GPtrArray *topics)
{
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < topics->len; i++) {
    const ZbTopic *topic = topics->pdata[i];
    for (char **term = topic->terms; *term != NULL; term++)
      g_string_append_printf (words, "%s%s=%s", words->len > 0 ? ", " : "", topic->facet, *term);
  }
  return g_string_free (words, FALSE);
}

gboolean
zb_shelf_form_show (ZbVisit *visit, const ZbShelfForm *form, GError **error)
{
  const ZbShelf *shelf = zb_shelf_of (visit);
  const ZbPost *post = form->post;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *topics = topics_words (post->topics);
  zb_json_text (b, "path", shelf->path);
  zb_json_text (b, "folder", shelf->folder);
  zb_json_text (b, "many", shelf->many);
  zb_json_text (b, "one", shelf->one);
  zb_json_text (b, "slug", post->slug);
  zb_json_text (b, "heading", post->title != NULL && *post->title != '\0' ? post->title : NULL);
  zb_json_text (b, "body", post->body != NULL ? post->body : "");
  zb_json_text (b, "topics", topics);
  zb_json_text (b, "sum", form->sum);
  zb_json_text (b, "problem", form->problem);
  zb_json_bool (b, "stale", form->theirs != NULL);
  zb_json_text (b, "theirs", form->theirs);
  zb_json_text (b, "preview_html", form->preview_html);
  zb_json_bool (b, "is_new", form->is_new);
  zb_json_bool (b, "is_essay", post->kind == ZB_POST_ESSAY);
  zb_json_bool (b, "is_open", zb_post_tier (post) == ZB_TIER_NONE);
  zb_json_text (b, "said", zb_request_query (visit->request, "said") != NULL ? "Saved." : NULL);
  json_builder_set_member_name (b, "fields");
  json_builder_begin_array (b);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].kinds & (1u << shelf->kind))
      build_field (b, &fields[i], post);
  json_builder_end_array (b);
  return zb_visit_render (visit, "shelf_form", shelf->many, b, error);
}

static gboolean
read_topics (const char *words, ZbPost *post, GError **error)
{
  g_auto (GStrv) topics = g_strsplit_set (words, ", \r\n", -1);
  g_ptr_array_set_size (post->topics, 0);
  for (char **topic = topics; *topic != NULL; topic++) {
    const char *equals = strchr (*topic, '=');
    if (**topic == '\0')
      continue;
    if (equals == NULL || equals == *topic || equals[1] == '\0') {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "'%s' is no topic such as location=hebei", *topic);
      return FALSE;
    }
    g_autofree char *facet = g_strndup (*topic, (gsize)(equals - *topic));
    zb_topics_add (post->topics, facet, equals + 1);
  }
  return TRUE;
}

/* Lines end as on this system, whatever the browser sends. (transfer full) */
static char *
read_text (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\r\n", -1);
  return g_strjoinv ("\n", lines);
}

gboolean
zb_shelf_form_read (ZbVisit *visit, ZbPost *post, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *given = zb_request_field (visit->request, fields[i].name);
    char **member = (char **)((char *)post + fields[i].offset);
    if (given == NULL || !(fields[i].kinds & (1u << post->kind)))
      continue;
    g_autofree char *value = g_strstrip (g_strdup (given));
    g_free (*member);
    *member = *value != '\0' ? g_steal_pointer (&value) : NULL;
  }
  const char *body = zb_request_field (visit->request, "body"),
             *topics = zb_request_field (visit->request, "topics");
  if (body != NULL) {
    g_free (post->body);
    post->body = read_text (body);
  }
  if (zb_post_tier (post) == ZB_TIER_NONE)
    g_clear_pointer (&post->tier, g_free); /* as the files' reader has it */
  if (post->original != NULL && post->pinyin == NULL)
    post->pinyin = zb_romanize_title (post->original);
  return topics == NULL || read_topics (topics, post, error);
}
