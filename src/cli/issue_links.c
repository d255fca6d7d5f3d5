/* issue check --links. */
#include "issue_links.h"

#include "visits.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/deliver/link.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/agent.h"
#include "zhoubao/store/person.h"

typedef struct {
  char *url;
  int slot;
  const char *sha256; /* of what was kept, or NULL; borrowed from the issue */
  GPtrArray *problems;
} Link;

static void
link_free (gpointer data)
{
  g_free (((Link *)data)->url);
  g_free (data);
}

static void
add_link (GPtrArray *links, const char *url, int slot, const char *sha256)
{
  if (url == NULL || !(g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://")))
    return;
  for (guint i = 0; i < links->len; i++)
    if (g_str_equal (((Link *)links->pdata[i])->url, url))
      return;
  Link *link = g_new0 (Link, 1);
  link->url = g_strdup (url);
  link->slot = slot;
  link->sha256 = sha256;
  g_ptr_array_add (links, link);
}

static void
add_links_of (GPtrArray *links, const char *commonmark, int slot)
{
  g_autoptr (ZbMarkdown) document = commonmark != NULL ? zb_markdown_parse (commonmark, -1, NULL) : NULL;
  for (ZbMarkdown *node = document != NULL ? zb_markdown_first (document) : NULL; node != NULL;
       node = zb_markdown_follow (node, document))
    if (zb_markdown_kind (node) == ZB_MARK_LINK)
      add_link (links, zb_markdown_url (node), slot, NULL);
}

static GPtrArray *
gather (const ZbIssue *issue)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (link_free);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    add_link (links, item->url, (int)i + 1, item->sha256);
    add_links_of (links, item->paragraph, (int)i + 1);
  }
  for (guint i = 0; i < issue->briefs->len; i++) {
    const ZbIssueItem *brief = issue->briefs->pdata[i];
    add_link (links, brief->url, 0, brief->sha256);
    add_links_of (links, brief->paragraph, 0);
  }
  for (guint i = 0; i < issue->sections->len; i++)
    add_links_of (links, ((ZbIssueSection *)issue->sections->pdata[i])->text, 0);
  add_links_of (links, issue->intro, 0);
  add_links_of (links, issue->closing, 0);
  return links;
}

static void
on_answer (ZbVisit *visit, gpointer data)
{
  const Link *link = data;
  g_autofree char *words = NULL;
  if (visit->error != NULL || visit->response == NULL) {
    const char *why = visit->error != NULL ? visit->error->message : "no answer";
    if (visit->forbidden || visit->waits_until != ZB_TIME_NONE)
      zb_problems_warn (link->problems, "link-unseen", link->slot, "%s was not looked at: %s", link->url,
                        why);
    else
      zb_problems_add (link->problems, "link-dead", link->slot, "%s: %s", link->url, why);
    return;
  }
  if (zb_answer_outcome (visit->response, &words) != ZB_FETCH_OK) {
    if (visit->response->status == 404 || visit->response->status == 410)
      zb_problems_add (link->problems, "link-dead", link->slot, "%s: %s", link->url, words);
    else
      zb_problems_warn (link->problems, "link-refused", link->slot, "%s: %s", link->url, words);
    return;
  }
  if (visit->moved_to != NULL)
    zb_problems_warn (link->problems, "link-moved", link->slot, "%s has moved to %s", link->url,
                      visit->moved_to);
  gsize length = 0;
  const void *bytes = g_bytes_get_data (visit->response->body, &length);
  g_autofree char *sha256 = zb_sha256 (bytes, length);
  if (link->sha256 != NULL && !g_str_equal (sha256, link->sha256))
    zb_problems_warn (link->problems, "link-changed", link->slot,
                      "%s is no longer the page that was fetched (show --evidence has that one)", link->url);
}

static gboolean
take_person (const ZbPerson *person, gpointer data, GError **error)
{
  (void)error;
  *(gint64 *)data = person->id;
  return TRUE;
}

/* What is wrong with the page that leads out, NULL: nothing. It only asks, so looking at it changes nothing.
   (transfer full) */
static char *
fault_of_way_out (ZbHttp *http, const char *url)
{
  g_autoptr (GError) problem = NULL;
  const ZbHttpRequest request = {.url = url};
  g_autoptr (ZbHttpResponse) response = zb_http_get (http, &request, &problem);
  if (response == NULL)
    return g_strdup (problem->message);
  if (response->status != 200)
    return g_strdup_printf ("the server answers %d", (int)response->status);
  gsize length = 0;
  const char *page = g_bytes_get_data (response->body, &length), *token = strrchr (url, '/') + 1;
  if (g_strstr_len (page, (gssize)length, token) != NULL &&
      g_strstr_len (page, (gssize)length, "<form method=\"post\"") != NULL)
    return NULL;
  return g_strdup ("the page there does not offer to unsubscribe");
}

/* The link of one subscriber stands for all. Our own robots.txt keeps others from these pages, not us. */
static gboolean
check_way_out (ZbIssueDesk *desk, GPtrArray *problems, GError **error)
{
  const ZbPersonFilter filter = {
      .state = "active", .limit = 1, .joined_from = ZB_TIME_NONE, .joined_to = ZB_TIME_NONE};
  gint64 person = 0;
  if (!zb_person_walk (desk->db, &filter, take_person, &person, error))
    return FALSE;
  if (person == 0)
    return TRUE; /* nobody gets mail yet */
  g_autofree char *keys = zb_workspace_path (desk->workspace, "data/keys");
  g_autoptr (GBytes) key = zb_secret_key (keys, "links", error);
  g_autoptr (ZbHttp) http = key != NULL ? zb_agent_new (desk->workspace->config, error) : NULL;
  if (http == NULL)
    return FALSE;
  g_autofree char *url = zb_link_url (key, desk->workspace->config->base_url, "unsubscribe", person);
  g_autofree char *fault = fault_of_way_out (http, url);
  if (fault != NULL)
    zb_problems_add (problems, "unsubscribe-dead", 0, "the unsubscribe links at %s do not work: %s",
                     desk->workspace->config->base_url, fault);
  return TRUE;
}

/* The answer that is there already; a page whose text is as it was is no other page. FALSE: there is none. */
static gboolean
take_answer (Link *link, const GPtrArray *sources)
{
  for (guint i = 0; sources != NULL && i < sources->len; i++) {
    ZbIssueSource *source = sources->pdata[i];
    if (!g_str_equal (source->url, link->url))
      continue;
    if (g_str_equal (source->state, "unchanged"))
      link->sha256 = NULL;
    on_answer (&source->visit, link);
    return TRUE;
  }
  return FALSE;
}

gboolean
zb_issue_links_check (const ZbCli *cli, ZbIssueDesk *desk, const ZbIssue *issue, const GPtrArray *sources,
                      GPtrArray *problems, GError **error)
{
  g_autoptr (ZbVisits) visits = zb_visits_new (desk->workspace->config, desk->db, cli->now, error);
  if (visits == NULL)
    return FALSE;
  g_autoptr (GPtrArray) links = gather (issue);
  for (guint i = 0; i < links->len; i++) {
    Link *link = links->pdata[i];
    ZbHttpRequest request = {.url = link->url};
    link->problems = problems;
    if (!take_answer (link, sources))
      zb_visits_start (visits, &request, on_answer, link);
  }
  return zb_visits_run (visits, error) && check_way_out (desk, problems, error);
}
