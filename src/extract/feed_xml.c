/* XML feeds: which element is open where. Strict first; what is no XML is read again forgivingly. */
#include "feed_capture.h"
#include "feed_private.h"
#include "xml_loose.h"

#define IN_UNKNOWN 10 /* ranks lost inside an element that nobody knows */

typedef struct {
  ZbFeedMeaning meaning;
  char *base; /* its xml:base, or NULL: the parent's */
} Level;

typedef struct {
  const ZbJob *job;
  ZbFeedDraft *feed;
  ZbEntryDraft *entry; /* NULL outside of entries */
  guint channels;      /* open; those inside the first one have no say about the feed */
  GArray *levels;      /* of Level: what is open and neither skipped nor captured */
  guint skipped;       /* elements open inside, and with, what is skipped */
  ZbCapture capture;
  const char *last_uri, *last_prefix; /* the names that LAST_NS was found by */
  ZbFeedNs last_ns;
} Reader;

static void
clear_level (gpointer level)
{
  g_free (((Level *)level)->base);
}

static ZbFeedNs
find_ns (Reader *r, const ZbXmlName *name)
{
  if (name->ns != r->last_uri || name->prefix != r->last_prefix) {
    r->last_uri = name->ns;
    r->last_prefix = name->prefix;
    r->last_ns = zb_feed_ns (name->ns, name->prefix);
  }
  return r->last_ns;
}

static const char *
current_base (Reader *r)
{
  for (guint i = r->levels->len; i-- > 0;) {
    const Level *level = &g_array_index (r->levels, Level, i);
    if (level->base != NULL)
      return level->base;
  }
  return r->job->url;
}

/* xml:NAME, which is inherited; NULL where the element has none. */
static char *
xml_attribute (const ZbXmlAttribute *attributes, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (attributes[i].name.name, name) && g_strcmp0 (attributes[i].name.prefix, "xml") == 0)
      return zb_xml_attribute_value (&attributes[i], 1, name);
  return NULL;
}

static char *
own_base (Reader *r, const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *value = xml_attribute (attributes, n, "base");
  return value != NULL ? zb_entry_draft_link (value, current_base (r)) : NULL;
}

static void
push (Reader *r, ZbFeedMeaning meaning, const ZbXmlAttribute *attributes, guint n)
{
  Level level = {meaning, own_base (r, attributes, n)};
  g_array_append_val (r->levels, level);
}

/* xml:lang, less than a <language>. */
static void
take_language (Reader *r, const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *language = xml_attribute (attributes, n, "lang");
  ZbEntryDraft *channel = r->feed->channel;
  if (language != NULL && channel->language == NULL)
    zb_entry_draft_set_text (&channel->language, &channel->language_rank, 1,
                             g_strdup (g_strdelimit (g_strstrip (language), "_", '-')));
}

static const char *
rss_format (const ZbXmlName *name, const char *version)
{
  if (g_ascii_strcasecmp (name->name, "rdf") == 0)
    return "rss10";
  return version != NULL && g_str_has_prefix (version, "0.") ? "rss09" : "rss20";
}

static void
start_root (Reader *r, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *version = zb_xml_attribute_value (attributes, n, "version");
  if (r->feed->format == NULL)
    r->feed->format = rss_format (name, version != NULL ? g_strstrip (version) : NULL);
  take_language (r, attributes, n);
  push (r, ZB_MEANS_ROOT, attributes, n);
}

static const char *
feed_format (Reader *r, const ZbXmlName *name, const char *version)
{
  if (g_ascii_strcasecmp (name->name, "feed") != 0)
    return r->levels->len == 0 ? "cdf" : "rss20";
  gboolean old =
      (name->ns != NULL && strstr (name->ns, "purl.org/") != NULL) || g_strcmp0 (version, "0.3") == 0;
  return old ? "atom03" : "atom10";
}

/* RSS 0.90 is RDF too, told by its namespace. */
static void
refine_format (Reader *r, const ZbXmlName *name)
{
  if (g_strcmp0 (r->feed->format, "rss10") == 0 && name->ns != NULL &&
      strstr (name->ns, "rdf/simple/0.9") != NULL)
    r->feed->format = "rss09";
}

/* What CDF says in attributes, of channels and items. */
static void
take_cdf (Reader *r, ZbEntryDraft *draft, const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *href = zb_xml_attribute_value (attributes, n, "href");
  g_autofree char *modified = zb_xml_attribute_value (attributes, n, "lastmod");
  if (href != NULL)
    zb_entry_draft_set_text (&draft->link, &draft->link_rank, 2,
                             zb_entry_draft_link (href, current_base (r)));
  if (modified != NULL)
    zb_entry_draft_set_time (&draft->updated, &draft->updated_rank, 2, modified, r->job);
}

static void
start_feed (Reader *r, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *version = zb_xml_attribute_value (attributes, n, "version");
  if (r->feed->format == NULL)
    r->feed->format = feed_format (r, name, version);
  refine_format (r, name);
  take_language (r, attributes, n);
  push (r, ZB_MEANS_FEED, attributes, n);
  if (++r->channels == 1)
    take_cdf (r, r->feed->channel, attributes, n);
}

static void
finish_entry (Reader *r)
{
  if (r->entry != NULL)
    zb_feed_draft_add (r->feed, g_steal_pointer (&r->entry), r->job);
}

static void
start_entry (Reader *r, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  if (r->feed->format == NULL)
    r->feed->format = g_ascii_strcasecmp (name->name, "entry") == 0 ? "atom10" : "rss20";
  refine_format (r, name);
  finish_entry (r); /* one that was never closed */
  push (r, ZB_MEANS_ENTRY, attributes, n);
  r->entry = zb_entry_draft_new ();
  zb_entry_draft_set_text (&r->entry->id, &r->entry->id_rank, 2,
                           zb_xml_attribute_value (attributes, n, "about"));
  take_cdf (r, r->entry, attributes, n);
}

static void
start_capture (Reader *r, const ZbFeedElement *element, const ZbXmlName *name,
               const ZbXmlAttribute *attributes, guint n)
{
  g_autofree char *base = own_base (r, attributes, n);
  zb_capture_start (&r->capture, element, name->name, attributes, n, r->feed->format,
                    base != NULL ? base : current_base (r));
  if (r->levels->len > 0 && g_array_index (r->levels, Level, r->levels->len - 1).meaning == ZB_MEANS_NOTHING)
    r->capture.rank -= IN_UNKNOWN;
}

/* Whom the field that is being read is about; NULL: nobody. */
static ZbEntryDraft *
current_draft (Reader *r)
{
  if (r->entry != NULL)
    return r->entry;
  return r->channels <= 1 ? r->feed->channel : NULL;
}

/* In RSS no plain field holds another: one that was never closed ends where the next begins, and not with it.
 */
static gboolean
begins_next_field (Reader *r, const ZbXmlName *name)
{
  const ZbFeedElement *open = r->capture.element;
  gboolean plain =
      open->ns == ZB_NS_CORE && (open->meaning == ZB_MEANS_TITLE || open->meaning == ZB_MEANS_LINK ||
                                 open->meaning == ZB_MEANS_ID || open->meaning == ZB_MEANS_PUBLISHED);
  if (!plain || r->capture.open->len > 0 ||
      !g_str_has_prefix (r->feed->format != NULL ? r->feed->format : "", "rss"))
    return FALSE;
  const ZbFeedElement *next = zb_feed_element (find_ns (r, name), name->name);
  static const ZbFeedMeaning fields[] = {ZB_MEANS_ENTRY,   ZB_MEANS_LINK,      ZB_MEANS_ID,
                                         ZB_MEANS_SUMMARY, ZB_MEANS_PUBLISHED, ZB_MEANS_CONTENT};
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (next->ns == ZB_NS_CORE && next->meaning == fields[i])
      return next->meaning != open->meaning;
  return FALSE;
}

static void
on_start (gpointer data, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n)
{
  Reader *r = data;
  if (r->skipped > 0) {
    r->skipped++;
    return;
  }
  if (r->capture.element != NULL && begins_next_field (r, name)) {
    zb_capture_finish (&r->capture, current_draft (r), r->job);
    push (r, ZB_MEANS_NOTHING, NULL, 0); /* its end is still to come */
  }
  if (r->capture.element != NULL) {
    zb_capture_inner_start (&r->capture, name, attributes, n, current_draft (r));
    return;
  }
  if (r->feed->root == NULL)
    r->feed->root = g_strdup (name->name);
  const ZbFeedElement *element = zb_feed_element (find_ns (r, name), name->name);
  switch (element->meaning) {
  case ZB_MEANS_NOTHING:
    push (r, ZB_MEANS_NOTHING, attributes, n);
    break;
  case ZB_MEANS_ROOT:
    start_root (r, name, attributes, n);
    break;
  case ZB_MEANS_FEED:
    start_feed (r, name, attributes, n);
    break;
  case ZB_MEANS_ENTRY:
    start_entry (r, name, attributes, n);
    break;
  case ZB_MEANS_SKIP:
    r->skipped = 1;
    break;
  default:
    if (current_draft (r) != NULL)
      start_capture (r, element, name, attributes, n);
    else
      r->skipped = 1;
  }
}

static void
pop (Reader *r)
{
  ZbFeedMeaning meaning = g_array_index (r->levels, Level, r->levels->len - 1).meaning;
  g_array_set_size (r->levels, r->levels->len - 1);
  if (meaning == ZB_MEANS_ENTRY)
    finish_entry (r);
  if (meaning == ZB_MEANS_FEED)
    r->channels--;
}

static void
on_end (gpointer data)
{
  Reader *r = data;
  if (r->skipped > 0)
    r->skipped--;
  else if (r->capture.element == NULL)
    pop (r);
  else if (r->capture.open->len > 0)
    zb_capture_inner_end (&r->capture);
  else
    zb_capture_finish (&r->capture, current_draft (r), r->job);
}

static void
on_text (gpointer data, const char *text, gsize length)
{
  Reader *r = data;
  if (r->skipped == 0 && r->capture.element != NULL)
    zb_capture_text (&r->capture, text, length);
}

static void
reader_init (Reader *r, ZbFeedDraft *feed, const ZbJob *job)
{
  *r = (Reader){.job = job, .feed = feed, .last_uri = "", .last_prefix = ""};
  r->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_set_clear_func (r->levels, clear_level);
  zb_capture_init (&r->capture);
}

static void
reader_clear (Reader *r)
{
  zb_capture_clear (&r->capture);
  g_array_unref (r->levels);
  g_clear_pointer (&r->entry, zb_entry_draft_free);
}

static const ZbXmlEvents events = {on_start, on_end, on_text};

void
zb_feed_xml_read (ZbFeedDraft *feed, const char *text, gsize length, const ZbJob *job)
{
  g_auto (ZbXmlFault) fault = {0};
  Reader r;
  reader_init (&r, feed, job);
  gboolean strict = zb_xml_stream (text, length, &events, &r, &fault);
  reader_clear (&r);
  if (strict)
    return;
  zb_feed_draft_clear (feed);
  zb_feed_draft_init (feed);
  reader_init (&r, feed, job);
  g_autofree char *ended = g_strndup (text, length); /* by NUL */
  zb_xml_loose (ended, length, (guint)job->limits.parse_depth, &events, &r);
  finish_entry (&r);
  reader_clear (&r);
  feed->warning = g_strdup_printf ("recovered from malformed XML at line %d: %s", fault.line, fault.message);
}
