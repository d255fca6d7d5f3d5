/* From a spreadsheet to the list, a row at a time, each row with its own reason where it is refused. */
#include "zhoubao/deliver/import.h"

#include "import_row.h"
#include "zhoubao/base/charset.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/subscribers.h"

#define PROGRESS_ROWS 1000
#define LOST "\xef\xbf\xbd" /* U+FFFD stands for what no encoding explains */

typedef struct {
  ZbDb *db;
  const ZbImportOptions *options;
  ZbImportSummary *summary;
  GBytes *csv;
  const char *encoding; /* that the file was read in */
  ZbImportColumns columns;
  GHashTable *seen; /* key of the address to the line */
} Import;

static gboolean
read_header (Import *import, ZbCsv *csv, GError **error)
{
  GPtrArray *header = zb_csv_next (csv);
  if (header != NULL && zb_import_columns_find (&import->columns, header))
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "line %u: the first row names no column 'email'",
               header != NULL ? zb_csv_line (csv) : 1);
  return FALSE;
}

static gboolean
read_row (const Import *import, ZbCsv *csv, GPtrArray *cells, ZbImportRow *row, GError **error)
{
  if (zb_csv_is_broken (csv)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "a quote is not closed, or has text behind it");
    return FALSE;
  }
  for (guint i = 0; i < cells->len; i++)
    if (strstr (cells->pdata[i], LOST) != NULL) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID,
                   "cell %u holds bytes that are no text in %s, in which the file was read", i + 1,
                   import->encoding);
      return FALSE;
    }
  return zb_import_row_read (&import->columns, cells, row, error);
}

/* Each mailbox once; the first row counts. */
static gboolean
check_seen (Import *import, const ZbImportRow *row, guint line, GError **error)
{
  char *key = zb_mailbox_key (row->address);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (import->seen, key));
  if (before == 0) {
    g_hash_table_insert (import->seen, key, GUINT_TO_POINTER (line));
    return TRUE;
  }
  g_free (key);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "the same mailbox as in line %u", before);
  return FALSE;
}

static gboolean
replace (char **to, const char *with)
{
  if (with == NULL || g_strcmp0 (*to, with) == 0)
    return FALSE;
  g_free (*to);
  *to = g_strdup (with);
  return TRUE;
}

static gboolean
give_up (gboolean *wish, ZbImportWish said)
{
  gboolean gives = *wish && said == ZB_IMPORT_NO;
  *wish = *wish && !gives;
  return gives;
}

/* What somebody on the list does not want, or no longer wants, no file asks for on their behalf. */
static gboolean
take_wishes (ZbPerson *person, const ZbImportRow *row)
{
  gboolean text_only =
      row->text_only == ZB_IMPORT_UNSAID ? person->text_only : row->text_only == ZB_IMPORT_YES;
  gboolean changed = text_only != person->text_only;
  person->text_only = text_only;
  changed = give_up (&person->weekly, row->weekly) || changed;
  changed = give_up (&person->latest, row->latest) || changed;
  return give_up (&person->essays, row->essays) || changed;
}

static gboolean
update (Import *import, ZbPerson *person, const ZbImportRow *row, GError **error)
{
  gboolean new_name = replace (&person->name, row->name),
           new_language = replace (&person->language, row->language);
  gboolean new_tier = row->has_tier && person->tier != row->tier;
  gboolean new_wishes = take_wishes (person, row);
  gboolean goes = row->has_state && row->state != person->state && row->state != ZB_PERSON_ACTIVE &&
                  row->state != ZB_PERSON_PENDING;
  if (new_tier)
    person->tier = row->tier;
  if (goes)
    person->state = row->state;
  if (goes && row->state == ZB_PERSON_PAUSED)
    person->paused_until = row->paused_until;
  else if (goes)
    person->left_at = import->options->now;
  gboolean changed = new_name || new_language || new_tier || new_wishes || goes;
  import->summary->changed += changed;
  import->summary->same += !changed;
  return !changed || zb_person_save (import->db, person, import->options->now, error);
}

static gboolean
is_gone (ZbPersonState state)
{
  return state == ZB_PERSON_LEFT || state == ZB_PERSON_BOUNCED || state == ZB_PERSON_COMPLAINED;
}

static gboolean
insert (Import *import, const ZbImportRow *row, GError **error)
{
  ZbTime now = import->options->now;
  g_autoptr (ZbPerson) person =
      zb_person_new (row->address, row->origin != NULL ? row->origin : "import", now);
  person->name = g_strdup (row->name);
  person->language = g_strdup (row->language);
  person->tier = row->tier;
  person->state = row->state;
  person->text_only = row->text_only == ZB_IMPORT_YES;
  person->weekly = row->weekly != ZB_IMPORT_NO;
  person->latest = row->latest == ZB_IMPORT_YES;
  person->essays = row->essays == ZB_IMPORT_YES;
  person->consent_at = row->consent_at;
  person->consent_text = g_strdup (row->consent_text);
  person->consent_from = g_strdup (row->consent_from);
  if (row->joined != ZB_TIME_NONE)
    person->joined = row->joined;
  if (row->state == ZB_PERSON_PAUSED)
    person->paused_until = row->paused_until;
  if (is_gone (row->state))
    person->left_at = row->left != ZB_TIME_NONE ? row->left : now;
  import->summary->added++;
  return zb_person_add (import->db, person, error);
}

/* Keeps ROW. FALSE with *WHY set: refused; FALSE with ERROR set: the database failed. */
static gboolean
keep (Import *import, const ZbImportRow *row, char **why, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZbPerson) person = zb_person_find (import->db, row->address, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (!zb_subscribers_barred (import->db, import->options->key, row->address, person, why, error))
    return FALSE;
  if (*why != NULL)
    return FALSE;
  return person != NULL ? update (import, person, row, error) : insert (import, row, error);
}

/* FALSE where the whole import has failed. */
static gboolean
import_row (Import *import, ZbCsv *csv, GPtrArray *cells, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *why = NULL;
  ZbImportRow row = {0};
  guint line = zb_csv_line (csv);
  gboolean good = read_row (import, csv, cells, &row, &refusal) &&
                  check_seen (import, &row, line, &refusal) && keep (import, &row, &why, &failed);
  g_autofree char *address = row.address;
  if (failed != NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&failed), "line %u: ", line);
    return FALSE;
  }
  if (!good) {
    const char *written = zb_import_address (&import->columns, cells);
    g_autofree char *shown = zb_error_line (written != NULL ? written : "");
    import->summary->refused++;
    import->options->refused (line, shown, why != NULL ? why : refusal->message, import->options->data);
  }
  return TRUE;
}

static gboolean
import_rows (ZbDb *db, gpointer data, GError **error)
{
  Import *import = data;
  const ZbImportOptions *o = import->options;
  gsize size;
  const char *text = g_bytes_get_data (import->csv, &size);
  g_autoptr (ZbCsv) csv = zb_csv_new (text, size);
  GPtrArray *cells;
  if (!read_header (import, csv, error))
    return FALSE;
  while ((cells = zb_csv_next (csv)) != NULL) {
    if (++import->summary->rows > o->max_rows) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                   "line %u: more rows than the limit csv_rows of %" G_GINT64_FORMAT, zb_csv_line (csv),
                   o->max_rows);
      return FALSE;
    }
    if (!import_row (import, csv, cells, error))
      return FALSE;
    if (o->progress != NULL && import->summary->rows % PROGRESS_ROWS == 0)
      o->progress (zb_csv_offset (csv), size, o->data);
  }
  return TRUE;
}

/* A NUL would end a cell unseen; as another control character it has its row refused. */
static GBytes *
show_nul (GBytes *csv)
{
  gsize size;
  const char *data = g_bytes_get_data (csv, &size);
  if (size == 0 || memchr (data, '\0', size) == NULL)
    return g_bytes_ref (csv);
  char *shown = g_memdup2 (data, size);
  for (char *nul = memchr (shown, '\0', size); nul != NULL;
       nul = memchr (nul, '\0', (gsize)(shown + size - nul)))
    *nul = '\1';
  return g_bytes_new_take (shown, size);
}

/* Whether the lines of TEXT that are not ASCII are UTF-8 at least as often as not: then the others are what
   is wrong in it, else it is no UTF-8 at all. */
static gboolean
is_mostly_utf8 (const char *text, gsize size)
{
  gsize good = 0, bad = 0;
  for (const char *line = text, *end = text + size; line < end;) {
    const char *stop = memchr (line, '\n', (gsize)(end - line));
    stop = stop != NULL ? stop : end;
    if (!g_utf8_validate (line, stop - line, NULL))
      bad++;
    else
      for (const char *p = line; p < stop; p++)
        if ((*p & 0x80) != 0) {
          good++;
          break;
        }
    line = stop + 1;
  }
  return good > 0 && good >= bad;
}

/* In UTF-8. A spreadsheet's "Unicode text" is UTF-16 with its mark; what does not convert becomes U+FFFD, and
   its row is refused. */
static GBytes *
to_utf8 (GBytes *csv, const char **encoding)
{
  gsize size, mark, length = 0;
  const guint8 *data = g_bytes_get_data (csv, &size);
  const char *wide = zb_charset_mark (data, size, &mark);
  *encoding = "UTF-8";
  if (wide != NULL && !g_str_equal (wide, "UTF-8")) {
    char *text = zb_charset_to_utf8 (wide, data + mark, size - mark, &length, NULL);
    *encoding = wide;
    return g_bytes_new_take (text, length);
  }
  g_autoptr (GBytes) shown = show_nul (csv);
  const char *text = g_bytes_get_data (shown, &size);
  if (g_utf8_validate (text, (gssize)size, NULL))
    return g_steal_pointer (&shown);
  if (wide != NULL || is_mostly_utf8 (text, size)) {
    char *mended = g_utf8_make_valid (text, (gssize)size);
    return g_bytes_new_take (mended, strlen (mended));
  }
  *encoding = "GB18030";
  char *converted = zb_charset_to_utf8 ("gb18030", (const guint8 *)text, size, &length, NULL);
  return g_bytes_new_take (converted, length);
}

gboolean
zb_import (ZbDb *db, GBytes *csv, const ZbImportOptions *options, ZbImportSummary *summary, GError **error)
{
  const char *encoding;
  g_autoptr (GBytes) text = to_utf8 (csv, &encoding);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Import import = {
      .db = db, .options = options, .summary = summary, .csv = text, .encoding = encoding, .seen = seen};
  *summary = (ZbImportSummary){0};
  if (!zb_db_begin (db, error))
    return FALSE;
  gboolean ok = import_rows (db, &import, error);
  if (ok && !options->dry_run)
    return zb_db_commit (db, error);
  zb_db_rollback (db);
  return ok;
}
