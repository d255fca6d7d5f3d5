/* From issue and post files to entries. */
#include "entry.h"

#include "search_words.h"
#include "zhoubao/base/text.h"
#include "zhoubao/edge/markdown.h"
#include "zhoubao/render/context.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/issue_file.h"
#include "zhoubao/store/post_file.h"

#define SENTENCE_CHARACTERS 240
#define SUMMARY_CHARACTERS 200
#define SHORTEST_SENTENCE 21 /* bytes before its full stop: "No. 5" is none */
#define HEAD_BYTES 420
#define HAN_STOP "\xe3\x80\x82" /* U+3002 */
#define FIRST_OF_HAN_STOP "\xe3"
#define ELLIPSIS "…"

static gpointer
note_new (void)
{
  return g_new0 (ZbNote, 1);
}

static void
note_free (gpointer data)
{
  ZbNote *note = data;
  g_free (note->topics);
  g_free (note);
}

#define NOTE_TEXT(member)                                                                                    \
  {                                                                                                          \
    ZB_WIRE_TEXT, G_STRUCT_OFFSET (ZbNote, member)                                                           \
  }

static const ZbWireField note_fields[] = {
    {ZB_WIRE_INT, G_STRUCT_OFFSET (ZbNote, is_brief)},
    {ZB_WIRE_INT, G_STRUCT_OFFSET (ZbNote, n)},
    NOTE_TEXT (heading),
    NOTE_TEXT (sentence),
    NOTE_TEXT (url),
    NOTE_TEXT (title),
    NOTE_TEXT (language),
    NOTE_TEXT (pinyin),
    NOTE_TEXT (source),
    NOTE_TEXT (number),
    NOTE_TEXT (date),
    {ZB_WIRE_TEXTS, G_STRUCT_OFFSET (ZbNote, topics)},
    NOTE_TEXT (anchor),
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbNote, key_a)},
    {ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbNote, key_b)},
};

static const ZbWireTable note_table = {note_new, note_free, note_fields, G_N_ELEMENTS (note_fields), TRUE};

static const char *
keep (const ZbSiteEntry *entry, const char *text)
{
  return text != NULL ? zb_arena_text (entry->texts, text, strlen (text)) : NULL;
}

ZbSiteEntry *
zb_site_entry_new (ZbEntryKind kind, const char *file)
{
  ZbSiteEntry *entry = g_new0 (ZbSiteEntry, 1);
  entry->kind = (int)kind;
  entry->texts = zb_arena_new ();
  entry->file = keep (entry, file);
  entry->notes = g_ptr_array_new_with_free_func (note_free);
  return entry;
}

/* For the wire, which makes the list itself. */
static gpointer
entry_create (void)
{
  return g_new0 (ZbSiteEntry, 1);
}

void
zb_site_entry_unload (ZbSiteEntry *entry)
{
  g_clear_pointer (&entry->issue, zb_issue_free);
  g_clear_pointer (&entry->post, zb_post_free);
}

void
zb_site_entry_free (ZbSiteEntry *entry)
{
  zb_site_entry_unload (entry);
  g_free (entry->words);
  g_free (entry->aliases);
  g_clear_pointer (&entry->notes, g_ptr_array_unref);
  g_clear_pointer (&entry->texts, zb_arena_free);
  g_free (entry);
}

/* Forgets what the file was; what scan.c knows of it stays. */
static void
start_anew (ZbSiteEntry *entry)
{
  zb_site_entry_unload (entry);
  g_free (entry->words);
  g_free (entry->aliases);
  g_ptr_array_set_size (entry->notes, 0);
  ZbSiteEntry old = *entry;
  *entry = (ZbSiteEntry){.kind = old.kind,
                         .modified = old.modified,
                         .size = old.size,
                         .digest_a = old.digest_a,
                         .digest_b = old.digest_b,
                         .notes = old.notes,
                         .words_at = old.words_at,
                         .words_size = old.words_size,
                         .is_news = old.is_news,
                         .texts = zb_arena_new (),
                         .old_words_at = old.old_words_at,
                         .old_words_size = old.old_words_size};
  entry->file = keep (entry, old.file);
  g_clear_pointer (&old.texts, zb_arena_free);
}

#define TEXT(member)                                                                                         \
  {                                                                                                          \
    ZB_WIRE_TEXT, G_STRUCT_OFFSET (ZbSiteEntry, member)                                                      \
  }
#define NUMBER(member)                                                                                       \
  {                                                                                                          \
    ZB_WIRE_NUMBER, G_STRUCT_OFFSET (ZbSiteEntry, member)                                                    \
  }

static const ZbWireField entry_fields[] = {
    {ZB_WIRE_INT, G_STRUCT_OFFSET (ZbSiteEntry, kind)},
    TEXT (file),
    NUMBER (modified),
    NUMBER (size),
    NUMBER (digest_a),
    NUMBER (digest_b),
    TEXT (path),
    TEXT (title),
    TEXT (date),
    TEXT (updated),
    TEXT (author),
    TEXT (category),
    TEXT (summary),
    TEXT (language),
    TEXT (tier),
    TEXT (slug),
    TEXT (original),
    TEXT (number),
    TEXT (issuer),
    TEXT (status),
    {ZB_WIRE_TEXTS, G_STRUCT_OFFSET (ZbSiteEntry, aliases)},
    {ZB_WIRE_LIST, G_STRUCT_OFFSET (ZbSiteEntry, notes), &note_table},
    NUMBER (words_at),
    NUMBER (words_size),
};

const ZbWireTable zb_site_entry_table = {entry_create, (void (*) (gpointer))zb_site_entry_free, entry_fields,
                                         G_N_ELEMENTS (entry_fields), TRUE};

ZbKey
zb_site_entry_key (const ZbSiteEntry *entry)
{
  ZbKey key = {(guint64)entry->digest_a, (guint64)entry->digest_b};
  zb_key_add_text (&key, entry->file);
  return key;
}

gboolean
zb_site_entry_is_public (const ZbSiteEntry *entry)
{
  return entry->tier == NULL; /* store/post_file.h has made "none" of every word for everybody */
}

/* Cuts LINE at a space before character MAX, or there. In place: the ellipsis takes the place of what goes.
 */
static void
cut_line (char *line, guint max)
{
  gsize length = strlen (line);
  char *end = line;
  for (guint i = 1; i < max && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  if (*end == '\0' || *g_utf8_next_char (end) == '\0')
    return;
  char *space = end;
  while (space > line && space > end - 24 && *space != ' ')
    space--;
  if (*space == ' ')
    end = space;
  if (end + strlen (ELLIPSIS) <= line + length)
    memcpy (end, ELLIPSIS, sizeof ELLIPSIS);
}

/* Cuts LINE after its first sentence, which is no shorter than SHORTEST_SENTENCE. By bytes: none of these
   marks is part of another character. */
static void
end_sentence (char *line)
{
  char *p = line + MIN (SHORTEST_SENTENCE, strlen (line));
  for (; (p = strpbrk (p, ".!?" FIRST_OF_HAN_STOP)) != NULL; p++) {
    gboolean stop = (guchar)*p < 0x80 && (p[1] == ' ' || p[1] == '\0');
    if (stop || g_str_has_prefix (p, HAN_STOP)) {
      p[stop ? 1 : strlen (HAN_STOP)] = '\0';
      return;
    }
  }
}

/* The first sentence of CommonMark, or as much of it as fits. */
static const char *
first_sentence (const ZbSiteEntry *entry, const char *commonmark, guint max)
{
  if (commonmark == NULL)
    return NULL;
  /* The head of the first paragraph is enough: the whole would be parsed for nothing. */
  const char *end = strstr (commonmark, "\n\n");
  gsize length = end != NULL ? (gsize)(end - commonmark) : strlen (commonmark);
  gsize most =
      (guchar)*commonmark < 0x80 ? HEAD_BYTES : 2 * HEAD_BYTES; /* Chinese takes three bytes a character */
  if (length > most)
    length = (gsize)(g_utf8_find_prev_char (commonmark, commonmark + most) - commonmark);
  g_autofree char *head = g_strndup (commonmark, length);
  char *link = length > most - 4 ? strrchr (head, '[') : NULL;
  if (link != NULL && strchr (link, ')') == NULL)
    *link = '\0'; /* half a link is no text */
  g_autofree char *plain = zb_markdown_plain (head, ZB_MARKDOWN_PLAIN);
  g_autofree char *line = zb_text_squeeze (plain, -1);
  end_sentence (line);
  cut_line (line, max);
  return keep (entry, line);
}

static char **
flat_topics (const ZbSiteEntry *entry, const GPtrArray *topics)
{
  gsize count = 0;
  for (guint i = 0; i < topics->len; i++)
    count += g_strv_length (((const ZbTopic *)topics->pdata[i])->terms);
  char **flat = g_new (char *, count + 1), **next = flat;
  for (guint i = 0; i < topics->len; i++) {
    const ZbTopic *topic = topics->pdata[i];
    for (char **term = topic->terms; *term != NULL; term++)
      *next++ = zb_arena_join (entry->texts, topic->facet, "/", *term, NULL);
  }
  *next = NULL;
  return flat;
}

/* Each page and feed that shows the note is made of it: it is gone through once and not for each of them. */
static void
key_note (ZbNote *note)
{
  const char *texts[] = {note->heading, note->sentence, note->url,  note->title, note->pinyin,
                         note->source,  note->number,   note->date, note->anchor};
  ZbKey key = {0};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    zb_key_add_text (&key, texts[i]);
  for (char **topic = note->topics; *topic != NULL; topic++)
    zb_key_add_text (&key, *topic);
  note->key_a = (gint64)key.a;
  note->key_b = (gint64)key.b;
}

static void
add_note (ZbSiteEntry *entry, const ZbIssueItem *item, gboolean brief, guint n)
{
  ZbNote *note = note_new ();
  g_ptr_array_add (entry->notes, note);
  note->is_brief = brief;
  note->n = (int)n;
  note->heading = keep (entry, item->heading);
  note->sentence = first_sentence (entry, item->paragraph, SENTENCE_CHARACTERS);
  note->url = keep (entry, item->url);
  note->title = keep (entry, item->title);
  note->language = keep (entry, zb_issue_item_language (item));
  note->pinyin = keep (entry, item->pinyin);
  note->source = keep (entry, item->source);
  note->number = keep (entry, item->number);
  g_autofree char *published = zb_time_to_rfc3339 (item->published);
  note->date = published != NULL ? zb_arena_text (entry->texts, published, 10) : entry->date;
  note->topics = flat_topics (entry, item->topics);
  char number[16];
  g_snprintf (number, sizeof number, "%u", n);
  note->anchor = zb_arena_join (entry->texts, entry->path, brief ? "#brief-" : "#item-", number, NULL);
  key_note (note);
}

static void
fill_issue (ZbSiteEntry *entry)
{
  const ZbIssue *issue = entry->issue;
  entry->path = zb_arena_join (entry->texts, "weekly/", issue->date, "/", NULL);
  entry->slug = keep (entry, issue->date);
  entry->title = keep (entry, issue->title);
  entry->date = keep (entry, issue->date);
  entry->author = keep (entry, issue->author);
  entry->summary = issue->summary != NULL ? keep (entry, issue->summary)
                                          : first_sentence (entry, issue->intro, SUMMARY_CHARACTERS);
  if (issue->corrections->len > 0)
    entry->updated =
        keep (entry, ((ZbIssueSection *)issue->corrections->pdata[issue->corrections->len - 1])->heading);
  for (guint i = 0; i < issue->items->len; i++)
    add_note (entry, issue->items->pdata[i], FALSE, i + 1);
  for (guint i = 0; i < issue->briefs->len; i++)
    add_note (entry, issue->briefs->pdata[i], TRUE, i + 1);
}

static void
add_issue_words (ZbWords *words, const ZbIssue *issue)
{
  zb_words_set_add (words, issue->title);
  zb_words_set_add (words, issue->intro);
  for (guint i = 0; i < issue->items->len + issue->briefs->len; i++) {
    const ZbIssueItem *item =
        i < issue->items->len ? issue->items->pdata[i] : issue->briefs->pdata[i - issue->items->len];
    const char *texts[] = {item->heading, item->title, item->pinyin, item->paragraph, item->number};
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      zb_words_set_add (words, texts[j]);
  }
  for (guint i = 0; i < issue->sections->len; i++) {
    const ZbIssueSection *section = issue->sections->pdata[i];
    zb_words_set_add (words, section->heading);
    zb_words_set_add (words, section->text);
  }
}

static void
add_post_words (ZbWords *words, const ZbPost *post)
{
  const char *texts[] = {post->title,  post->original, post->pinyin, post->number,
                         post->author, post->summary,  post->body};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    zb_words_set_add (words, texts[i]);
}

/* The search tells nobody of what not everybody may read. */
static void
fill_words (ZbSiteEntry *entry)
{
  ZbWords *words = zb_words_set_new ();
  if (entry->issue != NULL)
    add_issue_words (words, entry->issue);
  else if (zb_site_entry_is_public (entry))
    add_post_words (words, entry->post);
  entry->words = zb_words_set_finish (words);
}

static char **
keep_all (const ZbSiteEntry *entry, char **texts)
{
  if (texts == NULL)
    return NULL;
  char **kept = g_new (char *, g_strv_length (texts) + 1), **next = kept;
  for (; *texts != NULL; texts++)
    *next++ = zb_arena_text (entry->texts, *texts, strlen (*texts));
  *next = NULL;
  return kept;
}

static void
fill_post (ZbSiteEntry *entry)
{
  const ZbPost *post = entry->post;
  const char *folder = post->kind == ZB_POST_PAGE    ? ""
                       : post->kind == ZB_POST_ESSAY ? "posts/"
                                                     : "documents/";
  entry->path = zb_arena_join (entry->texts, folder, post->slug, "/", NULL);
  entry->slug = keep (entry, post->slug);
  entry->title = keep (entry, post->title);
  entry->date = keep (entry, post->date != NULL ? post->date : post->signed_on);
  entry->updated = keep (entry, post->updated);
  entry->author = keep (entry, post->author);
  entry->category = keep (entry, post->category);
  entry->summary = post->summary != NULL ? keep (entry, post->summary)
                                         : first_sentence (entry, post->body, SUMMARY_CHARACTERS);
  entry->language = keep (entry, post->language);
  entry->tier = keep (entry, post->tier);
  entry->original = keep (entry, post->original);
  entry->number = keep (entry, post->number);
  entry->issuer = keep (entry, post->issuer);
  entry->status = keep (entry, post->status);
  entry->aliases = keep_all (entry, post->aliases);
}

static gboolean
parse_file (ZbSiteEntry *entry, const char *shown, const char *text, gsize length, GError **error)
{
  static const ZbPostKind kinds[] = {ZB_POST_PAGE, ZB_POST_ESSAY, ZB_POST_DOCUMENT, ZB_POST_PAGE};
  zb_site_entry_unload (entry);
  if (entry->kind == ZB_ENTRY_ISSUE) {
    entry->issue = zb_issue_file_parse (shown, text, length, error);
    return entry->issue != NULL;
  }
  entry->post = zb_post_file_parse (kinds[entry->kind], shown, text, length, error);
  return entry->post != NULL;
}

gboolean
zb_site_entry_parse (ZbSiteEntry *entry, const char *shown, const char *text, gsize length,
                     gboolean with_words, GError **error)
{
  if (entry->path != NULL)
    start_anew (entry);
  if (!parse_file (entry, shown, text, length, error))
    return FALSE;
  if (entry->issue != NULL)
    fill_issue (entry);
  if (entry->post != NULL)
    fill_post (entry);
  if (with_words)
    fill_words (entry);
  return TRUE;
}

gboolean
zb_site_entry_load (ZbSiteEntry *entry, const char *root, gint64 limit, GError **error)
{
  static GMutex loading;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loading); /* a home page may want it too */
  gsize length = 0;
  if (entry->issue != NULL || entry->post != NULL)
    return TRUE;
  g_autofree char *path = g_build_filename (root, entry->file, NULL);
  g_autofree char *text = zb_config_read_file (path, limit, &length, error);
  return text != NULL && parse_file (entry, path, text, length, error);
}
