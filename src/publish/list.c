/* Lists of pages. */
#include "list.h"

#define PAGE_ENTRIES 80 /* of some 300 bytes each */

static void
chip_free (gpointer data)
{
  ZbChip *chip = data;
  g_free (chip->label);
  g_free (chip->path);
  g_free (chip);
}

static void
group_free (gpointer data)
{
  ZbListGroup *group = data;
  g_free (group->heading);
  g_free (group->path);
  g_ptr_array_unref (group->entries);
  g_free (group);
}

ZbList *
zb_list_new (const char *path, const char *title)
{
  ZbList *list = g_new0 (ZbList, 1);
  list->path = g_strdup (path);
  list->title = g_strdup (title);
  list->chips = g_ptr_array_new_with_free_func (chip_free);
  list->groups = g_ptr_array_new_with_free_func (group_free);
  return list;
}

void
zb_list_free (ZbList *list)
{
  g_free (list->path);
  g_free (list->title);
  g_free (list->intro);
  g_ptr_array_unref (list->chips);
  g_ptr_array_unref (list->groups);
  g_free (list);
}

void
zb_list_add_chip (ZbList *list, const char *label, const char *path, guint count)
{
  ZbChip *chip = g_new0 (ZbChip, 1);
  chip->label = g_strdup (label);
  chip->path = g_strdup (path);
  chip->count = count;
  g_ptr_array_add (list->chips, chip);
}

GPtrArray *
zb_list_add_group (ZbList *list, const char *heading, const char *path)
{
  ZbListGroup *group = g_new0 (ZbListGroup, 1);
  group->heading = g_strdup (heading);
  group->path = g_strdup (path);
  group->entries = g_ptr_array_new ();
  g_ptr_array_add (list->groups, group);
  return group->entries;
}

static void
build_chips (ZbView *b, const ZbList *list, const char *root)
{
  zb_view_bool (b, "has_chips", list->chips->len > 0);
  zb_view_set_member_name (b, "chips");
  zb_view_begin_array (b);
  for (guint i = 0; i < list->chips->len; i++) {
    const ZbChip *chip = list->chips->pdata[i];
    g_autofree char *href = g_strconcat (root, chip->path, NULL);
    zb_view_begin_object (b);
    zb_view_text (b, "label", chip->label);
    zb_view_text (b, "href", href);
    zb_view_int (b, "count", chip->count);
    zb_view_bool (b, "is_current", g_str_equal (chip->path, list->path));
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static void
build_groups (ZbView *b, const ZbList *list, const char *root)
{
  zb_view_set_member_name (b, "groups");
  zb_view_begin_array (b);
  for (guint i = 0; i < list->groups->len; i++) {
    const ZbListGroup *group = list->groups->pdata[i];
    g_autofree char *href = group->path != NULL ? g_strconcat (root, group->path, NULL) : NULL;
    zb_view_begin_object (b);
    zb_view_text (b, "heading", group->heading);
    zb_view_text (b, "heading_href", href);
    zb_site_refs (b, "entries", group->entries, 0, group->entries->len, root);
    zb_view_end_object (b);
  }
  zb_view_end_array (b);
}

static char *
path_of (const ZbList *list, guint number)
{
  return number == 0 ? g_strdup (list->path) : g_strdup_printf ("%spage/%u/", list->path, number);
}

static void
build_page_link (ZbView *b, const char *name, const ZbList *list, guint number, const char *root)
{
  g_autofree char *path = path_of (list, number), *href = g_strconcat (root, path, NULL);
  zb_view_set_member_name (b, name);
  zb_view_begin_object (b);
  zb_view_text (b, "href", href);
  zb_view_text (b, "label", g_str_equal (name, "older") ? "Older" : "Newer");
  zb_view_end_object (b);
}

static void
build_pager (ZbView *b, const ZbList *list, const char *root)
{
  zb_view_set_member_name (b, "pager");
  if (list->older == 0 && list->number == 0) {
    zb_view_add_null_value (b);
    return;
  }
  zb_view_begin_object (b);
  if (list->older > 0)
    build_page_link (b, "older", list, list->older, root);
  else
    zb_view_text (b, "older", NULL);
  if (list->number > 0)
    build_page_link (b, "newer", list, list->newer, root);
  else
    zb_view_text (b, "newer", NULL);
  zb_view_end_object (b);
}

static char *
make_list (ZbSite *site, const char *path, gconstpointer data, GError **error)
{
  const ZbList *list = data;
  ZbRenderer *renderer = zb_site_renderer (site, error);
  g_autofree char *root = zb_context_root (path);
  ZbPageHead head = {.kind = "listing", .path = path, .title = list->title, .description = list->intro};
  if (list->has_feed)
    head.feed = list->path;
  g_autoptr (ZbView) b = renderer != NULL ? zb_context_new (renderer, &head, error) : NULL;
  if (b == NULL)
    return NULL;
  zb_view_text (b, "heading", list->title);
  zb_view_text (b, "intro", list->intro);
  zb_view_bool (b, "has_feed", list->has_feed);
  zb_view_bool (b, "is_by_author", list->is_by_author);
  build_chips (b, list, root);
  build_groups (b, list, root);
  build_pager (b, list, root);
  return zb_context_render (renderer, &b, "list", NULL, error);
}

static void
key_group (ZbKey *key, const ZbListGroup *group)
{
  zb_key_add_text (key, group->heading);
  for (guint i = 0; i < group->entries->len; i++) {
    const ZbSiteEntry *e = group->entries->pdata[i];
    const char *texts[] = {e->path,     e->title,  e->date,   e->author, e->category, e->summary,
                           e->language, e->number, e->issuer, e->status, e->original};
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      zb_key_add_text (key, texts[j]);
  }
}

static void
emit_page (ZbSite *site, ZbList *list)
{
  g_autofree char *path = path_of (list, list->number);
  const guint places[] = {list->number, list->older, list->newer};
  ZbKey key = zb_site_key (site, "list");
  zb_key_add_text (&key, list->title);
  zb_key_add_text (&key, list->intro);
  zb_key_add (&key, places, sizeof places);
  zb_key_add (&key, &list->is_by_author, sizeof list->is_by_author);
  for (guint i = 0; i < list->chips->len; i++) {
    const ZbChip *chip = list->chips->pdata[i];
    zb_key_add_text (&key, chip->label);
    zb_key_add_text (&key, chip->path);
    zb_key_add (&key, &chip->count, sizeof chip->count);
  }
  for (guint i = 0; i < list->groups->len; i++)
    key_group (&key, list->groups->pdata[i]);
  const ZbSiteRecipe recipe = {.make = make_list, .data = list, .free_data = (GDestroyNotify)zb_list_free};
  zb_site_emit (site, path, &key, &recipe);
}

/* An older page: COUNT entries of LIST's only group from FROM on, without what the newest page says once. */
static ZbList *
older_page (const ZbList *list, guint from, guint count)
{
  ZbList *page = zb_list_new (list->path, list->title);
  const GPtrArray *entries = ((ZbListGroup *)list->groups->pdata[0])->entries;
  GPtrArray *own = zb_list_add_group (page, NULL, NULL);
  page->has_feed = list->has_feed;
  page->is_by_author = list->is_by_author;
  for (guint i = from; i < from + count; i++)
    g_ptr_array_add (own, entries->pdata[i]);
  return page;
}

void
zb_list_emit (ZbSite *site, ZbList *list)
{
  GPtrArray *entries = list->groups->len == 1 ? ((ZbListGroup *)list->groups->pdata[0])->entries : NULL;
  guint all = entries != NULL ? entries->len : 0, numbered = all > PAGE_ENTRIES ? all / PAGE_ENTRIES - 1 : 0;
  guint newest = all - numbered * PAGE_ENTRIES;
  for (guint number = numbered; number >= 1; number--) {
    ZbList *page = older_page (list, newest + (numbered - number) * PAGE_ENTRIES, PAGE_ENTRIES);
    page->number = number;
    page->older = number - 1;
    page->newer = number < numbered ? number + 1 : 0;
    emit_page (site, page);
  }
  if (numbered > 0)
    g_ptr_array_set_size (entries, (int)newest);
  list->older = numbered;
  emit_page (site, list);
}
