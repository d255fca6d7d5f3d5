/* WARC 1.1: records of header fields, an empty line, a block, and two empty lines. */
#include "zhoubao/crawl/warc.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/digest.h"
#include <errno.h>
#include <unistd.h>

static gboolean
write_all (int fd, const void *data, gsize length, GError **error)
{
  for (const char *p = data; length > 0;) {
    gssize n = write (fd, p, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot write the archive: %s", g_strerror (errno));
      return FALSE;
    }
    p += n;
    length -= (gsize)n;
  }
  return TRUE;
}

/* A UUID (RFC 9562, version 8: of our own making) out of a SHA-256. */
static char *
record_id (const char *sha256)
{
  return g_strdup_printf ("<urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s>", sha256, sha256 + 8, sha256 + 13,
                          sha256 + 17, sha256 + 20);
}

static char *
digest (const char *sha256)
{
  return g_strconcat ("sha256:", sha256, NULL);
}

typedef struct {
  const char *type, *id, *uri, *content_type, *address, *payload;
  ZbTime time;
} Record;

static void
add_field (GString *head, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (head, "%s: %s\r\n", name, value);
}

static gboolean
write_record (int fd, const Record *r, const GString *prefix, GBytes *body, GError **error)
{
  g_autoptr (GString) head = g_string_new ("WARC/1.1\r\n");
  g_autofree char *time = zb_time_to_rfc3339 (r->time);
  gsize length = prefix->len + (body != NULL ? g_bytes_get_size (body) : 0);
  add_field (head, "WARC-Type", r->type);
  add_field (head, "WARC-Record-ID", r->id);
  add_field (head, "WARC-Date", time);
  add_field (head, "WARC-Target-URI", r->uri);
  add_field (head, "WARC-IP-Address", r->address);
  add_field (head, "WARC-Payload-Digest", r->payload);
  add_field (head, "Content-Type", r->content_type);
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_string_append_len (head, prefix->str, (gssize)prefix->len);
  return write_all (fd, head->str, head->len, error) &&
         (body == NULL || write_all (fd, g_bytes_get_data (body, NULL), g_bytes_get_size (body), error)) &&
         write_all (fd, "\r\n\r\n", 4, error);
}

/* These speak of the bytes on the wire; what is kept is unpacked. */
static gboolean
is_about_packing (const char *line)
{
  static const char *const names[] = {"content-encoding:", "transfer-encoding:", "content-length:"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (line, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

static GString *
answer_head (const ZbDocument *d)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (d->headers, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_strchomp (*line);
    /* Older protocols' tools know no "HTTP/2". */
    if (g_str_has_prefix (*line, "HTTP/"))
      g_string_append_printf (head, "HTTP/1.1%s\r\n",
                              strchr (*line, ' ') != NULL ? strchr (*line, ' ') : " 200");
    else if (**line != '\0' && !is_about_packing (*line))
      g_string_append_printf (head, "%s\r\n", *line);
  }
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", g_bytes_get_size (d->body));
  return g_steal_pointer (&head);
}

static gboolean
write_document (int fd, const ZbDocument *d, GError **error)
{
  gboolean answered = d->status != 0;
  g_autoptr (GString) head = answered ? answer_head (d) : g_string_new (NULL);
  g_autofree char *id = record_id (d->sha256), *payload = digest (d->sha256);
  Record r = {.type = answered ? "response" : "resource",
              .id = id,
              .uri = d->url,
              .content_type = answered                  ? "application/http; msgtype=response"
                              : d->content_type != NULL ? d->content_type
                                                        : "text/html",
              .address = d->address,
              .payload = payload,
              .time = d->fetched};
  return write_record (fd, &r, head, d->body, error);
}

static gboolean
write_info (int fd, const char *software, ZbTime now, GError **error)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  add_field (fields, "software", software);
  add_field (fields, "format", "WARC File Format 1.1");
  add_field (fields, "conformsTo",
             "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/");
  g_autofree char *sum = zb_sha256 (fields->str, fields->len), *id = record_id (sum);
  Record r = {.type = "warcinfo", .id = id, .content_type = "application/warc-fields", .time = now};
  return write_record (fd, &r, fields, NULL, error);
}

gboolean
zb_warc_write (ZbDb *db, const char *const *hashes, const char *software, ZbTime now, gint64 limit, int fd,
               GError **error)
{
  if (!write_info (fd, software, now, error))
    return FALSE;
  for (; *hashes != NULL; hashes++) {
    g_autoptr (ZbDocument) d = zb_document_get (db, *hashes, limit, error);
    if (d == NULL || !write_document (fd, d, error))
      return FALSE;
  }
  return TRUE;
}
