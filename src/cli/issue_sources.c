/* The sources of an issue asked again before it goes out: is each page still what was read? */
#include "issue.h"

#include "visits.h"
#include "zhoubao/base/diff.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"
#include "zhoubao/crawl/answer.h"
#include "zhoubao/edge/digest.h"
#include "zhoubao/extract/pool.h"
#include "zhoubao/store/document.h"
#include "zhoubao/store/source_file.h"

#define SAME_BYTES "it is the same to the byte"
#define SAME_TEXT "its text is unchanged"

typedef struct {
  const ZbIssueDesk *desk;
  GPtrArray *sources; /* of ZbSource */
  ZbPool *pool;
  ZbTime now;
} Asking;

typedef struct {
  Asking *asking;
  const ZbIssueItem *item;
  ZbIssueSource *found; /* the result */
} Question;

void
zb_issue_source_free (ZbIssueSource *s)
{
  g_free (s->url);
  g_free (s->words);
  g_free (s->diff);
  g_clear_pointer (&s->visit.response, zb_http_response_free);
  g_clear_error (&s->visit.error);
  g_free (s->visit.moved_to);
  g_free (s);
}

static void
conclude (ZbIssueSource *found, const char *state, const char *words)
{
  found->state = state;
  g_free (found->words);
  found->words = zb_error_line (words);
}

static char *
read_text (const Question *q, GBytes *bytes, const char *url, const char *content_type, GError **error)
{
  const ZbConfig *config = q->asking->desk->workspace->config;
  ZbJob *job = zb_job_new (ZB_JOB_PAGE, bytes, q->asking->now);
  job->url = g_strdup (url);
  job->content_type = g_strdup (content_type);
  job->limits = config->limits;
  for (guint i = 0; i < q->asking->sources->len; i++)
    if (g_strcmp0 (((ZbSource *)q->asking->sources->pdata[i])->slug, q->item->source) == 0)
      zb_job_set_source (job, q->asking->sources->pdata[i]);
  if (job->zone == NULL)
    job->zone = g_strdup (config->timezone);
  g_autoptr (ZbResult) result = zb_pool_call (q->asking->pool, job, error);
  if (result == NULL)
    return NULL;
  return g_strconcat (result->page->markdown != NULL ? result->page->markdown : "", "\n", NULL);
}

/* TEXT with a line to each sentence: a Chinese notice has paragraphs of a page. */
static char *
by_sentences (const char *text)
{
  static GRegex *end;
  if (g_once_init_enter (&end))
    g_once_init_leave (&end,
                       g_regex_new ("[。！？；][”’」』）]*|[.!?][”\"')]*(?= )", G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_replace (end, text, -1, 0, "\\0\n", 0, NULL);
}

/* The sentences that went, after "- ", and those that came, after "+ "; NULL where none did. */
static char *
write_diff (const char *before, const char *after)
{
  g_autofree char *old = by_sentences (before), *new = by_sentences (after);
  g_autoptr (GPtrArray) pieces = zb_diff_lines (old, new);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++) {
    const ZbDiffPiece *piece = pieces->pdata[i];
    g_auto (GStrv) lines = g_strsplit (piece->text, "\n", -1);
    for (char **line = lines; piece->kind != ZB_DIFF_SAME && *line != NULL; line++)
      if (*g_strstrip (*line) != '\0')
        g_string_append_printf (out, "%s %s\n", piece->kind == ZB_DIFF_GONE ? "-" : "+", *line);
  }
  return g_string_free (out, out->len == 0);
}

static gboolean
compare_texts (const Question *q, const ZbDocument *kept, const ZbHttpResponse *now, GError **error)
{
  g_autofree char *before = read_text (q, kept->body, kept->url, kept->content_type, error);
  g_autofree char *after =
      before != NULL ? read_text (q, now->body, now->url, now->content_type, error) : NULL;
  if (after == NULL)
    return FALSE;
  q->found->diff = write_diff (before, after);
  if (q->found->diff != NULL)
    conclude (q->found, "changed", "its text has changed");
  else
    conclude (q->found, "unchanged", SAME_TEXT);
  return TRUE;
}

/* Evidence of a feed or of a list says nothing about the page behind the link. */
static gboolean
is_of_page (const ZbDocument *kept, const ZbIssueItem *item, const ZbHttpResponse *now)
{
  return g_strcmp0 (kept->url, item->url) == 0 || g_strcmp0 (kept->url, now->url) == 0;
}

static void
compare (const Question *q, const ZbHttpResponse *now)
{
  const ZbIssueDesk *desk = q->asking->desk;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = zb_sha256 (g_bytes_get_data (now->body, NULL), g_bytes_get_size (now->body));
  if (g_strcmp0 (digest, q->item->sha256) == 0) {
    conclude (q->found, "unchanged", SAME_BYTES);
    return;
  }
  g_autoptr (ZbDocument) kept =
      q->item->sha256 != NULL
          ? zb_document_get (desk->db, q->item->sha256, desk->workspace->config->limits.decoded_bytes, &error)
          : NULL;
  if (kept == NULL || !is_of_page (kept, q->item, now))
    conclude (q->found, "there", "it answers; there is no evidence of this page to compare it with");
  else if (!compare_texts (q, kept, now, &error))
    conclude (q->found, "unknown", error->message);
}

static void
on_visited (ZbVisit *taken, gpointer data)
{
  const Question *q = data;
  g_autofree char *words = NULL;
  const ZbVisit *visit = &q->found->visit;
  q->found->visit = *taken;
  *taken = (ZbVisit){0};
  if (visit->error != NULL) {
    conclude (q->found, "unknown", visit->error->message);
    return;
  }
  ZbFetchOutcome outcome = zb_answer_outcome (visit->response, &words);
  gboolean gone = visit->response->status == 404 || outcome == ZB_FETCH_GONE;
  if (outcome == ZB_FETCH_OK)
    compare (q, visit->response);
  else
    conclude (q->found, gone ? "gone" : "unknown", words);
}

static ZbIssueSource *
ask (Question *q, int slot, ZbVisits *visits)
{
  ZbIssueSource *found = g_new0 (ZbIssueSource, 1);
  ZbHttpRequest request = {.url = q->item->url,
                           .accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"};
  found->slot = slot;
  found->url = g_strdup (q->item->url);
  q->found = found;
  zb_visits_start (visits, &request, on_visited, q);
  return found;
}

GPtrArray *
zb_issue_sources (const ZbIssueDesk *desk, const ZbIssue *issue, ZbTime now, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_source_free);
  g_autoptr (ZbPool) pool = zb_pool_new (1, NULL);
  g_autoptr (GPtrArray) sources = zb_source_file_read_all (desk->workspace, error);
  g_autoptr (ZbVisits) visits =
      sources != NULL ? zb_visits_new (desk->workspace->config, desk->db, now, error) : NULL;
  if (visits == NULL)
    return NULL;
  Asking asking = {desk, sources, pool, now};
  g_autofree Question *questions = g_new0 (Question, issue->items->len + 1);
  for (guint i = 0; i < issue->items->len; i++) {
    questions[i] = (Question){&asking, issue->items->pdata[i], NULL};
    if (questions[i].item->url == NULL || *questions[i].item->url == '\0')
      continue; /* the check says so */
    g_ptr_array_add (found, ask (&questions[i], (int)i + 1, visits));
  }
  return zb_visits_run (visits, error) ? g_steal_pointer (&found) : NULL;
}

void
zb_issue_sources_print (const GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++) {
    const ZbIssueSource *s = found->pdata[i];
    zb_verb_print ("source %d: %s: %s: %s\n", s->slot, s->state, s->url, s->words);
    if (s->diff != NULL)
      zb_verb_print ("%s", s->diff);
  }
}

void
zb_issue_sources_build (JsonBuilder *b, const GPtrArray *found)
{
  json_builder_begin_array (b);
  for (guint i = 0; i < found->len; i++) {
    const ZbIssueSource *s = found->pdata[i];
    json_builder_begin_object (b);
    zb_json_int (b, "slot", s->slot);
    zb_json_text (b, "url", s->url);
    zb_json_text (b, "state", s->state);
    zb_json_text (b, "text", s->words);
    zb_json_text (b, "diff", s->diff);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}
