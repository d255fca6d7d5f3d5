/* Opening a page: bytes to a tree, unless they are of something else. */
#include "page_open.h"

#include "page_words.h"
#include "zhoubao/base/error.h"

#define HEAD_BYTES 1445 /* how far the standard looks */
#define BINARY_FEW 4    /* such bytes may be slips of an editor's keyboard, */
#define BINARY_SHARE 50 /* but not more of them than one in so many */

static const char *
known_kind (const guint8 *data, gsize length)
{
  static const struct {
    const char *mark;
    gsize length;
    const char *name;
  } kinds[] = {{"%PDF-", 5, "a PDF file"},
               {"\x89PNG\r\n", 6, "a picture"},
               {"\xff\xd8\xff", 3, "a picture"},
               {"GIF8", 4, "a picture"},
               {"PK\x03\x04", 4, "a ZIP file or an office document"},
               {"\xd0\xcf\x11\xe0", 4, "an office document"},
               {"Rar!\x1a", 5, "an archive"},
               {"\x1f\x8b\x08", 3, "a gzip file"},
               {"\177ELF", 4, "a program"}};
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (length >= kinds[i].length && memcmp (data, kinds[i].mark, kinds[i].length) == 0)
      return kinds[i].name;
  return NULL;
}

static gboolean
is_binary_byte (guint8 c)
{
  return c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1a) || (c >= 0x1c && c <= 0x1f);
}

static gboolean
is_binary (const guint8 *data, gsize length)
{
  gsize head = MIN (length, HEAD_BYTES), binary = 0;
  for (gsize i = 0; i < head; i++)
    binary += is_binary_byte (data[i]);
  return binary >= BINARY_FEW && binary * BINARY_SHARE > head;
}

ZbDoc *
zb_page_open (const ZbJob *job, ZbDecoded *decoded, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (job->input, &length);
  const char *kind = known_kind (data, length);
  zb_charset_decode (data, length, job->content_type, ZB_CHARSET_HTML, decoded);
  if (kind == NULL && !g_str_has_prefix (decoded->encoding, "UTF-16") && is_binary (data, length))
    kind = "some binary file";
  if (kind == NULL) {
    zb_page_words_mark_up (decoded);
    return zb_doc_new_html (decoded->text, (gssize)decoded->length, error);
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "this is no page but %s", kind);
  return NULL;
}
