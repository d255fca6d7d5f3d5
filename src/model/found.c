/* Lifetimes of what was found, and how it travels. */
#include "zhoubao/model/found.h"

ZbProposal *
zb_proposal_new (void)
{
  return g_new0 (ZbProposal, 1);
}

void
zb_proposal_free (ZbProposal *proposal)
{
  ZbListRule *r = &proposal->rule;
  char *texts[] = {r->item, r->link, r->title, r->date, r->link_pattern, r->fragment, r->url_template};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (proposal);
}

ZbFeedLink *
zb_feed_link_new (void)
{
  return g_new0 (ZbFeedLink, 1);
}

void
zb_feed_link_free (ZbFeedLink *link)
{
  g_free (link->title);
  g_free (link->url);
  g_free (link);
}

ZbFound *
zb_found_new (void)
{
  ZbFound *found = g_new0 (ZbFound, 1);
  found->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_feed_link_free);
  found->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_proposal_free);
  return found;
}

void
zb_found_free (ZbFound *found)
{
  g_free (found->title);
  g_free (found->language);
  g_ptr_array_unref (found->feeds);
  g_ptr_array_unref (found->proposals);
  g_free (found);
}

#define FIELD(type, of, member)                                                                              \
  {                                                                                                          \
    ZB_WIRE_##type, G_STRUCT_OFFSET (of, member)                                                             \
  }
#define TABLE(create, destroy, fields)                                                                       \
  {                                                                                                          \
    (gpointer (*) (void)) create, (void (*) (gpointer))destroy, fields, G_N_ELEMENTS (fields)                \
  }

static const ZbWireField link_fields[] = {FIELD (TEXT, ZbFeedLink, title), FIELD (TEXT, ZbFeedLink, url)};
static const ZbWireTable link_wire = TABLE (zb_feed_link_new, zb_feed_link_free, link_fields);

static const ZbWireField proposal_fields[] = {
    FIELD (TEXT, ZbProposal, rule.item),
    FIELD (TEXT, ZbProposal, rule.link),
    FIELD (TEXT, ZbProposal, rule.title),
    FIELD (TEXT, ZbProposal, rule.date),
    FIELD (TEXT, ZbProposal, rule.link_pattern),
    FIELD (INT, ZbProposal, rows),
    FIELD (INT, ZbProposal, dated),
};
static const ZbWireTable proposal_wire = TABLE (zb_proposal_new, zb_proposal_free, proposal_fields);

static const ZbWireField found_fields[] = {
    FIELD (TEXT, ZbFound, title),
    FIELD (TEXT, ZbFound, language),
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbFound, feeds), &link_wire},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbFound, proposals), &proposal_wire},
};
const ZbWireTable zb_found_wire = TABLE (zb_found_new, zb_found_free, found_fields);
