/* robots.txt: groups, rules and which of them decides (RFC 9309). */
#include "zhoubao/crawl/robots.h"

typedef struct {
  gboolean allow;
  gboolean ends; /* the pattern ended in "$" */
  char **parts;  /* the pattern between its "*"s, as normal_path() writes it */
  gsize length;  /* in octets: the longer, the more specific */
} Rule;

struct ZbRobots {
  GPtrArray *rules; /* of Rule: those of the groups that name the agent, or else of those for "*" */
  double crawl_delay;
};

/* What one record of the file is. */
typedef enum { KEY_NONE, KEY_AGENT, KEY_ALLOW, KEY_DISALLOW, KEY_DELAY, KEY_OTHER_RULE } Key;

/* With the misspellings that are common enough for what their writer meant to be certain. "Noindex" is no
 * rule of the RFC's, but was written among rules, so it too ends a list of agents; other records must not
 * (2.2.4). */
static const struct {
  const char *name;
  Key key;
} keys[] = {
    {"user-agent", KEY_AGENT},  {"useragent", KEY_AGENT},   {"user agent", KEY_AGENT},
    {"allow", KEY_ALLOW},       {"disallow", KEY_DISALLOW}, {"dissallow", KEY_DISALLOW},
    {"dissalow", KEY_DISALLOW}, {"disalow", KEY_DISALLOW},  {"diasllow", KEY_DISALLOW},
    {"disallaw", KEY_DISALLOW}, {"crawl-delay", KEY_DELAY}, {"noindex", KEY_OTHER_RULE},
};

/* Whom the lines being read are for. */
typedef struct {
  const char *agent;
  gsize agent_length;
  gboolean in_rules;            /* a rule was seen: the next User-agent begins a new group */
  gboolean names_us, names_all; /* this group */
  gboolean ever_named;          /* any group */
  GPtrArray *ours, *global;     /* of Rule */
  double our_delay, global_delay;
} Reader;

static void
rule_free (Rule *rule)
{
  g_strfreev (rule->parts);
  g_free (rule);
}

static gboolean
is_token (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

static gsize
token_length (const char *text)
{
  gsize n = 0;
  while (is_token (text[n]))
    n++;
  return n;
}

/* TEXT in the one spelling in which paths are compared (RFC 9309, 2.2.2): octets of unreserved characters are
 * bare, all others are %XX. KEEP names characters that stay as they are although they are special in
 * patterns. */
static void
append_normal (GString *to, const char *text, const char *keep)
{
  for (const char *p = text; *p != '\0'; p++) {
    guchar c = (guchar)*p;
    gboolean coded = c == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]);
    if (coded) {
      c = (guchar)(g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]));
      p += 2;
    }
    gboolean unreserved = g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~", c) != NULL);
    gboolean bare = !coded && c < 0x7f && strchr (":/?#[]@!&'()+,;=%", c) != NULL;
    if (unreserved || bare || (!coded && strchr (keep, c) != NULL))
      g_string_append_c (to, (char)c);
    else
      g_string_append_printf (to, "%%%02X", c);
  }
}

static Rule *
rule_new (gboolean allow, const char *pattern)
{
  Rule *rule = g_new0 (Rule, 1);
  g_autoptr (GString) normal = g_string_new (NULL);
  gsize n = strlen (pattern);
  rule->allow = allow;
  rule->ends = n > 0 && pattern[n - 1] == '$';
  g_autofree char *body = g_strndup (pattern, rule->ends ? n - 1 : n);
  append_normal (normal, body, "*");
  rule->length = normal->len + (rule->ends ? 1 : 0);
  rule->parts = g_strsplit (normal->str, "*", -1);
  return rule;
}

/* Takes the first place for each part: what comes later can only gain by it. */
static gboolean
rule_matches (const Rule *rule, const char *path)
{
  const char *p = path, *end = path + strlen (path);
  for (guint i = 0; rule->parts[i] != NULL; i++) {
    const char *part = rule->parts[i];
    gsize n = strlen (part);
    gboolean last = rule->parts[i + 1] == NULL;
    if (last && rule->ends)
      return (gsize)(end - p) >= n && (i > 0 || (gsize)(end - p) == n) && memcmp (end - n, part, n) == 0;
    const char *at = i == 0 ? (g_str_has_prefix (p, part) ? p : NULL) : strstr (p, part);
    if (at == NULL)
      return FALSE;
    p = at + n;
  }
  return TRUE;
}

static void
read_agent (Reader *r, const char *value)
{
  if (r->in_rules)
    r->names_us = r->names_all = r->in_rules = FALSE;
  gsize n = token_length (value);
  if (value[0] == '*')
    r->names_all = TRUE;
  else if (n > 0 && n == r->agent_length && g_ascii_strncasecmp (value, r->agent, n) == 0)
    r->names_us = r->ever_named = TRUE;
}

static void
read_rule (Reader *r, gboolean allow, const char *value)
{
  if (*value == '\0') /* "Disallow:" forbids nothing */
    return;
  if (r->names_us)
    g_ptr_array_add (r->ours, rule_new (allow, value));
  if (r->names_all)
    g_ptr_array_add (r->global, rule_new (allow, value));
}

static void
read_delay (Reader *r, const char *value)
{
  char *end = NULL;
  double seconds = g_ascii_strtod (value, &end);
  if (end == value || !(seconds >= 0 && seconds <= 86400))
    return;
  if (r->names_us)
    r->our_delay = MAX (r->our_delay, seconds);
  if (r->names_all)
    r->global_delay = MAX (r->global_delay, seconds);
}

/* The key of LINE; *VALUE points behind its colon, or behind the white space that stands in its place. */
static Key
read_key (const char *line, const char **value)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    gsize n = strlen (keys[i].name);
    if (g_ascii_strncasecmp (line, keys[i].name, n) != 0)
      continue;
    const char *p = line + n;
    while (*p == ' ' || *p == '\t')
      p++;
    if (*p != ':' && p == line + n)
      continue;
    *value = *p == ':' ? p + 1 : p;
    return keys[i].key;
  }
  return KEY_NONE;
}

static void
read_line (Reader *r, const char *from, gsize length)
{
  g_autofree char *line = g_strndup (from, length);
  line[strcspn (line, "#")] = '\0';
  const char *value = NULL;
  Key key = read_key (g_strstrip (line), &value);
  if (key == KEY_NONE)
    return;
  g_autofree char *text = g_strstrip (g_strdup (value));
  if (key == KEY_AGENT)
    read_agent (r, text);
  else if (key == KEY_DELAY)
    read_delay (r, text);
  else {
    r->in_rules = TRUE;
    if (key != KEY_OTHER_RULE)
      read_rule (r, key == KEY_ALLOW, text);
  }
}

static void
read_lines (Reader *r, const char *text, gsize length, gboolean cut)
{
  const char *p = text, *end = text + length;
  if (length >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < end) {
    const char *stop = p;
    while (stop < end && *stop != '\n' && *stop != '\r')
      stop++;
    if (stop == end && cut)
      return;
    read_line (r, p, (gsize)(stop - p));
    p = stop + 1;
  }
}

ZbRobots *
zb_robots_parse (const char *text, gsize length, gsize limit, const char *agent)
{
  Reader r = {.agent = agent, .agent_length = token_length (agent), .our_delay = -1, .global_delay = -1};
  r.ours = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  r.global = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  read_lines (&r, text, MIN (length, limit), length > limit);
  ZbRobots *robots = g_new0 (ZbRobots, 1);
  robots->rules = r.ever_named ? r.ours : r.global;
  robots->crawl_delay = r.ever_named ? r.our_delay : r.global_delay;
  g_ptr_array_unref (r.ever_named ? r.global : r.ours);
  return robots;
}

void
zb_robots_free (ZbRobots *robots)
{
  g_ptr_array_unref (robots->rules);
  g_free (robots);
}

gboolean
zb_robots_allowed (const ZbRobots *robots, const ZbUrl *url)
{
  g_autoptr (GString) path = g_string_new (NULL);
  append_normal (path, zb_url_path (url), "");
  if (g_str_equal (path->str, "/robots.txt"))
    return TRUE;
  if (zb_url_query (url) != NULL) {
    g_string_append_c (path, '?');
    append_normal (path, zb_url_query (url), "");
  }
  const Rule *best = NULL;
  for (guint i = 0; i < robots->rules->len; i++) {
    const Rule *rule = g_ptr_array_index (robots->rules, i);
    gboolean better = best == NULL || rule->length > best->length ||
                      (rule->length == best->length && rule->allow && !best->allow);
    if (better && rule_matches (rule, path->str))
      best = rule;
  }
  return best == NULL || best->allow;
}

double
zb_robots_crawl_delay (const ZbRobots *robots)
{
  return robots->crawl_delay;
}
