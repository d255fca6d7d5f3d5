/* What the editor is told beside the form: what is missing, how large the mail is, where its links lead. */
#include "issue.h"

#include "zhoubao/deliver/queue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/publish/preflight.h"

static char *
thousands (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  GString *out = g_string_new (NULL);
  gsize length = strlen (digits);
  for (gsize i = 0; i < length; i++) {
    g_string_append_c (out, digits[i]);
    if ((length - i) % 3 == 1 && i + 1 < length)
      g_string_append_c (out, ',');
  }
  return g_string_free (out, FALSE);
}

/* The bytes of one copy, also where they are over the limit; 0 where no mail can be made, which is a problem
   of its own. */
static gint64
mail_bytes (ZbVisit *visit, const ZbIssue *issue)
{
  g_autoptr (GError) error = NULL;
  ZbConfig free_of_limit = *visit->room->workspace->config; /* borrowed members */
  free_of_limit.limits.mail_bytes = G_MAXINT64;
  g_autoptr (ZbMail) mail =
      zb_queue_render (visit->room->renderer, &free_of_limit, issue, visit->now, &error);
  g_autofree char *url = g_strconcat (free_of_limit.base_url, "/unsubscribe/aaaaaaaaaaaaaaaaaaaaaaaa", NULL);
  ZbMailRecipient recipient = {.address = free_of_limit.sender_address,
                               .message_id = "aaaaaaaaaaaaaaaaaaaaaaaaaa@example.org",
                               .unsubscribe_url = url,
                               .preferences_url = url};
  g_autoptr (GBytes) bytes = mail != NULL ? zb_mail_fill (mail, &recipient, &error) : NULL;
  return bytes != NULL ? (gint64)g_bytes_get_size (bytes) : 0;
}

static void
add_links (GPtrArray *links, const char *markdown)
{
  g_autoptr (ZbMarkdown) document = markdown != NULL ? zb_markdown_parse (markdown, -1, NULL) : NULL;
  for (ZbMarkdown *node = document != NULL ? zb_markdown_first (document) : NULL; node != NULL;
       node = zb_markdown_follow (node, document)) {
    const char *url = zb_markdown_kind (node) == ZB_MARK_LINK ? zb_markdown_url (node) : NULL;
    if (url != NULL && *url != '\0' && !g_ptr_array_find_with_equal_func (links, url, g_str_equal, NULL))
      g_ptr_array_add (links, g_strdup (url));
  }
}

static void
build_links (JsonBuilder *b, const ZbIssue *issue)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
  add_links (links, issue->intro);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    if (item->url != NULL && !g_ptr_array_find_with_equal_func (links, item->url, g_str_equal, NULL))
      g_ptr_array_add (links, g_strdup (item->url));
    add_links (links, item->paragraph);
  }
  for (guint i = 0; i < issue->sections->len; i++)
    add_links (links, ((const ZbIssueSection *)issue->sections->pdata[i])->text);
  add_links (links, issue->closing);
  zb_json_int (b, "link_count", links->len);
  g_ptr_array_add (links, NULL);
  zb_json_strv (b, "links", (const char *const *)links->pdata);
}

static void
build_problems (JsonBuilder *b, const GPtrArray *problems)
{
  gint64 count = 0;
  json_builder_set_member_name (b, "problems");
  json_builder_begin_array (b);
  for (guint i = 0; i < problems->len; i++) {
    const ZbProblem *problem = problems->pdata[i];
    count += !problem->warning;
    json_builder_begin_object (b);
    zb_json_text (b, "code", problem->code);
    zb_json_int (b, "slot", problem->slot);
    zb_json_text (b, "text", problem->text);
    zb_json_bool (b, "warning", problem->warning);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  zb_json_int (b, "missing", count);
  zb_json_int (b, "warnings", (gint64)problems->len - count);
  zb_json_bool (b, "ready", count == 0);
}

/* That the week goes on is said apart: it keeps nobody from writing. */
static gboolean
week_is_over (ZbVisit *visit, const ZbIssue *issue)
{
  return visit->now >= zb_week_end (issue->week, visit->room->workspace->config->zone);
}

gboolean
zb_issue_facts_build (ZbVisit *visit, JsonBuilder *b, const ZbIssue *issue, GError **error)
{
  ZbWorkspace *workspace = visit->room->workspace;
  g_autoptr (GPtrArray) problems = zb_problems_new ();
  if (!zb_preflight (workspace, issue, TRUE, visit->now, problems, error))
    return FALSE;
  gint64 bytes = mail_bytes (visit, issue), limit = workspace->config->limits.mail_bytes;
  g_autofree char *words = thousands (bytes), *limit_words = thousands (limit);
  build_problems (b, problems);
  zb_json_bool (b, "over", week_is_over (visit, issue));
  zb_json_int (b, "bytes", bytes);
  zb_json_int (b, "limit", limit);
  zb_json_text (b, "bytes_words", words);
  zb_json_text (b, "limit_words", limit_words);
  build_links (b, issue);
  return TRUE;
}
