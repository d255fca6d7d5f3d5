/* A recursive-descent translator of CSS selectors into XPath 1.0. */
#include "zhoubao/edge/css.h"

#include "zhoubao/base/error.h"

typedef struct {
  const char *text, *p;
  int depth; /* of nested parentheses */
  GError **error;
} Parser;

#define MAX_LENGTH 2000
#define MAX_DEPTH 8

static gboolean parse_compound (Parser *s, GString *out);
static gboolean parse_list (Parser *s, const char *axis, const char *joint, GString *out);

static gboolean
fail (Parser *s, const char *what)
{
  g_set_error (s->error, ZB_ERROR, ZB_ERROR_INVALID, "selector '%s': %s at character %ld", s->text, what,
               g_utf8_pointer_to_offset (s->text, s->p) + 1);
  return FALSE;
}

static void
skip_space (Parser *s)
{
  while (g_ascii_isspace (*s->p))
    s->p++;
}

static gboolean
take (Parser *s, char c)
{
  if (*s->p != c)
    return FALSE;
  s->p++;
  return TRUE;
}

static gboolean
is_name_char (const char *p)
{
  return g_ascii_isalnum (*p) || *p == '-' || *p == '_' || (guchar)*p >= 0x80 || (*p == '\\' && p[1] != '\0');
}

/* An identifier, "\" taking the next character as it is. (transfer full), NULL with the error set. */
static char *
take_name (Parser *s)
{
  g_autoptr (GString) name = g_string_new (NULL);
  while (is_name_char (s->p)) {
    if (*s->p == '\\')
      s->p++;
    const char *next = g_utf8_next_char (s->p);
    g_string_append_len (name, s->p, next - s->p);
    s->p = next;
  }
  if (name->len == 0) {
    fail (s, "a name is missing");
    return NULL;
  }
  return g_strdup (name->str);
}

static char *
take_name_folded (Parser *s)
{
  g_autofree char *name = take_name (s);
  return name != NULL ? g_ascii_strdown (name, -1) : NULL;
}

/* A quoted string, or a name. */
static char *
take_value (Parser *s)
{
  char quote = *s->p;
  if (quote != '"' && quote != '\'')
    return take_name (s);
  s->p++;
  g_autoptr (GString) value = g_string_new (NULL);
  while (*s->p != '\0' && *s->p != quote) {
    if (*s->p == '\\' && s->p[1] != '\0')
      s->p++;
    g_string_append_c (value, *s->p++);
  }
  if (!take (s, quote)) {
    fail (s, "a quotation mark is missing");
    return NULL;
  }
  return g_strdup (value->str);
}

/* XPath 1.0 has no escapes: a text with both quotation marks is put together by concat(). */
static char *
quote (const char *value)
{
  if (strchr (value, '\'') == NULL)
    return g_strdup_printf ("'%s'", value);
  if (strchr (value, '"') == NULL)
    return g_strdup_printf ("\"%s\"", value);
  g_auto (GStrv) parts = g_strsplit (value, "'", -1);
  g_autofree char *joined = g_strjoinv ("', \"'\", '", parts);
  return g_strdup_printf ("concat('%s')", joined);
}

static void add_condition (GString *conditions, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_condition (GString *conditions, const char *format, ...)
{
  if (conditions->len > 0)
    g_string_append (conditions, " and ");
  va_list args;
  va_start (args, format);
  g_string_append_vprintf (conditions, format, args);
  va_end (args);
}

static void
add_word_condition (GString *conditions, const char *attribute, const char *word)
{
  g_autofree char *spaced = g_strdup_printf (" %s ", word), *quoted = quote (spaced);
  add_condition (conditions, "contains(concat(' ',normalize-space(@%s),' '),%s)", attribute, quoted);
}

/* --- [name operator value] --- */

static void
add_attribute_condition (GString *conditions, const char *name, char operator, const char * value)
{
  g_autofree char *quoted = quote (value);
  if (*value == '\0' && strchr ("~^$*", operator) != NULL)
    add_condition (conditions, "false()"); /* as the standard says */
  else if (operator== '~')
    add_word_condition (conditions, name, value);
  else if (operator== '|')
    add_condition (conditions, "(@%s=%s or starts-with(@%s,concat(%s,'-')))", name, quoted, name, quoted);
  else if (operator== '^')
    add_condition (conditions, "starts-with(@%s,%s)", name, quoted);
  else if (operator== '$')
    add_condition (conditions, "substring(@%s,string-length(@%s)-%ld)=%s", name, name,
                   g_utf8_strlen (value, -1) - 1, quoted);
  else if (operator== '*')
    add_condition (conditions, "contains(@%s,%s)", name, quoted);
  else
    add_condition (conditions, "@%s=%s", name, quoted);
}

static gboolean
parse_attribute (Parser *s, GString *conditions)
{
  skip_space (s);
  g_autofree char *name = take_name_folded (s);
  if (name == NULL)
    return FALSE;
  skip_space (s);
  if (take (s, ']')) {
    add_condition (conditions, "@%s", name);
    return TRUE;
  }
  char operator= '=';
  if (*s->p != '\0' && strchr ("~|^$*", *s->p) != NULL)
    operator= * s->p++;
  if (!take (s, '='))
    return fail (s, "= or ] is missing");
  skip_space (s);
  g_autofree char *value = take_value (s);
  if (value == NULL)
    return FALSE;
  add_attribute_condition (conditions, name, operator, value);
  skip_space (s);
  return take (s, ']') || fail (s, "] is missing");
}

/* --- :pseudo-classes --- */

/* "odd", "even", "3", "2n+1", "-n+3", "n" as A and B. */
static gboolean
take_nth (Parser *s, int *a, int *b)
{
  skip_space (s);
  const char *words[] = {"odd", "even"};
  for (int i = 0; i < 2; i++)
    if (g_ascii_strncasecmp (s->p, words[i], strlen (words[i])) == 0) {
      *a = 2;
      *b = 1 - i;
      s->p += strlen (words[i]);
      return TRUE;
    }
  g_autoptr (GRegex) form = g_regex_new ("^([+-]?\\d{0,4})n(?:\\s*([+-])\\s*(\\d{1,4}))?|^([+-]?\\d{1,4})",
                                         G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (form, s->p, 0, &match))
    return fail (s, "a number or a formula such as 2n+1 is missing");
  g_autofree char *all = g_match_info_fetch (match, 0), *step = g_match_info_fetch (match, 1),
                  *sign = g_match_info_fetch (match, 2), *rest = g_match_info_fetch (match, 3),
                  *plain = g_match_info_fetch (match, 4);
  if (plain != NULL && *plain != '\0') {
    *a = 0;
    *b = (int)g_ascii_strtoll (plain, NULL, 10);
  } else {
    gboolean bare = *step == '\0' || g_str_equal (step, "+");
    *a = bare ? 1 : g_str_equal (step, "-") ? -1 : (int)g_ascii_strtoll (step, NULL, 10);
    *b = rest == NULL || *rest == '\0' ? 0 : (int)g_ascii_strtoll (rest, NULL, 10) * (*sign == '-' ? -1 : 1);
  }
  s->p += strlen (all);
  return TRUE;
}

static void
add_nth_condition (GString *conditions, const char *siblings, int a, int b)
{
  g_autofree char *place = g_strdup_printf ("(count(%s)+1)", siblings);
  if (a == 0)
    add_condition (conditions, "%s=%d", place, b);
  else if (a > 0)
    add_condition (conditions, "(%s>=%d and (%s - %d) mod %d=0)", place, b, place, b, a);
  else
    add_condition (conditions, "(%s<=%d and (%d - %s) mod %d=0)", place, b, b, place, -a);
}

typedef struct {
  const char *name;
  const char *condition; /* %s: the siblings' name test */
  gboolean of_type;
} Plain;

static const Plain plain_pseudo[] = {
    {"first-child", "not(preceding-sibling::%s)", FALSE},
    {"last-child", "not(following-sibling::%s)", FALSE},
    {"only-child", "not(preceding-sibling::%s) and not(following-sibling::*)", FALSE},
    {"first-of-type", "not(preceding-sibling::%s)", TRUE},
    {"last-of-type", "not(following-sibling::%s)", TRUE},
    {"empty", "not(%s) and not(string(.))", FALSE},
    {"root", "not(parent::%s)", FALSE},
};

static const Plain nth_pseudo[] = {
    {"nth-child", "preceding-sibling::", FALSE},
    {"nth-last-child", "following-sibling::", FALSE},
    {"nth-of-type", "preceding-sibling::", TRUE},
    {"nth-last-of-type", "following-sibling::", TRUE},
};

/* Fills the one %s of a condition of the table above. */
static void
add_plain_condition (GString *conditions, const char *condition, const char *type)
{
  g_auto (GStrv) parts = g_strsplit (condition, "%s", 2);
  add_condition (conditions, "%s%s%s", parts[0], type, parts[1]);
}

static gboolean
parse_contains (Parser *s, GString *conditions)
{
  skip_space (s);
  g_autofree char *value = take_value (s);
  if (value == NULL)
    return FALSE;
  g_autofree char *quoted = quote (value);
  add_condition (conditions, "contains(string(.),%s)", quoted);
  return TRUE;
}

/* The list inside :not() and :is(), where combinators are not known. */
static gboolean
parse_compounds (Parser *s, GString *out)
{
  do {
    skip_space (s);
    g_string_append (out, out->len > 0 ? " or self::" : "self::");
    if (!parse_compound (s, out))
      return FALSE;
    skip_space (s);
  } while (take (s, ','));
  return TRUE;
}

/* :not(), :is() and :has(), whose argument is a list of selectors. */
static gboolean
parse_nested (Parser *s, const char *name, GString *conditions)
{
  g_autoptr (GString) inner = g_string_new (NULL);
  gboolean has = g_str_equal (name, "has");
  if (!(has ? parse_list (s, "descendant::", " or ", inner) : parse_compounds (s, inner)))
    return FALSE;
  add_condition (conditions, "%s(%s)", g_str_equal (name, "not") ? "not" : "", inner->str);
  return TRUE;
}

static gboolean
parse_function (Parser *s, const char *name, const char *type, GString *conditions)
{
  static const char *const nested[] = {"not", "is", "where", "has", NULL};
  if (g_strv_contains (nested, name))
    return parse_nested (s, name, conditions);
  if (g_str_equal (name, "contains"))
    return parse_contains (s, conditions);
  for (guint i = 0; i < G_N_ELEMENTS (nth_pseudo); i++)
    if (g_str_equal (name, nth_pseudo[i].name)) {
      int a = 0, b = 0;
      if (!take_nth (s, &a, &b))
        return FALSE;
      g_autofree char *siblings =
          g_strconcat (nth_pseudo[i].condition, nth_pseudo[i].of_type ? type : "*", NULL);
      add_nth_condition (conditions, siblings, a, b);
      return TRUE;
    }
  return fail (s, "this pseudo-class is not known");
}

static gboolean
parse_pseudo (Parser *s, const char *type, GString *conditions)
{
  g_autofree char *name = take_name_folded (s);
  if (name == NULL)
    return FALSE;
  if (take (s, '(')) {
    if (++s->depth > MAX_DEPTH)
      return fail (s, "nested too deeply");
    if (!parse_function (s, name, type, conditions))
      return FALSE;
    s->depth--;
    skip_space (s);
    return take (s, ')') || fail (s, ") is missing");
  }
  for (guint i = 0; i < G_N_ELEMENTS (plain_pseudo); i++)
    if (g_str_equal (name, plain_pseudo[i].name)) {
      add_plain_condition (conditions, plain_pseudo[i].condition, plain_pseudo[i].of_type ? type : "*");
      return TRUE;
    }
  return fail (s, "this pseudo-class is not known");
}

/* --- compounds, combinators, lists --- */

/* "li.item[title]:first-child" as a name test with a predicate. */
static gboolean
parse_compound (Parser *s, GString *out)
{
  const char *from = s->p;
  g_autofree char *type = NULL;
  if (is_name_char (s->p))
    type = take_name_folded (s);
  else if (take (s, '*') || *s->p != '\0')
    type = g_strdup ("*");
  g_autoptr (GString) conditions = g_string_new (NULL);
  gboolean ok = TRUE;
  while (ok && *s->p != '\0' && strchr (".#[:", *s->p) != NULL) {
    char kind = *s->p++;
    if (kind == '[') {
      ok = parse_attribute (s, conditions);
    } else if (kind == ':') {
      ok = parse_pseudo (s, type, conditions);
    } else {
      g_autofree char *name = take_name (s);
      ok = name != NULL;
      if (ok && kind == '.')
        add_word_condition (conditions, "class", name);
      else if (ok)
        add_attribute_condition (conditions, "id", '=', name);
    }
  }
  if (ok && s->p == from)
    return fail (s, "a selector is missing");
  if (ok)
    g_string_append (out, type);
  if (ok && conditions->len > 0)
    g_string_append_printf (out, "[%s]", conditions->str);
  return ok;
}

typedef struct {
  char sign;
  const char *step;
} Combinator;

static const Combinator combinators[] = {
    {'>', "child::"},
    {'+', "following-sibling::*[1]/self::"},
    {'~', "following-sibling::"},
};

/* The axis of a combinator at the reader's place, or NULL. White space alone is one too. */
static const char *
take_combinator (Parser *s)
{
  gboolean space = g_ascii_isspace (*s->p);
  skip_space (s);
  for (guint i = 0; i < G_N_ELEMENTS (combinators); i++)
    if (take (s, combinators[i].sign)) {
      skip_space (s);
      return combinators[i].step;
    }
  return space && *s->p != '\0' && *s->p != ',' && *s->p != ')' ? "descendant::" : NULL;
}

static gboolean
parse_complex (Parser *s, const char *axis, GString *out)
{
  skip_space (s);
  if (g_str_has_prefix (s->p, ":scope")) {
    s->p += strlen (":scope");
    g_string_append (out, ".");
  } else {
    const char *leading = take_combinator (s); /* "> a" is relative to the scope */
    g_string_append (out, leading != NULL ? leading : axis);
    if (!parse_compound (s, out))
      return FALSE;
  }
  const char *next;
  while ((next = take_combinator (s)) != NULL) {
    g_string_append_c (out, '/');
    g_string_append (out, next);
    if (!parse_compound (s, out))
      return FALSE;
  }
  return TRUE;
}

static gboolean
parse_list (Parser *s, const char *axis, const char *joint, GString *out)
{
  do {
    if (out->len > 0)
      g_string_append (out, joint);
    if (!parse_complex (s, axis, out))
      return FALSE;
    skip_space (s);
  } while (take (s, ','));
  return TRUE;
}

char *
zb_css_to_xpath (const char *css, GError **error)
{
  if (strlen (css) > MAX_LENGTH) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "a selector is longer than %d bytes", MAX_LENGTH);
    return NULL;
  }
  Parser s = {css, css, 0, error};
  g_autoptr (GString) out = g_string_new (NULL);
  if (!parse_list (&s, "descendant::", " | ", out))
    return NULL;
  if (*s.p != '\0') {
    fail (&s, "this is not understood");
    return NULL;
  }
  return g_strdup (out->str);
}
