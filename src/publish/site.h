/* The archive in the making: what it is made of, and how a page gets out. */
#pragma once
#include "cache.h"
#include "zhoubao/publish/build.h"
#include "zhoubao/render/context.h"

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
  ZbKey maker;               /* program and options */
  ZbKey global;              /* of the same, templates, configuration and glossary */
  ZbKey timeline;            /* of its data file */
  GPtrArray *entries;        /* of ZbSiteEntry: all that everybody may read, newest first */
  GPtrArray *gone;           /* of ZbSiteEntry: those of the last build whose file went */
  GPtrArray *of_kind[4];     /* borrowed from ENTRIES, by ZbEntryKind */
  GHashTable *records;       /* names of issues/weekly/ that are records, "2017-07-03.json" */
  GPtrArray *streams;        /* of ZbStream; the first is all */
  GPtrArray *glossary;       /* of ZbTermNote, see glossary.h */
  GPtrArray *pages;          /* of char *: the path of every page, for the sitemap */
  GPtrArray *jobs;           /* pages that are not current, see zb_site_emit() */
  const ZbBuildCache *cache; /* of the last build, its rows; NULL: everything is made */
  gboolean has_news;         /* a file of issues/ is new, touched or gone, or there is no CACHE */
  gboolean with_search;      /* so words are needed */
  gboolean with_images;      /* pictures for social media are drawn */
} ZbSite;

/* Reads issues/, with CACHE (may be NULL; its entries are taken) for what did not change. */
gboolean zb_site_scan (ZbSite *site, ZbBuildCache *cache, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads glossary.yaml where there is one. */
gboolean zb_site_read_glossary (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed; NULL with ERROR set. */
ZbRenderer *zb_site_renderer (ZbSite *site, GError **error);

/* How a page is made: its text by MAKE, or a picture's bytes by DRAW, in one of several threads. SITE is the
   thread's: its renderer is its own, all else is shared and only read. Pages that are emitted in a row with
   the same DATA are made one after another by one thread, which may keep there what they share. */
typedef struct {
  char *(*make) (ZbSite *site, const char *path, gconstpointer data, GError **error);
  GBytes *(*draw) (ZbSite *site, const char *path, gconstpointer data, GError **error);
  gpointer data;
  GDestroyNotify free_data; /* NULL: DATA lives as long as the site */
} ZbSiteRecipe;

/* What a page is made of comes as KEY; only where that changed will zb_site_make_all() make it by RECIPE (its
   data is taken), and write it. PATH ending in "/" (or "") is a page, anything else a file. */
void zb_site_emit (ZbSite *site, const char *path, const ZbKey *key, const ZbSiteRecipe *recipe);
gboolean zb_site_make_all (ZbSite *site, const ZbBuildOptions *options,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *zb_site_jobs_new (void); /* (transfer full) */

/* The file below public/ of the page at PATH, and of what stands at a former address. (transfer full) */
char *zb_site_file (const char *path);
char *zb_site_alias_file (const char *alias);

/* When all is emitted: FALSE where two things would be made at one address. */
gboolean zb_site_check_addresses (const ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The global key with a word for what sort of page it is, to which the page's own inputs are added. */
ZbKey zb_site_key (const ZbSite *site, const char *sort);

/* Member NAME: a list of {href, title, language, date, date_day, author, category, summary, kind, original}.
 */
void zb_site_refs (ZbView *b, const char *name, const GPtrArray *entries, guint from, guint count,
                   const char *root);
void zb_site_ref (ZbView *b, const ZbSiteEntry *entry, const char *root);

/* Member NAME: notes of The Latest, each with its topics. */
void zb_site_notes (ZbSite *site, ZbView *b, const char *name, const GPtrArray *notes, guint from,
                    guint count, const char *root);
void zb_site_key_notes (ZbKey *key, const GPtrArray *notes, guint from, guint count);

/* JSON-LD of an article, safe inside <script>. (transfer full) */
char *zb_site_json_ld (const ZbSite *site, const ZbSiteEntry *entry);

/* Path of its picture for social media, NULL where none is drawn. (transfer full) */
char *zb_site_image (const ZbSite *site, const ZbSiteEntry *entry);

/* Name of its signed record, which lies beside its page; NULL where it has none. (transfer full) */
char *zb_site_record (const ZbSite *site, const ZbSiteEntry *entry);

/* The timeline as figure and list; "" where there is none. (transfer full) */
char *zb_site_timeline (ZbSite *site, GError **error);

/* Member "pager" with "older" and "newer", and the same for a key. */
void zb_site_pager (ZbView *b, const ZbSiteEntry *older, const ZbSiteEntry *newer, const char *root);
void zb_site_key_neighbour (ZbKey *key, const ZbSiteEntry *entry);

/* The parts, in the order in which they are found. */
void zb_site_emit_issues (ZbSite *site);
void zb_site_emit_posts (ZbSite *site);
void zb_site_emit_home (ZbSite *site);
void zb_site_emit_lists (ZbSite *site);
void zb_site_emit_latest (ZbSite *site);
gboolean zb_site_emit_records (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_site_emit_images (ZbSite *site);
void zb_site_emit_glossary (ZbSite *site);
gboolean zb_site_emit_search (ZbSite *site, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_site_emit_extras (ZbSite *site);

/* Feeds of PATH in three formats, of entries or of notes (the other NULL). */
void zb_site_emit_feed (ZbSite *site, const char *path, const char *title, const GPtrArray *entries,
                        const GPtrArray *notes);
