/* What a document says about its own encoding: XML's declaration and HTML's <meta>. */
#include "zhoubao/base/charset.h"

#define PRESCAN_BYTES 16384u /* browsers look at 1024 and start again on a later <meta>; this finds both */
#define DECLARATION_BYTES 512u

/* The value of the parameter or pseudo-attribute that stands behind KEY and "=", in quotes or not. */
static const char *
value_after (const char *text, gsize length, const char *key, gsize *value_length)
{
  gsize key_length = strlen (key);
  for (gsize i = 0; i + key_length < length; i++) {
    if (g_ascii_strncasecmp (text + i, key, key_length) != 0)
      continue;
    gsize at = i + key_length;
    while (at < length && g_ascii_isspace (text[at]))
      at++;
    if (at >= length || text[at] != '=')
      continue;
    for (at++; at < length && g_ascii_isspace (text[at]);)
      at++;
    char quote = at < length && (text[at] == '"' || text[at] == '\'') ? text[at] : '\0';
    gsize start = quote != '\0' ? at + 1 : at, end = start;
    while (end < length &&
           (quote != '\0' ? text[end] != quote
                          : !g_ascii_isspace (text[end]) && text[end] != ';' && text[end] != ','))
      end++;
    *value_length = end - start;
    return end < length || quote == '\0' ? text + start : NULL;
  }
  return NULL;
}

const char *
zb_charset_of_header (const char *content_type)
{
  gsize length = 0;
  const char *value =
      content_type != NULL ? value_after (content_type, strlen (content_type), "charset", &length) : NULL;
  return value != NULL ? zb_charset_name (value, (gssize)length) : NULL;
}

/* "<?xml … encoding=…?>" at the start of TEXT, after white space (which XML forbids and feeds have). */
static const char *
xml_declaration (const char *text, gsize length)
{
  gsize value_length, at = 0;
  while (at < length && g_ascii_isspace (text[at]))
    at++;
  if (length - at < 5 || g_ascii_strncasecmp (text + at, "<?xml", 5) != 0)
    return NULL;
  const char *end = memchr (text + at, '>', MIN (length - at, DECLARATION_BYTES));
  if (end == NULL)
    return NULL;
  const char *value = value_after (text + at, (gsize)(end - text) - at, "encoding", &value_length);
  return value != NULL ? zb_charset_name (value, (gssize)value_length) : NULL;
}

/* XML 1.0 appendix F: the first four bytes of "<?xm" in families that ASCII does not cover. */
static const char *
xml_family (const guint8 *data, gsize length)
{
  static const struct {
    const char bytes[5];
    const char *name;
  } families[] = {
      {"\0\0\0<", "UTF-32BE"}, {"<\0\0\0", "UTF-32LE"}, {"\0<\0?", "UTF-16BE"},
      {"<\0?\0", "UTF-16LE"},  {"\0<\0r", "UTF-16BE"},  {"<\0r\0", "UTF-16LE"},
      {"\0<\0f", "UTF-16BE"},  {"<\0f\0", "UTF-16LE"},  {"\x4c\x6f\xa7\x94", "ibm-37"},
  };
  for (guint i = 0; length >= 4 && i < G_N_ELEMENTS (families); i++)
    if (memcmp (data, families[i].bytes, 4) == 0)
      return families[i].name;
  return NULL;
}

/* EBCDIC's code pages share the letters of the declaration, which then names the right one. */
static const char *
ebcdic_declaration (const guint8 *data, gsize length)
{
  gsize text_length;
  g_autofree char *text =
      zb_charset_to_utf8 ("ibm-37", data, MIN (length, DECLARATION_BYTES), &text_length, NULL);
  return text != NULL ? xml_declaration (text, text_length) : NULL;
}

typedef struct {
  const char *at, *end;
} Scan;

static gboolean
skip_space (Scan *s)
{
  while (s->at < s->end && (g_ascii_isspace (*s->at) || *s->at == '/'))
    s->at++;
  return s->at < s->end && *s->at != '>';
}

typedef struct {
  const char *name, *value;
  gsize name_length, value_length;
} Attribute;

/* "Get an attribute" of the prescan. FALSE at the tag's end. */
static gboolean
next_attribute (Scan *s, Attribute *a)
{
  *a = (Attribute){0};
  if (!skip_space (s))
    return FALSE;
  for (a->name = s->at++; s->at < s->end && strchr ("=/> \t\r\n\f", *s->at) == NULL;)
    s->at++;
  a->name_length = (gsize)(s->at - a->name);
  const char *after_name = s->at;
  while (s->at < s->end && g_ascii_isspace (*s->at))
    s->at++;
  if (s->at >= s->end || *s->at != '=') {
    s->at = after_name;
    return TRUE;
  }
  for (s->at++; s->at < s->end && g_ascii_isspace (*s->at);)
    s->at++;
  char quote = s->at < s->end && (*s->at == '"' || *s->at == '\'') ? *s->at++ : '\0';
  a->value = s->at;
  while (s->at < s->end && (quote != '\0' ? *s->at != quote : !g_ascii_isspace (*s->at) && *s->at != '>'))
    s->at++;
  a->value_length = (gsize)(s->at - a->value);
  if (quote != '\0' && s->at >= s->end)
    a->value = NULL; /* cut off */
  else if (quote != '\0')
    s->at++;
  return TRUE;
}

static gboolean
named (const Attribute *a, const char *name)
{
  return a->name_length == strlen (name) && g_ascii_strncasecmp (a->name, name, a->name_length) == 0;
}

/* The encoding of one <meta>, whose attributes come next. UTF-16 in ASCII letters cannot be true. */
static const char *
meta_charset (Scan *s)
{
  Attribute a;
  gboolean pragma = FALSE;
  const char *charset = NULL, *content = NULL;
  while (next_attribute (s, &a)) {
    gsize length;
    if (named (&a, "http-equiv"))
      pragma = a.value_length == 12 && g_ascii_strncasecmp (a.value, "content-type", 12) == 0;
    if (named (&a, "charset") && a.value != NULL)
      charset = zb_charset_name (a.value, (gssize)a.value_length);
    const char *value = named (&a, "content") && a.value != NULL
                            ? value_after (a.value, a.value_length, "charset", &length)
                            : NULL;
    if (value != NULL)
      content = zb_charset_name (value, (gssize)length);
  }
  const char *name = charset != NULL ? charset : pragma ? content : NULL;
  return name != NULL && g_str_has_prefix (name, "UTF-16") ? "UTF-8" : name;
}

static gboolean
skip_past (Scan *s, const char *mark)
{
  const char *found = memmem (s->at, (gsize)(s->end - s->at), mark, strlen (mark));
  s->at = found != NULL ? found + strlen (mark) : s->end;
  return found != NULL;
}

static const char *
prescan (const char *text, gsize length)
{
  Scan s = {text, text + MIN (length, PRESCAN_BYTES)};
  const char *name = NULL;
  while (name == NULL && s.at < s.end && skip_past (&s, "<") && s.at < s.end) {
    gsize left = (gsize)(s.end - s.at);
    Attribute unused;
    if (left > 3 && memcmp (s.at, "!--", 3) == 0) {
      s.at += 1; /* "<!-->" is a whole comment */
      skip_past (&s, "-->");
    } else if (left > 5 && g_ascii_strncasecmp (s.at, "meta", 4) == 0 &&
               (g_ascii_isspace (s.at[4]) || s.at[4] == '/')) {
      s.at += 4;
      name = meta_charset (&s);
    } else if (g_ascii_isalpha (*s.at) || (*s.at == '/' && left > 1 && g_ascii_isalpha (s.at[1]))) {
      while (s.at < s.end && !g_ascii_isspace (*s.at) && *s.at != '>')
        s.at++;
      while (next_attribute (&s, &unused))
        ;
    } else if (*s.at == '!' || *s.at == '/' || *s.at == '?') {
      skip_past (&s, ">");
    }
  }
  return name;
}

const char *
zb_charset_declared (const guint8 *data, gsize length, gboolean meta)
{
  const char *family = xml_family (data, length);
  if (g_strcmp0 (family, "ibm-37") == 0) {
    const char *page = ebcdic_declaration (data, length);
    return page != NULL ? page : "IBM037";
  }
  if (family != NULL)
    return family;
  const char *name = xml_declaration ((const char *)data, length);
  if (name != NULL && (g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32")))
    name = "UTF-8"; /* it was just read as ASCII */
  const char *by_meta = meta ? prescan ((const char *)data, length) : NULL;
  return by_meta != NULL ? by_meta : name;
}
