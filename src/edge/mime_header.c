/* RFC 2047 words of at most 75 characters, lines of at most 76 where a word allows it. */
#include "mime_header.h"

#include <string.h>

#define LINE_COLUMNS 76
#define ENCODED_EXTRA 12  /* "=?UTF-8?B?" and "?=" */
#define WORD_OCTETS 45    /* of UTF-8 in one encoded word: 60 characters of base64 and those 12 */
#define WORTHWHILE 12     /* octets for which an encoded word is begun on a line in use */
#define PLAIN_WORD_MAX 60 /* a longer one is encoded, so that its line can be short */
#define SPECIALS "()<>[]:;@\\,.\""

/* A header field under way. */
typedef struct {
  GString *out;
  gsize column; /* of its last line */
  gboolean begun;
} Line;

/* Puts WORD after a space, or on a new line where this one is full. The first stays beside the name: some
   readers take an empty line there for an empty field. */
static void
put_word (Line *line, const char *word)
{
  gsize length = strlen (word);
  gboolean fold = line->begun && line->column + 1 + length > LINE_COLUMNS;
  g_string_append (line->out, fold ? "\r\n " : " ");
  g_string_append (line->out, word);
  line->column = (fold ? 1 : line->column + 1) + length;
  line->begun = TRUE;
}

/* How many octets of UTF-8 an encoded word may hold on this line, or on the next. */
static gsize
room (const Line *line)
{
  gsize taken = line->column + 1 + ENCODED_EXTRA;
  gsize left = taken < LINE_COLUMNS ? (LINE_COLUMNS - taken) / 4 * 3 : 0;
  return left < WORTHWHILE ? WORD_OCTETS : MIN (left, WORD_OCTETS);
}

/* Puts TEXT as encoded words, never splitting a character. */
static void
put_encoded (Line *line, const char *text)
{
  while (*text != '\0') {
    const char *end = text, *limit = text + room (line);
    while (*end != '\0' && g_utf8_next_char (end) <= limit)
      end = g_utf8_next_char (end);
    g_autofree char *base64 = g_base64_encode ((const guchar *)text, (gsize)(end - text));
    g_autofree char *word = g_strdup_printf ("=?UTF-8?B?%s?=", base64);
    put_word (line, word);
    text = end;
  }
}

static gboolean
is_plain (const char *word)
{
  return g_str_is_ascii (word) && strlen (word) <= PLAIN_WORD_MAX && strstr (word, "=?") == NULL;
}

/* A space between two encoded words is not part of the text (RFC 2047 §6.2), so neighbours that need encoding
   are encoded together with the spaces between them. Of several spaces one is left. */
static void
put_text (Line *line, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) run = g_string_new (NULL);
  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0')
      continue;
    if (is_plain (*word)) {
      put_encoded (line, run->str);
      g_string_truncate (run, 0);
      put_word (line, *word);
      continue;
    }
    if (run->len > 0)
      g_string_append_c (run, ' ');
    g_string_append (run, *word);
  }
  put_encoded (line, run->str);
}

static gboolean
is_atoms (const char *phrase)
{
  for (const char *p = phrase; *p != '\0'; p++)
    if (!g_ascii_isprint (*p) || strchr (SPECIALS, *p) != NULL)
      return FALSE;
  return strstr (phrase, "=?") == NULL && strstr (phrase, "  ") == NULL;
}

static void
put_phrase (Line *line, const char *phrase)
{
  if (!g_str_is_ascii (phrase) || strlen (phrase) > PLAIN_WORD_MAX || strstr (phrase, "=?") != NULL) {
    put_encoded (line, phrase);
    return;
  }
  if (is_atoms (phrase)) {
    put_text (line, phrase);
    return;
  }
  g_autoptr (GString) quoted = g_string_new ("\"");
  for (const char *p = phrase; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c (quoted, '\\');
    g_string_append_c (quoted, *p);
  }
  g_string_append_c (quoted, '"');
  put_word (line, quoted->str);
}

static Line
start (GString *out, const char *name)
{
  g_string_append (out, name);
  g_string_append_c (out, ':');
  return (Line){out, strlen (name) + 1, FALSE};
}

void
zb_mime_header_text (GString *out, const char *name, const char *value)
{
  Line line = start (out, name);
  put_text (&line, value);
  g_string_append (out, "\r\n");
}

void
zb_mime_header_angle (GString *out, const char *name, const char *phrase, const char *address)
{
  if (address == NULL)
    return;
  Line line = start (out, name);
  if (phrase != NULL && *phrase != '\0')
    put_phrase (&line, phrase);
  g_autofree char *angle = g_strdup_printf ("<%s>", address);
  put_word (&line, angle);
  g_string_append (out, "\r\n");
}
