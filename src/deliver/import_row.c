/* Columns by name, cells by meaning. */
#include "import_row.h"

#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"

#define LANGUAGE_MAX 20
#define NAMES 4

static const char *const column_names[ZB_IMPORT_COLUMNS][NAMES] = {
    [ZB_IMPORT_EMAIL] = {"email", "e-mail", "address", "邮箱"},
    [ZB_IMPORT_NAME] = {"name", "full name", "姓名"},
    [ZB_IMPORT_TIER] = {"tier", "level"},
    [ZB_IMPORT_STATE] = {"state", "status"},
    [ZB_IMPORT_LANGUAGE] = {"language", "lang"},
    [ZB_IMPORT_FORMAT] = {"format"},
    [ZB_IMPORT_WEEKLY] = {"weekly"},
    [ZB_IMPORT_LATEST] = {"latest"},
    [ZB_IMPORT_ESSAYS] = {"essays"},
    [ZB_IMPORT_ORIGIN] = {"origin"},
    [ZB_IMPORT_JOINED] = {"joined"},
    [ZB_IMPORT_LEFT] = {"left"},
    [ZB_IMPORT_PAUSED_UNTIL] = {"paused_until"},
    [ZB_IMPORT_CONSENT_AT] = {"consent_at"},
    [ZB_IMPORT_CONSENT_TEXT] = {"consent_text"},
    [ZB_IMPORT_CONSENT_FROM] = {"consent_from"},
};

/* A word that a cell may hold, and what it says; the first of a kind is shown where another was found. */
typedef struct {
  const char *word;
  ZbImportWish wish;
} Word;

static const Word yes_or_no[] = {{"yes", ZB_IMPORT_YES}, {"no", ZB_IMPORT_NO},    {"1", ZB_IMPORT_YES},
                                 {"0", ZB_IMPORT_NO},    {"true", ZB_IMPORT_YES}, {"false", ZB_IMPORT_NO},
                                 {"是", ZB_IMPORT_YES},  {"否", ZB_IMPORT_NO},    {NULL, ZB_IMPORT_UNSAID}};
static const Word formats[] = {{"text", ZB_IMPORT_YES}, {"html", ZB_IMPORT_NO}, {NULL, ZB_IMPORT_UNSAID}};

typedef struct {
  ZbImportColumn column;
  gsize offset; /* of a ZbImportWish in ZbImportRow */
  const Word *words;
} Wish;

static const Wish wishes[] = {
    {ZB_IMPORT_FORMAT, G_STRUCT_OFFSET (ZbImportRow, text_only), formats},
    {ZB_IMPORT_WEEKLY, G_STRUCT_OFFSET (ZbImportRow, weekly), yes_or_no},
    {ZB_IMPORT_LATEST, G_STRUCT_OFFSET (ZbImportRow, latest), yes_or_no},
    {ZB_IMPORT_ESSAYS, G_STRUCT_OFFSET (ZbImportRow, essays), yes_or_no},
};

typedef struct {
  ZbImportColumn column;
  gsize offset; /* of a ZbTime in ZbImportRow */
} Time;

static const Time times[] = {
    {ZB_IMPORT_JOINED, G_STRUCT_OFFSET (ZbImportRow, joined)},
    {ZB_IMPORT_LEFT, G_STRUCT_OFFSET (ZbImportRow, left)},
    {ZB_IMPORT_PAUSED_UNTIL, G_STRUCT_OFFSET (ZbImportRow, paused_until)},
    {ZB_IMPORT_CONSENT_AT, G_STRUCT_OFFSET (ZbImportRow, consent_at)},
};

static int
find_column (GPtrArray *header, ZbImportColumn column)
{
  for (guint i = 0; i < header->len; i++)
    for (guint n = 0; n < NAMES && column_names[column][n] != NULL; n++)
      if (g_ascii_strcasecmp (header->pdata[i], column_names[column][n]) == 0)
        return (int)i;
  return -1;
}

gboolean
zb_import_columns_find (ZbImportColumns *columns, GPtrArray *header)
{
  for (guint i = 0; i < header->len; i++) {
    char *plain = zb_csv_plain (header->pdata[i]);
    memmove (header->pdata[i], plain, strlen (plain) + 1);
  }
  for (guint c = 0; c < ZB_IMPORT_COLUMNS; c++)
    columns->at[c] = find_column (header, (ZbImportColumn)c);
  return columns->at[ZB_IMPORT_EMAIL] >= 0;
}

/* The cell of COLUMN; NULL where it is absent or empty. */
static const char *
cell (const ZbImportColumns *columns, GPtrArray *cells, ZbImportColumn column)
{
  int at = columns->at[column];
  if (at < 0 || (guint)at >= cells->len)
    return NULL;
  const char *plain = zb_csv_plain (cells->pdata[at]);
  return *plain != '\0' ? plain : NULL;
}

const char *
zb_import_address (const ZbImportColumns *columns, GPtrArray *cells)
{
  return cell (columns, cells, ZB_IMPORT_EMAIL);
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
read_states (ZbImportRow *row, const char *tier, const char *state, GError **error)
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
read_wish (const ZbImportColumns *columns, GPtrArray *cells, const Wish *wish, ZbImportRow *row,
           GError **error)
{
  const char *text = cell (columns, cells, wish->column);
  const Word *word = wish->words;
  while (text != NULL && word->word != NULL && g_ascii_strcasecmp (word->word, text) != 0)
    word++;
  G_STRUCT_MEMBER (ZbImportWish, row, wish->offset) = text != NULL ? word->wish : ZB_IMPORT_UNSAID;
  if (text == NULL || word->word != NULL)
    return TRUE;
  g_autofree char *words = g_strdup_printf ("%s is %s or %s, not", column_names[wish->column][0],
                                            wish->words[0].word, wish->words[1].word);
  return refuse (error, words, text);
}

static gboolean
read_time (const ZbImportColumns *columns, GPtrArray *cells, const Time *time, ZbImportRow *row,
           GError **error)
{
  const char *text = cell (columns, cells, time->column);
  ZbTime t = text != NULL ? zb_time_from_rfc3339 (text) : ZB_TIME_NONE;
  G_STRUCT_MEMBER (ZbTime, row, time->offset) = t;
  if (text == NULL || t != ZB_TIME_NONE)
    return TRUE;
  g_autofree char *words =
      g_strdup_printf ("%s is a time like 2017-07-03T08:00:00Z, not", column_names[time->column][0]);
  return refuse (error, words, text);
}

static gboolean
read_preferences (const ZbImportColumns *columns, GPtrArray *cells, ZbImportRow *row, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    if (!read_wish (columns, cells, &wishes[i], row, error))
      return FALSE;
  row->language = cell (columns, cells, ZB_IMPORT_LANGUAGE);
  if (row->language != NULL && (strlen (row->language) > LANGUAGE_MAX || !g_str_is_ascii (row->language)))
    return refuse (error, "this is no language tag:", row->language);
  return TRUE;
}

static gboolean
read_history (const ZbImportColumns *columns, GPtrArray *cells, ZbImportRow *row, GError **error)
{
  static const char *const origins[] = {"form", "import", "editor", NULL};
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (!read_time (columns, cells, &times[i], row, error))
      return FALSE;
  row->consent_text = cell (columns, cells, ZB_IMPORT_CONSENT_TEXT);
  row->consent_from = cell (columns, cells, ZB_IMPORT_CONSENT_FROM);
  row->origin = cell (columns, cells, ZB_IMPORT_ORIGIN);
  if (row->origin != NULL && !g_strv_contains (origins, row->origin))
    return refuse (error, "origin is form, import or editor, not", row->origin);
  return TRUE;
}

gboolean
zb_import_row_read (const ZbImportColumns *columns, GPtrArray *cells, ZbImportRow *row, GError **error)
{
  const char *address = cell (columns, cells, ZB_IMPORT_EMAIL);
  if (address == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "there is no address");
    return FALSE;
  }
  row->name = cell (columns, cells, ZB_IMPORT_NAME);
  return zb_mailbox_parse (address, &row->address, error) && zb_mailbox_check_name (row->name, error) &&
         read_states (row, cell (columns, cells, ZB_IMPORT_TIER), cell (columns, cells, ZB_IMPORT_STATE),
                      error) &&
         read_preferences (columns, cells, row, error) && read_history (columns, cells, row, error);
}
