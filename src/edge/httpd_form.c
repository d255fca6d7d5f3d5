/* Posted forms: application/x-www-form-urlencoded (WHATWG URL) and multipart/form-data (RFC 7578). */
#include "httpd_form.h"

#define FIELDS 20000 /* of one form: a bulk action names many items */

typedef struct {
  char *name, *value; /* valid UTF-8 */
  GBytes *file;       /* of a part with a file name, else NULL */
} Field;

struct ZbForm {
  GArray *fields; /* of Field */
};

static void
field_clear (gpointer at)
{
  Field *field = at;
  g_free (field->name);
  g_free (field->value);
  g_clear_pointer (&field->file, g_bytes_unref);
}

static void
add_field (ZbForm *form, char *name, char *value, GBytes *file)
{
  Field field = {name, value, file};
  g_array_append_val (form->fields, field);
}

static char *
decode (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) &&
        g_ascii_isxdigit (text[i + 2])) {
      g_string_append_c (
          out, (char)(g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2])));
      i += 2;
    } else
      g_string_append_c (out, text[i] == '+' ? ' ' : text[i]);
  }
  return g_utf8_make_valid (out->str, (gssize)out->len);
}

static void
parse_urlencoded (ZbForm *form, const char *data, gsize size)
{
  const char *end = data + size;
  while (data < end && form->fields->len < FIELDS) {
    const char *amp = memchr (data, '&', (gsize)(end - data));
    const char *stop = amp != NULL ? amp : end;
    const char *equals = memchr (data, '=', (gsize)(stop - data));
    const char *name_end = equals != NULL ? equals : stop;
    if (stop > data)
      add_field (form, decode (data, (gsize)(name_end - data)),
                 decode (equals != NULL ? equals + 1 : stop, equals != NULL ? (gsize)(stop - equals - 1) : 0),
                 NULL);
    data = stop + 1;
  }
}

/* The value of a parameter such as name="x" in a header line; NULL where it is absent. */
static char *
parameter (const char *line, const char *name)
{
  g_autofree char *key = g_strconcat (name, "=", NULL);
  for (const char *at = line; (at = strstr (at, key)) != NULL; at++) {
    if (at > line && at[-1] != ' ' && at[-1] != ';' && at[-1] != '\t')
      continue;
    const char *from = at + strlen (key);
    gboolean quoted = *from == '"';
    const char *to = from + quoted;
    to += strcspn (to, quoted ? "\"\r\n" : "; \t\r\n");
    return g_strndup (from + quoted, (gsize)(to - from - quoted));
  }
  return NULL;
}

/* One part: header lines, an empty line, the content. */
static void
parse_part (ZbForm *form, const char *data, gsize size)
{
  const char *gap = g_strstr_len (data, (gssize)size, "\r\n\r\n");
  if (gap == NULL)
    return;
  g_autofree char *head = g_strndup (data, (gsize)(gap - data));
  const char *content = gap + 4;
  gsize length = size - (gsize)(content - data);
  g_autofree char *raw = parameter (head, "name"), *file = parameter (head, "filename");
  if (raw == NULL)
    return;
  char *value = file != NULL ? g_utf8_make_valid (file, -1) : g_utf8_make_valid (content, (gssize)length);
  add_field (form, g_utf8_make_valid (raw, -1), value, file != NULL ? g_bytes_new (content, length) : NULL);
}

static const char *
find (const char *data, const char *end, const char *what, gsize length)
{
  return memmem (data, (gsize)(end - data), what, length);
}

static void
parse_multipart (ZbForm *form, const char *content_type, const char *data, gsize size)
{
  g_autofree char *boundary = parameter (content_type, "boundary");
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > 70)
    return;
  g_autofree char *mark = g_strconcat ("--", boundary, NULL);
  gsize length = strlen (mark);
  const char *end = data + size, *at = find (data, end, mark, length);
  while (at != NULL && form->fields->len < FIELDS) {
    const char *part = at + length;
    if (end - part < 4 || !g_str_has_prefix (part, "\r\n"))
      return;
    at = find (part, end, mark, length);
    if (at != NULL && at - part >= 4)
      parse_part (form, part + 2, (gsize)(at - part) - 4);
  }
}

ZbForm *
zb_form_parse (const char *content_type, GBytes *body)
{
  ZbForm *form = g_new0 (ZbForm, 1);
  form->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (form->fields, field_clear);
  gsize size = 0;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_malloc (size + 1); /* ended by NUL for the searches */
  if (size > 0)
    memcpy (text, data, size);
  text[size] = '\0';
  if (content_type != NULL &&
      g_ascii_strncasecmp (content_type, "application/x-www-form-urlencoded", 33) == 0)
    parse_urlencoded (form, text, size);
  else if (content_type != NULL && g_ascii_strncasecmp (content_type, "multipart/form-data", 19) == 0)
    parse_multipart (form, content_type, text, size);
  return form;
}

void
zb_form_free (ZbForm *form)
{
  g_array_unref (form->fields);
  g_free (form);
}

static const Field *
find_field (const ZbForm *form, const char *name)
{
  for (guint i = 0; form != NULL && i < form->fields->len; i++)
    if (g_str_equal (g_array_index (form->fields, Field, i).name, name))
      return &g_array_index (form->fields, Field, i);
  return NULL;
}

const char *
zb_form_get (const ZbForm *form, const char *name)
{
  const Field *field = find_field (form, name);
  return field != NULL ? field->value : NULL;
}

char **
zb_form_get_all (const ZbForm *form, const char *name)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  for (guint i = 0; form != NULL && i < form->fields->len; i++)
    if (g_str_equal (g_array_index (form->fields, Field, i).name, name))
      g_strv_builder_add (values, g_array_index (form->fields, Field, i).value);
  return g_strv_builder_end (values);
}

GBytes *
zb_form_file (const ZbForm *form, const char *name)
{
  const Field *field = find_field (form, name);
  return field != NULL ? field->file : NULL;
}
