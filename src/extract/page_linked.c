/* JSON-LD: the object that is an article (schema.org), wherever it stands in the script. */
#include "page_meta.h"
#include "zhoubao/base/json.h"
#include "zhoubao/base/text.h"

#define MAX_JSON (1 << 20)
#define MAX_DEPTH 12

static const char *const article_types[] = {"Article",
                                            "NewsArticle",
                                            "BlogPosting",
                                            "Report",
                                            "TechArticle",
                                            "ScholarlyArticle",
                                            "Blog",
                                            "SocialMediaPosting",
                                            "LiveBlogPosting",
                                            "OpinionNewsArticle",
                                            "AnalysisNewsArticle",
                                            "ReviewNewsArticle",
                                            "ReportageNewsArticle",
                                            "BackgroundNewsArticle",
                                            "AskPublicNewsArticle",
                                            "WebPage",
                                            "MedicalWebPage",
                                            "DiscussionForumPosting",
                                            "GovernmentService",
                                            "Legislation",
                                            NULL};

static gboolean
names_article (JsonNode *type)
{
  if (type == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (type)) {
    const char *name = json_node_get_string (type);
    const char *bare = name != NULL ? strrchr (name, '/') : NULL;
    bare = bare != NULL ? bare + 1 : name;
    return bare != NULL && g_strv_contains (article_types, bare);
  }
  JsonArray *types = JSON_NODE_HOLDS_ARRAY (type) ? json_node_get_array (type) : NULL;
  for (guint i = 0; types != NULL && i < json_array_get_length (types); i++)
    if (names_article (json_array_get_element (types, i)))
      return TRUE;
  return FALSE;
}

/* A text, the name of an object, or those of an array joined by commas. (transfer full) */
static char *
text_of (JsonNode *node, int depth)
{
  if (node == NULL || depth > 3)
    return NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  if (JSON_NODE_HOLDS_VALUE (node)) {
    const char *value = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
    g_string_append (joined, value != NULL ? value : "");
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    return text_of (json_object_get_member (json_node_get_object (node), "name"), depth + 1);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array) && i < 10; i++) {
      g_autofree char *part = text_of (json_array_get_element (array, i), depth + 1);
      if (part != NULL)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", part);
    }
  }
  char *squeezed = zb_text_squeeze (joined->str, -1);
  if (*squeezed == '\0')
    g_clear_pointer (&squeezed, g_free);
  return squeezed;
}

static void
take (char **to, JsonObject *object, const char *member)
{
  if (*to == NULL)
    *to = text_of (json_object_get_member (object, member), 0);
}

/* The page around an article has its dates, but a title and an author of its own. */
static void
read_web_page (ZbLinkedData *l, JsonObject *object)
{
  take (&l->page_published, object, "datePublished");
  take (&l->modified, object, "dateModified");
  take (&l->language, object, "inLanguage");
}

static void
read_article (ZbLinkedData *l, JsonObject *object)
{
  const struct {
    char **to;
    const char *member;
  } members[] = {
      {&l->headline, "headline"},       {&l->name, "name"},
      {&l->author, "author"},           {&l->publisher, "publisher"},
      {&l->published, "datePublished"}, {&l->published, "dateCreated"},
      {&l->modified, "dateModified"},   {&l->body, "articleBody"},
      {&l->language, "inLanguage"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    take (members[i].to, object, members[i].member);
}

static gboolean
is_web_page (JsonObject *object)
{
  const char *type = zb_json_get_text (object, "@type");
  return type != NULL && g_str_has_suffix (type, "WebPage");
}

static void
search (ZbLinkedData *linked, JsonNode *node, gboolean web_pages, int depth)
{
  if (depth > MAX_DEPTH)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    for (guint i = 0; i < json_array_get_length (array); i++)
      search (linked, json_array_get_element (array, i), web_pages, depth + 1);
    return;
  }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  JsonObject *object = json_node_get_object (node);
  if (names_article (json_object_get_member (object, "@type")) && is_web_page (object) == web_pages) {
    (web_pages ? read_web_page : read_article) (linked, object);
    return;
  }
  static const char *const inside[] = {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"};
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++) {
    JsonNode *below = json_object_get_member (object, inside[i]);
    if (below != NULL)
      search (linked, below, web_pages, depth + 1);
  }
}

/* Line ends inside texts are against JSON, and common; so are comments and CDATA marks around it all. */
static char *
repair (const char *json)
{
  g_autofree char *text = g_strdup (json);
  for (char *p = text; *p != '\0'; p++)
    if ((guchar)*p < 0x20)
      *p = ' ';
  char *cdata = strstr (text, "<![CDATA["), *close = g_strrstr (text, "]]>");
  if (cdata != NULL && close != NULL)
    *close = '\0';
  const char *begin = strpbrk (cdata != NULL ? cdata + strlen ("<![CDATA[") : text, "[{");
  const char *curly = strrchr (text, '}'), *square = strrchr (text, ']'),
             *end = square < curly ? curly : square;
  return begin != NULL && end != NULL && end > begin ? g_strndup (begin, (gsize)(end - begin + 1)) : NULL;
}

void
zb_linked_data_read (ZbLinkedData *linked, const char *json)
{
  g_autofree char *text = repair (json);
  g_autoptr (JsonNode) root = text != NULL ? zb_json_parse (text, strlen (text), MAX_JSON, NULL) : NULL;
  if (root == NULL)
    return;
  search (linked, root, FALSE, 0);
  search (linked, root, TRUE, 0);
}

void
zb_linked_data_clear (ZbLinkedData *l)
{
  char **texts[] = {&l->headline,       &l->name,     &l->author, &l->publisher, &l->published,
                    &l->page_published, &l->modified, &l->body,   &l->language};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}
