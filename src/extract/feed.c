/* Any feed: unpacked, decoded, told apart, read, cut to the limits. */
#include "zhoubao/extract/feed.h"

#include "feed_kind.h"
#include "feed_private.h"
#include "zhoubao/base/error.h"
#include "zhoubao/edge/charset.h"
#include "zhoubao/edge/xml.h"
#include <gio/gio.h>

void
zb_feed_draft_init (ZbFeedDraft *feed)
{
  *feed = (ZbFeedDraft){.channel = zb_entry_draft_new (),
                        .entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_entry_draft_free)};
}

void
zb_feed_draft_clear (ZbFeedDraft *feed)
{
  g_clear_pointer (&feed->channel, zb_entry_draft_free);
  g_clear_pointer (&feed->entries, g_ptr_array_unref);
  g_clear_pointer (&feed->root, g_free);
  g_clear_pointer (&feed->warning, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbFeedDraft, zb_feed_draft_clear)

void
zb_feed_draft_add (ZbFeedDraft *feed, ZbEntryDraft *entry, const ZbJob *job)
{
  guint keep = (guint)job->limits.entries;
  g_ptr_array_add (feed->entries, entry);
  if (feed->entries->len >= 4 * keep)
    zb_drafts_keep_newest (feed->entries, keep);
}

/* A file that was compressed as a whole, whatever its server says. */
static GBytes *
unpack (GBytes *packed, gsize limit, GError **error)
{
  gsize length, done = 0;
  const guint8 *data = g_bytes_get_data (packed, &length);
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  while (result == G_CONVERTER_CONVERTED) {
    gsize read = 0, written = 0;
    guint8 chunk[16384];
    g_autoptr (GError) fault = NULL;
    result = g_converter_convert (converter, data + done, length - done, chunk, sizeof chunk,
                                  G_CONVERTER_INPUT_AT_END, &read, &written, &fault);
    if (result == G_CONVERTER_ERROR && out->len == 0) {
      g_propagate_prefixed_error (error, g_steal_pointer (&fault), "it is not gzip as it says: ");
      return NULL;
    }
    g_byte_array_append (out, chunk, (guint)written); /* what came before an error may still be a feed */
    done += read;
    if (out->len > limit) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "it unpacks to more than %" G_GSIZE_FORMAT " bytes",
                   limit);
      return NULL;
    }
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
input_of (const ZbJob *job, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (job->input, &length);
  if (length > 2 && data[0] == 0x1f && data[1] == 0x8b)
    return unpack (job->input, (gsize)job->limits.decoded_bytes, error);
  return g_bytes_ref (job->input);
}

/* Where the document starts: XML's declaration or first tag, JSON's brace. What comes before is junk. */
static gsize
junk_before (const char *text, gsize length)
{
  gsize n = 0;
  while (n < length && g_ascii_isspace (text[n]))
    n++;
  if (n < length && (text[n] == '{' || text[n] == '<'))
    return n;
  for (const char *at = text; (at = memchr (at, '<', length - (gsize)(at - text))) != NULL; at++)
    if (at + 1 < text + length && (g_ascii_isalpha (at[1]) || at[1] == '?' || at[1] == '!'))
      return (gsize)(at - text);
  return n;
}

static gboolean
read_text (ZbFeedDraft *feed, const char *text, gsize length, const ZbJob *job, GError **error)
{
  gsize junk = junk_before (text, length);
  if (junk < length && text[junk] == '{') {
    g_autofree char *ended = g_strndup (text + junk, length - junk);
    return zb_feed_json_read (feed, ended, length - junk, job, error);
  }
  zb_feed_xml_read (feed, text + junk, length - junk, job);
  if (feed->format != NULL)
    return TRUE;
  if (feed->root == NULL)
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "this is no feed: neither XML nor JSON");
  else
    g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "this is no feed: its first element is <%.40s>",
                 feed->root);
  return FALSE;
}

static ZbFeed *
hand_out (ZbFeedDraft *draft, const ZbJob *job)
{
  ZbFeed *feed = zb_feed_new ();
  ZbEntryDraft *channel = draft->channel;
  zb_drafts_keep_newest (draft->entries, (guint)job->limits.entries);
  feed->format = g_strdup (draft->format);
  feed->title = zb_entry_draft_title (channel, job);
  feed->link = g_steal_pointer (&channel->link);
  feed->language = g_steal_pointer (&channel->language);
  feed->updated = channel->updated != ZB_TIME_NONE ? channel->updated : channel->published;
  feed->warning = g_steal_pointer (&draft->warning);
  const char *base = job->url != NULL ? job->url : feed->link;
  for (guint i = 0; i < draft->entries->len; i++)
    g_ptr_array_add (feed->entries, zb_entry_draft_to_entry (draft->entries->pdata[i], job, base));
  return feed;
}

ZbFeed *
zb_feed_read (const ZbJob *job, GError **error)
{
  g_autoptr (GBytes) input = input_of (job, error);
  if (input == NULL)
    return NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (input, &length);
  g_auto (ZbDecoded) decoded = {0};
  g_auto (ZbFeedDraft) draft = {0};
  zb_charset_decode (data, length, job->content_type, ZB_CHARSET_XML, &decoded);
  zb_feed_draft_init (&draft);
  if (!read_text (&draft, decoded.text, decoded.length, job, error))
    return NULL;
  return hand_out (&draft, job);
}

static gboolean
run (const ZbJob *job, ZbResult *result, GError **error)
{
  zb_xml_set_depth ((int)job->limits.parse_depth);
  result->feed = zb_feed_read (job, error);
  return result->feed != NULL;
}

const ZbKind zb_feed_kind = {"feed", G_STRUCT_OFFSET (ZbResult, feed), &zb_feed_wire, run, NULL};
