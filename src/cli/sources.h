/* What the verbs below `sources` share. */
#pragma once
#include "zhoubao/cli/verb.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/store/source_file.h"

/* The outcome of looking at one source: STATE is ok, broken, missing (no offline page) or person. */
typedef struct {
  const ZbSource *source;
  const char *state;
  int rows, expected; /* negative: not known */
  char *error;        /* in words, where it is not ok */
} ZbSourceCheck;

void zb_source_check_free (ZbSourceCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSourceCheck, zb_source_check_free)

/* Borrowed: the sources that ARGS names, or all. (transfer container) */
GPtrArray *zb_sources_named (const GPtrArray *sources, char **args, GError **error);

/* Reads SOURCE's offline page in a parse worker and compares its rows with those expected. */
ZbSourceCheck *zb_sources_check_offline (ZbWorkspace *workspace, const ZbSource *source, ZbPool *pool,
                                         ZbTime now);

/* All borrowed. EXPECTED is the file of rows expected, or NULL; URL that of the article, or NULL. */
typedef struct {
  ZbWorkspace *workspace;
  const ZbSource *source;
  JsonObject *expected;
  const char *url;
  ZbPool *pool;
  ZbTime now;
} ZbSourceArticle;

/* Reads feeds/pages/SLUG.article.html by the source's article rule and compares it with the member "article"
   of EXPECTED, where there is one. *PROBLEM is what differs, or stays. */
gboolean zb_sources_check_article (const ZbSourceArticle *article, char **problem,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A job that reads BYTES as SOURCE is read. (transfer full) */
ZbJob *zb_sources_job (const ZbSource *source, GBytes *bytes, ZbTime now);

/* The same by asking the sites (sources_live.c): adds a ZbSourceCheck for each of SOURCES to CHECKS; blocked
   is a state, too. FALSE only where nothing can be asked. */
gboolean zb_sources_check_live (ZbWorkspace *workspace, const GPtrArray *sources, ZbTime now,
                                GPtrArray *checks, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the checks as the verb promises; FALSE with ERROR where one is broken. */
gboolean zb_sources_report (const ZbCli *cli, const GPtrArray *checks,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* That of SOURCES which is read at URL, or NULL. Borrowed. */
const ZbSource *zb_sources_at (const GPtrArray *sources, const char *url);

/* A slug for a source of that TITLE (romanised) or URL, free among SOURCES. (transfer full) */
char *zb_sources_slug (const GPtrArray *sources, const char *title, const char *url);
