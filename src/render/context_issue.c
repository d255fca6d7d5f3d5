/* The issue and its items as context. */
#include "zhoubao/base/day.h"
#include "zhoubao/base/romanize.h"
#include "zhoubao/base/ruby.h"
#include "zhoubao/base/text.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/render/context.h"

#define TEXT_COLUMNS 72
#define PREHEADER_CHARACTERS 140

static void
build_topics (ZbRenderer *renderer, ZbView *b, const ZbIssueItem *item, const char *root)
{
  gboolean any = FALSE;
  for (guint i = 0; i < item->topics->len; i++)
    any |= ((const ZbTopic *)item->topics->pdata[i])->terms[0] != NULL;
  zb_view_bool (b, "has_topics", any);
  zb_view_set_member_name (b, "topics");
  zb_view_begin_array (b);
  for (guint i = 0; i < item->topics->len; i++) {
    const ZbTopic *topic = item->topics->pdata[i];
    for (char **term = topic->terms; *term != NULL; term++) {
      const ZbTopicName *name = zb_renderer_topic (renderer, topic->facet, *term);
      g_autofree char *href = g_strconcat (root, name->path, NULL);
      zb_view_begin_object (b);
      zb_view_text (b, "facet", topic->facet);
      zb_view_text (b, "term", *term);
      zb_view_text (b, "label", name->label);
      zb_view_text (b, "href", href);
      zb_view_end_object (b);
    }
  }
  zb_view_end_array (b);
}

/* "====" as wide as TEXT, for headings of plain text. */
static char *
rule_under (const char *text, char mark)
{
  return g_strnfill (MIN (zb_text_width (text, -1), TEXT_COLUMNS), mark);
}

static char *
wrap (const char *text, const char *first, const char *rest)
{
  const ZbTextWrap how = {TEXT_COLUMNS, first, rest};
  return text != NULL ? zb_text_wrap (text, -1, &how) : NULL;
}

static void
build_item_text (ZbView *b, const ZbIssueItem *item, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u. ", n);
  g_autofree char *heading = wrap (item->heading != NULL ? item->heading : "", number, "   ");
  g_autofree char *rule = rule_under (heading, '-');
  g_autofree char *title = wrap (item->title, NULL, NULL), *pinyin = wrap (item->pinyin, NULL, NULL);
  g_autofree char *bullet = wrap (item->heading != NULL ? item->heading : "", "* ", "  ");
  zb_view_text (b, "heading_text", heading);
  zb_view_text (b, "heading_rule", rule);
  zb_view_text (b, "bullet_text", bullet);
  g_autofree char *indented = item->paragraph != NULL ? zb_context_wrap (item->paragraph, "  ") : NULL;
  zb_view_text (b, "paragraph_indented", indented);
  zb_view_text (b, "title_text", title);
  zb_view_text (b, "pinyin_text", pinyin);
}

static char **
ruby_pieces (ZbRenderer *renderer, const ZbIssueItem *item)
{
  const char *language = zb_issue_item_language (item);
  if (item->title == NULL || !zb_renderer_wants_ruby (renderer))
    return NULL;
  if (item->pinyin != NULL)
    return zb_ruby_pieces (item->title, item->pinyin);
  gboolean chinese = language != NULL && g_str_has_prefix (language, "zh");
  g_autofree char *pinyin = chinese ? zb_romanize_title (item->title) : NULL;
  return pinyin != NULL ? zb_ruby_pieces (item->title, pinyin) : NULL;
}

/* The title word by word; empty unless the templates set pinyin above it, and the line can be cut so. */
static void
build_ruby (ZbRenderer *renderer, ZbView *b, const ZbIssueItem *item)
{
  g_auto (GStrv) pieces = ruby_pieces (renderer, item);
  zb_view_set_member_name (b, "ruby");
  zb_view_begin_array (b);
  for (char **piece = pieces; piece != NULL && *piece != NULL; piece += 2) {
    zb_view_begin_object (b);
    zb_view_text (b, "text", piece[0]);
    zb_view_text (b, "reading", *piece[1] != '\0' ? piece[1] : NULL);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

void
zb_context_item (ZbRenderer *renderer, ZbView *b, const ZbIssueItem *item, guint n, const char *root,
                 ZbContextForms forms)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  g_autofree char *id = g_strdup_printf ("item-%u", n);
  g_autofree char *published = zb_day_of_time (item->published, config->zone);
  g_autofree char *fetched = zb_day_of_time (item->fetched, config->zone);
  g_autofree char *source = zb_renderer_source (renderer, item->source, item->url);
  const char *language = zb_issue_item_language (item);
  gboolean original = item->title != NULL && g_strcmp0 (item->title, item->heading) != 0;
  zb_view_int (b, "n", n);
  zb_view_text (b, "id", id);
  zb_view_text (b, "heading", item->heading != NULL ? item->heading : "");
  zb_view_text (b, "heading_language",
                item->title != NULL && !original ? language : NULL); /* not yet translated: still the title */
  zb_view_text (b, "url", item->url);
  zb_view_bool (b, "has_original", original || item->pinyin != NULL);
  zb_view_text (b, "title", item->title);
  zb_view_text (b, "language", language != NULL ? language : config->language);
  zb_view_text (b, "pinyin", item->pinyin);
  zb_view_text (b, "source", source);
  zb_view_text (b, "number", item->number);
  zb_view_text (b, "sha256", item->sha256);
  zb_context_day (b, "published", published);
  zb_context_day (b, "fetched", fetched);
  build_ruby (renderer, b, item);
  build_topics (renderer, b, item, root);
  zb_context_markup (b, "paragraph", item->paragraph, forms);
  if (forms & ZB_WITH_TEXT)
    build_item_text (b, item, n);
}

static void
build_items (ZbRenderer *renderer, ZbView *b, const char *name, const GPtrArray *items, const char *root,
             ZbContextForms forms)
{
  zb_view_bool (b, zb_view_joined (b, "has_", name), items->len > 0);
  zb_view_set_member_name (b, name);
  zb_view_begin_array (b);
  for (guint i = 0; i < items->len; i++) {
    zb_view_begin_object (b);
    zb_context_item (renderer, b, items->pdata[i], i + 1, root, forms);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static void
build_sections (ZbView *b, const ZbIssue *issue, ZbContextForms forms)
{
  zb_view_set_member_name (b, "sections");
  zb_view_begin_array (b);
  for (guint i = 0; i < issue->sections->len; i++) {
    const ZbIssueSection *section = issue->sections->pdata[i];
    g_autofree char *slug = zb_context_slug (section->heading), *rule = rule_under (section->heading, '-');
    zb_view_begin_object (b);
    zb_view_text (b, "heading", section->heading);
    zb_view_text (b, "heading_rule", rule);
    zb_view_text (b, "id", slug);
    zb_context_markup (b, "text", section->text, forms);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
  zb_view_bool (b, "has_corrections", issue->corrections->len > 0);
  zb_view_set_member_name (b, "corrections");
  zb_view_begin_array (b);
  for (guint i = 0; i < issue->corrections->len; i++) {
    const ZbIssueSection *correction = issue->corrections->pdata[i];
    zb_view_begin_object (b);
    zb_context_day (b, "date", correction->heading);
    zb_context_markup (b, "text", correction->text, forms);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

/* What a list of mails shows beside the subject. */
static char *
make_summary (const ZbIssue *issue)
{
  if (issue->summary != NULL)
    return g_strdup (issue->summary);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    if (item->heading != NULL && *item->heading != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", item->heading);
  }
  return g_string_free (text, FALSE);
}

void
zb_context_issue (ZbRenderer *renderer, ZbView *b, const char *name, const ZbIssue *issue, const char *root,
                  ZbContextForms forms)
{
  const ZbConfig *config = zb_renderer_config (renderer);
  g_autofree char *week = zb_week_name (issue->week), *period = zb_week_period (issue->week);
  g_autofree char *page =
      issue->page != NULL ? g_strdup (issue->page) : g_strdup_printf ("weekly/%s/", issue->date);
  g_autofree char *url = g_strdup_printf ("%s/%s", config->base_url, page),
                  *href = g_strconcat (root, page, NULL);
  g_autofree char *summary = make_summary (issue), *preheader = NULL;
  if (forms & ZB_WITH_PREHEADER)
    preheader = zb_text_cut (summary, -1, PREHEADER_CHARACTERS);
  zb_view_set_member_name (b, name);
  zb_view_begin_object (b);
  zb_view_text (b, "title", issue->title);
  zb_context_day (b, "date", issue->date);
  zb_view_text (b, "week", week);
  zb_view_text (b, "period", period);
  zb_view_text (b, "author", issue->author);
  zb_view_text (b, "summary", summary);
  zb_view_text (b, "preheader", preheader);
  zb_view_text (b, "url", url);
  zb_view_text (b, "href", href);
  zb_view_text (b, "issue_url", url);
  zb_context_markup (b, "intro", issue->intro, forms);
  zb_context_markup (b, "closing", issue->closing, forms);
  if (forms & ZB_WITH_TEXT) {
    g_autofree char *title = wrap (issue->title, NULL, NULL), *rule = rule_under (issue->title, '=');
    zb_view_text (b, "title_text", title);
    zb_view_text (b, "title_rule", rule);
  }
  build_items (renderer, b, "items", issue->items, root, forms);
  build_items (renderer, b, "briefs", issue->briefs, root, forms);
  build_sections (b, issue, forms);
  zb_view_end_object (b);
}
