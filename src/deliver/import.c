/* From a spreadsheet to the list, a row at a time, each row with its own reason where it is refused. */
#include "zhoubao/deliver/import.h"

#include "zhoubao/base/charset.h"
#include "zhoubao/base/csv.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/subscribers.h"

#define LANGUAGE_MAX 20
#define PROGRESS_ROWS 1000

typedef enum { EMAIL, NAME, TIER, STATE, LANGUAGE, COLUMNS } Column;

static const char *const column_names[COLUMNS][4] = {
    [EMAIL] = {"email", "e-mail", "address", "邮箱"}, [NAME] = {"name", "full name", "姓名", NULL},
    [TIER] = {"tier", "level", NULL, NULL},           [STATE] = {"state", "status", NULL, NULL},
    [LANGUAGE] = {"language", "lang", NULL, NULL},
};

typedef struct {
  ZbDb *db;
  const ZbImportOptions *options;
  ZbImportSummary *summary;
  GBytes *csv;
  int columns[COLUMNS]; /* where each is, -1: absent */
  GHashTable *seen;     /* key of the address to the line */
} Import;

/* A row, checked. */
typedef struct {
  char *address; /* owned */
  const char *name, *language;
  ZbTier tier;
  ZbPersonState state;
  gboolean has_tier, has_state;
} Row;

static int
find_column (GPtrArray *header, Column column)
{
  for (guint i = 0; i < header->len; i++)
    for (guint n = 0; n < 4 && column_names[column][n] != NULL; n++)
      if (g_ascii_strcasecmp (header->pdata[i], column_names[column][n]) == 0)
        return (int)i;
  return -1;
}

static gboolean
read_header (Import *import, ZbCsv *csv, GError **error)
{
  GPtrArray *header = zb_csv_next (csv);
  for (guint i = 0; header != NULL && i < header->len; i++) {
    char *plain = zb_csv_plain (header->pdata[i]);
    memmove (header->pdata[i], plain, strlen (plain) + 1);
  }
  for (guint c = 0; c < COLUMNS; c++)
    import->columns[c] = header != NULL ? find_column (header, (Column)c) : -1;
  if (import->columns[EMAIL] >= 0)
    return TRUE;
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "line %u: the first row names no column 'email'",
               header != NULL ? zb_csv_line (csv) : 1);
  return FALSE;
}

/* The cell of COLUMN; NULL where it is absent or empty. */
static const char *
cell (const Import *import, GPtrArray *row, Column column)
{
  int at = import->columns[column];
  if (at < 0 || (guint)at >= row->len)
    return NULL;
  const char *plain = zb_csv_plain (row->pdata[at]);
  return *plain != '\0' ? plain : NULL;
}

static gboolean
refuse (GError **error, const char *format, const char *value)
{
  g_autofree char *line = zb_error_line (value);
  g_autofree char *message = g_strdup_printf ("%s '%s'", format, line);
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
read_words (Row *row, const char *tier, const char *state, GError **error)
{
  g_autofree char *tier_name = tier != NULL ? g_ascii_strdown (tier, -1) : NULL,
                  *state_name = state != NULL ? g_ascii_strdown (state, -1) : NULL;
  row->has_tier = tier != NULL;
  row->has_state = state != NULL;
  row->state = ZB_PERSON_ACTIVE;
  if (tier != NULL && !zb_tier_parse (tier_name, &row->tier))
    return refuse (error, "there is no tier", tier);
  if (state != NULL && (!zb_person_state_parse (state_name, &row->state) || row->state == ZB_PERSON_ERASED))
    return refuse (error, "there is no state", state);
  return TRUE;
}

static gboolean
read_row (const Import *import, GPtrArray *cells, gboolean broken, Row *row, GError **error)
{
  const char *address = cell (import, cells, EMAIL);
  if (broken) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "a quote is not closed, or has text behind it");
    return FALSE;
  }
  if (address == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "there is no address");
    return FALSE;
  }
  row->name = cell (import, cells, NAME);
  row->language = cell (import, cells, LANGUAGE);
  if (row->language != NULL && (strlen (row->language) > LANGUAGE_MAX || !g_str_is_ascii (row->language)))
    return refuse (error, "this is no language tag:", row->language);
  return zb_mailbox_parse (address, &row->address, error) && zb_mailbox_check_name (row->name, error) &&
         read_words (row, cell (import, cells, TIER), cell (import, cells, STATE), error);
}

/* Each mailbox once; the first row counts. */
static gboolean
check_seen (Import *import, const Row *row, guint line, GError **error)
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
update (Import *import, ZbPerson *person, const Row *row, GError **error)
{
  gboolean new_name = replace (&person->name, row->name),
           new_language = replace (&person->language, row->language);
  gboolean new_tier = row->has_tier && person->tier != row->tier;
  gboolean goes = row->has_state && row->state != person->state && row->state != ZB_PERSON_ACTIVE &&
                  row->state != ZB_PERSON_PENDING;
  if (new_tier)
    person->tier = row->tier;
  if (goes)
    person->state = row->state;
  if (goes && row->state != ZB_PERSON_PAUSED)
    person->left_at = import->options->now;
  gboolean changed = new_name || new_language || new_tier || goes;
  import->summary->changed += changed;
  import->summary->same += !changed;
  return !changed || zb_person_save (import->db, person, import->options->now, error);
}

static gboolean
insert (Import *import, const Row *row, GError **error)
{
  g_autoptr (ZbPerson) person = zb_person_new (row->address, "import", import->options->now);
  person->name = g_strdup (row->name);
  person->language = g_strdup (row->language);
  person->tier = row->tier;
  person->state = row->state;
  if (row->state == ZB_PERSON_LEFT || row->state == ZB_PERSON_BOUNCED || row->state == ZB_PERSON_COMPLAINED)
    person->left_at = import->options->now;
  import->summary->added++;
  return zb_person_add (import->db, person, error);
}

/* Keeps ROW. FALSE with *WHY set: refused; FALSE with ERROR set: the database failed. */
static gboolean
keep (Import *import, const Row *row, char **why, GError **error)
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
  Row row = {0};
  guint line = zb_csv_line (csv);
  gboolean good = read_row (import, cells, zb_csv_is_broken (csv), &row, &refusal) &&
                  check_seen (import, &row, line, &refusal) && keep (import, &row, &why, &failed);
  g_autofree char *address = row.address;
  if (failed != NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&failed), "line %u: ", line);
    return FALSE;
  }
  if (!good) {
    const char *written = cell (import, cells, EMAIL);
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

/* In UTF-8. A spreadsheet's "Unicode text" is UTF-16 with its mark; what is neither UTF-8 nor GB18030 is read
   as GB18030 with U+FFFD in it, and refused row by row. */
static GBytes *
to_utf8 (GBytes *csv)
{
  gsize size, mark, length = 0;
  const guint8 *data = g_bytes_get_data (csv, &size);
  const char *wide = zb_charset_mark (data, size, &mark);
  if (wide != NULL && !g_str_equal (wide, "UTF-8")) {
    char *text = zb_charset_to_utf8 (wide, data + mark, size - mark, &length, NULL);
    return g_bytes_new_take (text, length);
  }
  g_autoptr (GBytes) shown = show_nul (csv);
  data = g_bytes_get_data (shown, &size);
  if (g_utf8_validate ((const char *)data, (gssize)size, NULL))
    return g_steal_pointer (&shown);
  char *text = zb_charset_to_utf8 ("gb18030", data, size, &length, NULL);
  return g_bytes_new_take (text, length);
}

gboolean
zb_import (ZbDb *db, GBytes *csv, const ZbImportOptions *options, ZbImportSummary *summary, GError **error)
{
  g_autoptr (GBytes) text = to_utf8 (csv);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Import import = {.db = db, .options = options, .summary = summary, .csv = text, .seen = seen};
  *summary = (ZbImportSummary){0};
  if (!zb_db_begin (db, error))
    return FALSE;
  gboolean ok = import_rows (db, &import, error);
  if (ok && !options->dry_run)
    return zb_db_commit (db, error);
  zb_db_rollback (db);
  return ok;
}
