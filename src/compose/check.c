/* The issue's own words, checked before they go out. */
#include "zhoubao/compose/check.h"

#include "check_private.h"
#include "zhoubao/base/words.h"
#include "zhoubao/edge/markdown.h"

#define SLOTS 3
#define SUBJECT_CHARACTERS 120 /* more is cut off by every mail program */
#define HEADING_CHARACTERS 180
#define PARAGRAPH_CHARACTERS 6000

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0' || strspn (text, " \t\n") == strlen (text);
}

static gboolean
has_han (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (zb_words_is_han (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Whether most of TEXT's letters are Han: the source's words rather than the newsletter's. */
static gboolean
is_mostly_han (const char *text)
{
  guint han = 0, other = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    han += zb_words_is_han (c);
    other += g_unichar_isalpha (c) && !zb_words_is_han (c);
  }
  return han * 3 > other && han > 20;
}

static gboolean
is_english (const ZbConfig *config)
{
  return g_ascii_strncasecmp (config->language, "en", 2) == 0;
}

/* What templates and people leave behind: merge tags of any mailing program, and notes to oneself (spelt so
   that this file holds none). */
const char *
zb_check_leftover (const char *text)
{
  static const char *const marks[] = {
      "{{",       "}}",     "{%",      "*|",     "|*",       "%%",     "[\x54ODO",    "\x54ODO:",    "TBD",
      "\x46IXME", "\x58XX", "[INSERT", "[LINK",  "[link]",   "[…]",    "lorem ipsum", "Lorem ipsum", "[TITLE",
      "]()",      "](#)",   "](<>)",   "(待定)", "（待定）", "待补充", "%recipient"};
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (marks); i++)
    if (strstr (text, marks[i]) != NULL)
      return marks[i];
  return NULL;
}

static void
check_leftovers (const char *what, const char *text, int slot, GPtrArray *problems)
{
  const char *mark = zb_check_leftover (text);
  if (mark != NULL)
    zb_problems_add (problems, "placeholder", slot, "%s still holds '%s'", what, mark);
}

static gboolean
is_web_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  return (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0) &&
         !is_blank (g_uri_get_host (uri));
}

static void
check_link (const ZbIssueItem *item, int slot, GPtrArray *problems)
{
  if (is_blank (item->url))
    zb_problems_add (problems, "link-missing", slot, "slot %d has no link to its source", slot);
  else if (!is_web_address (item->url))
    zb_problems_add (problems, "link-invalid", slot, "slot %d: '%s' is no web address", slot, item->url);
}

/* An image needs words for who cannot see it, a link an address; a heading inside a slot (0: none) would cut
   the issue in two. */
static void
check_marks (const char *what, const char *text, int slot, GPtrArray *problems)
{
  g_autoptr (ZbMarkdown) document = zb_markdown_parse (text != NULL ? text : "", -1, NULL);
  if (document == NULL) {
    zb_problems_add (problems, "paragraph-long", slot, "%s: the text is too long to be read", what);
    return;
  }
  for (ZbMarkdown *node = zb_markdown_first (document); node != NULL;
       node = zb_markdown_follow (node, document)) {
    if (slot > 0 && zb_markdown_kind (node) == ZB_MARK_HEADING && zb_markdown_level (node) <= 2)
      zb_problems_add (problems, "heading-inside", slot, "%s: the paragraph holds a heading of its own",
                       what);
    if (zb_markdown_kind (node) == ZB_MARK_IMAGE && zb_markdown_first (node) == NULL)
      zb_problems_add (problems, "alt-missing", slot, "%s: an image has no words for those who cannot see it",
                       what);
    if (zb_markdown_kind (node) == ZB_MARK_LINK && is_blank (zb_markdown_url (node)))
      zb_problems_add (problems, "link-empty", slot, "%s: a link leads nowhere", what);
  }
}

static void
check_paragraph (const ZbIssueItem *item, const ZbConfig *config, int slot, GPtrArray *problems)
{
  if (is_blank (item->paragraph)) {
    zb_problems_add (problems, "paragraph-missing", slot, "slot %d has no paragraph", slot);
    return;
  }
  if (g_utf8_strlen (item->paragraph, -1) > PARAGRAPH_CHARACTERS)
    zb_problems_add (problems, "paragraph-long", slot, "slot %d: the paragraph has over %d characters", slot,
                     PARAGRAPH_CHARACTERS);
  if (is_english (config) && is_mostly_han (item->paragraph))
    zb_problems_warn (problems, "paragraph-untranslated", slot, "slot %d: the paragraph is still in Chinese",
                      slot);
  g_autofree char *what = g_strdup_printf ("slot %d", slot);
  check_marks (what, item->paragraph, slot, problems);
  check_leftovers ("the paragraph", item->paragraph, slot, problems);
}

static void
check_heading (const ZbIssueItem *item, const ZbConfig *config, int slot, GPtrArray *problems)
{
  if (is_blank (item->heading)) {
    zb_problems_add (problems, "heading-missing", slot, "slot %d has no heading", slot);
    return;
  }
  if (g_utf8_strlen (item->heading, -1) > HEADING_CHARACTERS)
    zb_problems_add (problems, "heading-long", slot, "slot %d: the heading has over %d characters", slot,
                     HEADING_CHARACTERS);
  if (g_strcmp0 (item->heading, item->title) == 0 && has_han (item->heading) && is_english (config))
    zb_problems_warn (problems, "heading-untranslated", slot,
                      "slot %d: the heading is still the original title", slot);
  check_leftovers ("the heading", item->heading, slot, problems);
}

static void
check_slot (const ZbIssueItem *item, const ZbConfig *config, int slot, GPtrArray *problems)
{
  if (is_blank (item->heading) && is_blank (item->url) && is_blank (item->title) &&
      is_blank (item->paragraph)) {
    zb_problems_add (problems, "slot-empty", slot, "slot %d is empty", slot);
    return;
  }
  check_heading (item, config, slot, problems);
  check_link (item, slot, problems);
  check_paragraph (item, config, slot, problems);
  if (has_han (item->title) && is_blank (item->pinyin) && is_english (config))
    zb_problems_add (problems, "pinyin-missing", slot, "slot %d: the title '%s' has no pinyin", slot,
                     item->title);
  check_leftovers ("the title", item->title, slot, problems);
}

static void
check_twins (const ZbIssue *issue, GPtrArray *problems)
{
  for (guint i = 0; i < issue->items->len; i++)
    for (guint j = i + 1; j < issue->items->len; j++) {
      const ZbIssueItem *a = issue->items->pdata[i], *b = issue->items->pdata[j];
      if (!is_blank (a->url) && g_strcmp0 (a->url, b->url) == 0)
        zb_problems_add (problems, "link-twice", (int)j + 1, "slots %u and %u have the same link", i + 1,
                         j + 1);
      if (!is_blank (a->heading) && g_strcmp0 (a->heading, b->heading) == 0)
        zb_problems_add (problems, "heading-twice", (int)j + 1, "slots %u and %u have the same heading",
                         i + 1, j + 1);
    }
}

static void
check_subject (const ZbIssue *issue, GPtrArray *problems)
{
  if (is_blank (issue->title))
    zb_problems_add (problems, "title-missing", 0, "the issue has no title, which is the mail's subject");
  else if (g_utf8_strlen (issue->title, -1) > SUBJECT_CHARACTERS)
    zb_problems_add (problems, "subject-long", 0,
                     "the title has over %d characters: mail programs cut it off", SUBJECT_CHARACTERS);
  for (const char *p = issue->title; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p))) {
      zb_problems_add (problems, "subject-control", 0, "the title holds a control character or a line end");
      break;
    }
  check_leftovers ("the title", issue->title, 0, problems);
}

static void
check_week (const ZbIssue *issue, const ZbConfig *config, gboolean early, ZbTime now, GPtrArray *problems)
{
  if (early || now >= zb_week_end (issue->week, config->zone))
    return;
  g_autofree char *week = zb_week_name (issue->week), *period = zb_week_period (issue->week);
  zb_problems_add (problems, "week-not-over", 0, "%s (%s) is not over yet (--early lets it go out)", week,
                   period);
}

/* What stands before, between and after the three. */
static void
check_around (const ZbIssue *issue, GPtrArray *problems)
{
  const struct {
    const char *what, *text;
  } texts[] = {{"the introduction", issue->intro}, {"the closing", issue->closing}};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    check_leftovers (texts[i].what, texts[i].text, 0, problems);
    check_marks (texts[i].what, texts[i].text, 0, problems);
  }
  for (guint i = 0; i < issue->briefs->len; i++)
    check_marks ("a brief", ((const ZbIssueItem *)issue->briefs->pdata[i])->paragraph, 0, problems);
  for (guint i = 0; i < issue->sections->len; i++) {
    const ZbIssueSection *section = issue->sections->pdata[i];
    if (is_blank (section->text))
      zb_problems_add (problems, "section-empty", 0, "the section '%s' is empty", section->heading);
    check_leftovers ("a section", section->text, 0, problems);
    check_marks (section->heading, section->text, 0, problems);
  }
}

void
zb_check_issue (const ZbIssue *issue, const ZbConfig *config, gboolean early, ZbTime now, GPtrArray *problems)
{
  check_week (issue, config, early, now, problems);
  check_subject (issue, problems);
  if (issue->items->len == 0)
    zb_problems_add (problems, "slot-empty", 0, "the issue has no items");
  for (guint i = 0; i < issue->items->len && i < SLOTS; i++)
    check_slot (issue->items->pdata[i], config, (int)i + 1, problems);
  check_twins (issue, problems);
  if (is_blank (issue->intro))
    zb_problems_add (problems, "intro-missing", 0, "the issue has no introduction");
  check_around (issue, problems);
  if (is_english (config))
    zb_check_dates (issue, problems);
}
