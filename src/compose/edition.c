/* Weekly issues, essays and the latest developments as issues. */
#include "zhoubao/compose/edition.h"

#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/item.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/post_file.h"

#define SUMMARY_HEADINGS 3u

static ZbIssue *
read_weekly (ZbWorkspace *workspace, const ZbEdition *edition, GError **error)
{
  g_autofree char *file = zb_issue_file_path (workspace->root, edition->week);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    return zb_issue_file_read (file, workspace->config->limits.file_bytes, error);
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "the issue of %s is not published: there is no %s",
               edition->name, file);
  return NULL;
}

/* An issue without items that is found at PAGE. DAY: as "2017-06-30". */
static ZbIssue *
new_issue (const ZbConfig *config, const char *title, const char *day, const char *page, ZbTime now)
{
  ZbIssue *issue = zb_issue_new (config->title, zb_week_of (now, config->zone));
  g_free (issue->title);
  g_free (issue->date);
  issue->title = g_strdup (title);
  issue->date = g_strdup (day);
  issue->page = g_strdup (page);
  return issue;
}

/* BODY with its addresses written out from PAGE on, for a mail stands nowhere. */
static char *
with_whole_links (const char *body, const char *page, GError **error)
{
  g_autoptr (ZbMarkdown) document = zb_markdown_parse (body, -1, error);
  for (ZbMarkdown *node = document; node != NULL; node = zb_markdown_follow (node, document)) {
    const char *url = zb_markdown_url (node);
    g_autofree char *whole = url != NULL ? zb_url_resolve (url, page) : NULL;
    if (whole != NULL)
      zb_ignore (zb_markdown_set_link (node, whole, NULL)); /* refused, it stays as it is */
  }
  return document != NULL ? zb_markdown_to_commonmark (document) : NULL;
}

static ZbIssue *
read_essay (ZbWorkspace *workspace, const ZbEdition *edition, ZbTime now, GError **error)
{
  const ZbConfig *config = workspace->config;
  const char *slug = zb_edition_slug (edition);
  g_autofree char *file = g_strconcat (workspace->root, "/issues/posts/", slug, ".md", NULL),
                  *page = g_strconcat (edition->name, "/", NULL),
                  *url = g_strconcat (config->base_url, "/", page, NULL);
  if (!g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "there is no essay %s: no %s", slug, file);
    return NULL;
  }
  g_autoptr (ZbPost) post = zb_post_file_read (ZB_POST_ESSAY, file, config->limits.file_bytes, error);
  if (post == NULL)
    return NULL;
  if (zb_post_tier (post) != ZB_TIER_NONE) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "%s is for %s members alone; it is not mailed", file,
                 post->tier);
    return NULL;
  }
  g_autoptr (ZbIssue) issue = new_issue (config, post->title, post->date, page, now);
  issue->author = g_strdup (post->author);
  issue->summary = g_strdup (post->summary);
  issue->intro = with_whole_links (post->body, url, error);
  return issue->intro != NULL ? g_steal_pointer (&issue) : NULL;
}

/* What the week's draft says of the item at BRIEF's address goes before what its source says. */
static void
take_words (ZbIssueItem *brief, const GPtrArray *written, gboolean with_paragraph)
{
  for (guint i = 0; i < written->len; i++) {
    const ZbIssueItem *item = written->pdata[i];
    if (item->heading == NULL || *item->heading == '\0' || g_strcmp0 (item->url, brief->url) != 0)
      continue;
    g_free (brief->heading);
    brief->heading = g_strdup (item->heading);
    if (!with_paragraph)
      continue;
    g_free (brief->paragraph);
    brief->paragraph = g_strdup (item->paragraph);
  }
}

static gboolean
add_brief (ZbDb *db, const ZbConfig *config, const ZbMark *mark, ZbIssue *issue, GError **error)
{
  ZbWeek week;
  g_autoptr (ZbItem) item = zb_item_get (db, mark->item, error);
  if (item == NULL || !zb_week_parse (mark->week, &week, error))
    return FALSE;
  ZbIssueItem *brief = zb_compose_brief (config, item);
  g_ptr_array_add (issue->briefs, brief);
  g_autoptr (GError) none = NULL;
  g_autoptr (ZbDraft) draft = zb_draft_load (db, week, &none);
  if (draft == NULL) {
    if (g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&none));
    return FALSE;
  }
  take_words (brief, draft->issue->items, FALSE); /* a slot's paragraph is for the issue */
  take_words (brief, draft->issue->briefs, TRUE);
  return TRUE;
}

static void
summarise (ZbIssue *issue, ZbTime since, GTimeZone *zone)
{
  GString *summary = g_string_new (NULL);
  guint n = issue->briefs->len;
  for (guint i = 0; i < MIN (n, SUMMARY_HEADINGS); i++) {
    const ZbIssueItem *brief = issue->briefs->pdata[i];
    g_string_append_printf (summary, "%s%s", i > 0 ? " · " : "", brief->heading);
  }
  issue->summary = g_string_free (summary, FALSE);
  g_autofree char *day = zb_day_of_time (since, zone), *words = zb_day_text (day);
  issue->intro =
      g_strdup_printf ("%u development%s that our editors marked since %s.", n, n == 1 ? "" : "s", words);
}

static ZbIssue *
gather_latest (ZbDb *db, const ZbConfig *config, const ZbEdition *edition, ZbTime now, gint64 *decision,
               GError **error)
{
  ZbMailingMark last = {0};
  gint64 newest = 0;
  if (!zb_mailing_last_latest (db, &last, error) || !zb_decision_latest (db, &newest, error))
    return NULL;
  ZbTime since = last.decision > 0 ? last.created : now - ZB_LATEST_DAYS * (gint64)86400;
  g_autoptr (GPtrArray) marks =
      zb_decision_marks (db, last.decision, newest, last.decision > 0 ? 0 : since, error);
  if (marks == NULL)
    return NULL;
  g_autofree char *day = zb_day_of_time (since, config->zone), *since_words = zb_day_text (day);
  if (marks->len == 0) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED,
                 "there is nothing new: no item was picked or briefed since %s", since_words);
    return NULL;
  }
  const char *date = strchr (edition->name, '/') + 1;
  g_autofree char *words = zb_day_text (date),
                  *title = g_strdup_printf ("%s: latest developments, %s", config->title, words);
  g_autoptr (ZbIssue) issue = new_issue (config, title, date, "latest/", now);
  for (guint i = 0; i < marks->len; i++)
    if (!add_brief (db, config, marks->pdata[i], issue, error))
      return NULL;
  summarise (issue, since, config->zone);
  if (decision != NULL)
    *decision = newest;
  return g_steal_pointer (&issue);
}

ZbIssue *
zb_compose_edition (ZbWorkspace *workspace, ZbDb *db, const ZbEdition *edition, ZbTime now, gint64 *decision,
                    GError **error)
{
  if (decision != NULL)
    *decision = 0;
  switch (edition->kind) {
  case ZB_EDITION_WEEKLY:
    return read_weekly (workspace, edition, error);
  case ZB_EDITION_ESSAY:
    return read_essay (workspace, edition, now, error);
  default:
    return gather_latest (db, workspace->config, edition, now, decision, error);
  }
}
