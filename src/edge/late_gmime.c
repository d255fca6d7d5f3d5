/* GMime's functions, see base/late.h. */
#include "mime_gmime.h"
#include "zhoubao/base/late.h"

#define LIBRARY "libgmime-3.0.so.0"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (LIBRARY, , void, name, parameters, arguments)

LATE_VOID (g_mime_init, (void), ())
LATE (GType, g_mime_message_part_get_type, (void), ())
LATE (GType, g_mime_multipart_get_type, (void), ())
LATE (GType, g_mime_object_get_type, (void), ())
LATE (GType, g_mime_part_get_type, (void), ())
LATE (GType, g_mime_stream_mem_get_type, (void), ())
LATE (GType, internet_address_mailbox_get_type, (void), ())

LATE (GMimeFormatOptions *, g_mime_format_options_new, (void), ())
LATE_VOID (g_mime_format_options_free, (GMimeFormatOptions * options), (options))
LATE_VOID (g_mime_format_options_set_newline_format,
           (GMimeFormatOptions * options, GMimeNewLineFormat newline), (options, newline))
LATE (GMimeParserOptions *, g_mime_parser_options_new, (void), ())
LATE_VOID (g_mime_parser_options_free, (GMimeParserOptions * options), (options))
LATE_VOID (g_mime_parser_options_set_allow_addresses_without_domain,
           (GMimeParserOptions * options, gboolean allow), (options, allow))
LATE_VOID (g_mime_parser_options_set_fallback_charsets, (GMimeParserOptions * options, const char **charsets),
           (options, charsets))

LATE (GMimeStream *, g_mime_stream_mem_new, (void), ())
LATE (GMimeStream *, g_mime_stream_mem_new_with_buffer, (const char *bytes, size_t length), (bytes, length))
LATE (GByteArray *, g_mime_stream_mem_get_byte_array, (GMimeStreamMem * stream), (stream))
LATE (GMimeDataWrapper *, g_mime_data_wrapper_new_with_stream,
      (GMimeStream * stream, GMimeContentEncoding encoding), (stream, encoding))
LATE (ssize_t, g_mime_data_wrapper_write_to_stream, (GMimeDataWrapper * wrapper, GMimeStream *stream),
      (wrapper, stream))

LATE (GMimeParser *, g_mime_parser_new_with_stream, (GMimeStream * stream), (stream))
LATE (GMimeMessage *, g_mime_parser_construct_message, (GMimeParser * parser, GMimeParserOptions *options),
      (parser, options))
LATE (GMimeObject *, g_mime_message_get_mime_part, (GMimeMessage * message), (message))
LATE (GMimeMessage *, g_mime_message_part_get_message, (GMimeMessagePart * part), (part))

LATE (int, g_mime_header_list_get_count, (GMimeHeaderList * headers), (headers))
LATE (GMimeHeader *, g_mime_header_list_get_header_at, (GMimeHeaderList * headers, int index),
      (headers, index))
LATE (const char *, g_mime_header_get_name, (GMimeHeader * header), (header))
LATE (const char *, g_mime_header_get_raw_value, (GMimeHeader * header), (header))
LATE (char *, g_mime_utils_header_unfold, (const char *value), (value))
LATE (char *, g_mime_utils_header_decode_text, (GMimeParserOptions * options, const char *text),
      (options, text))
LATE (GDateTime *, g_mime_utils_header_decode_date, (const char *text), (text))

LATE (GMimeHeaderList *, g_mime_object_get_header_list, (GMimeObject * object), (object))
LATE (GMimeContentType *, g_mime_object_get_content_type, (GMimeObject * object), (object))
LATE (const char *, g_mime_object_get_content_type_parameter, (GMimeObject * object, const char *name),
      (object, name))
LATE_VOID (g_mime_object_set_content_type_parameter,
           (GMimeObject * object, const char *name, const char *value), (object, name, value))
LATE (GMimeContentDisposition *, g_mime_object_get_content_disposition, (GMimeObject * object), (object))
LATE (char *, g_mime_object_to_string, (GMimeObject * object, GMimeFormatOptions *options), (object, options))
LATE (char *, g_mime_content_type_get_mime_type, (GMimeContentType * type), (type))
LATE (gboolean, g_mime_content_disposition_is_attachment, (GMimeContentDisposition * disposition),
      (disposition))

LATE (GMimePart *, g_mime_part_new_with_type, (const char *type, const char *subtype), (type, subtype))
LATE (GMimeDataWrapper *, g_mime_part_get_content, (GMimePart * part), (part))
LATE_VOID (g_mime_part_set_content, (GMimePart * part, GMimeDataWrapper *content), (part, content))
LATE_VOID (g_mime_part_set_content_encoding, (GMimePart * part, GMimeContentEncoding encoding),
           (part, encoding))

LATE (GMimeMultipart *, g_mime_multipart_new_with_subtype, (const char *subtype), (subtype))
LATE_VOID (g_mime_multipart_add, (GMimeMultipart * multipart, GMimeObject *part), (multipart, part))
LATE (int, g_mime_multipart_get_count, (GMimeMultipart * multipart), (multipart))
LATE (GMimeObject *, g_mime_multipart_get_part, (GMimeMultipart * multipart, int index), (multipart, index))
LATE (const char *, g_mime_multipart_get_prologue, (GMimeMultipart * multipart), (multipart))
LATE (const char *, g_mime_multipart_get_epilogue, (GMimeMultipart * multipart), (multipart))
LATE_VOID (g_mime_multipart_set_boundary, (GMimeMultipart * multipart, const char *boundary),
           (multipart, boundary))

LATE (InternetAddressList *, internet_address_list_parse, (GMimeParserOptions * options, const char *text),
      (options, text))
LATE (int, internet_address_list_length, (InternetAddressList * list), (list))
LATE (InternetAddress *, internet_address_list_get_address, (InternetAddressList * list, int index),
      (list, index))
LATE (const char *, internet_address_mailbox_get_addr, (InternetAddressMailbox * mailbox), (mailbox))
