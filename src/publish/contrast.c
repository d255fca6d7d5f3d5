/* Walking the elements with the colours that hold in each. */
#include "zhoubao/publish/contrast.h"

#include <math.h>
#include <string.h>

typedef struct {
  char name[12];
  char ink[8], paper[8]; /* "#1b1a18" */
  gboolean hidden;
} Level;

static double
channel (const char *hex)
{
  double value = (g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1])) / 255.0;
  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const char *colour)
{
  return 0.2126 * channel (colour + 1) + 0.7152 * channel (colour + 3) + 0.0722 * channel (colour + 5);
}

static double
ratio (const char *ink, const char *paper)
{
  double a = luminance (ink), b = luminance (paper);
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* Takes "#rgb" or "#rrggbb"; any other way of writing a colour leaves what held before. */
static void
take_colour (const char *value, char into[8])
{
  gsize digits = value[0] == '#' ? strspn (value + 1, "0123456789abcdefABCDEF") : 0;
  if (digits == 6)
    g_strlcpy (into, value, 8);
  for (gsize i = 0; digits == 3 && i < 3; i++)
    into[1 + 2 * i] = into[2 + 2 * i] = value[1 + i];
}

static void
take_style (Level *level, const char *style)
{
  g_auto (GStrv) declarations = g_strsplit (style, ";", -1);
  for (char **one = declarations; *one != NULL; one++) {
    char *colon = strchr (*one, ':');
    if (colon == NULL)
      continue;
    *colon = '\0';
    const char *name = g_strstrip (*one), *value = g_strstrip (colon + 1);
    if (g_str_equal (name, "color"))
      take_colour (value, level->ink);
    else if (g_str_equal (name, "background-color"))
      take_colour (value, level->paper);
    else if (g_str_equal (name, "display") && g_str_equal (value, "none"))
      level->hidden = TRUE;
  }
}

/* --- rules of dark mode, which win over what stands in the element --- */

typedef struct {
  char *tag, *class; /* NULL: any */
  char *style;
} Rule;

static void
rule_free (gpointer data)
{
  Rule *rule = data;
  g_free (rule->tag);
  g_free (rule->class);
  g_free (rule->style);
  g_free (rule);
}

static void
add_rules (GPtrArray *rules, const char *selectors, const char *style)
{
  g_auto (GStrv) list = g_strsplit (selectors, ",", -1);
  for (char **one = list; *one != NULL; one++) {
    const char *selector = g_strstrip (*one), *dot = strchr (selector, '.');
    Rule *rule = g_new0 (Rule, 1);
    rule->tag = *selector != '.' ? g_strndup (selector, strcspn (selector, ".")) : NULL;
    rule->class = dot != NULL ? g_strdup (dot + 1) : NULL;
    rule->style = g_strdup (style);
    g_ptr_array_add (rules, rule);
  }
}

/* The rules between AT and the brace that ends their @media. */
static void
read_block (GPtrArray *rules, const char *at)
{
  for (;;) {
    gsize selectors = strcspn (at, "{}"), style = at[selectors] == '{' ? strcspn (at + selectors, "}") : 0;
    if (style == 0 || at[selectors + style] == '\0')
      return;
    g_autofree char *names = g_strndup (at, selectors);
    g_autofree char *declarations = g_strndup (at + selectors + 1, style - 1);
    add_rules (rules, names, declarations);
    at += selectors + style + 1;
  }
}

static GPtrArray *
dark_rules (const char *html)
{
  static const char query[] = "(prefers-color-scheme: dark)";
  GPtrArray *rules = g_ptr_array_new_with_free_func (rule_free);
  for (const char *at = html; (at = strstr (at, query)) != NULL;) {
    at += strlen (query);
    const char *brace = at + strspn (at, " \t\r\n");
    if (*brace == '{')
      read_block (rules, brace + 1);
  }
  return rules;
}

static gboolean
rule_fits (const Rule *rule, const char *name, char **classes)
{
  return (rule->tag == NULL || g_ascii_strcasecmp (rule->tag, name) == 0) &&
         (rule->class == NULL || g_strv_contains ((const char *const *)classes, rule->class));
}

static gboolean
is_void (const char *name)
{
  static const char *const names[] = {"meta", "br", "img", "hr", "link", "input", NULL};
  return g_strv_contains (names, name);
}

/* (transfer full), or NULL where the tag has none */
static char *
attribute (const char *tag, const char *end, const char *opening)
{
  const char *at = g_strstr_len (tag, end - tag, opening);
  const char *value = at != NULL ? at + strlen (opening) : NULL;
  const char *close = value != NULL ? memchr (value, '"', (gsize)(end - value)) : NULL;
  return close != NULL ? g_strndup (value, (gsize)(close - value)) : NULL;
}

/* Those of the more precise selectors win, whatever their order. */
static void
take_rules (Level *level, const GPtrArray *rules, const char *class)
{
  g_auto (GStrv) classes = g_strsplit (class != NULL ? class : "", " ", -1);
  for (int precision = 1; precision <= 3; precision++)
    for (guint i = 0; i < rules->len; i++) {
      const Rule *rule = rules->pdata[i];
      int own = (rule->tag != NULL ? 1 : 0) + (rule->class != NULL ? 2 : 0);
      if (own == precision && rule_fits (rule, level->name, classes))
        take_style (level, rule->style);
    }
}

static void
open_tag (GArray *levels, const GPtrArray *rules, const char *tag, const char *end)
{
  Level level = g_array_index (levels, Level, levels->len - 1);
  gsize n = 0;
  for (; n + 1 < sizeof level.name && g_ascii_isalnum (tag[n]); n++)
    level.name[n] = g_ascii_tolower (tag[n]);
  level.name[n] = '\0';
  g_autofree char *style = attribute (tag, end, " style=\""), *class = attribute (tag, end, " class=\"");
  if (style != NULL)
    take_style (&level, style);
  take_rules (&level, rules, class);
  static const char *const unseen[] = {"head", "style", "script", "title", NULL};
  level.hidden |= g_strv_contains (unseen, level.name);
  if (!is_void (level.name) && end[-1] != '/')
    g_array_append_val (levels, level);
}

/* An end tag closes what was opened inside it too. */
static void
close_tag (GArray *levels, const char *tag)
{
  for (guint i = levels->len - 1; i > 0; i--) {
    const char *name = g_array_index (levels, Level, i).name;
    if (g_ascii_strncasecmp (name, tag, strlen (name)) == 0 && !g_ascii_isalnum (tag[strlen (name)])) {
      g_array_set_size (levels, i);
      return;
    }
  }
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return g_str_has_prefix (text + i, "&#160;") && is_blank (text + i + 6, length - i - 6);
  return TRUE;
}

double
zb_contrast_lowest (const char *html, gboolean dark, char **colours)
{
  g_autoptr (GPtrArray) rules = dark_rules (dark ? html : "");
  g_autoptr (GArray) levels = g_array_new (FALSE, TRUE, sizeof (Level));
  Level first = {"", "#000000", "#ffffff", FALSE};
  double lowest = 21;
  g_array_append_val (levels, first);
  *colours = NULL;
  for (const char *p = html; *p != '\0';) {
    const Level *level = &g_array_index (levels, Level, levels->len - 1);
    gsize length = strcspn (p, "<");
    if (!level->hidden && !is_blank (p, length) && ratio (level->ink, level->paper) < lowest) {
      lowest = ratio (level->ink, level->paper);
      g_free (*colours);
      *colours = g_strdup_printf ("%s on %s", level->ink, level->paper);
    }
    p += length;
    const char *end = g_str_has_prefix (p, "<!--") ? strstr (p, "-->") : strchr (p, '>');
    if (end == NULL)
      break;
    if (p[1] == '/')
      close_tag (levels, p + 2);
    else if (g_ascii_isalpha (p[1]))
      open_tag (levels, rules, p + 1, end);
    p = g_str_has_prefix (p, "<!--") ? end + 3 : end + 1;
  }
  return lowest;
}
