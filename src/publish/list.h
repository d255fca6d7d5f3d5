/* A page that lists other pages: the archive by year and month, categories, authors. */
#pragma once
#include "site.h"

typedef struct {
  char *label, *path; /* PATH below the site's root */
  guint count;
} ZbChip;

typedef struct {
  char *heading;      /* or NULL */
  char *path;         /* where the heading leads, or NULL */
  GPtrArray *entries; /* of ZbSiteEntry, borrowed */
} ZbListGroup;

typedef struct {
  char *path, *title, *intro;
  gboolean has_feed;     /* of its own, in its own folder */
  gboolean is_by_author; /* all entries are the heading's */
  GPtrArray *chips;      /* of ZbChip: other lists of the same sort */
  GPtrArray *groups;     /* of ZbListGroup */
  guint number;          /* of an older page, from 1; 0: the newest */
  guint older, newer;    /* numbers of the neighbouring pages; OLDER 0: none */
} ZbList;

ZbList *zb_list_new (const char *path, const char *title);
void zb_list_free (ZbList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbList, zb_list_free)

void zb_list_add_chip (ZbList *list, const char *label, const char *path, guint count);

/* The group's entries, to be filled. Returns: (transfer none). */
GPtrArray *zb_list_add_group (ZbList *list, const char *heading, const char *path);

/* A list without headings that is too long for one page is cut into several, numbered from the oldest on, so
   that a new entry changes the newest page and not all. (transfer full) of LIST */
void zb_list_emit (ZbSite *site, ZbList *list);
