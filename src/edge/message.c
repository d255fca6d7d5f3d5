/* Messages in: GMime's tree, made flat. */
#include "zhoubao/edge/message.h"

#include "mime_gmime.h"
#include "zhoubao/base/charset.h"
#include "zhoubao/base/error.h"

#define DEPTH_MAX 24 /* of parts within parts; deeper is left out */

static const char *fallback_charsets[] = {"utf-8", "gb18030", "iso-8859-1", NULL};

/* Charsets of headers in mail from anywhere; iconv finds the others only where files can be opened. */
static const char *const usual_charsets[] = {
    "gb18030",      "gbk",          "gb2312",       "big5",           "big5-hkscs", "iso-2022-jp",
    "shift_jis",    "euc-jp",       "euc-kr",       "ks_c_5601-1987", "koi8-r",     "koi8-u",
    "windows-1250", "windows-1251", "windows-1252", "windows-1254",   "iso-8859-1", "iso-8859-2",
    "iso-8859-5",   "iso-8859-7",   "iso-8859-9",   "iso-8859-15",    "utf-7",      "utf-16",
    "windows-1255", "windows-1256", "tis-620",      "us-ascii",
};

void
zb_message_prepare (void)
{
  zb_gmime_start ();
  for (guint i = 0; i < G_N_ELEMENTS (usual_charsets); i++)
    g_iconv_open ("UTF-8", usual_charsets[i]); /* stays open for the life of the process */
}

static void
header_free (ZbHeader *header)
{
  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static GPtrArray *
headers_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)header_free);
}

static void
add_header (GPtrArray *headers, const char *name, const char *value)
{
  ZbHeader *header = g_new0 (ZbHeader, 1);
  header->name = g_strdup (name);
  header->value = g_utf8_make_valid (value != NULL ? value : "", -1);
  g_strstrip (header->value);
  g_ptr_array_add (headers, header);
}

static void
part_free (ZbPart *part)
{
  g_free (part->type);
  g_free (part->description);
  g_free (part->text);
  g_ptr_array_unref (part->headers);
  g_free (part);
}

void
zb_message_free (ZbMessage *message)
{
  g_ptr_array_unref (message->headers);
  g_ptr_array_unref (message->parts);
  g_free (message->type);
  g_free (message->report_type);
  g_free (message);
}

static GMimeParserOptions *
parser_options (void)
{
  GMimeParserOptions *options = g_mime_parser_options_new ();
  g_mime_parser_options_set_fallback_charsets (options, fallback_charsets);
  g_mime_parser_options_set_allow_addresses_without_domain (options, TRUE);
  return options;
}

static GPtrArray *
read_headers (GMimeObject *object)
{
  GPtrArray *headers = headers_new ();
  g_autoptr (GMimeParserOptions) options = parser_options ();
  GMimeHeaderList *list = g_mime_object_get_header_list (object);
  for (int i = 0; i < g_mime_header_list_get_count (list); i++) {
    GMimeHeader *header = g_mime_header_list_get_header_at (list, i);
    const char *raw = g_mime_header_get_raw_value (header);
    g_autofree char *unfolded = g_mime_utils_header_unfold (raw != NULL ? raw : "");
    g_autofree char *value = g_mime_utils_header_decode_text (options, unfolded);
    add_header (headers, g_mime_header_get_name (header), value);
  }
  return headers;
}

static char *
to_utf8 (const char *bytes, gsize length, const char *charset)
{
  const char *name = charset != NULL ? zb_charset_name (charset, -1) : NULL;
  if (name == NULL)
    name = g_utf8_validate (bytes, (gssize)length, NULL) ? "UTF-8" : "gb18030";
  gsize size = 0;
  char *text = zb_charset_to_utf8 (name, (const guint8 *)bytes, length, &size, NULL);
  return text != NULL ? text : g_utf8_make_valid (bytes, (gssize)length);
}

/* NUL ends a C string, so it becomes a space. */
static char *
decode_text (GMimeDataWrapper *content, const char *charset)
{
  if (content == NULL)
    return NULL;
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new ();
  if (g_mime_data_wrapper_write_to_stream (content, stream) < 0)
    return NULL;
  GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  for (guint i = 0; i < bytes->len; i++)
    if (bytes->data[i] == '\0' && (charset == NULL || g_ascii_strncasecmp (charset, "utf-16", 6) != 0))
      bytes->data[i] = ' ';
  g_autofree char *text = to_utf8 (bytes->len > 0 ? (const char *)bytes->data : "", bytes->len, charset);
  g_autoptr (GString) lines = g_string_new (text);
  g_string_replace (lines, "\r\n", "\n", 0);
  return g_strdup (lines->str);
}

static ZbPart *
part_new (ZbMessage *message, GMimeObject *object, guint enclosed)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autofree char *name = type != NULL ? g_mime_content_type_get_mime_type (type) : g_strdup ("text/plain");
  ZbPart *part = g_new0 (ZbPart, 1);
  part->type = g_ascii_strdown (name, -1);
  part->enclosed = enclosed;
  part->headers = read_headers (object);
  part->description = g_strdup (zb_header_find (part->headers, "Content-Description"));
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (object);
  part->attached = disposition != NULL && g_mime_content_disposition_is_attachment (disposition);
  g_ptr_array_add (message->parts, part);
  return part;
}

static void walk (ZbMessage *message, GMimeObject *object, guint enclosed, guint depth);
static GMimeMessage *construct (const char *text, gsize length);

/* The boundary that TEXT has in truth: the first line that starts with "--". Returns: (transfer full), or
 * NULL. */
static char *
sniff_boundary (const char *text)
{
  const char *line = g_str_has_prefix (text, "--") ? text : strstr (text, "\n--");
  if (line == NULL)
    return NULL;
  line += *line == '\n' ? 3 : 2;
  gsize length = strcspn (line, "\n");
  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  gboolean fits = length > 0 && length <= 200 && memchr (line, '"', length) == NULL;
  return fits ? g_strndup (line, length) : NULL;
}

/* A multipart without parts has lost its boundary: it is read again with the one that its lines show, or else
   as text. */
static void
walk_broken (ZbMessage *message, GMimeMultipart *multipart, guint enclosed, guint depth)
{
  const char *before = g_mime_multipart_get_prologue (multipart),
             *after = g_mime_multipart_get_epilogue (multipart);
  g_autofree char *text = g_strconcat (before != NULL ? before : "", after != NULL ? after : "", NULL);
  g_autofree char *boundary = sniff_boundary (text);
  g_autofree char *whole = g_strdup_printf (
      "Content-Type: %s%s%s\n\n%s", boundary != NULL ? "multipart/mixed; boundary=\"" : "text/plain",
      boundary != NULL ? boundary : "", boundary != NULL ? "\"" : "", text);
  g_autoptr (GMimeMessage) again = construct (whole, strlen (whole));
  GMimeObject *root = again != NULL ? g_mime_message_get_mime_part (again) : NULL;
  if (root != NULL && (!GMIME_IS_MULTIPART (root) || g_mime_multipart_get_count (GMIME_MULTIPART (root)) > 0))
    walk (message, root, enclosed, depth + 1);
}

static void
walk_message (ZbMessage *message, GMimeMessagePart *holder, guint enclosed, guint depth)
{
  GMimeMessage *inner = g_mime_message_part_get_message (holder);
  ZbPart *part = part_new (message, GMIME_OBJECT (holder), enclosed + 1);
  if (inner == NULL)
    return;
  g_ptr_array_unref (part->headers);
  part->headers = read_headers (GMIME_OBJECT (inner));
  if (g_mime_message_get_mime_part (inner) != NULL)
    walk (message, g_mime_message_get_mime_part (inner), enclosed + 1, depth + 1);
}

static void
walk (ZbMessage *message, GMimeObject *object, guint enclosed, guint depth)
{
  if (depth > DEPTH_MAX || message->parts->len >= ZB_MESSAGE_PARTS)
    return;
  if (GMIME_IS_MULTIPART (object)) {
    GMimeMultipart *multipart = GMIME_MULTIPART (object);
    if (g_mime_multipart_get_count (multipart) == 0)
      walk_broken (message, multipart, enclosed, depth);
    for (int i = 0; i < g_mime_multipart_get_count (multipart); i++)
      walk (message, g_mime_multipart_get_part (multipart, i), enclosed, depth + 1);
    return;
  }
  if (GMIME_IS_MESSAGE_PART (object)) {
    walk_message (message, GMIME_MESSAGE_PART (object), enclosed, depth);
    return;
  }
  ZbPart *part = part_new (message, object, enclosed);
  gboolean readable = g_str_has_prefix (part->type, "text/") || g_str_has_prefix (part->type, "message/");
  if (readable && GMIME_IS_PART (object))
    part->text = decode_text (g_mime_part_get_content (GMIME_PART (object)),
                              g_mime_object_get_content_type_parameter (object, "charset"));
}

/* One kind of line end: a file that came from an old Macintosh has CR alone. */
static GString *
normalise (const char *bytes, gsize length)
{
  GString *out = g_string_sized_new (length + 1);
  for (gsize i = 0; i < length; i++) {
    if (bytes[i] != '\r')
      g_string_append_c (out, bytes[i]);
    else if (i + 1 >= length || bytes[i + 1] != '\n')
      g_string_append_c (out, '\n');
  }
  const char *start = out->str;
  while (*start == '\n' || *start == ' ')
    start++;
  if (g_str_has_prefix (start, "From "))
    start = strchr (start, '\n') != NULL ? strchr (start, '\n') + 1 : start;
  g_string_erase (out, 0, start - out->str);
  return out;
}

static GMimeMessage *
construct (const char *text, gsize length)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (text, length);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr (GMimeParserOptions) options = parser_options ();
  return g_mime_parser_construct_message (parser, options);
}

/* GMime keeps a message's Content-* headers at its root part. */
static gboolean
has_headers (GMimeMessage *message)
{
  GMimeObject *root = g_mime_message_get_mime_part (message);
  return g_mime_header_list_get_count (g_mime_object_get_header_list (GMIME_OBJECT (message))) > 0 ||
         (root != NULL && g_mime_header_list_get_count (g_mime_object_get_header_list (root)) > 0);
}

ZbMessage *
zb_message_parse (const void *bytes, gsize length, GError **error)
{
  if (length > ZB_MESSAGE_BYTES) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "mail of %" G_GSIZE_FORMAT " bytes is over the limit of %d",
                 length, ZB_MESSAGE_BYTES);
    return NULL;
  }
  zb_gmime_start ();
  GString *text = normalise (bytes, length);
  g_autoptr (GMimeMessage) parsed = construct (text->str, text->len);
  g_string_free (text, TRUE);
  if (parsed == NULL || !has_headers (parsed)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "this is no mail: it has no header");
    return NULL;
  }
  g_autoptr (ZbMessage) message = g_new0 (ZbMessage, 1);
  message->headers = read_headers (GMIME_OBJECT (parsed));
  message->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  GMimeObject *root = g_mime_message_get_mime_part (parsed);
  if (root != NULL) {
    g_autofree char *type = g_mime_content_type_get_mime_type (g_mime_object_get_content_type (root));
    const char *report = g_mime_object_get_content_type_parameter (root, "report-type");
    message->type = g_ascii_strdown (type, -1);
    message->report_type = report != NULL ? g_ascii_strdown (report, -1) : NULL;
    walk (message, root, 0, 0);
  }
  return g_steal_pointer (&message);
}

const char *
zb_header_find (GPtrArray *headers, const char *name)
{
  for (guint i = 0; i < headers->len; i++) {
    const ZbHeader *header = g_ptr_array_index (headers, i);
    if (g_ascii_strcasecmp (header->name, name) == 0)
      return header->value;
  }
  return NULL;
}

ZbTime
zb_message_date (const ZbMessage *message)
{
  const char *value = zb_header_find (message->headers, "Date");
  GDateTime *date = value != NULL ? g_mime_utils_header_decode_date (value) : NULL;
  if (date == NULL)
    return ZB_TIME_NONE;
  ZbTime t = g_date_time_to_unix (date);
  g_date_time_unref (date);
  return t;
}

const char *
zb_message_text (const ZbMessage *message, const char *type)
{
  for (guint i = 0; i < message->parts->len; i++) {
    const ZbPart *part = g_ptr_array_index (message->parts, i);
    if (part->enclosed == 0 && !part->attached && part->text != NULL && g_str_equal (part->type, type))
      return part->text;
  }
  return NULL;
}

char *
zb_message_id (const char *value)
{
  const char *open = value != NULL ? strchr (value, '<') : NULL;
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  return close != NULL && close > open + 1 ? g_strndup (open + 1, (gsize)(close - open - 1)) : NULL;
}

char **
zb_message_addresses (const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  zb_gmime_start ();
  g_autoptr (GMimeParserOptions) options = parser_options ();
  InternetAddressList *list = value != NULL ? internet_address_list_parse (options, value) : NULL;
  for (int i = 0; list != NULL && i < internet_address_list_length (list); i++) {
    InternetAddress *address = internet_address_list_get_address (list, i);
    if (!INTERNET_ADDRESS_IS_MAILBOX (address))
      continue;
    const char *addr = internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address));
    g_autofree char *valid = addr != NULL ? g_utf8_make_valid (addr, -1) : NULL;
    if (valid != NULL)
      g_strv_builder_add (builder, valid);
  }
  g_clear_object (&list);
  return g_strv_builder_end (builder);
}

/* Adds the header that LINES start with, its continuation lines included; returns how many were taken. */
static guint
read_header (char **lines, GPtrArray *headers)
{
  g_autoptr (GString) whole = g_string_new (lines[0]);
  guint taken = 1;
  for (; lines[taken] != NULL && (lines[taken][0] == ' ' || lines[taken][0] == '\t'); taken++) {
    g_string_append_c (whole, ' ');
    g_string_append (whole, g_strchug (lines[taken]));
  }
  char *colon = strchr (whole->str, ':');
  if (colon == NULL || colon == whole->str)
    return taken;
  *colon = '\0';
  g_autofree char *name = g_strstrip (g_strdup (whole->str));
  g_autofree char *value = g_mime_utils_header_decode_text (NULL, colon + 1);
  add_header (headers, name, value);
  return taken;
}

GPtrArray *
zb_header_groups (const char *text)
{
  zb_gmime_start ();
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *headers = NULL;
  for (guint i = 0; lines[i] != NULL;) {
    if (*g_strchomp (lines[i]) == '\0') {
      headers = NULL;
      i++;
      continue;
    }
    if (headers == NULL) {
      headers = headers_new ();
      g_ptr_array_add (groups, headers);
    }
    i += read_header (lines + i, headers);
  }
  return groups;
}
