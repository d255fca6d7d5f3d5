/* The archive: public/, made from the files of the workspace alone. The same files give the same bytes,
   wherever the workspace lies and whatever the machine's time zone. */
#pragma once
#include "zhoubao/store/workspace.h"

typedef struct {
  guint pages;   /* files of the archive */
  guint written; /* whose bytes changed */
  guint removed;
  guint skipped; /* made from the same as last time, so not even rendered */
} ZbBuildCounts;

/* Called after a page: DONE of TOTAL that are to be made. */
typedef void (*ZbBuildProgress) (guint done, guint total, gpointer data);

typedef struct {
  gboolean all;             /* as if nothing had been built before */
  gboolean without_search;  /* no index for the reader's browser */
  gboolean without_images;  /* no pictures for social media */
  const char *folder;       /* NULL: public/ of the workspace */
  ZbBuildProgress progress; /* or NULL */
  gpointer data;
} ZbBuildOptions;

/* A file that cannot be read is an error that names file and line; then nothing has been written. */
gboolean zb_build (ZbWorkspace *workspace, const ZbBuildOptions *options, ZbBuildCounts *counts,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
