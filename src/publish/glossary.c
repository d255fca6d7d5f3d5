/* The glossary: reading it, and linking its terms. */
#include "glossary.h"

#include "zhoubao/edge/yaml.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/config.h"

static void
term_free (gpointer data)
{
  ZbGlossaryTerm *term = data;
  g_free (term->term);
  g_free (term->pinyin);
  g_free (term->translation);
  g_free (term->note);
  g_free (term->id);
  g_free (term->words[0]);
  g_free (term->words[1]);
  g_strfreev (term->avoid);
  g_free (term);
}

#define TEXT(key, member, required)                                                                          \
  {                                                                                                          \
    key, ZB_YAML_TO_TEXT, G_STRUCT_OFFSET (ZbGlossaryTerm, member), required                                 \
  }

static const ZbYamlField fields[] = {TEXT ("term", term, TRUE),
                                     TEXT ("pinyin", pinyin, FALSE),
                                     TEXT ("translation", translation, TRUE),
                                     TEXT ("note", note, FALSE),
                                     {"avoid", ZB_YAML_TO_STRV, G_STRUCT_OFFSET (ZbGlossaryTerm, avoid)},
                                     {NULL}};

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const ZbGlossaryTerm *x = *(ZbGlossaryTerm *const *)a, *y = *(ZbGlossaryTerm *const *)b;
  int by_translation = g_ascii_strcasecmp (x->translation, y->translation);
  return by_translation != 0 ? by_translation : strcmp (x->term, y->term);
}

/* As cmark writes it. */
static char *
escape (const char *text)
{
  static const char *const marks[][2] = {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}};
  GString *html = g_string_new (text);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    g_string_replace (html, marks[i][0], marks[i][1], 0);
  return g_string_free (html, FALSE);
}

GPtrArray *
zb_glossary_read (const char *file, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (term_free);
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&terms);
  gsize length = 0;
  g_autofree char *text = zb_config_read_file (file, limit, &length, error);
  g_autoptr (ZbYaml) root = text != NULL ? zb_yaml_parse (file, text, (gssize)length, 1, error) : NULL;
  if (root == NULL)
    return NULL;
  if (root->kind == ZB_YAML_NULL)
    return g_steal_pointer (&terms);
  if (root->kind != ZB_YAML_LIST) {
    zb_yaml_error (root, error, "the glossary must be a list of terms");
    return NULL;
  }
  for (guint i = 0; i < root->children->len; i++) {
    ZbGlossaryTerm *term = g_new0 (ZbGlossaryTerm, 1);
    g_ptr_array_add (terms, term);
    if (!zb_yaml_read (root->children->pdata[i], fields, term, error))
      return NULL;
    term->id = zb_context_slug (term->translation);
    term->words[0] = escape (term->term);
    term->words[1] = escape (term->translation);
  }
  g_ptr_array_sort (terms, compare_terms);
  return g_steal_pointer (&terms);
}

static gboolean
is_letter_at (const char *text, const char *p)
{
  return p >= text && *p != '\0' && g_ascii_isalnum (*p);
}

/* A word of Latin letters must stand alone; Chinese stands anywhere. */
static const char *
find_word (const char *text, gsize length, const char *word)
{
  gsize n = strlen (word);
  gboolean latin = g_ascii_isalnum (word[0]);
  for (const char *p = text; n > 0 && p + n <= text + length; p++)
    if ((latin ? g_ascii_strncasecmp (p, word, n) : strncmp (p, word, n)) == 0 &&
        !(latin && (is_letter_at (text, p - 1) || (p + n < text + length && g_ascii_isalnum (p[n])))))
      return p;
  return NULL;
}

const char *
zb_glossary_avoided (const ZbGlossaryTerm *term, const char *text)
{
  for (char **avoid = term->avoid; text != NULL && avoid != NULL && *avoid != NULL; avoid++)
    if (find_word (text, strlen (text), *avoid) != NULL)
      return *avoid;
  return NULL;
}

/* Whether P stands inside a character reference of TEXT, as at the m of "&amp;". */
static gboolean
is_in_reference (const char *text, const char *p)
{
  while (p > text && (g_ascii_isalnum (p[-1]) || p[-1] == '#'))
    p--;
  return p > text && p[-1] == '&';
}

/* As find_word; what begins or ends inside a character reference is none. */
static const char *
find_in_html (const char *html, gsize length, const char *word)
{
  gsize n = strlen (word);
  const char *p = html, *hit;
  while ((hit = find_word (p, length - (gsize)(p - html), word)) != NULL &&
         (is_in_reference (html, hit) || is_in_reference (html, hit + n)))
    p = hit + 1;
  return hit;
}

/* The earliest use in TEXT of a term that is not linked yet. */
static guint
next_use (const GPtrArray *terms, const gboolean *linked, const char *text, gsize length, const char **at,
          gsize *size)
{
  guint which = terms->len;
  *at = text + length;
  for (guint i = 0; i < terms->len; i++) {
    const ZbGlossaryTerm *term = terms->pdata[i];
    for (guint j = 0; j < G_N_ELEMENTS (term->words) && !linked[i]; j++) {
      const char *hit = find_in_html (text, length, term->words[j]);
      gboolean earlier = hit != NULL && (hit < *at || (hit == *at && strlen (term->words[j]) > *size));
      if (earlier) {
        *at = hit;
        *size = strlen (term->words[j]);
        which = i;
      }
    }
  }
  return which;
}

static void
append_linked (const GPtrArray *terms, gboolean *linked, GString *out, const char *text, gsize length,
               const char *root)
{
  const char *end = text + length, *at = NULL;
  gsize size = 0;
  while (text < end) {
    guint which = next_use (terms, linked, text, (gsize)(end - text), &at, &size);
    g_string_append_len (out, text, at - text);
    if (which == terms->len)
      return;
    linked[which] = TRUE;
    g_string_append_printf (out, "<a class=\"term\" href=\"%sglossary/#%s\">", root,
                            ((ZbGlossaryTerm *)terms->pdata[which])->id);
    g_string_append_len (out, at, (gssize)size);
    g_string_append (out, "</a>");
    text = at + size;
    size = 0;
  }
}

/* What a tag opens or closes: a place for links (+1), one without (-1), or nothing of either. */
static int
sort_of_tag (const char *tag)
{
  static const char *const places[] = {"p", "li", NULL};
  static const char *const without[] = {"a",     "h1",  "h2",     "h3",     "h4",   "code", "pre", "script",
                                        "style", "nav", "header", "footer", "time", "form", NULL};
  char name[8] = "";
  for (guint i = 0; i + 1 < sizeof name && g_ascii_isalnum (tag[i]); i++)
    name[i] = tag[i];
  return g_strv_contains (places, name) ? 1 : g_strv_contains (without, name) ? -1 : 0;
}

char *
zb_glossary_link (const GPtrArray *terms, const char *html, const char *root)
{
  g_autofree gboolean *linked = g_new0 (gboolean, terms->len + 1);
  GString *out = g_string_sized_new (strlen (html) + 512);
  int inside = 0, closed = 0;
  const char *main = strstr (html, "<main"), *p = main != NULL ? main : html;
  g_string_append_len (out, html, p - html);
  while (*p != '\0') {
    const char *open = strchr (p, '<'), *close = open != NULL ? strchr (open, '>') : NULL;
    if (close == NULL)
      break;
    if (inside > 0 && closed == 0)
      append_linked (terms, linked, out, p, (gsize)(open - p), root);
    else
      g_string_append_len (out, p, open - p);
    gboolean ends = open[1] == '/';
    int sort = close[-1] == '/' ? 0 : sort_of_tag (open + 1 + ends);
    inside += sort > 0 ? (ends ? -1 : 1) : 0;
    closed += sort < 0 ? (ends ? -1 : 1) : 0;
    g_string_append_len (out, open, close + 1 - open);
    p = close + 1;
  }
  g_string_append (out, p);
  return g_string_free (out, FALSE);
}
