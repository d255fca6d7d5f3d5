/* HTML to text by a scan. */
#include "plain.h"

#include "zhoubao/edge/xml_stream.h"

typedef enum {
  INLINE = 1,
  FRAME, /* inline: frames and plug-ins */
  BLOCK,
  SILENT /* what is inside is no text */
} Kind;

typedef struct {
  const char *name;
  Kind kind;
} Element;

/* clang-format off */
static const Element elements[] = { /* sorted */
  {"a", INLINE}, {"abbr", INLINE}, {"acronym", INLINE}, {"address", BLOCK}, {"applet", FRAME}, {"area", INLINE},
  {"article", BLOCK}, {"aside", BLOCK}, {"audio", INLINE}, {"b", INLINE}, {"base", INLINE}, {"basefont", INLINE},
  {"bdi", INLINE}, {"bdo", INLINE}, {"big", INLINE}, {"blink", INLINE}, {"blockquote", BLOCK}, {"body", BLOCK},
  {"br", BLOCK}, {"button", INLINE}, {"canvas", INLINE}, {"caption", BLOCK}, {"center", BLOCK}, {"cite", INLINE},
  {"code", INLINE}, {"col", INLINE}, {"colgroup", INLINE}, {"dd", BLOCK}, {"del", INLINE}, {"details", BLOCK},
  {"dfn", INLINE}, {"dialog", BLOCK}, {"dir", BLOCK}, {"div", BLOCK}, {"dl", BLOCK}, {"dt", BLOCK}, {"em", INLINE},
  {"embed", FRAME}, {"fieldset", BLOCK}, {"figcaption", BLOCK}, {"figure", BLOCK}, {"font", INLINE},
  {"footer", BLOCK}, {"form", BLOCK}, {"frame", INLINE}, {"frameset", BLOCK}, {"h1", BLOCK}, {"h2", BLOCK},
  {"h3", BLOCK}, {"h4", BLOCK}, {"h5", BLOCK}, {"h6", BLOCK}, {"head", SILENT}, {"header", BLOCK}, {"hr", BLOCK},
  {"html", BLOCK}, {"i", INLINE}, {"iframe", FRAME}, {"img", INLINE}, {"input", INLINE}, {"ins", INLINE},
  {"kbd", INLINE}, {"label", INLINE}, {"legend", BLOCK}, {"li", BLOCK}, {"link", INLINE}, {"main", BLOCK},
  {"map", INLINE}, {"mark", INLINE}, {"math", INLINE}, {"menu", BLOCK}, {"meta", INLINE}, {"nav", BLOCK},
  {"nobr", INLINE}, {"noscript", SILENT}, {"object", FRAME}, {"ol", BLOCK}, {"optgroup", INLINE},
  {"option", BLOCK}, {"p", BLOCK}, {"param", FRAME}, {"picture", INLINE}, {"pre", BLOCK}, {"q", INLINE},
  {"rp", INLINE}, {"rt", INLINE}, {"ruby", INLINE}, {"s", INLINE}, {"samp", INLINE}, {"script", SILENT},
  {"section", BLOCK}, {"select", INLINE}, {"small", INLINE}, {"source", INLINE}, {"span", INLINE},
  {"strike", INLINE}, {"strong", INLINE}, {"style", SILENT}, {"sub", INLINE}, {"summary", BLOCK}, {"sup", INLINE},
  {"svg", INLINE}, {"table", BLOCK}, {"tbody", BLOCK}, {"td", BLOCK}, {"template", SILENT}, {"textarea", INLINE},
  {"tfoot", BLOCK}, {"th", BLOCK}, {"thead", BLOCK}, {"time", INLINE}, {"title", SILENT}, {"tr", BLOCK},
  {"track", INLINE}, {"tt", INLINE}, {"u", INLINE}, {"ul", BLOCK}, {"var", INLINE}, {"video", INLINE},
  {"wbr", INLINE}, {"xmp", INLINE},
};
/* clang-format on */
#define NAME_LETTERS 10u /* letters of the longest */

static int
compare_name (const void *name, const void *element)
{
  const char *a = name, *b = ((const Element *)element)->name;
  return *a != *b ? *a - *b : strcmp (a, b);
}

typedef struct {
  Kind kind;
  gboolean closing;
  const char *name; /* static */
  gsize length;     /* of the whole tag */
} Tag;

/* Past the ">" that ends the tag, quotes heeded; END where it was cut off. */
static const char *
tag_end (const char *at, const char *end)
{
  const char *first = memchr (at, '>', (gsize)(end - at));
  char quote = '\0';
  if (first != NULL && memchr (at, '=', (gsize)(first - at)) == NULL) /* what has no values has no quotes */
    return first + 1;
  for (const char *p = at; p < end; p++) {
    if (quote == '\0' && *p == '>')
      return p + 1;
    if (quote == '\0' && (*p == '"' || *p == '\'') && p[-1] == '=')
      quote = *p;
    else if (*p == quote)
      quote = '\0';
  }
  return first != NULL ? first + 1 : end; /* a quote was never closed */
}

/* Whether a tag that HTML has starts at AT, which is a "<". */
static gboolean
read_tag (const char *at, const char *end, Tag *tag)
{
  const char *p = at + 1;
  char name[NAME_LETTERS + 1];
  guint n = 0;
  tag->closing = p < end && *p == '/';
  for (p += tag->closing; p < end && g_ascii_isalnum (*p) && n < NAME_LETTERS; p++)
    name[n++] = g_ascii_tolower (*p);
  name[n] = '\0';
  if (n == 0 || (p < end && !g_ascii_isspace (*p) && *p != '>' && *p != '/'))
    return FALSE;
  const Element *e = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof *elements, compare_name);
  if (e == NULL)
    return FALSE;
  tag->kind = e->kind;
  tag->name = e->name;
  tag->length = (gsize)(tag_end (p, end) - at);
  return TRUE;
}

static gboolean
has_reference (const char *text, const char *end)
{
  for (const char *amp = text; (amp = memchr (amp, '&', (gsize)(end - amp))) != NULL; amp++) {
    gsize n = 1;
    while (amp + n < end && n < 32 && (g_ascii_isalnum (amp[n]) || amp[n] == '#'))
      n++;
    if (n < 2 || amp + n >= end || amp[n] != ';')
      continue;
    g_autoptr (GString) decoded = g_string_new (NULL);
    zb_xml_unescape (decoded, amp, n + 1);
    if (decoded->str[0] != '&' || g_ascii_strncasecmp (amp, "&amp;", 5) == 0 || amp[1] == '#')
      return TRUE;
  }
  return FALSE;
}

gboolean
zb_plain_is_html (const char *text, gsize length)
{
  const char *end = text + length;
  Tag tag;
  for (const char *at = text; (at = memchr (at, '<', (gsize)(end - at))) != NULL; at++)
    if (read_tag (at, end, &tag) || (end - at >= 4 && memcmp (at, "<!--", 4) == 0))
      return TRUE;
  return has_reference (text, end);
}

/* Folds white space, which may be spread over several calls; a break is kept by its strength. */
typedef struct {
  GString *out;
  gsize max; /* bytes, beyond which nothing is wanted */
  char gap;  /* to come before the next letter: '\0', ' ' or '\n' */
} Folder;

static gboolean
is_space (char c)
{
  return (guint8)c <= ' ' && g_ascii_isspace (c);
}

static void
fold (Folder *f, const char *text, gsize length)
{
  gsize before = f->out->len;
  g_string_set_size (f->out, before + length + 1); /* at most, with one gap in front */
  char *to = f->out->str + before;
  for (const char *at = text, *end = text + length; at < end && (gsize)(to - f->out->str) <= f->max;) {
    if (is_space (*at)) {
      f->gap = f->gap == '\n' ? '\n' : ' ';
      at++;
      continue;
    }
    if (f->gap != '\0' && to > f->out->str)
      *to++ = f->gap;
    f->gap = '\0';
    while (at < end && !is_space (*at))
      *to++ = *at++;
  }
  g_string_set_size (f->out, (gsize)(to - f->out->str));
}

static void
fold_html (Folder *f, GString *scratch, const char *text, gsize length)
{
  if (memchr (text, '&', length) == NULL) {
    fold (f, text, length);
    return;
  }
  g_string_truncate (scratch, 0);
  zb_xml_unescape (scratch, text, length);
  fold (f, scratch->str, scratch->len);
}

static const char *
past (const char *at, const char *end, const char *mark)
{
  const char *found = memmem (at, (gsize)(end - at), mark, strlen (mark));
  return found != NULL ? found + strlen (mark) : end;
}

/* A comment that is never closed ends with its first ">". */
static const char *
past_comment (const char *at, const char *end)
{
  const char *closed = memmem (at + 2, (gsize)(end - at) - 2, "-->", 3);
  return closed != NULL ? closed + 3 : past (at, end, ">");
}

/* Past the end tag that closes NAME. */
static const char *
past_silence (const char *at, const char *end, const char *name)
{
  gsize n = strlen (name);
  for (; (at = memchr (at, '<', (gsize)(end - at))) != NULL; at++)
    if ((gsize)(end - at) > n + 1 && at[1] == '/' && g_ascii_strncasecmp (at + 2, name, n) == 0)
      return past (at, end, ">");
  return end;
}

/* At "<". Returns: where text goes on, or AT itself where it is a mere character. */
static const char *
skip_markup (Folder *f, const char *at, const char *end)
{
  Tag tag;
  if (end - at >= 4 && memcmp (at, "<!--", 4) == 0)
    return past_comment (at, end);
  if (end - at >= 9 && (memcmp (at, "<![CDATA[", 9) == 0 || g_ascii_strncasecmp (at, "<!doctype", 9) == 0))
    return memchr (at, '>', (gsize)(end - at)) != NULL ? past (at, end, ">") : at;
  if (!read_tag (at, end, &tag))
    return at;
  if (tag.kind == BLOCK)
    f->gap = '\n';
  if (tag.kind == SILENT && !tag.closing)
    return past_silence (at + tag.length, end, tag.name);
  return at + tag.length;
}

static void
cut (GString *text, gsize max)
{
  if (text->len > max)
    g_string_truncate (text, (gsize)(g_utf8_find_prev_char (text->str, text->str + max + 1) - text->str));
}

char *
zb_plain_from_html (const char *text, gsize length, gsize max)
{
  const char *end = text + length, *from = text, *at = text;
  Folder f = {g_string_sized_new (MIN (length, max) + 1), max, '\0'};
  g_autoptr (GString) scratch = g_string_new (NULL);
  while (f.out->len <= max && (at = memchr (at, '<', (gsize)(end - at))) != NULL) {
    Folder before = {.gap = f.gap};
    const char *next = skip_markup (&before, at, end);
    if (next == at) {
      at++;
      continue;
    }
    fold_html (&f, scratch, from, (gsize)(at - from));
    f.gap = before.gap == '\n' ? '\n' : f.gap;
    from = at = next;
  }
  if (f.out->len <= max)
    fold_html (&f, scratch, from, (gsize)(end - from));
  cut (f.out, max);
  return g_string_free (f.out, FALSE);
}

/* "<!" before what can be neither comment nor declaration: somebody wrote it. */
static gboolean
is_stray (const char *at, const char *end)
{
  if (end - at < 2 || at[1] != '!')
    return FALSE;
  return end - at == 2 || (!g_ascii_isalpha (at[2]) && at[2] != '-' && at[2] != '[' && at[2] != '>');
}

char *
zb_plain_mend_html (const char *html, gsize length)
{
  const char *from = html, *end = html + length;
  g_autoptr (GString) out = g_string_new (NULL);
  Tag tag;
  for (const char *at = html; (at = memchr (at, '<', (gsize)(end - at))) != NULL; at++) {
    gboolean stray = is_stray (at, end), frame = !stray && read_tag (at, end, &tag) && tag.kind == FRAME;
    if (!stray && !frame)
      continue;
    g_string_append_len (out, from, at - from);
    if (stray)
      g_string_append (out, "&lt;");
    from = at + (stray ? 1 : tag.length);
    at = from - 1;
  }
  if (from == html)
    return NULL;
  g_string_append_len (out, from, end - from);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Most of what is written: ASCII's signs, and ideographs from U+4000 on. */
static gboolean
is_letter (char lead)
{
  return ((guint8)lead > 0x20 && (guint8)lead < 0x7f) || ((guint8)lead >= 0xe4 && (guint8)lead <= 0xe9);
}

static gboolean
is_dropped (const char *p, gboolean *space)
{
  if (is_letter (*p))
    return FALSE;
  gunichar c = g_utf8_get_char (p);
  *space = g_unichar_isspace (c);
  return *space || g_unichar_iscntrl (c) || c == 0xfeff;
}

char *
zb_plain_line (const char *text, gsize max_chars)
{
  GString *out = g_string_sized_new (strlen (text) + 4);
  gsize chars = 0;
  gboolean gap = FALSE, space;
  for (const char *p = text, *next; *p != '\0' && chars <= max_chars; p = next) {
    next = g_utf8_next_char (p);
    if (is_dropped (p, &space)) {
      gap = gap || (out->len > 0 && space);
      continue;
    }
    if (gap)
      g_string_append_c (out, ' ');
    chars += 1 + gap;
    gap = FALSE;
    for (; p < next; p++)
      g_string_append_c (out, *p);
  }
  if (chars > max_chars) {
    char *last = g_utf8_offset_to_pointer (out->str, (glong)max_chars - 1);
    g_string_truncate (out, (gsize)(last - out->str));
    g_string_append (out, "…");
  }
  return g_string_free (out, out->len == 0);
}
