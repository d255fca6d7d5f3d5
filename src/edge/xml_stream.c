/* libxml2's SAX2 behind three events. */
#include "zhoubao/edge/xml_stream.h"

#include "zhoubao/base/error.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define ATTRIBUTES_MAX 64u /* of one element that are told of */
#define PIECE 16384        /* bytes that the parser is given at once */
#define CDATA_OPEN "<![CDATA["
#define MUCH 256 /* bytes of text that it pays to keep from the parser */

typedef struct {
  xmlParserCtxtPtr parser;
  const ZbXmlEvents *events;
  gpointer data;
  ZbXmlFault *fault;
  GString *text; /* with its references resolved */
} Stream;

void
zb_xml_fault_clear (ZbXmlFault *fault)
{
  g_clear_pointer (&fault->message, g_free);
}

static void
on_start (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
          const xmlChar **namespaces, int n, int n_defaulted, const xmlChar **attributes)
{
  Stream *s = user;
  ZbXmlAttribute list[ATTRIBUTES_MAX];
  const ZbXmlName own = {(const char *)name, (const char *)prefix, (const char *)uri};
  guint count = MIN ((guint)n, ATTRIBUTES_MAX);
  for (guint i = 0; i < count; i++) {
    const xmlChar **a = attributes + 5 * i; /* name, prefix, URI, value, its end */
    list[i].name = (ZbXmlName){(const char *)a[0], (const char *)a[1], (const char *)a[2]};
    list[i].value = (const char *)a[3];
    list[i].length = (gsize)(a[4] - a[3]);
  }
  s->events->start (s->data, &own, list, count);
}

static void
on_end (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Stream *s = user;
  s->events->end (s->data);
}

static void
on_text (void *user, const xmlChar *text, int length)
{
  Stream *s = user;
  s->events->text (s->data, (const char *)text, (gsize)length);
}

static void
refuse (Stream *s, int line, const char *message)
{
  if (s->fault->message == NULL) {
    s->fault->line = line;
    s->fault->message = zb_error_line (message);
  }
  xmlStopParser (s->parser);
}

static void
on_error (void *user, xmlErrorPtr error)
{
  Stream *s = user;
  if (error->level == XML_ERR_FATAL)
    refuse (s, error->line, error->message);
}

/* XML's own five only. */
static xmlEntityPtr
on_entity (void *user, const xmlChar *name)
{
  return xmlGetPredefinedEntity (name);
}

static void
on_entity_declaration (void *user, const xmlChar *name, int type, const xmlChar *public_id,
                       const xmlChar *system_id, xmlChar *content)
{
  Stream *s = user;
  refuse (s, xmlSAX2GetLineNumber (s->parser), "the DTD declares entities");
}

/* Not declared here; the DTD that is not read may declare it. */
static void
on_reference (void *user, const xmlChar *name)
{
  Stream *s = user;
  g_autofree char *reference = g_strdup_printf ("&%s;", (const char *)name);
  g_autoptr (GString) text = g_string_new (NULL);
  zb_xml_unescape (text, reference, strlen (reference));
  s->events->text (s->data, text->str, text->len);
}

static void
quiet (void *user, const char *format, ...)
{
}

static const xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .ignorableWhitespace = on_text,
    .getEntity = on_entity,
    .entityDecl = on_entity_declaration,
    .reference = on_reference,
    .serror = on_error,
};

static gboolean
push (Stream *s, const char *text, gsize length, gboolean last)
{
  return xmlParseChunk (s->parser, text, (int)length, last) == 0 && s->fault->message == NULL;
}

/* Whether XML has every character of TEXT, which is UTF-8: no control characters, nor U+FFFE and U+FFFF. */
static gboolean
is_clean (const char *text, gsize length)
{
  guint8 bad = FALSE;
  for (gsize i = 0; i < length; i++) /* without branches, for the compiler to do many bytes at a time */
    bad |= (guint8)(((guint8)text[i] < 0x20) & (text[i] != '\t') & (text[i] != '\n') & (text[i] != '\r'));
  const char *end = text + length;
  for (const char *at = text; !bad && (at = memchr (at, 0xef, (gsize)(end - at))) != NULL; at++)
    bad = end - at >= 3 && (guint8)at[1] == 0xbf && (guint8)at[2] >= 0xbe;
  return !bad;
}

/* Where the section ends that TEXT is in, NULL where it does not: brackets are rare. */
static const char *
cdata_end (const char *text, gsize length)
{
  const char *end = text + length;
  for (const char *at = text; (at = memchr (at, ']', (gsize)(end - at))) != NULL; at++)
    if (end - at >= 3 && at[1] == ']' && at[2] == '>')
      return at;
  return NULL;
}

static int
count_lines (const char *text, gsize length)
{
  int n = 0;
  const char *end = text + length;
  for (const char *at = text; (at = memchr (at, '\n', (gsize)(end - at))) != NULL; at++)
    n++;
  return n;
}

/* What CDATA holds, at AT, which is behind its mark. The parser would go through it three times, byte by
   byte: it is left with an empty section. Returns: how much was told; 0 where the parser has to find fault
   with it itself. */
static gsize
tell_cdata (Stream *s, const char *at, gsize length)
{
  const char *close = cdata_end (at, length);
  if (close == NULL || !is_clean (at, (gsize)(close - at)))
    return 0;
  s->events->text (s->data, at, (gsize)(close - at));
  return (gsize)(close - at);
}

/* The character that XML's reference at AT means, one of its five or a number, and how long it is; 0 for any
 * other. */
static gunichar
xml_reference (const char *at, const char *end, gsize *length)
{
  static const struct {
    const char *written;
    gunichar c;
  } own[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (guint i = 0; i < G_N_ELEMENTS (own); i++) {
    *length = strlen (own[i].written);
    if ((gsize)(end - at) >= *length && memcmp (at, own[i].written, *length) == 0)
      return own[i].c;
  }
  if (end - at < 4 || at[1] != '#')
    return 0;
  gboolean hex = at[2] == 'x';
  const char *p = at + 2 + hex;
  gunichar c = 0;
  for (; p < end && c <= 0x10ffff && (hex ? g_ascii_isxdigit (*p) : g_ascii_isdigit (*p)); p++)
    c = c * (hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value (*p);
  *length = (gsize)(p - at) + 1;
  gboolean is_char = c >= 0x20 && g_unichar_validate (c) && c != 0xfffe && c != 0xffff;
  return p < end && *p == ';' && is_char ? c : 0;
}

/* Text up to the next tag, at AT, likewise: of each reference and character outside ASCII the parser makes an
 * affair. */
static gsize
tell_text (Stream *s, const char *at, gsize length)
{
  const char *end = memchr (at, '<', length);
  gsize n = end != NULL ? (gsize)(end - at) : 0, taken;
  if (n == 0 || cdata_end (at, n) != NULL || memchr (at, '\r', n) != NULL || !is_clean (at, n))
    return 0;
  g_string_truncate (s->text, 0);
  for (const char *p = at, *amp; p < end; p = amp + taken) {
    amp = memchr (p, '&', (gsize)(end - p));
    gunichar c = amp != NULL ? xml_reference (amp, end, &taken) : 0;
    if (amp != NULL && c == 0)
      return 0;
    g_string_append_len (s->text, p, (amp != NULL ? amp : end) - p);
    if (amp == NULL)
      break;
    g_string_append_unichar (s->text, c);
  }
  s->events->text (s->data, s->text->str, s->text->len);
  return n;
}

/* What the parser need not see of the text at AT. Returns: how much was told; 0 where the parser has not come
   to AT, or sees something else there. */
static gsize
tell (Stream *s, const char *at, gsize length)
{
  xmlParserInputPtr input = s->parser->input;
  gsize told = 0;
  if (input->cur == input->end && s->parser->instate == XML_PARSER_CDATA_SECTION)
    told = tell_cdata (s, at, length);
  else if (input->cur == input->end && s->parser->instate == XML_PARSER_CONTENT)
    told = tell_text (s, at, length);
  input->line += count_lines (at, told);
  return told;
}

/* Behind the first of the N bytes at TEXT that seem to open a CDATA section or much text; NULL where none do.
   LENGTH bytes are there to look at. */
static const char *
find_opening (const char *text, gsize n, gsize length)
{
  const char *end = text + length, *next;
  for (const char *at = memchr (text, '<', n); at != NULL && at < text + n; at = next) {
    if ((gsize)(end - at) >= strlen (CDATA_OPEN) && memcmp (at, CDATA_OPEN, strlen (CDATA_OPEN)) == 0)
      return at + strlen (CDATA_OPEN);
    next = memchr (at + 1, '<', (gsize)(end - at) - 1);
    const char *close = next != NULL && next - at > MUCH ? memchr (at, '>', (gsize)(next - at)) : NULL;
    if (close != NULL && next - close > MUCH)
      return close + 1;
  }
  return NULL;
}

/* Piece by piece, and each as far as what can be told without the parser. Where that was something else the
   rest of the piece goes undivided: in a comment there may be thousands. */
static gboolean
parse (Stream *s, const char *text, gsize length)
{
  gboolean ok = TRUE, whole = FALSE;
  for (gsize at = 0, n; at < length && ok; at += n) {
    n = MIN (PIECE, length - at);
    const char *opening = whole ? NULL : find_opening (text + at, n, length - at);
    if (opening != NULL)
      n = (gsize)(opening - (text + at));
    ok = push (s, text + at, n, at + n == length);
    gsize told = ok && opening != NULL ? tell (s, text + at + n, length - at - n) : 0;
    whole = opening != NULL && told == 0;
    n += told;
  }
  return ok;
}

gboolean
zb_xml_stream (const char *text, gsize length, const ZbXmlEvents *events, gpointer data, ZbXmlFault *fault)
{
  *fault = (ZbXmlFault){0};
  Stream s = {.events = events, .data = data, .fault = fault};
  if (length == 0 || length > G_MAXINT) {
    fault->message = g_strdup (length == 0 ? "Document is empty" : "Document is too long");
    return FALSE;
  }
  xmlSetGenericErrorFunc (NULL, quiet); /* its messages come through on_error */
  xmlSAXHandler own = handler;
  s.parser = xmlCreatePushParserCtxt (&own, &s, NULL, 0, NULL);
  g_assert (s.parser != NULL);
  s.text = g_string_new (NULL);
  xmlCtxtUseOptions (s.parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  gboolean ok = parse (&s, text, length) && s.parser->wellFormed;
  if (!ok && fault->message == NULL)
    fault->message = g_strdup ("Document is not well-formed");
  if (s.parser->myDoc != NULL) /* made for a DTD's entities even where nobody asks for a tree */
    xmlFreeDoc (s.parser->myDoc);
  xmlFreeParserCtxt (s.parser);
  g_string_free (s.text, TRUE);
  return ok;
}

char *
zb_xml_attribute_value (const ZbXmlAttribute *attributes, guint n, const char *name)
{
  for (guint i = 0; i < n; i++) {
    if (g_ascii_strcasecmp (attributes[i].name.name, name) != 0)
      continue;
    GString *value = g_string_sized_new (attributes[i].length);
    zb_xml_unescape (value, attributes[i].value, attributes[i].length);
    return g_string_free (value, FALSE);
  }
  return NULL;
}

#define REFERENCE_MAX 32u /* characters of a name or number */

/* The numbers 128 to 159 are meant as windows-1252 by all who write them (HTML says so too). */
static const guint16 windows_1252[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                         0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                         0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                         0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

static gunichar
numbered (const char *digits)
{
  gboolean hex = digits[0] == 'x' || digits[0] == 'X';
  char *end;
  guint64 value = g_ascii_strtoull (digits + hex, &end, hex ? 16 : 10);
  if (end == digits + hex || *end != '\0' || digits[hex] == '+' || digits[hex] == '-')
    return 0;
  if (value >= 128 && value < 160)
    return windows_1252[value - 128];
  if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
    return 0xfffd;
  return (gunichar)value;
}

/* The character that the reference between & and ; means, 0 where none. */
static gunichar
referenced (const char *start, gsize length)
{
  char name[REFERENCE_MAX + 1];
  memcpy (name, start, length);
  name[length] = '\0';
  if (name[0] == '#')
    return numbered (name + 1);
  if (g_str_equal (name, "apos"))
    return '\'';
  const htmlEntityDesc *entity = htmlEntityLookup ((const xmlChar *)name);
  return entity != NULL ? entity->value : 0;
}

void
zb_xml_unescape (GString *out, const char *text, gsize length)
{
  const char *end = text + length;
  while (text < end) {
    const char *amp = memchr (text, '&', (gsize)(end - text));
    const char *stop = amp != NULL ? amp : end;
    g_string_append_len (out, text, stop - text);
    if (amp == NULL)
      return;
    const char *semicolon = memchr (amp, ';', MIN ((gsize)(end - amp), REFERENCE_MAX + 2));
    gunichar c =
        semicolon != NULL && semicolon > amp + 1 ? referenced (amp + 1, (gsize)(semicolon - amp) - 1) : 0;
    if (c != 0)
      g_string_append_unichar (out, c);
    else
      g_string_append_c (out, '&');
    text = c != 0 ? semicolon + 1 : amp + 1;
  }
}
