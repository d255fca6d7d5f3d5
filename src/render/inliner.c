/* A small inliner: rules by tag and class, in the order of their weight. */
#include "inliner.h"

#include "zhoubao/base/error.h"

typedef struct {
  char *tag;   /* or NULL */
  char *class; /* or NULL */
  int weight;  /* a class outdoes a tag (CSS 2.1 §6.4.3); later rules outdo earlier ones */
  char *style;
} Rule;

struct ZbInliner {
  GPtrArray *rules; /* of Rule, light ones first */
  GString *media;
};

static void
rule_free (gpointer data)
{
  Rule *rule = data;
  g_free (rule->tag);
  g_free (rule->class);
  g_free (rule->style);
  g_free (rule);
}

void
zb_inliner_free (ZbInliner *inliner)
{
  g_ptr_array_unref (inliner->rules);
  g_string_free (inliner->media, TRUE);
  g_free (inliner);
}

const char *
zb_inliner_media (const ZbInliner *inliner)
{
  return inliner->media->str;
}

static char *
without_comments (const char *css, gsize length)
{
  GString *out = g_string_sized_new (length);
  for (const char *p = css, *end = css + length; p < end; p++) {
    const char *close =
        p[0] == '/' && p + 1 < end && p[1] == '*' ? g_strstr_len (p + 2, end - p - 2, "*/") : NULL;
    if (close != NULL)
      p = close + 1;
    else
      g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

/* Declarations on one line, ready for an attribute in double quotes. */
static char *
flatten (const char *text, gsize length)
{
  g_autofree char *body = g_strndup (text, length);
  g_auto (GStrv) parts = g_strsplit (g_strdelimit (body, "\"\n\t", '\''), ";", -1);
  GString *out = g_string_new (NULL);
  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", *part);
  return g_string_free (out, FALSE);
}

static gboolean
add_rule (ZbInliner *inliner, const char *name, const char *selector, const char *style, GError **error)
{
  const char *dot = strchr (selector, '.');
  if (strpbrk (selector, " >+~:[#*") != NULL || *selector == '\0') {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "%s: the selector '%s' is not one of tag, .class and tag.class, which mail can use", name,
                 selector);
    return FALSE;
  }
  Rule *rule = g_new0 (Rule, 1);
  rule->tag = dot == selector
                  ? NULL
                  : g_strndup (selector, dot != NULL ? (gsize)(dot - selector) : strlen (selector));
  rule->class = dot != NULL ? g_strdup (dot + 1) : NULL;
  rule->weight = (rule->class != NULL ? 2 : 0) + (rule->tag != NULL ? 1 : 0);
  rule->style = g_strdup (style);
  guint at = inliner->rules->len; /* after all that weigh as much */
  while (at > 0 && ((Rule *)inliner->rules->pdata[at - 1])->weight > rule->weight)
    at--;
  g_ptr_array_insert (inliner->rules, (int)at, rule);
  return TRUE;
}

static gboolean
add_rules (ZbInliner *inliner, const char *name, const char *selectors, gsize length, const char *style,
           GError **error)
{
  g_autofree char *list = g_strndup (selectors, length);
  g_auto (GStrv) each = g_strsplit (list, ",", -1);
  for (char **selector = each; *selector != NULL; selector++)
    if (!add_rule (inliner, name, g_strstrip (*selector), style, error))
      return FALSE;
  return TRUE;
}

/* Where the block that opens at OPEN closes, braces inside counted; NULL: nowhere. */
static const char *
block_end (const char *open)
{
  int depth = 0;
  for (const char *p = open; *p != '\0'; p++) {
    depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
    if (depth == 0)
      return p;
  }
  return NULL;
}

ZbInliner *
zb_inliner_new (const char *name, const char *css, gsize length, GError **error)
{
  g_autoptr (ZbInliner) inliner = g_new0 (ZbInliner, 1);
  inliner->rules = g_ptr_array_new_with_free_func (rule_free);
  inliner->media = g_string_new (NULL);
  g_autofree char *text = without_comments (css, length);
  for (const char *p = text + strspn (text, " \t\r\n"); *p != '\0'; p += strspn (p, " \t\r\n")) {
    const char *open = strchr (p, '{'), *close = open != NULL ? block_end (open) : NULL;
    if (close == NULL) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "%s: a rule has no end: %.40s", name, p);
      return NULL;
    }
    if (*p == '@')
      g_string_append_printf (inliner->media, "%.*s\n", (int)(close + 1 - p), p);
    else {
      g_autofree char *style = flatten (open + 1, (gsize)(close - open - 1));
      if (!add_rules (inliner, name, p, (gsize)(open - p), style, error))
        return NULL;
    }
    p = close + 1;
  }
  return g_steal_pointer (&inliner);
}

/* Value of attribute NAME between P and END (of a start tag), or NULL; LENGTH is set. */
static const char *
find_attribute (const char *p, const char *end, const char *name, gsize *length)
{
  g_autofree char *wanted = g_strdup_printf (" %s=\"", name);
  const char *at = g_strstr_len (p, end - p, wanted);
  if (at == NULL)
    return NULL;
  at += strlen (wanted);
  const char *close = memchr (at, '"', (gsize)(end - at));
  *length = close != NULL ? (gsize)(close - at) : 0;
  return close != NULL ? at : NULL;
}

static gboolean
has_class (const char *classes, gsize length, const char *class)
{
  gsize wanted = strlen (class);
  for (const char *p = classes, *end = classes + length; p != NULL && p < end;) {
    gsize n = 0;
    while (p + n < end && p[n] != ' ')
      n++;
    if (n == wanted && memcmp (p, class, n) == 0)
      return TRUE;
    p += n + 1;
  }
  return FALSE;
}

/* Later declarations win where a property comes twice, so plain concatenation is the cascade. */
static void
append_styled_tag (const ZbInliner *inliner, GString *out, const char *tag, const char *end)
{
  gsize name = 1, classes_length = 0, own_length = 0;
  while (g_ascii_isalnum (tag[name]))
    name++;
  const char *classes = find_attribute (tag, end, "class", &classes_length);
  const char *own = find_attribute (tag, end, "style", &own_length);
  g_autoptr (GString) style = g_string_new (NULL);
  for (guint i = 0; i < inliner->rules->len; i++) {
    const Rule *rule = inliner->rules->pdata[i];
    gboolean tag_fits = rule->tag == NULL || (strlen (rule->tag) == name - 1 &&
                                              g_ascii_strncasecmp (tag + 1, rule->tag, name - 1) == 0);
    if (tag_fits && (rule->class == NULL || has_class (classes, classes_length, rule->class)))
      g_string_append_printf (style, "%s%s", style->len > 0 ? "; " : "", rule->style);
  }
  if (style->len == 0 || own != NULL) {
    g_string_append_len (out, tag, end - tag);
    return;
  }
  const char *stop = end[-1] == '/' ? end - 1 : end;
  while (stop > tag && stop[-1] == ' ')
    stop--;
  g_string_append_len (out, tag, stop - tag);
  g_string_append_printf (out, " style=\"%s\"%s", style->str, end[-1] == '/' ? " /" : "");
}

/* The > that ends the tag at P, not one inside quotes. */
static const char *
tag_end (const char *p)
{
  char quote = 0;
  for (; *p != '\0'; p++) {
    if (quote != 0)
      quote = *p == quote ? 0 : quote;
    else if (*p == '"')
      quote = *p;
    else if (*p == '>')
      return p;
  }
  return NULL;
}

char *
zb_inliner_apply (const ZbInliner *inliner, const char *html)
{
  GString *out = g_string_sized_new (strlen (html) * 2);
  for (const char *p = html; *p != '\0';) {
    const char *open = strchr (p, '<'), *end = NULL;
    if (open == NULL) {
      g_string_append (out, p);
      break;
    }
    g_string_append_len (out, p, open - p);
    if (g_str_has_prefix (open, "<!--"))
      end = strstr (open, "-->"), end = end != NULL ? end + 2 : NULL;
    else if (g_str_has_prefix (open, "<style"))
      end = strstr (open, "</style>"), end = end != NULL ? end + 7 : NULL;
    else
      end = tag_end (open);
    if (end == NULL) {
      g_string_append (out, open);
      break;
    }
    if (g_ascii_isalpha (open[1]) && !g_str_has_prefix (open, "<style"))
      append_styled_tag (inliner, out, open, end);
    else
      g_string_append_len (out, open, end - open);
    g_string_append_c (out, '>');
    p = end + 1;
  }
  return g_string_free (out, FALSE);
}
