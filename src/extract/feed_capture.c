/* Gathering one field, and what it means. */
#include "feed_capture.h"

#include "plain.h"

void
zb_capture_init (ZbCapture *c)
{
  *c = (ZbCapture){.text = g_string_new (NULL),
                   .open = g_ptr_array_new (),
                   .name = g_string_new (NULL),
                   .email = g_string_new (NULL)};
}

static void
reset (ZbCapture *c)
{
  char **texts[] = {&c->base, &c->href, &c->rel, &c->mime, &c->term};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  GString *strings[] = {c->text, c->name, c->email};
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_string_truncate (strings[i], 0);
  g_ptr_array_set_size (c->open, 0);
  c->element = NULL;
  c->base64 = c->escapes = c->is_guid = c->not_permalink = FALSE;
}

void
zb_capture_clear (ZbCapture *c)
{
  reset (c);
  g_string_free (c->text, TRUE);
  g_string_free (c->name, TRUE);
  g_string_free (c->email, TRUE);
  g_ptr_array_unref (c->open);
}

static gboolean
is_body (const ZbCapture *c)
{
  return c->element->meaning == ZB_MEANS_TITLE || c->element->meaning == ZB_MEANS_SUMMARY ||
         c->element->meaning == ZB_MEANS_CONTENT;
}

/* RFC 4287 section 3.1.1 and 4.1.3: text, html, xhtml, or a media type. */
static void
read_atom_type (ZbCapture *c, const char *mode, gboolean atom03)
{
  const char *type = c->mime;
  gboolean xml = strstr (type, "xhtml") != NULL || g_str_has_suffix (type, "xml");
  if (xml) {
    c->type = ZB_BODY_HTML;
    c->escapes = g_strcmp0 (mode, "escaped") != 0;
  } else if (strstr (type, "html") != NULL) {
    c->type = ZB_BODY_HTML;
  } else if (strchr (type, '/') != NULL && !g_str_has_prefix (type, "text/")) {
    c->base64 = c->base64 || !atom03;
    c->type = ZB_BODY_EITHER;
  } else {
    c->type = atom03 && g_strcmp0 (mode, "escaped") == 0 ? ZB_BODY_EITHER : ZB_BODY_TEXT;
  }
}

static void
read_type (ZbCapture *c, const ZbXmlAttribute *attributes, guint n, const char *format)
{
  g_autofree char *mode = zb_xml_attribute_value (attributes, n, "mode");
  gboolean atom = format != NULL && g_str_has_prefix (format, "atom") && c->element->ns == ZB_NS_CORE;
  c->base64 = g_strcmp0 (mode, "base64") == 0;
  c->type = c->element->meaning == ZB_MEANS_CONTENT ? ZB_BODY_HTML : ZB_BODY_EITHER;
  c->escapes = c->element->ns == ZB_NS_XHTML;
  if (atom)
    read_atom_type (c, mode, g_str_equal (format, "atom03"));
  if (c->base64 && c->type == ZB_BODY_TEXT)
    c->type = ZB_BODY_EITHER;
}

/* "text/html; charset=…" in lower case, without what follows. */
static char *
media_type (char *written)
{
  if (written == NULL)
    return g_strdup ("");
  char *type = g_ascii_strdown (written, -1);
  type[strcspn (type, "; \t")] = '\0';
  g_free (written);
  return type;
}

void
zb_capture_start (ZbCapture *c, const ZbFeedElement *element, const char *name,
                  const ZbXmlAttribute *attributes, guint n, const char *format, const char *base)
{
  c->element = element;
  c->rank = element->rank;
  c->base = g_strdup (base);
  c->href = zb_xml_attribute_value (attributes, n, "href");
  c->rel = zb_xml_attribute_value (attributes, n, "rel");
  c->mime = media_type (zb_xml_attribute_value (attributes, n, "type"));
  c->term = zb_xml_attribute_value (attributes, n, element->ns == ZB_NS_ITUNES ? "text" : "term");
  if (c->term == NULL && element->meaning == ZB_MEANS_TAG)
    c->term = zb_xml_attribute_value (attributes, n, "label");
  c->is_guid = g_ascii_strcasecmp (name, "guid") == 0;
  g_autofree char *permalink = zb_xml_attribute_value (attributes, n, "ispermalink");
  c->not_permalink = permalink != NULL && g_ascii_strcasecmp (permalink, "false") == 0;
  if (c->href == NULL && element->meaning == ZB_MEANS_CONTENT)
    c->href = zb_xml_attribute_value (attributes, n, "src");
  if (is_body (c))
    read_type (c, attributes, n, format);
}

static void
append_attributes (GString *out, const ZbXmlAttribute *attributes, guint n)
{
  static const char *const kept[] = {"href", "src", "alt", "title", "start", "class", "colspan", "rowspan"};
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++) {
    g_autofree char *value = zb_xml_attribute_value (attributes, n, kept[i]);
    g_autofree char *safe = value != NULL ? g_markup_escape_text (value, -1) : NULL;
    if (safe != NULL)
      g_string_append_printf (out, " %s=\"%s\"", kept[i], safe);
  }
}

/* The first element inside what was thought to be text: in Atom the text before it was text, in RSS, where
   markup is escaped or not as the author's mood was, it is left as it stands. */
static void
become_markup (ZbCapture *c)
{
  if (c->type != ZB_BODY_TEXT || c->escapes)
    return;
  g_autofree char *safe = g_markup_escape_text (c->text->str, (gssize)c->text->len);
  g_string_assign (c->text, safe);
  c->escapes = TRUE;
}

void
zb_capture_inner_start (ZbCapture *c, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n,
                        ZbEntryDraft *draft)
{
  g_ptr_array_add (c->open, (gpointer)name->name);
  if (c->element->meaning == ZB_MEANS_TAG) {
    g_autofree char *tag = zb_xml_attribute_value (attributes, n, "text");
    if (tag != NULL)
      zb_entry_draft_add_tag (draft, tag);
  }
  if (!is_body (c))
    return;
  become_markup (c);
  c->type = ZB_BODY_HTML;
  g_string_append_printf (c->text, "<%s", name->name);
  append_attributes (c->text, attributes, n);
  g_string_append_c (c->text, '>');
}

static gboolean
is_void (const char *name)
{
  static const char *const names[] = {"br",   "hr",  "img", "input", "meta",
                                      "link", "col", "wbr", "area",  "embed"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

void
zb_capture_inner_end (ZbCapture *c)
{
  const char *name = c->open->pdata[c->open->len - 1];
  g_ptr_array_set_size (c->open, (int)c->open->len - 1);
  if (is_body (c) && !is_void (name))
    g_string_append_printf (c->text, "</%s>", name);
}

/* A person's text goes where the innermost element says. */
static GString *
target (ZbCapture *c)
{
  if (c->element->meaning != ZB_MEANS_AUTHOR || c->open->len == 0)
    return c->text;
  const char *inner = c->open->pdata[c->open->len - 1];
  if (g_ascii_strcasecmp (inner, "name") == 0)
    return c->name;
  if (g_ascii_strcasecmp (inner, "email") == 0)
    return c->email;
  return NULL;
}

void
zb_capture_text (ZbCapture *c, const char *text, gsize length)
{
  GString *to = target (c);
  if (to == NULL)
    return;
  if (!c->escapes) {
    g_string_append_len (to, text, (gssize)length);
    return;
  }
  g_autofree char *safe = g_markup_escape_text (text, (gssize)length);
  g_string_append (to, safe);
}

/* Without the mail address: "me@example.org (A Name)", "A Name (me@example.org)", "A Name <me@example.org>".
 */
static char *
name_of (const char *text)
{
  char open = strchr (text, '(') != NULL ? '(' : '<';
  const char *start = strchr (text, open), *end = strchr (text, open == '(' ? ')' : '>');
  if (start == NULL || end == NULL || end < start || strchr (text, '@') == NULL)
    return g_strdup (text);
  g_autofree char *before = g_strstrip (g_strndup (text, (gsize)(start - text)));
  g_autofree char *inside = g_strstrip (g_strndup (start + 1, (gsize)(end - start) - 1));
  if (strchr (before, '@') != NULL && *inside != '\0')
    return g_steal_pointer (&inside);
  return *before != '\0' && strchr (inside, '@') != NULL ? g_steal_pointer (&before) : g_strdup (text);
}

static char *
plain_of (const char *text)
{
  return zb_plain_is_html (text, strlen (text)) ? zb_plain_from_html (text, strlen (text), 1000)
                                                : g_strdup (text);
}

static void
finish_author (ZbCapture *c, ZbEntryDraft *draft)
{
  g_autofree char *text = plain_of (c->text->str);
  g_strstrip (g_strstrip (c->name->str));
  char *name = *c->name->str != '\0' ? plain_of (c->name->str) : NULL;
  if (name == NULL)
    name = *g_strstrip (text) != '\0' ? name_of (text) : g_strdup (c->email->str);
  zb_entry_draft_add_author (draft, c->rank, name);
}

/* Atom: alternate is what a person reads, best in HTML, and the first of them; RSS: the text, whatever else.
 */
static void
finish_link (ZbCapture *c, ZbEntryDraft *draft)
{
  gboolean alternate = c->rel == NULL || g_ascii_strcasecmp (g_strstrip (c->rel), "alternate") == 0;
  if (c->href != NULL && alternate) {
    int rank = *c->mime == '\0' || strstr (c->mime, "html") != NULL ? c->rank : c->rank - 2;
    if (draft->link == NULL || rank > draft->link_rank)
      zb_entry_draft_set_text (&draft->link, &draft->link_rank, rank, zb_entry_draft_link (c->href, c->base));
  }
  if (c->href == NULL)
    zb_entry_draft_set_text (&draft->link, &draft->link_rank, c->rank + 1,
                             zb_entry_draft_link (c->text->str, c->base));
}

static void
finish_id (ZbCapture *c, ZbEntryDraft *draft)
{
  gboolean wanted = c->is_guid && !c->not_permalink && draft->link == NULL;
  g_autofree char *link = wanted ? zb_entry_draft_link (c->text->str, NULL) : NULL;
  if (link != NULL && g_str_has_prefix (link, "http")) {
    g_free (draft->permalink);
    draft->permalink = g_steal_pointer (&link);
  }
  zb_entry_draft_set_text (&draft->id, &draft->id_rank, c->rank, g_strdup (c->text->str));
}

static void
finish_tag (ZbCapture *c, ZbEntryDraft *draft)
{
  g_autofree char *text = plain_of (c->term != NULL ? c->term : c->text->str);
  if (c->element->meaning == ZB_MEANS_TAGS)
    zb_entry_draft_add_tags (draft, text);
  else
    zb_entry_draft_add_tag (draft, text);
}

static void
finish_language (ZbCapture *c, ZbEntryDraft *draft)
{
  g_autofree char *text = g_strdup (c->text->str);
  zb_entry_draft_set_text (&draft->language, &draft->language_rank, 2,
                           g_strdup (g_strdelimit (g_strstrip (text), "_", '-')));
}

/* The text gathered, which is taken. */
static char *
body_text (ZbCapture *c)
{
  if (!c->base64) {
    char *text = g_string_free (c->text, FALSE);
    c->text = g_string_new (NULL);
    return text;
  }
  gsize length;
  g_autofree guchar *data = g_base64_decode (c->text->str, &length);
  return g_utf8_make_valid ((const char *)data, (gssize)length);
}

/* Content that lies elsewhere is a link. */
static void
finish_body (ZbCapture *c, ZbEntryDraft *draft)
{
  ZbBody *slot = c->element->meaning == ZB_MEANS_TITLE     ? &draft->title
                 : c->element->meaning == ZB_MEANS_SUMMARY ? &draft->summary
                                                           : &draft->content;
  if (c->href != NULL && draft->link == NULL && c->text->len == 0)
    zb_entry_draft_set_text (&draft->link, &draft->link_rank, 0, zb_entry_draft_link (c->href, c->base));
  if (slot == &draft->summary && slot->text != NULL && slot->rank == c->rank)
    slot = &draft->content; /* <description> and <summary>: the first one is the summary */
  zb_entry_draft_set_body (slot,
                           slot == &draft->content && c->element->meaning == ZB_MEANS_SUMMARY ? 0 : c->rank,
                           body_text (c), c->type, c->base);
}

static gboolean
is_control (const char *p)
{
  return (guint8)p[0] == 0xc2 && (guint8)p[1] >= 0x80 && (guint8)p[1] < 0xa0;
}

/* U+0080 to U+009F, which XML allows and nobody means: windows-1252 by its numbers. */
static void
mend_controls (GString *text)
{
  const char *at = text->str, *stop = at + text->len;
  while ((at = memchr (at, 0xc2, (gsize)(stop - at))) != NULL && !is_control (at))
    at++;
  if (at == NULL)
    return;
  g_autoptr (GString) out = g_string_sized_new (text->len);
  for (const char *p = text->str, *end = p + text->len; p < end;) {
    if (is_control (p)) {
      g_autofree char *reference = g_strdup_printf ("&#%d;", (guint8)p[1]);
      zb_xml_unescape (out, reference, strlen (reference));
      p += 2;
    } else {
      g_string_append_c (out, *p++);
    }
  }
  g_string_assign (text, out->str);
}

void
zb_capture_finish (ZbCapture *c, ZbEntryDraft *draft, const ZbJob *job)
{
  mend_controls (c->text);
  switch (c->element->meaning) {
  case ZB_MEANS_TITLE:
  case ZB_MEANS_SUMMARY:
  case ZB_MEANS_CONTENT:
    finish_body (c, draft);
    break;
  case ZB_MEANS_LINK:
    finish_link (c, draft);
    break;
  case ZB_MEANS_ID:
    finish_id (c, draft);
    break;
  case ZB_MEANS_AUTHOR:
    finish_author (c, draft);
    break;
  case ZB_MEANS_PUBLISHED:
    zb_entry_draft_set_time (&draft->published, &draft->published_rank, c->rank, c->text->str, job);
    break;
  case ZB_MEANS_UPDATED:
    zb_entry_draft_set_time (&draft->updated, &draft->updated_rank, c->rank, c->text->str, job);
    break;
  case ZB_MEANS_TAG:
  case ZB_MEANS_TAGS:
    finish_tag (c, draft);
    break;
  case ZB_MEANS_LANGUAGE:
    finish_language (c, draft);
    break;
  default:
    g_assert_not_reached ();
  }
  reset (c);
}
