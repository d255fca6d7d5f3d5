/* The picture of each issue for social media: a template in SVG, drawn once. */
#include "site.h"
#include "zhoubao/base/text.h"
#include "zhoubao/edge/picture.h"

#define WIDTH 1200
#define HEIGHT 630
#define TITLE_COLUMNS 28
#define LINE_COLUMNS 60

char *
zb_site_image (const ZbSite *site, const ZbSiteEntry *entry)
{
  return site->with_images && entry->kind == ZB_ENTRY_ISSUE ? g_strconcat (entry->path, "card.png", NULL)
                                                            : NULL;
}

/* SVG breaks no lines of itself. */
static void
build_lines (ZbView *b, const char *name, const char *text, guint columns, guint most, int from, int step)
{
  const ZbTextWrap wrap = {columns, NULL, NULL};
  g_autofree char *wrapped = zb_text_wrap (text, -1, &wrap);
  g_auto (GStrv) lines = g_strsplit (wrapped, "\n", -1);
  zb_view_set_member_name (b, name);
  zb_view_begin_array (b);
  for (guint i = 0; lines[i] != NULL && i < most; i++) {
    zb_view_begin_object (b);
    zb_view_int (b, "y", from + (int)i * step);
    zb_view_text (b, "text", lines[i]);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static void
build_headings (ZbView *b, const ZbSiteEntry *entry)
{
  zb_view_set_member_name (b, "headings");
  zb_view_begin_array (b);
  for (guint i = 0; i < entry->notes->len && i < 3; i++) {
    const ZbNote *note = entry->notes->pdata[i];
    if (note->is_brief || note->heading == NULL)
      continue;
    const ZbTextWrap wrap = {LINE_COLUMNS, NULL, NULL};
    g_autofree char *wrapped = zb_text_wrap (note->heading, -1, &wrap);
    char *end = strchr (wrapped, '\n');
    g_autofree char *line =
        end != NULL ? g_strdup_printf ("%.*s…", (int)(end - wrapped), wrapped) : g_strdup (wrapped);
    zb_view_begin_object (b);
    zb_view_int (b, "y", 384 + (int)i * 60);
    zb_view_int (b, "n", i + 1);
    zb_view_text (b, "text", line);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static GBytes *
draw_card (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const ZbSiteEntry *entry = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  ZbPageHead head = {.kind = "card", .path = ""};
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  (void)path;
  if (b == NULL)
    return NULL;
  build_lines (b, "title", entry->title, TITLE_COLUMNS, 3, 164, 68);
  build_headings (b, entry);
  g_autofree char *svg = zb_context_render (renderer, &b, "card", NULL, error);
  return svg != NULL ? zb_picture_png (svg, strlen (svg), WIDTH, HEIGHT, error) : NULL;
}

void
zb_site_emit_images (ZbSite *site)
{
  const GPtrArray *issues = site->of_kind[ZB_ENTRY_ISSUE];
  for (guint i = 0; i < issues->len; i++) {
    const ZbSiteEntry *entry = issues->pdata[i];
    g_autofree char *path = zb_site_image (site, entry);
    ZbKey key = zb_site_key (site, "card");
    zb_key_add_text (&key, entry->title);
    for (guint j = 0; j < entry->notes->len && j < 3; j++)
      zb_key_add_text (&key, ((ZbNote *)entry->notes->pdata[j])->heading);
    zb_site_emit (site, path, &key, &(ZbSiteRecipe){.draw = draw_card, .data = issues->pdata[i]});
  }
}
