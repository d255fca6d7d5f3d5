/* show --evidence. */
#include "evidence.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/document.h"

static void
print_json (const ZbDocument *d)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "sha256", d->sha256);
  zb_json_text (b, "url", d->url);
  zb_json_time (b, "fetched", d->fetched);
  if (d->status > 0)
    zb_json_int (b, "status", d->status);
  else
    zb_json_text (b, "status", NULL);
  zb_json_text (b, "address", d->address);
  zb_json_text (b, "content_type", d->content_type);
  zb_json_text (b, "headers", d->headers);
  zb_json_int (b, "size", (gint64)g_bytes_get_size (d->body));
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

gboolean
zb_evidence_print (const ZbCli *cli, ZbNewsroom *room, const ZbItem *item, GError **error)
{
  gsize length;
  if (item->evidence == NULL) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "no evidence is kept of item %" G_GINT64_FORMAT,
                 item->id);
    return FALSE;
  }
  g_autoptr (ZbDocument) d =
      zb_document_get (room->db, item->evidence, room->workspace->config->limits.decoded_bytes, error);
  if (d == NULL)
    return FALSE;
  if (cli->json) {
    print_json (d);
    return TRUE;
  }
  g_autofree char *when = zb_time_to_rfc3339 (d->fetched);
  zb_verb_say (cli, "%s, fetched %s, SHA-256 %s\n", d->url, when, d->sha256);
  const void *data = g_bytes_get_data (d->body, &length);
  if (fwrite (data, 1, length, stdout) == length)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED, "cannot write the evidence");
  return FALSE;
}
