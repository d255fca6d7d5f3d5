/* Issue files read by tables and written back the same. */
#include "zhoubao/store/issue_file.h"

#include "front_matter.h"
#include "sections.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/folder.h"
#include "zhoubao/edge/yaml.h"
#include "zhoubao/store/config.h"
#include <gio/gio.h>

#define MAX_ITEMS 3

/* What the front matter says before it is checked against the rest. */
typedef struct {
  ZbIssue *issue;
  char *title, *date, *week;
} Head;

static void
head_clear (Head *head)
{
  g_free (head->title);
  g_free (head->date);
  g_free (head->week);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

static gboolean
read_time (const ZbYaml *node, ZbTime *into, GError **error)
{
  if (node->kind == ZB_YAML_NULL)
    return TRUE;
  *into = zb_time_from_rfc3339 (node->text);
  return *into != ZB_TIME_NONE ||
         zb_yaml_error (node, error, "'%s' must be a time such as 2017-06-28T03:12:00Z", node->key);
}

static gboolean
read_published (const ZbYaml *node, gpointer into, GError **error)
{
  return read_time (node, &((ZbIssueItem *)into)->published, error);
}

static gboolean
read_fetched (const ZbYaml *node, gpointer into, GError **error)
{
  return read_time (node, &((ZbIssueItem *)into)->fetched, error);
}

static gboolean
read_topics (const ZbYaml *node, gpointer into, GError **error)
{
  return zb_front_read_topics (node, ((ZbIssueItem *)into)->topics, error);
}

#define FIELD(key, type, member)                                                                             \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (type, member)                                                     \
  }

/* clang-format off */
static const ZbYamlField item_fields[] = {
  {"heading", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbIssueItem, heading), TRUE},
  FIELD ("url", ZbIssueItem, url),
  FIELD ("title", ZbIssueItem, title),
  FIELD ("language", ZbIssueItem, language),
  FIELD ("pinyin", ZbIssueItem, pinyin),
  FIELD ("source", ZbIssueItem, source),
  FIELD ("number", ZbIssueItem, number),
  FIELD ("sha256", ZbIssueItem, sha256),
  FIELD ("text", ZbIssueItem, paragraph), /* of briefs; an item's is its section */
  {"published", ZB_YAML_TO_OWN, 0, FALSE, read_published},
  {"fetched", ZB_YAML_TO_OWN, 0, FALSE, read_fetched},
  {"topics", ZB_YAML_TO_OWN, 0, FALSE, read_topics},
  {NULL}
};

static const ZbYamlField correction_fields[] = {
  {"date", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbIssueSection, heading), TRUE},
  {"text", ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbIssueSection, text), TRUE},
  {NULL}
};
/* clang-format on */

static gboolean
read_item_list (const ZbYaml *node, GPtrArray *into, guint most, GError **error)
{
  if (node->kind == ZB_YAML_NULL)
    return TRUE;
  if (node->kind != ZB_YAML_LIST)
    return zb_yaml_error (node, error, "'%s' must be a list", node->key);
  if (node->children->len > most)
    return zb_yaml_error (node, error, "'%s' has %u members, at most %u fit an issue", node->key,
                          node->children->len, most);
  for (guint i = 0; i < node->children->len; i++) {
    const ZbYaml *child = node->children->pdata[i];
    ZbIssueItem *item = zb_issue_item_new ();
    g_ptr_array_add (into, item);
    item->line = child->line;
    if (!zb_yaml_read (child, item_fields, item, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_items (const ZbYaml *node, gpointer into, GError **error)
{
  ZbIssue *issue = ((Head *)into)->issue;
  if (!read_item_list (node, issue->items, MAX_ITEMS, error))
    return FALSE;
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    if (item->paragraph != NULL)
      return zb_yaml_error (zb_yaml_get (node->children->pdata[i], "text"), error,
                            "an item's text stands in its section below, not here");
  }
  return TRUE;
}

static gboolean
read_briefs (const ZbYaml *node, gpointer into, GError **error)
{
  return read_item_list (node, ((Head *)into)->issue->briefs, G_MAXUINT, error);
}

static gboolean
read_corrections (const ZbYaml *node, gpointer into, GError **error)
{
  GPtrArray *corrections = ((Head *)into)->issue->corrections;
  if (node->kind != ZB_YAML_LIST)
    return zb_yaml_error (node, error, "'corrections' must be a list");
  for (guint i = 0; i < node->children->len; i++) {
    ZbIssueSection *correction = zb_issue_section_new (NULL, NULL);
    g_ptr_array_add (corrections, correction);
    if (!zb_yaml_read (node->children->pdata[i], correction_fields, correction, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_author (const ZbYaml *node, gpointer into, GError **error)
{
  (void)error;
  ((Head *)into)->issue->author = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_summary (const ZbYaml *node, gpointer into, GError **error)
{
  (void)error;
  ((Head *)into)->issue->summary = g_strdup (node->text);
  return TRUE;
}

static gboolean
read_closing (const ZbYaml *node, gpointer into, GError **error)
{
  (void)error;
  ((Head *)into)->issue->closing = g_strdup (node->text);
  return TRUE;
}

/* clang-format off */
static const ZbYamlField head_fields[] = {
  FIELD ("title", Head, title),
  FIELD ("date", Head, date),
  FIELD ("week", Head, week),
  {"author", ZB_YAML_TO_OWN, 0, FALSE, read_author},
  {"summary", ZB_YAML_TO_OWN, 0, FALSE, read_summary},
  {"closing", ZB_YAML_TO_OWN, 0, FALSE, read_closing},
  {"items", ZB_YAML_TO_OWN, 0, FALSE, read_items},
  {"briefs", ZB_YAML_TO_OWN, 0, FALSE, read_briefs},
  {"corrections", ZB_YAML_TO_OWN, 0, FALSE, read_corrections},
  {"layout", ZB_YAML_TO_NOTHING}, {"permalink", ZB_YAML_TO_NOTHING}, {"tags", ZB_YAML_TO_NOTHING}, /* other generators' */
  {NULL}
};
/* clang-format on */

/* The week follows from the date, or else from the week's name, or else from the file's name. */
static gboolean
settle_week (const ZbYaml *yaml, const Head *head, const char *file, ZbWeek *week, GError **error)
{
  const ZbYaml *date = zb_yaml_get (yaml, "date"), *name = zb_yaml_get (yaml, "week");
  g_autofree char *base = g_path_get_basename (file);
  if (g_str_has_suffix (base, ".md"))
    base[strlen (base) - 3] = '\0';
  const char *text = head->date != NULL ? head->date : head->week != NULL ? head->week : base;
  g_autoptr (GError) why = NULL;
  if (!zb_week_parse (text, week, &why))
    return zb_yaml_error (date != NULL ? date : name != NULL ? name : yaml, error, "%s", why->message);
  ZbWeek other = *week;
  if (head->week != NULL &&
      (!zb_week_parse (head->week, &other, NULL) || zb_week_compare (*week, other) != 0)) {
    g_autofree char *expected = zb_week_name (*week);
    return zb_yaml_error (name, error, "week %s is not the one before %s, which is %s", head->week, text,
                          expected);
  }
  if (zb_week_parse (base, &other, NULL) && zb_week_compare (*week, other) != 0)
    return zb_yaml_error (date != NULL ? date : yaml, error, "%s is not the date in the file's name", text);
  return TRUE;
}

static gboolean
same_heading (const char *a, const char *b)
{
  for (;;) {
    while (*a == ' ' || *a == '*' || *a == '`')
      a++;
    while (*b == ' ' || *b == '*' || *b == '`')
      b++;
    if (*a != *b)
      return FALSE;
    if (*a++ == '\0')
      return TRUE;
    b++;
  }
}

static ZbIssueItem *
item_of_heading (const ZbIssue *issue, const char *heading)
{
  for (guint i = 0; i < issue->items->len; i++) {
    ZbIssueItem *item = issue->items->pdata[i];
    if (item->paragraph == NULL && item->heading != NULL && same_heading (item->heading, heading))
      return item;
  }
  return NULL;
}

static gboolean
fill_sections (ZbIssue *issue, const ZbFrontMatter *front, GError **error)
{
  g_autoptr (GPtrArray) sections = zb_sections_split (front->body);
  for (guint i = 0; i < sections->len; i++) {
    ZbSection *section = sections->pdata[i];
    ZbIssueItem *item = section->heading != NULL ? item_of_heading (issue, section->heading) : NULL;
    if (section->heading == NULL)
      issue->intro = g_steal_pointer (&section->text);
    else if (item != NULL)
      item->paragraph = g_steal_pointer (&section->text);
    else
      g_ptr_array_add (issue->sections, zb_issue_section_new (section->heading, section->text));
  }
  /* A section that fits no item beside an item without one is a slip of the pen, not an extra section. */
  for (guint i = 0; i < issue->items->len && issue->sections->len > 0; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    const ZbIssueSection *other = issue->sections->pdata[0];
    if (item->paragraph == NULL) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                   "%s:%d: no section has this item's heading '%s'; the section '%s' belongs to no item",
                   issue->file, item->line, item->heading, other->heading);
      return FALSE;
    }
  }
  return TRUE;
}

ZbIssue *
zb_issue_file_parse (const char *file, const char *text, gsize length, GError **error)
{
  g_auto (ZbFrontMatter) front = {0};
  if (!zb_front_matter_split (file, text, length, &front, error))
    return NULL;
  g_autoptr (ZbYaml) yaml = zb_yaml_parse (file, front.yaml, -1, front.yaml_line, error);
  if (yaml == NULL)
    return NULL;
  g_autoptr (ZbIssue) issue = zb_issue_new ("", (ZbWeek){1970, 1});
  g_auto (Head) head = {issue};
  gboolean ok = zb_yaml_read (yaml, head_fields, &head, error);
  if (!ok || !settle_week (yaml, &head, file, &issue->week, error))
    return NULL;
  if (head.title == NULL || *head.title == '\0') {
    zb_yaml_error (yaml, error, "the issue has no title");
    return NULL;
  }
  g_free (issue->title);
  g_free (issue->date);
  issue->title = g_steal_pointer (&head.title);
  issue->date = zb_week_issue_date (issue->week);
  issue->file = g_strdup (file);
  return fill_sections (issue, &front, error) ? g_steal_pointer (&issue) : NULL;
}

ZbIssue *
zb_issue_file_read (const char *file, gint64 limit, GError **error)
{
  gsize length = 0;
  g_autofree char *text = zb_config_read_file (file, limit, &length, error);
  return text != NULL ? zb_issue_file_parse (file, text, length, error) : NULL;
}

static void
format_item (GString *to, const ZbIssueItem *item, gboolean brief)
{
  zb_front_text (to, "  - ", "heading", item->heading != NULL ? item->heading : "");
  zb_front_text (to, "    ", "url", item->url);
  zb_front_text (to, "    ", "title", item->title);
  zb_front_text (to, "    ", "language", item->language);
  zb_front_text (to, "    ", "pinyin", item->pinyin);
  zb_front_text (to, "    ", "source", item->source);
  zb_front_text (to, "    ", "number", item->number);
  zb_front_time (to, "    ", "published", item->published);
  zb_front_time (to, "    ", "fetched", item->fetched);
  zb_front_text (to, "    ", "sha256", item->sha256);
  zb_front_topics (to, "    ", item->topics);
  zb_front_text (to, "    ", "text", brief ? item->paragraph : NULL);
}

static void
format_head (GString *to, const ZbIssue *issue)
{
  g_autofree char *week = zb_week_name (issue->week);
  zb_front_text (to, "", "title", issue->title);
  g_string_append_printf (to, "date: %s\nweek: %s\n", issue->date, week);
  zb_front_text (to, "", "author", issue->author);
  zb_front_text (to, "", "summary", issue->summary);
  zb_front_text (to, "", "closing", issue->closing);
  g_string_append (to, issue->items->len > 0 ? "items:\n" : "");
  for (guint i = 0; i < issue->items->len; i++)
    format_item (to, issue->items->pdata[i], FALSE);
  g_string_append (to, issue->briefs->len > 0 ? "briefs:\n" : "");
  for (guint i = 0; i < issue->briefs->len; i++)
    format_item (to, issue->briefs->pdata[i], TRUE);
  g_string_append (to, issue->corrections->len > 0 ? "corrections:\n" : "");
  for (guint i = 0; i < issue->corrections->len; i++) {
    const ZbIssueSection *correction = issue->corrections->pdata[i];
    zb_front_text (to, "  - ", "date", correction->heading);
    zb_front_text (to, "    ", "text", correction->text);
  }
}

static void
format_section (GString *to, const char *heading, const char *text)
{
  g_string_append_c (to, '\n');
  zb_sections_append_heading (to, heading != NULL ? heading : "");
  if (text != NULL && *text != '\0')
    g_string_append_printf (to, "\n%s\n", text);
}

char *
zb_issue_file_format (const ZbIssue *issue)
{
  GString *to = g_string_new ("---\n");
  format_head (to, issue);
  g_string_append (to, "---\n");
  if (issue->intro != NULL && *issue->intro != '\0')
    g_string_append_printf (to, "%s\n", issue->intro);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    format_section (to, item->heading, item->paragraph);
  }
  for (guint i = 0; i < issue->sections->len; i++) {
    const ZbIssueSection *section = issue->sections->pdata[i];
    format_section (to, section->heading, section->text);
  }
  return g_string_free (to, FALSE);
}

gboolean
zb_issue_file_write (const char *file, const ZbIssue *issue, GError **error)
{
  g_autofree char *text = zb_issue_file_format (issue);
  return zb_folder_make_for (file, 0755, error) &&
         g_file_set_contents_full (file, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}

char *
zb_issue_file_path (const char *root, ZbWeek week)
{
  g_autofree char *date = zb_week_issue_date (week);
  g_autofree char *name = g_strconcat (date, ".md", NULL);
  return g_build_filename (root, "issues", "weekly", name, NULL);
}
