/* Structs to bytes and back: a count or length before everything that has one, a NUL after each text, native
   byte order, as both ends are the same program. */
#include "zhoubao/base/wire.h"

#include "zhoubao/base/charset.h"
#include "zhoubao/base/error.h"

#define ABSENT G_MAXUINT32 /* the length of NULL */

static void
put_count (GByteArray *out, guint32 n)
{
  g_byte_array_append (out, (const guint8 *)&n, sizeof n);
}

static void
put_bytes (GByteArray *out, const void *data, gsize length)
{
  g_assert (length < ABSENT);
  put_count (out, (guint32)length);
  g_byte_array_append (out, data, (guint)length);
}

static void
put_text (GByteArray *out, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  g_assert (length < ABSENT);
  put_count (out, text != NULL ? (guint32)length : ABSENT);
  if (text != NULL)
    g_byte_array_append (out, (const guint8 *)text, (guint)length + 1);
}

static void
put_texts (GByteArray *out, char **texts)
{
  put_count (out, texts != NULL ? g_strv_length (texts) : ABSENT);
  for (; texts != NULL && *texts != NULL; texts++)
    put_text (out, *texts);
}

static void
put_blob (GByteArray *out, GBytes *bytes)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (bytes == NULL)
    put_count (out, ABSENT);
  else
    put_bytes (out, data, size);
}

static void
put_list (GByteArray *out, const ZbWireTable *of, GPtrArray *list)
{
  put_count (out, list != NULL ? list->len : 0);
  for (guint i = 0; list != NULL && i < list->len; i++)
    zb_wire_write (of, list->pdata[i], out);
}

static void
put_field (GByteArray *out, const ZbWireField *field, gconstpointer at)
{
  switch (field->type) {
  case ZB_WIRE_TEXT:
    put_text (out, *(char *const *)at);
    break;
  case ZB_WIRE_NUMBER:
    g_byte_array_append (out, at, sizeof (gint64));
    break;
  case ZB_WIRE_INT:
    g_byte_array_append (out, at, sizeof (gint32));
    break;
  case ZB_WIRE_TEXTS:
    put_texts (out, *(char **const *)at);
    break;
  case ZB_WIRE_BYTES:
    put_blob (out, *(GBytes *const *)at);
    break;
  case ZB_WIRE_LIST:
    put_list (out, field->of, *(GPtrArray *const *)at);
    break;
  }
}

void
zb_wire_write (const ZbWireTable *table, gconstpointer thing, GByteArray *out)
{
  for (guint i = 0; i < table->n_fields; i++)
    put_field (out, &table->fields[i], (const char *)thing + table->fields[i].offset);
}

typedef struct {
  const guint8 *at;
  gsize left;
  const ZbWireLimits *limits;
  gboolean borrows; /* the table that is being read */
  GError **error;
} Cursor;

static gboolean
fail (Cursor *c, ZbErrorCode code, const char *why)
{
  g_set_error (c->error, ZB_ERROR, code, "the parse worker's answer %s", why);
  return FALSE;
}

static gboolean
take (Cursor *c, void *out, gsize n)
{
  if (n > c->left)
    return fail (c, ZB_ERROR_INVALID, "is cut short");
  memcpy (out, c->at, n);
  c->at += n;
  c->left -= n;
  return TRUE;
}

/* A length that the bytes left can hold; an absent one is told by *ABSENT_TOO. */
static gboolean
take_length (Cursor *c, guint32 *out, gboolean *absent)
{
  if (!take (c, out, sizeof *out))
    return FALSE;
  *absent = *out == ABSENT;
  if (*absent || *out <= c->left)
    return TRUE;
  return fail (c, ZB_ERROR_INVALID, "is cut short");
}

static gboolean
take_text (Cursor *c, char **out)
{
  guint32 length;
  gboolean absent;
  if (!take_length (c, &length, &absent))
    return FALSE;
  if (absent)
    return TRUE;
  if (length > c->limits->text_bytes)
    return fail (c, ZB_ERROR_LIMIT, "holds a text over the limit");
  if (length == c->left || c->at[length] != '\0')
    return fail (c, ZB_ERROR_INVALID, "holds a text without an end");
  if (!zb_charset_is_utf8 ((const char *)c->at, length))
    return fail (c, ZB_ERROR_INVALID, "is not UTF-8");
  *out = c->borrows ? (char *)c->at : g_memdup2 (c->at, (gsize)length + 1);
  c->at += (gsize)length + 1;
  c->left -= (gsize)length + 1;
  return TRUE;
}

static gboolean
take_texts (Cursor *c, char ***out)
{
  guint32 n;
  gboolean absent;
  if (!take_length (c, &n, &absent))
    return FALSE;
  if (absent)
    return TRUE;
  if (n > c->limits->list_members)
    return fail (c, ZB_ERROR_LIMIT, "holds a list over the limit");
  char **texts = *out = g_new0 (char *, (gsize)n + 1);
  for (guint32 i = 0; i < n; i++) {
    if (!take_text (c, &texts[i]))
      return FALSE;
    if (texts[i] == NULL)
      return fail (c, ZB_ERROR_INVALID, "has a gap in a list");
  }
  return TRUE;
}

static gboolean
take_blob (Cursor *c, GBytes **out)
{
  guint32 length;
  gboolean absent;
  if (!take_length (c, &length, &absent))
    return FALSE;
  if (absent)
    return TRUE;
  *out = g_bytes_new (c->at, length);
  c->at += length;
  c->left -= length;
  return TRUE;
}

static gpointer take_struct (Cursor *c, const ZbWireTable *table);

static gboolean
take_list (Cursor *c, const ZbWireTable *of, GPtrArray **out)
{
  guint32 n;
  if (!take (c, &n, sizeof n))
    return FALSE;
  if (n > c->limits->list_members)
    return fail (c, ZB_ERROR_LIMIT, "holds a list over the limit");
  if (*out == NULL)
    *out = g_ptr_array_new_with_free_func (of->free);
  for (guint32 i = 0; i < n; i++) {
    gpointer member = take_struct (c, of);
    if (member == NULL)
      return FALSE;
    g_ptr_array_add (*out, member);
  }
  return TRUE;
}

static gboolean
take_field (Cursor *c, const ZbWireField *field, gpointer at)
{
  switch (field->type) {
  case ZB_WIRE_TEXT:
    return take_text (c, at);
  case ZB_WIRE_NUMBER:
    return take (c, at, sizeof (gint64));
  case ZB_WIRE_INT:
    return take (c, at, sizeof (gint32));
  case ZB_WIRE_TEXTS:
    return take_texts (c, at);
  case ZB_WIRE_BYTES:
    return take_blob (c, at);
  case ZB_WIRE_LIST:
    return take_list (c, field->of, at);
  }
  g_assert_not_reached ();
}

static gpointer
take_struct (Cursor *c, const ZbWireTable *table)
{
  gpointer thing = table->create ();
  for (guint i = 0; i < table->n_fields; i++) {
    c->borrows = table->borrows;
    if (!take_field (c, &table->fields[i], (char *)thing + table->fields[i].offset)) {
      table->free (thing);
      return NULL;
    }
  }
  return thing;
}

gpointer
zb_wire_read (const ZbWireTable *table, const guint8 *data, gsize length, const ZbWireLimits *limits,
              GError **error)
{
  Cursor c = {.at = data, .left = length, .limits = limits, .error = error};
  gpointer thing = take_struct (&c, table);
  if (thing == NULL || c.left == 0)
    return thing;
  table->free (thing);
  zb_ignore (fail (&c, ZB_ERROR_INVALID, "has more than it should"));
  return NULL;
}
