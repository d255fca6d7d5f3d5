/* A forgiving reader of XML. */
#include "xml_loose.h"

#define ATTRIBUTES_MAX 64u
#define ENTITIES_MAX 64u
#define ENTITY_BYTES 256u /* of a declared value: no tower of expansions */
#define DOCTYPE_BYTES 65536u

typedef struct {
  const char *name;   /* as written, with prefix; into the chunk */
  guint n_namespaces; /* declared by this element */
} Level;

typedef struct {
  const char *prefix, *uri;
} Binding;

typedef struct {
  const char *at, *end;
  guint depth;
  const ZbXmlEvents *events;
  gpointer data;
  GStringChunk *strings;
  GArray *levels;       /* of Level */
  GArray *namespaces;   /* of Binding */
  GHashTable *entities; /* NULL, or name to text */
  GString *scratch;
} Loose;

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || c == ':' || (guint8)c >= 0x80;
}

static gboolean
is_name (char c)
{
  return is_name_start (c) || g_ascii_isdigit (c) || c == '-' || c == '.';
}

static const char *
find (Loose *l, const char *from, const char *mark)
{
  return memmem (from, (gsize)(l->end - from), mark, strlen (mark));
}

static const char *
bound_uri (Loose *l, const char *prefix)
{
  for (guint i = l->namespaces->len; i-- > 0;) {
    const Binding *b = &g_array_index (l->namespaces, Binding, i);
    if (g_str_equal (b->prefix, prefix))
      return b->uri;
  }
  return g_str_equal (prefix, "xml") ? "http://www.w3.org/XML/1998/namespace" : NULL;
}

/* Splits WRITTEN. An attribute without prefix is in no namespace. */
static ZbXmlName
resolve (Loose *l, const char *written, gboolean attribute)
{
  const char *colon = strchr (written, ':');
  if (colon == NULL || colon == written || colon[1] == '\0')
    return (ZbXmlName){written, NULL, attribute ? NULL : bound_uri (l, "")};
  g_autofree char *prefix = g_strndup (written, (gsize)(colon - written));
  const char *kept = g_string_chunk_insert_const (l->strings, prefix);
  return (ZbXmlName){colon + 1, kept, bound_uri (l, kept)};
}

static const char *
take_name (Loose *l)
{
  const char *start = l->at;
  while (l->at < l->end && is_name (*l->at))
    l->at++;
  g_string_truncate (l->scratch, 0);
  g_string_append_len (l->scratch, start, l->at - start);
  return g_string_chunk_insert_const (l->strings, l->scratch->str);
}

static void
skip_space (Loose *l)
{
  while (l->at < l->end && g_ascii_isspace (*l->at))
    l->at++;
}

/* Behind "=": the value, in quotes or not. A quote that is never closed ends at the tag's end. */
static void
take_value (Loose *l, ZbXmlAttribute *a)
{
  skip_space (l);
  char quote = l->at < l->end && (*l->at == '"' || *l->at == '\'') ? *l->at : '\0';
  const char *start = quote != '\0' ? l->at + 1 : l->at;
  const char *close = quote != '\0' ? memchr (start, quote, (gsize)(l->end - start)) : NULL;
  const char *end = close != NULL ? close : start;
  while (close == NULL && end < l->end && *end != '>' && (quote != '\0' || !g_ascii_isspace (*end)))
    end++;
  a->value = start;
  a->length = (gsize)(end - start);
  l->at = close != NULL ? close + 1 : end;
}

/* Reads attributes up to the tag's end, which is passed. Returns: whether the tag closes itself. */
static gboolean
take_attributes (Loose *l, ZbXmlAttribute *list, guint *n)
{
  while (l->at < l->end) {
    skip_space (l);
    if (l->at >= l->end || *l->at == '<')
      return FALSE; /* the tag was cut off */
    if (*l->at == '>')
      return l->at++, FALSE;
    if (*l->at == '/' && l->at + 1 < l->end && l->at[1] == '>')
      return l->at += 2, TRUE;
    if (!is_name_start (*l->at)) {
      l->at++;
      continue;
    }
    ZbXmlAttribute unused, *a = *n < ATTRIBUTES_MAX ? &list[(*n)++] : &unused;
    *a = (ZbXmlAttribute){.name = {.name = take_name (l)}, .value = ""};
    skip_space (l);
    if (l->at < l->end && *l->at == '=') {
      l->at++;
      take_value (l, a);
    }
  }
  return FALSE;
}

/* Takes the declarations of namespaces into account, and then resolves all names. */
static guint
bind (Loose *l, ZbXmlAttribute *list, guint n)
{
  guint bound = 0;
  for (guint i = 0; i < n; i++) {
    const char *name = list[i].name.name;
    if (!g_str_has_prefix (name, "xmlns") || (name[5] != '\0' && name[5] != ':'))
      continue;
    g_autofree char *uri = zb_xml_attribute_value (&list[i], 1, name);
    Binding b = {name[5] == ':' ? name + 6 : "", g_string_chunk_insert_const (l->strings, uri)};
    g_array_append_val (l->namespaces, b);
    bound++;
  }
  for (guint i = 0; i < n; i++)
    list[i].name = resolve (l, list[i].name.name, TRUE);
  return bound;
}

static void
pop (Loose *l)
{
  const Level *top = &g_array_index (l->levels, Level, l->levels->len - 1);
  g_array_set_size (l->namespaces, l->namespaces->len - top->n_namespaces);
  g_array_set_size (l->levels, l->levels->len - 1);
  l->events->end (l->data);
}

static void
start_tag (Loose *l)
{
  ZbXmlAttribute list[ATTRIBUTES_MAX];
  guint n = 0;
  l->at++;
  const char *written = take_name (l);
  gboolean closed = take_attributes (l, list, &n);
  if (l->levels->len >= l->depth)
    return;
  Level level = {written, bind (l, list, n)};
  ZbXmlName name = resolve (l, written, FALSE);
  g_array_append_val (l->levels, level);
  l->events->start (l->data, &name, list, n);
  if (closed)
    pop (l);
}

/* Closes the innermost element of this name, and all in it; none: the tag is a slip. */
static void
end_tag (Loose *l)
{
  l->at += 2;
  const char *written = take_name (l);
  while (l->at < l->end && *l->at != '>' && *l->at != '<')
    l->at++;
  l->at += l->at < l->end && *l->at == '>';
  for (guint i = l->levels->len; i-- > 0;) {
    if (g_ascii_strcasecmp (g_array_index (l->levels, Level, i).name, written) != 0)
      continue;
    while (l->levels->len > i)
      pop (l);
    return;
  }
}

/* A section that is never closed ends with its element. */
static void
cdata (Loose *l)
{
  const char *start = l->at + strlen ("<![CDATA["), *stop = find (l, start, "]]>");
  gsize after = 3;
  if (stop == NULL && l->levels->len > 0) {
    g_autofree char *tag =
        g_strconcat ("</", g_array_index (l->levels, Level, l->levels->len - 1).name, NULL);
    stop = find (l, start, tag);
    after = 0;
  }
  if (stop == NULL) {
    stop = l->end;
    after = 0;
  }
  l->events->text (l->data, start, (gsize)(stop - start));
  l->at = stop + after;
}

/* <!ENTITY name "text"> where the text is short and refers to nothing. */
static void
declare_entity (Loose *l)
{
  ZbXmlAttribute value;
  l->at += strlen ("<!ENTITY");
  skip_space (l);
  const char *name = take_name (l);
  skip_space (l);
  if (l->at >= l->end || (*l->at != '"' && *l->at != '\''))
    return;
  take_value (l, &value);
  if (value.length > ENTITY_BYTES || memchr (value.value, '<', value.length) != NULL)
    return;
  if (l->entities == NULL)
    l->entities = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);
  zb_xml_unescape (text, value.value, value.length);
  if (g_hash_table_size (l->entities) < ENTITIES_MAX && !g_hash_table_contains (l->entities, name))
    g_hash_table_insert (l->entities, (gpointer)name, g_string_chunk_insert (l->strings, text->str));
}

static void
doctype (Loose *l)
{
  const char *limit = MIN (l->end, l->at + DOCTYPE_BYTES), *outer = l->end;
  gboolean subset = FALSE;
  l->end = limit;
  while (l->at < limit && (subset || *l->at != '>')) {
    if (g_str_has_prefix (l->at, "<!ENTITY")) {
      declare_entity (l);
      continue;
    }
    subset = *l->at == '[' || (subset && *l->at != ']');
    l->at++;
  }
  l->end = outer;
  l->at += l->at < l->end;
}

static void
skip_to (Loose *l, const char *mark)
{
  const char *found = find (l, l->at, mark);
  l->at = found != NULL ? found + strlen (mark) : l->end;
}

/* At "<". FALSE where it is a mere character. */
static gboolean
markup (Loose *l)
{
  const char next = l->at + 1 < l->end ? l->at[1] : '\0';
  if (next == '/' && l->at + 2 < l->end && is_name_start (l->at[2]))
    end_tag (l);
  else if (g_str_has_prefix (l->at, "<![CDATA["))
    cdata (l);
  else if (g_str_has_prefix (l->at, "<!--"))
    skip_to (l, "-->");
  else if (g_ascii_strncasecmp (l->at, "<!DOCTYPE", 9) == 0)
    doctype (l);
  else if (next == '!' || next == '?')
    skip_to (l, ">");
  else if (is_name_start (next))
    start_tag (l);
  else
    return FALSE;
  return TRUE;
}

/* Puts what the DTD declared in place of its references; the others are left. */
static void
append_declared (Loose *l, const char *text, gsize length)
{
  const char *end = text + length;
  for (const char *amp; (amp = memchr (text, '&', (gsize)(end - text))) != NULL;) {
    const char *stop = memchr (amp, ';', (gsize)(end - amp));
    g_autofree char *name =
        stop != NULL ? g_strndup (amp + 1, MIN ((gsize)(stop - amp - 1), ENTITY_BYTES)) : NULL;
    const char *value = name != NULL ? g_hash_table_lookup (l->entities, name) : NULL;
    zb_xml_unescape (l->scratch, text, (gsize)(amp - text));
    if (value != NULL)
      g_string_append (l->scratch, value);
    else
      zb_xml_unescape (l->scratch, amp, (gsize)((stop != NULL ? stop + 1 : end) - amp));
    text = stop != NULL ? stop + 1 : end;
  }
  zb_xml_unescape (l->scratch, text, (gsize)(end - text));
}

static void
tell_text (Loose *l, const char *text, gsize length)
{
  if (length == 0)
    return;
  if (memchr (text, '&', length) == NULL) {
    l->events->text (l->data, text, length);
    return;
  }
  g_string_truncate (l->scratch, 0);
  if (l->entities != NULL)
    append_declared (l, text, length);
  else
    zb_xml_unescape (l->scratch, text, length);
  l->events->text (l->data, l->scratch->str, l->scratch->len);
}

void
zb_xml_loose (const char *text, gsize length, guint depth, const ZbXmlEvents *events, gpointer data)
{
  Loose l = {.at = text, .end = text + length, .depth = depth, .events = events, .data = data};
  l.strings = g_string_chunk_new (4096);
  l.levels = g_array_new (FALSE, FALSE, sizeof (Level));
  l.namespaces = g_array_new (FALSE, FALSE, sizeof (Binding));
  l.scratch = g_string_new (NULL);
  const char *from = text; /* of text that is not told of yet */
  while (l.at < l.end) {
    const char *angle = memchr (l.at, '<', (gsize)(l.end - l.at));
    l.at = angle != NULL ? angle : l.end;
    if (angle == NULL)
      break;
    tell_text (&l, from, (gsize)(l.at - from));
    from = l.at;
    if (markup (&l))
      from = l.at;
    else
      l.at++;
  }
  tell_text (&l, from, (gsize)(l.end - from));
  while (l.levels->len > 0)
    pop (&l);
  g_string_free (l.scratch, TRUE);
  g_array_unref (l.namespaces);
  g_array_unref (l.levels);
  g_clear_pointer (&l.entities, g_hash_table_unref);
  g_string_chunk_free (l.strings);
}
