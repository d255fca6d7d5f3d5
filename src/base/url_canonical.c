/* What names a page: a URL without all that changes while the page stays the same. */
#include "zhoubao/base/url.h"

/* Parameters that never choose a page. "name*" is a prefix; matched without case. */
static const char *const tracking_params[] = {
    "utm_*",   "spm",           "scm",         "from",        "isappinstalled", "nsukey",
    "share_*", "wzwschallenge", "wzwsinfos",   "wzwsconfirm", "fbclid",         "gclid",
    "gclsrc",  "dclid",         "msclkid",     "yclid",       "igshid",         "mc_cid",
    "mc_eid",  "_hsenc",        "_hsmi",       "mkt_tok",     "ref_src",        "ref_url",
    "cmpid",   "at_medium",     "at_campaign", "phpsessid",   "jsessionid",     "at_custom*",
};

/* Legal Daily's "content_5.htm?node=20908" names the column that the reader came by; in "index.php?node=5" it
 * is the page itself. */
static const char *const column_params[] = {"node"};
static const char *const script_suffixes[] = {".php", ".jsp", ".asp", ".aspx", ".do", ".action", ".cgi"};

static const char *const index_names[] = {"index.html", "index.htm", "index.shtml", "index.shtm"};

#define WZWS_MARK "/WZWSREL"

static gboolean
name_matches (const char *pattern, const char *name, gsize n)
{
  gsize length = strlen (pattern);
  if (length > 0 && pattern[length - 1] == '*')
    return n >= length - 1 && g_ascii_strncasecmp (pattern, name, length - 1) == 0;
  return n == length && g_ascii_strncasecmp (pattern, name, n) == 0;
}

static gboolean
in_table (const char *const *patterns, gsize n_patterns, const char *name, gsize n)
{
  for (gsize i = 0; i < n_patterns; i++)
    if (name_matches (patterns[i], name, n))
      return TRUE;
  return FALSE;
}

static gboolean
is_script (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (script_suffixes); i++) {
    gsize n = strlen (path), m = strlen (script_suffixes[i]);
    if (n >= m && g_ascii_strcasecmp (path + n - m, script_suffixes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_dropped (const char *path, const char *name, gsize n, const char *const *drop)
{
  return in_table (tracking_params, G_N_ELEMENTS (tracking_params), name, n) ||
         (drop != NULL && in_table (drop, g_strv_length ((char **)drop), name, n)) ||
         (in_table (column_params, G_N_ELEMENTS (column_params), name, n) && !is_script (path));
}

static void
append_query (GString *to, const char *path, const char *query, const char *const *drop)
{
  char mark = '?';
  for (const char *p = query; *p != '\0';) {
    gsize whole = strcspn (p, "&"), name = strcspn (p, "&=");
    if (whole > 0 && !is_dropped (path, p, name, drop)) {
      g_string_append_c (to, mark);
      g_string_append_len (to, p, (gssize)whole);
      mark = '&';
    }
    p += whole + (p[whole] == '&' ? 1 : 0);
  }
}

/* "/notices/index.html" is "/notices/", but only where no query asks it for something. */
static void
drop_index (GString *path)
{
  char *last = strrchr (path->str, '/') + 1;
  for (guint i = 0; i < G_N_ELEMENTS (index_names); i++)
    if (g_ascii_strcasecmp (last, index_names[i]) == 0) {
      g_string_truncate (path, (gsize)(last - path->str));
      return;
    }
}

static void
drop_session (GString *path)
{
  const char *semicolon = strstr (path->str, ";jsessionid=");
  if (semicolon != NULL)
    g_string_erase (path, semicolon - path->str, (gssize)strcspn (semicolon, "/"));
}

/* The path that a WZWS firewall has hidden in base64 behind its mark, or NULL. */
static char *
unwrap_wzws (const char *path)
{
  if (!g_str_has_prefix (path, WZWS_MARK))
    return NULL;
  g_autoptr (GString) coded = zb_url_unescape (path + strlen (WZWS_MARK));
  while (coded->len % 4 != 0) /* the padding is at times cut off */
    g_string_append_c (coded, '=');
  gsize n = 0;
  g_autofree guchar *bytes = g_base64_decode (coded->str, &n);
  if (n == 0 || memchr (bytes, '\0', n) != NULL || !g_utf8_validate ((char *)bytes, (gssize)n, NULL))
    return NULL;
  g_autofree char *text = g_strndup ((char *)bytes, n);
  return g_strconcat ("/", text + strspn (text, "/\\"), NULL); /* never another host's "//x" */
}

static gboolean
is_route (const char *fragment)
{
  return fragment != NULL && (g_str_has_prefix (fragment, "/") || g_str_has_prefix (fragment, "!")) &&
         fragment[1] != '\0';
}

static char *
canonical (const ZbUrl *url, const char *const *drop, gboolean with_scheme)
{
  g_autofree char *hidden = unwrap_wzws (zb_url_path (url));
  g_autoptr (ZbUrl) real = hidden != NULL ? zb_url_parse (hidden, url, NULL) : NULL;
  const char *query = zb_url_query (url);
  if (real != NULL) {
    query = zb_url_query (real) != NULL ? zb_url_query (real) : query;
    url = real;
  }
  g_autoptr (GString) path = g_string_new (zb_url_path (url));
  drop_session (path);
  g_autoptr (GString) rest = g_string_new (NULL);
  append_query (rest, path->str, query != NULL ? query : "", drop);
  if (rest->len == 0)
    drop_index (path);
  if (is_route (zb_url_fragment (url)))
    g_string_append_printf (rest, "#%s", zb_url_fragment (url));
  GString *text = g_string_new (NULL);
  if (with_scheme)
    g_string_append_printf (text, "%s://", zb_url_scheme (url));
  g_string_append (text, zb_url_host (url));
  gboolean https = g_str_equal (zb_url_scheme (url), "https");
  if (zb_url_port (url) != (https ? 443 : 80))
    g_string_append_printf (text, ":%d", zb_url_port (url));
  g_string_append_printf (text, "%s%s", path->str, rest->str);
  return g_string_free (text, FALSE);
}

char *
zb_url_canonical (const ZbUrl *url, const char *const *drop_params)
{
  return canonical (url, drop_params, TRUE);
}

char *
zb_url_key (const ZbUrl *url, const char *const *drop_params)
{
  return canonical (url, drop_params, FALSE);
}
