/* Lifetimes of an issue and its items. */
#include "zhoubao/model/issue.h"

ZbIssueItem *
zb_issue_item_new (void)
{
  ZbIssueItem *item = g_new0 (ZbIssueItem, 1);
  item->published = item->fetched = ZB_TIME_NONE;
  item->topics = zb_topics_new ();
  return item;
}

ZbIssueItem *
zb_issue_item_copy (const ZbIssueItem *from)
{
  ZbIssueItem *item = zb_issue_item_new ();
  item->heading = g_strdup (from->heading);
  item->url = g_strdup (from->url);
  item->title = g_strdup (from->title);
  item->language = g_strdup (from->language);
  item->pinyin = g_strdup (from->pinyin);
  item->source = g_strdup (from->source);
  item->number = g_strdup (from->number);
  item->published = from->published;
  item->fetched = from->fetched;
  item->sha256 = g_strdup (from->sha256);
  item->paragraph = g_strdup (from->paragraph);
  item->line = from->line;
  g_ptr_array_unref (item->topics);
  item->topics = zb_topics_copy (from->topics);
  return item;
}

void
zb_issue_item_free (ZbIssueItem *item)
{
  char *texts[] = {item->heading, item->url,    item->title,  item->language, item->pinyin,
                   item->source,  item->number, item->sha256, item->paragraph};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (item->topics);
  g_free (item);
}

const char *
zb_issue_item_language (const ZbIssueItem *item)
{
  if (item->language != NULL)
    return item->language;
  for (const char *p = item->title; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return "zh";
  return NULL;
}

ZbIssueSection *
zb_issue_section_new (const char *heading, const char *text)
{
  ZbIssueSection *section = g_new0 (ZbIssueSection, 1);
  section->heading = g_strdup (heading);
  section->text = g_strdup (text);
  return section;
}

void
zb_issue_section_free (ZbIssueSection *section)
{
  g_free (section->heading);
  g_free (section->text);
  g_free (section);
}

ZbIssue *
zb_issue_new (const char *newsletter, ZbWeek week)
{
  ZbIssue *issue = g_new0 (ZbIssue, 1);
  g_autofree char *day = zb_week_issue_day (week);
  issue->week = week;
  issue->date = zb_week_issue_date (week);
  issue->title = g_strdup_printf ("%s – %s", newsletter, day);
  issue->items = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_item_free);
  issue->briefs = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_item_free);
  issue->sections = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_section_free);
  issue->corrections = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_issue_section_free);
  return issue;
}

void
zb_issue_free (ZbIssue *issue)
{
  char *texts[] = {issue->file,   issue->title,   issue->date,  issue->page,
                   issue->author, issue->summary, issue->intro, issue->closing};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (issue->items);
  g_ptr_array_unref (issue->briefs);
  g_ptr_array_unref (issue->sections);
  g_ptr_array_unref (issue->corrections);
  g_free (issue);
}
