/* Messages out: GMime writes the structure once, recipients are filled in. */
#include "zhoubao/edge/mime.h"

#include "mime_body.h"
#include "mime_gmime.h"
#include "mime_header.h"
#include "zhoubao/base/error.h"

#define LIST_ID_MAX 255 /* octets (RFC 2919 §3) */
#define ID_MAX 250      /* of a Message-ID, so that its line is short */
#define URL_MAX 900     /* of a URL in a header, so that its line stays under 998 */
#define BOUNDARY_BYTES 8

/* The parts of a message around its bodies: PIECES[0], text, PIECES[1], html, PIECES[2]. */
typedef struct {
  char *pieces[3];
} Layout;

struct ZbMimeForm {
  Layout alternative, plain;
  ZbMimeBody *text, *html; /* HTML: NULL where there is none */
};

/* Bodies stand here until they are filled in; neither can come from a header. */
static const char *const marks[] = {"\x02text\x03", "\x02html\x03"};

static gboolean
check_text (const char *what, const char *value, GError **error)
{
  if (value == NULL)
    return TRUE;
  if (!g_utf8_validate (value, -1, NULL)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the mail's %s is not UTF-8", what);
    return FALSE;
  }
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p))) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the mail's %s holds the control character U+%04X",
                   what, g_utf8_get_char (p));
      return FALSE;
    }
  return TRUE;
}

/* For what stands between < and > in a header. */
static gboolean
check_token (const char *what, const char *value, gsize max, GError **error)
{
  if (value == NULL)
    return TRUE;
  gsize length = strlen (value);
  gboolean ok = length > 0 && length <= max;
  for (gsize i = 0; ok && i < length; i++)
    ok = g_ascii_isgraph (value[i]) && value[i] != '<' && value[i] != '>';
  if (!ok)
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                 "the mail's %s is empty, longer than %" G_GSIZE_FORMAT
                 " octets, or holds a space, a control character, < or >",
                 what, max);
  return ok;
}

static gboolean
check_mailbox (const char *what, const ZbMailbox *mailbox, GError **error)
{
  g_autofree char *name = g_strconcat (what, " name", NULL), *address = g_strconcat (what, " address", NULL);
  return check_text (name, mailbox->name, error) && check_token (address, mailbox->address, ID_MAX, error);
}

static gboolean
check_draft (const ZbMimeDraft *draft, GError **error)
{
  g_assert (draft->from.address != NULL && draft->subject != NULL && draft->text != NULL);
  gsize name = draft->list_name != NULL ? strlen (draft->list_name) : 0;
  return check_mailbox ("sender's", &draft->from, error) &&
         check_mailbox ("reply", &draft->reply_to, error) && check_text ("subject", draft->subject, error) &&
         check_text ("list name", draft->list_name, error) &&
         check_token ("list id", draft->list_id, LIST_ID_MAX - MIN (name * 2 + 3, 200), error) &&
         check_token ("archive link", draft->archive_url, URL_MAX, error) &&
         check_token ("language", draft->language, 40, error);
}

static gboolean
check_recipient (const ZbMimeRecipient *r, GError **error)
{
  g_assert (r->to.address != NULL && r->message_id != NULL);
  for (guint i = 0; i < ZB_MIME_TOKENS; i++)
    if (!check_text ("text for one recipient", r->values[i], error))
      return FALSE;
  return check_mailbox ("recipient's", &r->to, error) &&
         check_token ("Message-ID", r->message_id, ID_MAX, error) &&
         check_token ("unsubscribe link", r->unsubscribe_url, URL_MAX, error);
}

static void
set_list (GString *out, const ZbMimeDraft *draft)
{
  zb_mime_header_angle (out, "List-Id", draft->list_name, draft->list_id);
  zb_mime_header_angle (out, "List-Archive", NULL, draft->archive_url);
  if (draft->bulk)
    zb_mime_header_text (out, "Precedence", "bulk");
  if (draft->automatic) {
    zb_mime_header_text (out, "Auto-Submitted", "auto-generated");
    zb_mime_header_text (out, "X-Auto-Response-Suppress", "All"); /* Exchange knows no RFC 3834 */
  }
}

/* What all copies share. Returns: (transfer full). */
static char *
shared_headers (const ZbMimeDraft *draft)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *date = zb_time_to_rfc5322 (draft->date, draft->zone != NULL ? draft->zone : utc);
  zb_mime_header_angle (out, "From", draft->from.name, draft->from.address);
  zb_mime_header_angle (out, "Reply-To", draft->reply_to.name, draft->reply_to.address);
  zb_mime_header_text (out, "Subject", draft->subject);
  zb_mime_header_text (out, "Date", date);
  if (draft->language != NULL)
    zb_mime_header_text (out, "Content-Language", draft->language);
  set_list (out, draft);
  return g_string_free (out, FALSE);
}

/* A part whose content is a mark; GMime believes it to be encoded already. */
static GMimeObject *
part_new (const char *subtype, const ZbMimeBody *body, const char *mark)
{
  GMimeContentEncoding encoding =
      zb_mime_body_is_base64 (body) ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  GMimePart *part = g_mime_part_new_with_type ("text", subtype);
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  g_mime_part_set_content_encoding (part, encoding);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (mark, strlen (mark));
  g_autoptr (GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream (stream, encoding);
  g_mime_part_set_content (part, content);
  return GMIME_OBJECT (part);
}

/* Neither encoding can produce "=_", so no body can hold the boundary. */
static char *
boundary_of (const ZbMimeDraft *draft)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, draft->text, -1);
  return g_strdup_printf ("=_zb_%.*s", BOUNDARY_BYTES * 2, sum);
}

static GMimeObject *
alternative_new (const ZbMimeForm *form, const ZbMimeDraft *draft)
{
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype ("alternative");
  g_autofree char *boundary = boundary_of (draft);
  g_mime_multipart_set_boundary (multipart, boundary);
  g_autoptr (GMimeObject) text = part_new ("plain", form->text, marks[0]);
  g_autoptr (GMimeObject) html = part_new ("html", form->html, marks[1]);
  g_mime_multipart_add (multipart, text);
  g_mime_multipart_add (multipart, html);
  return GMIME_OBJECT (multipart);
}

/* Cuts what GMime writes of ROOT at the marks. */
static void
lay_out (const char *headers, GMimeObject *root, Layout *layout)
{
  g_autoptr (GMimeFormatOptions) options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_autofree char *entity = g_mime_object_to_string (root, options);
  g_autofree char *whole = g_strconcat (headers, "MIME-Version: 1.0\r\n", entity, NULL);
  char *rest = whole;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    char *mark = strstr (rest, marks[i]);
    if (mark == NULL)
      continue;
    layout->pieces[i] = g_strndup (rest, (gsize)(mark - rest));
    rest = mark + strlen (marks[i]);
  }
  /* Each body brings its line end; the one before a boundary belongs to that. */
  layout->pieces[2] = g_strdup (GMIME_IS_MULTIPART (root) ? rest : "");
}

ZbMimeForm *
zb_mime_form_new (const ZbMimeDraft *draft, GError **error)
{
  if (!check_draft (draft, error))
    return NULL;
  zb_gmime_start ();
  g_autoptr (ZbMimeForm) form = g_new0 (ZbMimeForm, 1);
  form->text = zb_mime_body_new (draft->text, FALSE, "text", error);
  if (form->text == NULL)
    return NULL;
  g_autofree char *headers = shared_headers (draft);
  g_autoptr (GMimeObject) plain = part_new ("plain", form->text, marks[0]);
  lay_out (headers, plain, &form->plain);
  if (draft->html == NULL)
    return g_steal_pointer (&form);
  form->html = zb_mime_body_new (draft->html, TRUE, "HTML", error);
  if (form->html == NULL)
    return NULL;
  g_autoptr (GMimeObject) alternative = alternative_new (form, draft);
  lay_out (headers, alternative, &form->alternative);
  return g_steal_pointer (&form);
}

static void
layout_clear (Layout *layout)
{
  for (guint i = 0; i < G_N_ELEMENTS (layout->pieces); i++)
    g_free (layout->pieces[i]);
}

void
zb_mime_form_free (ZbMimeForm *form)
{
  g_clear_pointer (&form->text, zb_mime_body_free);
  g_clear_pointer (&form->html, zb_mime_body_free);
  layout_clear (&form->alternative);
  layout_clear (&form->plain);
  g_free (form);
}

static void
append_own_headers (const ZbMimeRecipient *r, GString *out)
{
  zb_mime_header_angle (out, "To", r->to.name, r->to.address);
  zb_mime_header_angle (out, "Message-ID", NULL, r->message_id);
  zb_mime_header_angle (out, "List-Unsubscribe", NULL, r->unsubscribe_url);
  if (r->unsubscribe_url != NULL)
    zb_mime_header_text (out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

static gboolean
check_values (const ZbMimeBody *body, const ZbMimeRecipient *r, GError **error)
{
  for (guint i = 0; i < ZB_MIME_TOKENS; i++)
    if (r->values[i] == NULL && i != ZB_MIME_NAME && zb_mime_body_uses (body, (ZbMimeToken)i)) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the mail asks for '%s', which this recipient lacks",
                   zb_mime_token ((ZbMimeToken)i) + 1);
      return FALSE;
    }
  return TRUE;
}

GBytes *
zb_mime_form_fill (const ZbMimeForm *form, const ZbMimeRecipient *r, GError **error)
{
  gboolean both = form->html != NULL && !r->text_only;
  if (!check_recipient (r, error) || !check_values (form->text, r, error) ||
      (both && !check_values (form->html, r, error)))
    return NULL;
  const Layout *layout = both ? &form->alternative : &form->plain;
  GString *out = g_string_sized_new (32768);
  append_own_headers (r, out);
  g_string_append (out, layout->pieces[0]);
  zb_mime_body_fill (form->text, r->values, out);
  if (both) {
    g_string_append (out, layout->pieces[1]);
    zb_mime_body_fill (form->html, r->values, out);
  }
  g_string_append (out, layout->pieces[2]);
  return g_string_free_to_bytes (out);
}

GBytes *
zb_mime_build (const ZbMimeDraft *draft, const ZbMimeRecipient *recipient, GError **error)
{
  g_autoptr (ZbMimeForm) form = zb_mime_form_new (draft, error);
  return form != NULL ? zb_mime_form_fill (form, recipient, error) : NULL;
}
