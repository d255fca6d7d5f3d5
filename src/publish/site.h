/* The archive in the making: what it is made of, and how a page gets out. */
#pragma once
#include "cache.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/workspace.h"

/* A page of The Latest: a facet's term, or all. */
typedef struct {
  char *facet, *term; /* as in the files; NULL: all */
  char *path;         /* "latest/location/hebei/" */
  GPtrArray *notes;   /* of ZbNote, borrowed, newest first */
} ZbStream;

typedef struct {
  ZbWorkspace *workspace;
  ZbRenderer *renderer; /* opened by zb_site_renderer() when the first page is rendered */
  ZbOutput *output;
  ZbKey global;              /* program, templates, configuration, glossary */
  ZbKey timeline;            /* of its data file */
  GPtrArray *entries;        /* of ZbSiteEntry: all that everybody may read, newest first */
  GPtrArray *gone;           /* of ZbSiteEntry: those of the last build whose file went */
  GPtrArray *of_kind[4];     /* borrowed from ENTRIES, by ZbEntryKind */
  GPtrArray *streams;        /* of ZbStream; the first is all */
  GPtrArray *glossary;       /* of ZbTermNote, see glossary.h */
  GPtrArray *pages;          /* of char *: the path of every page, for the sitemap */
  const ZbBuildCache *cache; /* of the last build, its rows; NULL: everything is made */
  gboolean with_search;      /* so words are needed */
  gboolean with_images;      /* pictures for social media are drawn */
} ZbSite;

/* Reads issues/, with CACHE (may be NULL; its entries are taken) for what did not change. */
gboolean zb_site_scan (ZbSite *site, ZbBuildCache *cache, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads glossary.yaml where there is one. */
gboolean zb_site_read_glossary (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed; NULL with ERROR set. */
ZbRenderer *zb_site_renderer (ZbSite *site, GError **error);

/* What a page is made of comes as a key; only where that changed MAKE is called, and its text written. PATH
   ending in
   "/" (or "") is a page, anything else a file. */
typedef char *(*ZbSiteMake) (ZbSite *site, const char *path, gconstpointer data, GError **error);
gboolean zb_site_emit (ZbSite *site, const char *path, const ZbKey *key, ZbSiteMake make, gconstpointer data,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the page at PATH stands as the last build made it from KEY; nothing is kept. */
gboolean zb_site_is_current (ZbSite *site, const char *path, const ZbKey *key);

/* The global key with a word for what sort of page it is, to which the page's own inputs are added. */
ZbKey zb_site_key (const ZbSite *site, const char *sort);

/* Member NAME: a list of {href, title, language, date, date_day, author, category, summary, kind, original}.
 */
void zb_site_refs (JsonBuilder *b, const char *name, const GPtrArray *entries, guint from, guint count,
                   const char *root);
void zb_site_ref (JsonBuilder *b, const ZbSiteEntry *entry, const char *root);

/* Member NAME: notes of The Latest, each with its topics. */
void zb_site_notes (ZbSite *site, JsonBuilder *b, const char *name, const GPtrArray *notes, guint from,
                    guint count, const char *root);
void zb_site_key_notes (ZbKey *key, const GPtrArray *notes, guint from, guint count);

/* JSON-LD of an article, safe inside <script>. (transfer full) */
char *zb_site_json_ld (const ZbSite *site, const ZbSiteEntry *entry);

/* Path of its picture for social media, NULL where none is drawn. (transfer full) */
char *zb_site_image (const ZbSite *site, const ZbSiteEntry *entry);

/* Name of its signed record, which lies beside its page; NULL where it has none. (transfer full) */
char *zb_site_record (const ZbSite *site, const ZbSiteEntry *entry);

/* The timeline as figure and list for the page that is called "timeline", else "". (transfer full) */
char *zb_site_timeline (ZbSite *site, const ZbSiteEntry *entry, GError **error);

/* Member "pager" with "older" and "newer", and the same for a key. */
void zb_site_pager (JsonBuilder *b, const ZbSiteEntry *older, const ZbSiteEntry *newer, const char *root);
void zb_site_key_neighbour (ZbKey *key, const ZbSiteEntry *entry);

/* The parts, in the order in which they are made. */
gboolean zb_site_emit_issues (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_posts (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_home (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_lists (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_latest (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_records (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_images (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_glossary (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_search (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_site_emit_extras (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Feeds of PATH in three formats, of entries or of notes (the other NULL). */
gboolean zb_site_emit_feed (ZbSite *site, const char *path, const char *title, const GPtrArray *entries,
                            const GPtrArray *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
