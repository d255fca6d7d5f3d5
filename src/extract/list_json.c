/* Lists as JSON: an array of rows at a path of member names, or a string of HTML there. */
#include "list_read.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"
#include "zhoubao/base/text.h"
#include "zhoubao/extract/html.h"

/* The value at PATH ("data.rows", "list.0.url"); NULL where it leads nowhere. Borrowed. */
static JsonNode *
follow_path (JsonNode *node, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  for (char **step = steps; node != NULL && *step != NULL; step++) {
    if (JSON_NODE_HOLDS_OBJECT (node)) {
      node = json_object_get_member (json_node_get_object (node), *step);
    } else if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *array = json_node_get_array (node);
      guint64 i = g_ascii_strtoull (*step, NULL, 10);
      node = g_ascii_isdigit (**step) && i < json_array_get_length (array)
                 ? json_array_get_element (array, (guint)i)
                 : NULL;
    } else {
      node = NULL;
    }
  }
  return node;
}

/* A string, or a number as it is written. (transfer full), NULL for all else. */
static char *
scalar (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_node_get_value_type (node) == G_TYPE_INT64
             ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
             : NULL;
}

static char *
member (JsonNode *row, const char *path, const char *const *usual)
{
  if (path != NULL)
    return scalar (follow_path (row, path));
  char *value = NULL;
  for (; value == NULL && *usual != NULL; usual++)
    value = scalar (follow_path (row, *usual));
  return value;
}

/* "/view.html?id={docId}" with what ROW has in place of the braces; NULL where it lacks one. */
static char *
fill_template (const char *template, JsonNode *row)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = template; *p != '\0';) {
    const char *close = *p == '{' ? strchr (p, '}') : NULL;
    if (close == NULL) {
      g_string_append_c (out, *p++);
      continue;
    }
    g_autofree char *name = g_strndup (p + 1, (gsize)(close - p - 1)),
                    *value = scalar (follow_path (row, name));
    if (value == NULL)
      return NULL;
    g_autofree char *escaped = g_uri_escape_string (value, "/", TRUE);
    g_string_append (out, escaped);
    p = close + 1;
  }
  return g_strdup (out->str);
}

/* Seconds or milliseconds since 1970 are dates to a program only. */
static char *
readable_date (char *date)
{
  gsize n = date != NULL ? strlen (date) : 0;
  if ((n != 10 && n != 13) || strspn (date, "0123456789") != n)
    return date;
  gint64 seconds = g_ascii_strtoll (date, NULL, 10) / (n == 13 ? 1000 : 1);
  g_free (date);
  return zb_time_to_rfc3339 (seconds);
}

static gboolean
add_row (ZbListReader *r, JsonNode *row)
{
  static const char *const titles[] = {"title", "name", "docTitle", "headline", NULL};
  static const char *const links[] = {"url", "link", "href", "publishUrl", "web_url", NULL};
  static const char *const dates[] = {"publishTime", "publishDate",          "pubDate", "date", "time",
                                      "published",   "display_publish_time", NULL};
  const ZbListRule *rule = &r->job->list;
  g_autofree char *title = member (row, rule->title, titles),
                  *date = readable_date (member (row, rule->date, dates));
  g_autofree char *link =
      rule->url_template != NULL ? fill_template (rule->url_template, row) : member (row, rule->link, links);
  g_autofree char *plain = title != NULL ? zb_html_to_line (title, -1) : NULL;
  return zb_list_add (r, link, plain, date, NULL);
}

/* "callback({...});" is JSON in an envelope. */
static JsonNode *
parse (const char *text, gsize length, gsize limit, GError **error)
{
  const char *begin = text, *end = text + length;
  while (begin < end && *begin != '{' && *begin != '[')
    begin++;
  while (end > begin && end[-1] != '}' && end[-1] != ']')
    end--;
  return zb_json_parse (begin, (gsize)(end - begin), limit, error);
}

/* One string, or all strings of an array. */
static char *
joined_strings (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return scalar (node);
  g_autoptr (GString) joined = g_string_new (NULL);
  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *part = scalar (json_array_get_element (array, i));
    g_string_append (joined, part != NULL ? part : "");
  }
  return g_strdup (joined->str);
}

static gboolean
no_path (const char *path, const char *what, GError **error)
{
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the JSON has no %s at '%s'", what, path);
  return FALSE;
}

gboolean
zb_list_read_json (ZbListReader *r, const char *text, gsize length, char **fragment, GError **error)
{
  const ZbListRule *rule = &r->job->list;
  g_autoptr (JsonNode) root = parse (text, length, (gsize)r->job->limits.decoded_bytes, error);
  if (root == NULL)
    return FALSE;
  if (rule->fragment != NULL) {
    *fragment = joined_strings (follow_path (root, rule->fragment));
    return *fragment != NULL || no_path (rule->fragment, "text", error);
  }
  JsonNode *rows = rule->item != NULL ? follow_path (root, rule->item) : root;
  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows))
    return no_path (rule->item != NULL ? rule->item : "", "array", error);
  JsonArray *array = json_node_get_array (rows);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_row (r, json_array_get_element (array, i)))
      break;
  return TRUE;
}
