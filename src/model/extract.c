/* Lifetimes of what was read. */
#include "zhoubao/model/extract.h"

static void
free_all (char **texts[], guint n)
{
  for (guint i = 0; i < n; i++)
    g_clear_pointer (texts[i], g_free);
}

ZbEntry *
zb_entry_new (void)
{
  ZbEntry *entry = g_new0 (ZbEntry, 1);
  entry->published = entry->updated = ZB_TIME_NONE;
  return entry;
}

void
zb_entry_free (ZbEntry *e)
{
  char **texts[] = {&e->id, &e->title, &e->link, &e->author, &e->summary, &e->content, &e->content_html};
  free_all (texts, G_N_ELEMENTS (texts));
  g_strfreev (e->tags);
  g_free (e);
}

ZbFeed *
zb_feed_new (void)
{
  ZbFeed *feed = g_new0 (ZbFeed, 1);
  feed->updated = ZB_TIME_NONE;
  feed->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_entry_free);
  return feed;
}

void
zb_feed_free (ZbFeed *f)
{
  char **texts[] = {&f->format, &f->title, &f->link, &f->language, &f->warning};
  free_all (texts, G_N_ELEMENTS (texts));
  g_ptr_array_unref (f->entries);
  g_free (f);
}

ZbPage *
zb_page_new (void)
{
  ZbPage *page = g_new0 (ZbPage, 1);
  page->published = ZB_TIME_NONE;
  page->document.signed_on = page->document.effective = page->document.comment_deadline = ZB_TIME_NONE;
  return page;
}

void
zb_page_free (ZbPage *p)
{
  char **texts[] = {&p->title, &p->byline,   &p->site, &p->canonical,       &p->language,       &p->encoding,
                    &p->text,  &p->markdown, &p->html, &p->document.number, &p->document.issuer};
  free_all (texts, G_N_ELEMENTS (texts));
  g_strfreev (p->document.cited);
  g_strfreev (p->document.attachments);
  g_free (p);
}

#define FIELD(type, of, member)                                                                              \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (of, member)                                                             \
  }
#define TABLE(create, release, fields)                                                                       \
  {                                                                                                          \
    (gpointer (*) (void)) create, (void (*) (gpointer))release, fields, G_N_ELEMENTS (fields)                \
  }

static const ZbWireField entry_fields[] = {
    FIELD (TEXT, ZbEntry, id),      FIELD (TEXT, ZbEntry, title),       FIELD (TEXT, ZbEntry, link),
    FIELD (TEXT, ZbEntry, author),  FIELD (NUMBER, ZbEntry, published), FIELD (NUMBER, ZbEntry, updated),
    FIELD (TEXT, ZbEntry, summary), FIELD (TEXT, ZbEntry, content),     FIELD (TEXT, ZbEntry, content_html),
    FIELD (TEXTS, ZbEntry, tags),
};
static const ZbWireTable entry_wire = TABLE (zb_entry_new, zb_entry_free, entry_fields);

static const ZbWireField feed_fields[] = {
    FIELD (TEXT, ZbFeed, format),
    FIELD (TEXT, ZbFeed, title),
    FIELD (TEXT, ZbFeed, link),
    FIELD (TEXT, ZbFeed, language),
    FIELD (NUMBER, ZbFeed, updated),
    FIELD (TEXT, ZbFeed, warning),
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbFeed, entries), &entry_wire},
};
const ZbWireTable zb_feed_wire = TABLE (zb_feed_new, zb_feed_free, feed_fields);

static const ZbWireField page_fields[] = {
    FIELD (TEXT, ZbPage, title),
    FIELD (TEXT, ZbPage, byline),
    FIELD (TEXT, ZbPage, site),
    FIELD (TEXT, ZbPage, canonical),
    FIELD (NUMBER, ZbPage, published),
    FIELD (TEXT, ZbPage, language),
    FIELD (TEXT, ZbPage, encoding),
    FIELD (TEXT, ZbPage, text),
    FIELD (TEXT, ZbPage, markdown),
    FIELD (TEXT, ZbPage, html),
    FIELD (TEXT, ZbPage, document.number),
    FIELD (TEXT, ZbPage, document.issuer),
    FIELD (NUMBER, ZbPage, document.signed_on),
    FIELD (NUMBER, ZbPage, document.effective),
    FIELD (NUMBER, ZbPage, document.comment_deadline),
    FIELD (TEXTS, ZbPage, document.cited),
    FIELD (TEXTS, ZbPage, document.attachments),
};
const ZbWireTable zb_page_wire = TABLE (zb_page_new, zb_page_free, page_fields);
