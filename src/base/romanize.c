/* Chinese in Latin letters: readings, punctuation and spaces. */
#include "zhoubao/base/romanize.h"

#include "romanize_private.h"
#include "zhoubao/base/words.h"

/* How the word SPAN of one character is read where that differs from the character's usual reading. */
static const char *
lone_reading (const gunichar *text, const GArray *spans, guint at)
{
  const ZbRomanizeSpan *span = &g_array_index (spans, ZbRomanizeSpan, at);
  gunichar c = text[span->start];
  if (c == g_utf8_get_char ("都"))
    return "dou";
  /* 快速地发展 against 三地签署: a particle comes after an adverb of two characters, and something follows.
   */
  gboolean between = at > 0 && at + 1 < spans->len;
  const ZbRomanizeSpan *before = between ? span - 1 : NULL;
  if (c == g_utf8_get_char ("地") && between && !before->is_place && before->end - before->start >= 2)
    return "de";
  return NULL;
}

/* A reading counts where it begins and ends with words, or lies inside one. */
static gboolean
fits_words (const guint8 *edge, gsize start, gsize end)
{
  if (edge[start] && edge[end])
    return TRUE;
  for (gsize i = start + 1; i < end; i++)
    if (edge[i])
      return FALSE;
  return TRUE;
}

static const char **
read_run (const gunichar *text, gsize length, const GArray *spans)
{
  const char **readings = g_new0 (const char *, length);
  g_autofree guint8 *edge = g_new0 (guint8, length + 1);
  for (guint i = 0; i < spans->len; i++) {
    const ZbRomanizeSpan *span = &g_array_index (spans, ZbRomanizeSpan, i);
    edge[span->start] = edge[span->end] = 1;
    if (span->end == span->start + 1)
      readings[span->start] = lone_reading (text, spans, i);
  }
  for (gsize i = 0; i < length; i++) {
    const ZbRomanizeEntry *entry = zb_romanize_match (text + i, length - i, ZB_ROMANIZE_READING);
    if (entry == NULL || !fits_words (edge, i, i + entry->length))
      continue;
    for (gsize k = 0; k < entry->length; k++)
      readings[i + k] = entry->syllables[k];
    i += entry->length - 1;
  }
  for (gsize i = 0; i < length; i++)
    if (readings[i] == NULL)
      readings[i] = zb_romanize_character (text[i]);
  return readings;
}

static void
append_word (GString *out, const char **readings, const ZbRomanizeSpan *span)
{
  gsize start = out->len;
  for (gsize i = span->start; i < span->end; i++) {
    if (i > span->start && *readings[i] != '\0' && strchr ("aoe", *readings[i]) != NULL)
      g_string_append_c (out, '\'');
    g_string_append (out, readings[i]);
  }
  if (span->is_place && out->len > start)
    out->str[start] = g_ascii_toupper (out->str[start]);
}

/* Cuts a run and reads it; both results are owned. */
static const char **
read_words (const gunichar *text, gsize length, GArray **spans)
{
  g_autofree gunichar *simple = g_new (gunichar, length);
  for (gsize i = 0; i < length; i++)
    simple[i] = zb_romanize_simplify (text[i]);
  *spans = zb_romanize_cut (simple, length);
  return read_run (simple, length, *spans);
}

const char **
zb_romanize_syllables (const gunichar *text, gsize length)
{
  g_autoptr (GArray) spans = NULL;
  return read_words (text, length, &spans);
}

static void
append_run (GString *out, const gunichar *text, gsize length)
{
  g_autoptr (GArray) spans = NULL;
  g_autofree const char **readings = read_words (text, length, &spans);
  for (guint i = 0; i < spans->len; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    append_word (out, readings, &g_array_index (spans, ZbRomanizeSpan, i));
  }
}

typedef enum { SPACE_NONE = 0, SPACE_BEFORE = 1, SPACE_AFTER = 2, SPACE_AROUND = 3 } Spacing;

static const struct {
  const char *from, *to;
  Spacing spacing;
} marks[] = {
    {"，", ",", SPACE_AFTER},   {"、", ",", SPACE_AFTER},   {"；", ";", SPACE_AFTER},
    {"：", ":", SPACE_AFTER},   {"。", ".", SPACE_AFTER},   {"！", "!", SPACE_AFTER},
    {"？", "?", SPACE_AFTER},   {"（", "(", SPACE_BEFORE},  {"）", ")", SPACE_AFTER},
    {"〔", "[", SPACE_BEFORE},  {"〕", "]", SPACE_AFTER},   {"【", "[", SPACE_BEFORE},
    {"】", "]", SPACE_AFTER},   {"［", "[", SPACE_BEFORE},  {"］", "]", SPACE_AFTER},
    {"《", "\"", SPACE_BEFORE}, {"》", "\"", SPACE_AFTER},  {"〈", "'", SPACE_BEFORE},
    {"〉", "'", SPACE_AFTER},   {"「", "\"", SPACE_BEFORE}, {"」", "\"", SPACE_AFTER},
    {"『", "'", SPACE_BEFORE},  {"』", "'", SPACE_AFTER},   {"“", "\"", SPACE_BEFORE},
    {"”", "\"", SPACE_AFTER},   {"‘", "'", SPACE_BEFORE},   {"’", "'", SPACE_AFTER},
    {"——", " - ", SPACE_NONE},  {"—", "-", SPACE_NONE},     {"……", "...", SPACE_AFTER},
    {"…", "...", SPACE_AFTER},  {"·", " ", SPACE_NONE},     {"・", " ", SPACE_NONE},
    {"～", "-", SPACE_NONE},    {"－", "-", SPACE_NONE},    {"％", "%", SPACE_AFTER},
    {"＋", "+", SPACE_NONE},    {"　", " ", SPACE_NONE},    {"/", "/", SPACE_NONE},
    {"-", "-", SPACE_NONE},     {"+", "+", SPACE_NONE},     {"&", "&", SPACE_NONE},
    {"|", "|", SPACE_NONE},     {"(", "(", SPACE_BEFORE},   {"[", "[", SPACE_BEFORE},
    {")", ")", SPACE_AFTER},    {"]", "]", SPACE_AFTER},    {",", ",", SPACE_AFTER},
    {";", ";", SPACE_AFTER},    {":", ":", SPACE_AFTER},    {"!", "!", SPACE_AFTER},
    {"?", "?", SPACE_AFTER},
};

typedef struct {
  GString *out;
  gboolean owed;   /* a space, if more text comes */
  gboolean han;    /* the text before is Chinese */
  gboolean quoted; /* inside "" */
  guint depth;     /* of Chinese quotation marks and titles in each other */
} Writer;

static void
pay_space (Writer *w)
{
  if (w->owed && w->out->len > 0 && w->out->str[w->out->len - 1] != ' ')
    g_string_append_c (w->out, ' ');
  w->owed = FALSE;
}

static gboolean
ends_in (const Writer *w, const char *set)
{
  return w->out->len > 0 && strchr (set, w->out->str[w->out->len - 1]) != NULL;
}

static gboolean
ends_in_letter (const Writer *w)
{
  const char *end = w->out->str + w->out->len;
  return w->out->len > 0 && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (end)));
}

/* The row of the mark at TEXT, -1 for none. ASCII marks count where they touch Chinese (3:00 stays), and an
   apostrophe inside a Latin word does not. */
static int
find_mark (const Writer *w, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    gsize n = strlen (marks[i].from);
    if (strncmp (text, marks[i].from, n) != 0)
      continue;
    gboolean before_han = zb_words_is_han (g_utf8_get_char (text + n));
    gboolean in_word = w->out->len > 0 && !w->han && !w->owed && g_ascii_isalpha (text[n]) &&
                       g_ascii_isalpha (w->out->str[w->out->len - 1]);
    gboolean ascii = (guchar)*text < 0x80;
    return (ascii && !w->han && !before_han) || (g_str_equal (marks[i].from, "’") && in_word) ? -1 : (int)i;
  }
  return -1;
}

static const char *
write_mark (Writer *w, const char *text, int row)
{
  const char *to = marks[row].to;
  gboolean opens = marks[row].spacing == SPACE_BEFORE;
  if (*to == '"') {
    w->depth -= !opens && w->depth > 0;
    to = w->depth > 0 ? "'" : "\"";
    w->depth += opens;
  }
  w->owed = opens && w->out->len > 0 && !ends_in (w, " ([\"'");
  pay_space (w);
  if (*to != ' ' || to[1] != '\0')
    g_string_append (w->out, to);
  w->owed = marks[row].spacing == SPACE_AFTER || g_str_equal (to, " ");
  w->han = FALSE;
  return text + strlen (marks[row].from);
}

static const char *
write_han (Writer *w, const char *text)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (gunichar));
  for (gunichar c; zb_words_is_han (c = g_utf8_get_char (text)); text = g_utf8_next_char (text))
    g_array_append_val (run, c);
  pay_space (w);
  append_run (w->out, (const gunichar *)(gpointer)run->data, run->len);
  w->han = TRUE;
  return text;
}

/* A character that stays, full-width ones as ASCII. */
static const char *
write_other (Writer *w, const char *text)
{
  gunichar c = g_utf8_get_char (text);
  const char *next = g_utf8_next_char (text);
  if (g_unichar_isspace (c)) {
    w->owed = TRUE;
    return next;
  }
  gboolean closes = c == '"' && w->quoted;
  w->quoted = w->quoted != (c == '"');
  w->owed = !(closes && w->han) && (w->owed || w->han);
  pay_space (w);
  g_string_append_unichar (w->out, c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c);
  w->owed = closes && zb_words_is_han (g_utf8_get_char (next));
  w->han = FALSE;
  return next;
}

static gboolean
has_han (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (zb_words_is_han (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

char *
zb_romanize (const char *text)
{
  char *valid = g_utf8_make_valid (text, -1);
  if (!has_han (valid))
    return valid;
  Writer w = {.out = g_string_sized_new (strlen (valid) * 2)};
  for (const char *at = valid; *at != '\0';) {
    int mark = find_mark (&w, at);
    if (zb_words_is_han (g_utf8_get_char (at))) {
      w.owed = w.owed || ends_in_letter (&w);
      at = write_han (&w, at);
    } else
      at = mark >= 0 ? write_mark (&w, at, mark) : write_other (&w, at);
  }
  g_free (valid);
  return g_string_free (w.out, FALSE);
}

/* A title begins like a sentence (GB/T 16159, 6.2.1): also behind the marks and quotation marks it opens
 * with. */
static void
begin_with_capital (const char *title, char *pinyin)
{
  while (*title != '\0' && !g_unichar_isalnum (g_utf8_get_char (title)))
    title = g_utf8_next_char (title);
  if (!zb_words_is_han (g_utf8_get_char (title)))
    return;
  while (*pinyin != '\0' && !g_unichar_isalnum (g_utf8_get_char (pinyin)))
    pinyin = g_utf8_next_char (pinyin);
  *pinyin = g_ascii_toupper (*pinyin); /* leaves what stands there beside ASCII */
}

char *
zb_romanize_title (const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  if (!has_han (valid))
    return NULL;
  char *pinyin = zb_romanize (valid);
  begin_with_capital (valid, pinyin);
  return pinyin;
}
