/* The words of an issue, against what the workspace says about words. */
#include "preflight_words.h"

#include "glossary.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/words.h"
#include "zhoubao/store/post_file.h"
#include <string.h>

#define QUOTED_CHARACTERS 40 /* a sentence of members' text that is at least as long is no coincidence */

/* TEXT of the part that belongs to SLOT; 0: the issue's own. */
typedef void (*Look) (const char *text, int slot, gpointer data);

static void
each_text (const ZbIssue *issue, Look look, gpointer data)
{
  const char *own[] = {issue->title, issue->summary, issue->intro, issue->closing};
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    look (own[i], 0, data);
  for (guint i = 0; i < issue->items->len; i++) {
    const ZbIssueItem *item = issue->items->pdata[i];
    look (item->heading, (int)i + 1, data);
    look (item->paragraph, (int)i + 1, data);
  }
  for (guint i = 0; i < issue->briefs->len; i++) {
    const ZbIssueItem *brief = issue->briefs->pdata[i];
    look (brief->heading, 0, data);
    look (brief->paragraph, 0, data);
  }
  for (guint i = 0; i < issue->sections->len; i++)
    look (((ZbIssueSection *)issue->sections->pdata[i])->text, 0, data);
}

typedef struct {
  const GPtrArray *terms; /* of ZbGlossaryTerm */
  const ZbPost *post;     /* that not everybody may read */
  GPtrArray *problems;
} Search;

static void
look_for_terms (const char *text, int slot, gpointer data)
{
  const Search *search = data;
  for (guint i = 0; text != NULL && i < search->terms->len; i++) {
    const ZbGlossaryTerm *term = search->terms->pdata[i];
    const char *other = zb_glossary_avoided (term, text);
    if (other != NULL)
      zb_problems_warn (search->problems, "glossary", slot, "'%s': the glossary has '%s' for %s", other,
                        term->translation, term->term);
  }
}

/* A link to the page, or a sentence of its body. */
static void
look_for_members (const char *text, int slot, gpointer data)
{
  const Search *search = data;
  const ZbPost *post = search->post;
  if (text == NULL)
    return;
  const char *folder = post->kind == ZB_POST_DOCUMENT ? "documents/"
                       : post->kind == ZB_POST_ESSAY  ? "posts/"
                                                      : "";
  g_autofree char *path = g_strdup_printf ("/%s%s", folder, post->slug);
  if (strstr (text, path) != NULL)
    zb_problems_warn (search->problems, "tier-link", slot, "%s is for tier %s: most readers cannot open it",
                      path, post->tier);
  g_auto (GStrv) sentences =
      g_regex_split_simple ("[.!?。！？\\n]+\\s*", post->body != NULL ? post->body : "", 0, 0);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    if (g_utf8_strlen (*sentence, -1) >= QUOTED_CHARACTERS && strstr (text, *sentence) != NULL) {
      zb_problems_add (search->problems, "tier-leak", slot,
                       "a sentence of '%s', which is for tier %s, stands in it", post->title, post->tier);
      return;
    }
}

static gboolean
is_for_members (const ZbPost *post)
{
  return post->tier != NULL && !g_str_equal (post->tier, "public");
}

static void
check_members (ZbWorkspace *workspace, const ZbIssue *issue, GPtrArray *problems)
{
  static const struct {
    const char *folder;
    ZbPostKind kind;
  } folders[] = {{"issues/documents", ZB_POST_DOCUMENT}, {"issues/posts", ZB_POST_ESSAY}};
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = zb_workspace_path (workspace, folders[i].folder);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      if (!g_str_has_suffix (name, ".md") || g_ascii_strcasecmp (name, "README.md") == 0)
        continue;
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autoptr (ZbPost) post =
          zb_post_file_read (folders[i].kind, file, workspace->config->limits.file_bytes, NULL);
      if (post == NULL) /* one broken file keeps nobody from the issue */
        zb_problems_warn (problems, "unreadable", 0,
                          "%s/%s cannot be read: members' words are not sought in it", folders[i].folder,
                          name);
      Search search = {.post = post, .problems = problems};
      if (post != NULL && is_for_members (post))
        each_text (issue, look_for_members, &search);
    }
  }
}

/* Letters of neither the Latin nor the Han script, in a title that does not say its language. */
static void
check_language (const ZbIssueItem *item, int slot, GPtrArray *problems)
{
  if (item->title == NULL || zb_issue_item_language (item) != NULL)
    return;
  for (const char *p = item->title; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isalpha (c) && g_unichar_get_script (c) != G_UNICODE_SCRIPT_LATIN) {
      zb_problems_warn (problems, "language-missing", slot,
                        "'%s' needs a language: (screen readers read it aloud by it)", item->title);
      return;
    }
  }
}

static void
check_subject (const char *title, GPtrArray *problems)
{
  for (const char *p = title; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    GUnicodeType type = g_unichar_type (c);
    if (c == 0xFFFD || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE ||
        type == G_UNICODE_FORMAT) {
      zb_problems_add (problems, "subject-encoding", 0,
                       "the title holds U+%04X, which mail programs show as a box or not at all", c);
      return;
    }
  }
}

gboolean
zb_preflight_words (ZbWorkspace *workspace, const ZbIssue *issue, GPtrArray *problems, GError **error)
{
  g_autofree char *file = zb_workspace_path (workspace, "glossary.yaml");
  g_autoptr (GPtrArray) terms = zb_glossary_read (file, workspace->config->limits.file_bytes, error);
  if (terms == NULL)
    return FALSE;
  Search search = {.terms = terms, .problems = problems};
  each_text (issue, look_for_terms, &search);
  check_subject (issue->title, problems);
  for (guint i = 0; i < issue->items->len; i++)
    check_language (issue->items->pdata[i], (int)i + 1, problems);
  for (guint i = 0; i < issue->briefs->len; i++)
    check_language (issue->briefs->pdata[i], 0, problems);
  check_members (workspace, issue, problems);
  return TRUE;
}
