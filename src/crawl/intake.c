/* Entries into items. */
#include "zhoubao/crawl/intake.h"

#include "zhoubao/base/text.h"
#include "zhoubao/base/url.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/wanted.h"

#define WHOLE_BYTES 800  /* a text as long as this is the article, not a teaser of it */
#define TEASER_CHARS 160 /* of a text that is not read in full */
#define TITLE_FROM_TEXT 80

char *
zb_intake_key (const char *link, const ZbSource *source)
{
  g_autoptr (ZbUrl) url = link != NULL ? zb_url_parse (link, NULL, NULL) : NULL;
  return url != NULL ? zb_url_key (url, (const char *const *)source->drop_params) : NULL;
}

static gsize
length_of (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

static gboolean
is_row (const ZbEntry *e)
{
  return e->title != NULL || e->link != NULL;
}

static ZbTime
entry_time (const ZbEntry *e)
{
  return e->published != ZB_TIME_NONE ? e->published : e->updated;
}

void
zb_intake_count (const ZbFeed *feed, ZbIntakeCount *count)
{
  ZbTime first = G_MAXINT64, last = G_MININT64;
  *count = (ZbIntakeCount){0};
  for (guint i = 0; i < feed->entries->len; i++) {
    const ZbEntry *e = feed->entries->pdata[i];
    ZbTime t = entry_time (e);
    if (!is_row (e))
      continue;
    count->rows++;
    count->bytes += length_of (e->summary) + length_of (e->content);
    if (t == ZB_TIME_NONE)
      continue;
    count->dated++;
    first = MIN (first, t);
    last = MAX (last, t);
  }
  count->span = count->dated > 1 ? last - first : 0;
}

/* Whether another entry of the feed lies on the same page under another mark: the anchors of old weblogs, of
   which each is an entry of its own. */
static gboolean
shares_page (const ZbFeed *feed, const char *link, const char *mark)
{
  gsize page = (gsize)(mark - link) + 1;
  for (guint i = 0; i < feed->entries->len; i++) {
    const char *other = ((const ZbEntry *)feed->entries->pdata[i])->link;
    if (other != NULL && strncmp (other, link, page) == 0 && !g_str_equal (other, link))
      return TRUE;
  }
  return FALSE;
}

/* What parts the entry from others of its page: its mark, or without a link its id or title; NULL where
 * nothing need. */
static const char *
part_of (const ZbIntake *in, const ZbEntry *e)
{
  const char *mark = e->link != NULL ? strchr (e->link, '#') : NULL;
  if (e->link == NULL) /* the entry is a part of the feed */
    return e->id != NULL ? e->id : e->title;
  return mark != NULL && shares_page (in->feed, e->link, mark) ? mark + 1 : NULL;
}

static void
set_address (ZbItem *item, const ZbIntake *in, const ZbEntry *e)
{
  const char *part = part_of (in, e);
  item->url = g_strdup (e->link != NULL ? e->link : in->feed->link != NULL ? in->feed->link : in->url);
  item->canonical = zb_intake_key (item->url, in->source);
  if (item->canonical == NULL || part == NULL)
    return;
  g_autofree char *page = g_steal_pointer (&item->canonical);
  item->canonical = g_strconcat (page, "#", part, NULL);
}

static char *
make_title (const ZbEntry *e, const ZbIntake *in)
{
  const char *text = e->summary != NULL ? e->summary : e->content;
  guint most = (guint)in->config->limits.title_chars;
  if (e->title != NULL && *e->title != '\0')
    return strlen (e->title) > most ? zb_text_cut (e->title, -1, most) : g_strdup (e->title);
  if (text == NULL || *text == '\0')
    return g_strdup (e->link);
  g_autofree char *line = zb_text_squeeze (text, -1);
  return zb_text_cut (line, -1, TITLE_FROM_TEXT);
}

static gboolean
is_whole (const char *text)
{
  return text != NULL && strlen (text) >= WHOLE_BYTES;
}

/* Plain text as CommonMark: what could be a mark is escaped. */
static char *
make_teaser (const char *text)
{
  static const guint8 marks[256] = {['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['['] = 1,
                                    [']'] = 1,  ['<'] = 1, ['>'] = 1, ['#'] = 1, ['&'] = 1};
  g_autoptr (GString) out = g_string_sized_new (4 * TEASER_CHARS);
  guint chars = 0;
  for (const char *p = text; *p != '\0'; p++) {
    gboolean begins = ((guchar)*p & 0xc0) != 0x80; /* not inside of a character */
    if (begins && ++chars > TEASER_CHARS) {
      g_string_append (out, "…");
      break;
    }
    if (marks[(guchar)*p])
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p == '\n' ? ' ' : *p);
  }
  return g_strndup (out->str, out->len);
}

/* Many feeds tell the whole article, some of them in what should be its summary. WHOLE: no page needs to be
   fetched for it. */
static void
set_text (ZbItem *item, const ZbEntry *e, const ZbIntake *in, gboolean *whole)
{
  const char *fullest = e->content != NULL ? e->content : e->summary;
  const char *shortest = e->summary != NULL ? e->summary : e->content;
  *whole = in->source->full_text || is_whole (fullest);
  if (in->teasers) {
    item->summary = shortest != NULL ? make_teaser (shortest) : NULL;
    return;
  }
  item->text = *whole ? g_strdup (fullest) : NULL;
  if (!is_whole (shortest) && (shortest != fullest || !*whole))
    item->summary = g_strdup (shortest);
}

static ZbItem *
make_item (const ZbEntry *e, const ZbIntake *in, gboolean *whole)
{
  const ZbSource *source = in->source;
  g_autoptr (ZbItem) item = zb_item_new ();
  set_address (item, in, e);
  if (item->canonical == NULL)
    return NULL;
  item->source = g_strdup (source->slug);
  item->title = make_title (e, in);
  item->author = g_strdup (e->author);
  item->language = g_strdup (source->language != NULL ? source->language : in->feed->language);
  set_text (item, e, in, whole);
  item->published = entry_time (e);
  item->fetched = in->now;
  item->evidence = g_strdup (in->evidence);
  return g_steal_pointer (&item);
}

static gboolean
add_entry (ZbDb *db, const ZbIntake *in, const ZbEntry *e, ZbIntakeCount *count, GError **error)
{
  ZbTime t = entry_time (e);
  gboolean fresh = FALSE, whole = FALSE;
  if (!is_row (e) || (t != ZB_TIME_NONE && in->not_before != ZB_TIME_NONE && t < in->not_before))
    return TRUE;
  g_autoptr (ZbItem) item = make_item (e, in, &whole);
  if (item == NULL)
    return TRUE;
  if (!zb_item_add (db, item, &fresh, error))
    return FALSE;
  count->fresh += fresh;
  if (!fresh || whole || e->link == NULL)
    return TRUE;
  ZbWanted wanted = {item->id, item->source, item->url, item->published};
  return zb_wanted_add (db, &wanted, error);
}

gboolean
zb_intake_add (ZbDb *db, const ZbIntake *in, ZbIntakeCount *count, GError **error)
{
  zb_intake_count (in->feed, count);
  for (guint i = in->feed->entries->len; i > 0; i--)
    if (!add_entry (db, in, in->feed->entries->pdata[i - 1], count, error))
      return FALSE;
  return TRUE;
}
