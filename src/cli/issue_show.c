/* zhoubao issue new and issue show: the draft with its slots. */
#include "issue.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/draft.h"
#include "zhoubao/store/issue_file.h"

static char *option_editor;

static const GOptionEntry new_options[] = {
    {"editor", 0, 0, G_OPTION_ARG_STRING, &option_editor, "Who does this (default: your name here)", "NAME"},
    {NULL}};

static void
build_item (JsonBuilder *b, const ZbIssueItem *item)
{
  zb_json_text (b, "heading", item->heading);
  zb_json_text (b, "url", item->url);
  zb_json_text (b, "title", item->title);
  zb_json_text (b, "language", zb_issue_item_language (item));
  zb_json_text (b, "pinyin", item->pinyin);
  zb_json_text (b, "source", item->source);
  zb_json_text (b, "number", item->number);
  zb_json_time (b, "published", item->published);
  zb_json_time (b, "fetched", item->fetched);
  zb_json_text (b, "sha256", item->sha256);
  zb_topics_build (b, "topics", item->topics);
  zb_json_text (b, "paragraph", item->paragraph);
}

static void
build_slots (JsonBuilder *b, const ZbIssue *issue, const ZbDraft *draft)
{
  json_builder_set_member_name (b, "slots");
  json_builder_begin_array (b);
  for (guint i = 0; i < issue->items->len; i++) {
    json_builder_begin_object (b);
    zb_json_int (b, "slot", i + 1);
    if (draft != NULL && i < 3 && draft->item_ids[i] != 0)
      zb_json_int (b, "item", draft->item_ids[i]);
    else
      zb_json_text (b, "item", NULL);
    build_item (b, issue->items->pdata[i]);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  json_builder_set_member_name (b, "briefs");
  json_builder_begin_array (b);
  for (guint i = 0; i < issue->briefs->len; i++) {
    json_builder_begin_object (b);
    build_item (b, issue->briefs->pdata[i]);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
print_json (const ZbIssue *issue, const ZbDraft *draft)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autofree char *week = zb_week_name (issue->week);
  json_builder_begin_object (b);
  zb_json_text (b, "week", week);
  zb_json_text (b, "date", issue->date);
  zb_json_text (b, "state", draft != NULL ? zb_issue_state_name (draft->state) : "published");
  zb_json_text (b, "file", issue->file);
  zb_json_text (b, "title", issue->title);
  zb_json_text (b, "author", issue->author);
  zb_json_text (b, "summary", issue->summary);
  zb_json_text (b, "intro", issue->intro);
  zb_json_text (b, "closing", issue->closing);
  if (draft != NULL) {
    zb_json_int (b, "version", draft->version);
    zb_json_time (b, "updated", draft->updated);
    zb_json_text (b, "edited_by", draft->edited_by);
    zb_json_text (b, "approved_by", draft->approved_by);
    zb_json_time (b, "scheduled", draft->scheduled);
    zb_json_text (b, "scheduled_by", draft->scheduled_by);
    zb_json_text (b, "halted", draft->halted);
  }
  build_slots (b, issue, draft);
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

static void
print_issue (const ZbCli *cli, const ZbIssue *issue, const ZbDraft *draft)
{
  if (cli->json) {
    print_json (issue, draft);
    return;
  }
  g_autofree char *text = zb_issue_file_format (issue);
  zb_verb_print ("%s", text);
}

static gboolean
run_show (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {0};
  g_autoptr (ZbDraft) draft = NULL;
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  g_autoptr (ZbIssue) issue = zb_issue_desk_read (&desk, &draft, error);
  if (issue == NULL)
    return FALSE;
  print_issue (cli, issue, draft);
  return TRUE;
}

static gboolean
run_new (const ZbCli *cli, char **args, GError **error)
{
  g_auto (ZbIssueDesk) desk = {.anew = TRUE};
  if (!zb_verb_args (args, 0, 1, error) || !zb_issue_desk_open (cli, args, &desk, error))
    return FALSE;
  g_autoptr (ZbDraft) draft = zb_compose_draft (desk.db, desk.workspace->config, desk.week,
                                                zb_issue_desk_editor (option_editor), cli->now, error);
  if (draft == NULL)
    return FALSE;
  if (draft->state >= ZB_ISSUE_PUBLISHED) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "the issue of %s is published already",
                 draft->issue->date);
    return FALSE;
  }
  g_autofree char *week = zb_week_name (desk.week);
  guint filled = 0;
  for (int slot = 1; slot <= 3; slot++)
    filled += !zb_draft_slot_is_empty (draft, slot);
  if (cli->json)
    print_json (draft->issue, draft);
  else
    zb_verb_print (
        "The draft of %s, %s, has %u of 3 slots filled and %u briefs. Write it with: zhoubao issue edit %s\n",
        week, draft->issue->title, filled, draft->issue->briefs->len, week);
  return TRUE;
}

const ZbVerb zb_verb_issue_new = {"new", "[WEEK]", "Make or refresh the draft from the week's picks",
                                  new_options, run_new};
const ZbVerb zb_verb_issue_show = {"show", "[WEEK]", "Print the draft, or the published issue", NULL,
                                   run_show};
