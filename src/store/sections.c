/* Splitting CommonMark at its headings of level 2, by the block rules of the specification that decide
   whether a line is one: fences (§4.5), HTML blocks (§4.6), ATX (§4.2) and setext headings (§4.3). */
#include "sections.h"

#include "front_matter.h"

typedef struct {
  char fence;            /* '`' or '~' inside a fenced block, else 0 */
  gsize fence_length;    /* of the fence that opened it */
  const char *until;     /* inside an HTML block: what ends it */
  const char *paragraph; /* start of the paragraph that goes on, for setext headings */
  int paragraph_line;
} Scan;

typedef struct {
  const char *start, *end; /* of the line, without its line end */
  gsize indent;
} Line;

static gsize
run_length (const char *p, const char *end, char c)
{
  gsize n = 0;
  while (p + n < end && p[n] == c)
    n++;
  return n;
}

static gboolean
is_blank (const Line *line)
{
  return line->start + line->indent >= line->end;
}

/* Inside a fence or an HTML block: TRUE, and the state goes on or ends. */
static gboolean
scan_inside (Scan *scan, const Line *line)
{
  const char *p = line->start + line->indent;
  if (scan->fence != 0) {
    gsize n = run_length (p, line->end, scan->fence);
    if (line->indent < 4 && n >= scan->fence_length &&
        p + n + run_length (p + n, line->end, ' ') == line->end)
      scan->fence = 0;
    return TRUE;
  }
  if (scan->until != NULL) {
    if (g_strstr_len (line->start, line->end - line->start, scan->until) != NULL)
      scan->until = NULL;
    return TRUE;
  }
  return FALSE;
}

/* A line that opens a fence or an HTML block whose end is a mark, not a blank line. */
static gboolean
scan_opening (Scan *scan, const Line *line)
{
  static const struct {
    const char *open, *close;
  } blocks[] = {
      {"<!--", "-->"},          {"<?", "?>"},           {"<![CDATA[", "]]>"},        {"<pre", "</pre>"},
      {"<script", "</script>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"}};
  const char *p = line->start + line->indent;
  if (line->indent > 3 || p >= line->end)
    return FALSE;
  gsize n = run_length (p, line->end, *p);
  if ((*p == '`' || *p == '~') && n >= 3) {
    if (*p == '`' && memchr (p + n, '`', (gsize)(line->end - p) - n) != NULL)
      return FALSE; /* a code span, not a fence */
    scan->fence = *p;
    scan->fence_length = n;
    return TRUE;
  }
  for (guint i = 0; *p == '<' && i < G_N_ELEMENTS (blocks); i++) {
    gsize length = strlen (blocks[i].open);
    if ((gsize)(line->end - p) < length || g_ascii_strncasecmp (p, blocks[i].open, length) != 0)
      continue;
    if (g_strstr_len (p, line->end - p, blocks[i].close) == NULL)
      scan->until = blocks[i].close;
    return TRUE;
  }
  return FALSE;
}

/* The text of an ATX heading of level 2, or NULL. Returns: (transfer full). */
static char *
atx_heading (const Line *line)
{
  const char *p = line->start + line->indent, *end = line->end;
  if (line->indent > 3 || run_length (p, end, '#') != 2 || (p + 2 < end && p[2] != ' ' && p[2] != '\t'))
    return NULL;
  while (end > p + 2 && g_ascii_isspace (end[-1]))
    end--;
  const char *hash = end; /* a closing run of # counts only after a space */
  while (hash > p + 2 && hash[-1] == '#')
    hash--;
  if (hash < end && hash > p && g_ascii_isspace (hash[-1]))
    end = hash;
  char *text = g_strndup (p + 2, (gsize)(end - p - 2));
  return g_strstrip (text);
}

static gboolean
is_setext_underline (const Line *line)
{
  const char *p = line->start + line->indent;
  gsize n = run_length (p, line->end, '-');
  return line->indent < 4 && n > 0 && p + n + run_length (p + n, line->end, ' ') == line->end;
}

/* Backslashes and the marks of emphasis and code taken away: what a reader sees. */
static char *
plain_heading (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '\\' && g_ascii_ispunct (p[1]))
      g_string_append_c (out, *++p);
    else if (*p == '\n')
      g_string_append_c (out, ' ');
    else if (*p != '*' && *p != '`')
      g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

static void
section_free (gpointer data)
{
  ZbSection *section = data;
  g_free (section->heading);
  g_free (section->text);
  g_free (section);
}

static void
open_section (GPtrArray *sections, const char *heading, int line)
{
  ZbSection *section = g_new0 (ZbSection, 1);
  section->heading = heading != NULL ? g_strstrip (plain_heading (heading)) : NULL;
  section->line = line;
  g_ptr_array_add (sections, section);
}

static void
close_section (GPtrArray *sections, const char *start, const char *end)
{
  ZbSection *section = sections->pdata[sections->len - 1];
  section->text = zb_front_trim (start, (gsize)(end - start));
}

/* Lists, quotes and code: what stands in them is no heading of the document; lines that go on lazily neither.
 */
static gboolean
may_start_paragraph (const Line *line)
{
  const char *p = line->start + line->indent;
  return line->indent < 4 && strchr (">-+*#|=", *p) == NULL && !g_ascii_isdigit (*p);
}

static void
track_paragraph (Scan *scan, const Line *line, int number)
{
  if (is_blank (line) || !may_start_paragraph (line))
    scan->paragraph = NULL;
  else if (scan->paragraph == NULL && line->indent < 4) {
    scan->paragraph = line->start;
    scan->paragraph_line = number;
  }
}

GPtrArray *
zb_sections_split (const char *body)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  Scan scan = {0};
  const char *section = body, *next = NULL;
  int number = 1;
  open_section (sections, NULL, 1);
  for (const char *at = body; *at != '\0'; at = next, number++) {
    const char *newline = strchr (at, '\n');
    Line line = {at, newline != NULL ? newline : at + strlen (at), 0};
    next = newline != NULL ? newline + 1 : line.end;
    line.indent = run_length (at, line.end, ' ');
    if (scan_inside (&scan, &line) || scan_opening (&scan, &line)) {
      scan.paragraph = NULL;
      continue;
    }
    g_autofree char *heading = atx_heading (&line);
    if (heading != NULL) {
      close_section (sections, section, at);
      open_section (sections, heading, number);
      section = next;
    } else if (scan.paragraph != NULL && is_setext_underline (&line)) {
      g_autofree char *text = g_strndup (scan.paragraph, (gsize)(at - scan.paragraph));
      close_section (sections, section, scan.paragraph);
      open_section (sections, g_strstrip (text), scan.paragraph_line);
      section = next;
      scan.paragraph = NULL;
      continue;
    }
    track_paragraph (&scan, &line, number);
  }
  close_section (sections, section, body + strlen (body));
  return sections;
}

void
zb_sections_append_heading (GString *to, const char *heading)
{
  g_string_append (to, "## ");
  for (const char *p = heading; *p != '\0'; p++) {
    if (strchr ("\\*`_[]<>&!#~", *p) != NULL)
      g_string_append_c (to, '\\');
    g_string_append_c (to, *p == '\n' ? ' ' : *p);
  }
  g_string_append_c (to, '\n');
}
