/* Phrases of several words out of ICU's data, in many languages: "il y a 3 jours", "vor 2 Std.", "5 giờ
 * trước", names such as "thứ sáu" and "มิ.ย.". The table is made when the first word comes by that may begin
 * one. */
#include "dates_phrase.h"

#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#define PHRASE_MAX 8     /* tokens */
#define KEY_MAX 96       /* bytes of its key */
#define AMOUNT_MAX 10000 /* of one unit */
#define SPAN_BEFORE_CLOCK 3

static const struct {
  URelativeDateTimeUnit icu;
  ZbDateUnit unit;
} units[] = {{UDAT_REL_UNIT_YEAR, UNIT_YEAR},    {UDAT_REL_UNIT_MONTH, UNIT_MONTH},
             {UDAT_REL_UNIT_WEEK, UNIT_WEEK},    {UDAT_REL_UNIT_DAY, UNIT_DAY},
             {UDAT_REL_UNIT_HOUR, UNIT_HOUR},    {UDAT_REL_UNIT_MINUTE, UNIT_MINUTE},
             {UDAT_REL_UNIT_SECOND, UNIT_SECOND}};

/* The first wins where two have one phrase. */
static const char *const locales[] = {"de", "fr", "es", "it", "pt", "nl", "ru", "pl", "cs",
                                      "sv", "da", "nb", "fi", "hu", "ro", "el", "tr", "uk",
                                      "bg", "hr", "id", "vi", "th", "ar", "he", "fa", "hi"};

/* Numbers that differ in their plural in one language or another. */
static const double plurals[] = {1, 2, 3, 5, 21};

/* "une heure", "einer Stunde": the one that a language writes as a word. */
static const char *const ones[] = {"un",    "une",   "una", "uno", "ein", "eine", "einem", "einer", "einen",
                                   "een",   "um",    "uma", "en",  "et",  "ett",  "один",  "одну",  "jeden",
                                   "jedna", "jedne", "mot", "egy", "bir", "o",    "unei",  "unui"};

typedef enum { PHRASE_AGO, PHRASE_SHIFT, PHRASE_MONTH, PHRASE_WEEKDAY } PhraseKind;

typedef struct {
  PhraseKind kind;
  ZbDateUnit unit;
  int value; /* shift, month or weekday */
} Phrase;

static gboolean
is_one (const char *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    if (g_str_equal (folded, ones[i]))
      return TRUE;
  return FALSE;
}

/* What the token at I adds to a phrase's key: nothing for a sign, '#' for a number, whose value goes to
 * AMOUNT. FALSE where it can be in no phrase. */
static gboolean
append_key (GString *key, const char *text, const ZbDateToken *t, gint64 *amount)
{
  char folded[48];
  if (t->kind == TOKEN_SIGN)
    return TRUE;
  if (t->kind == TOKEN_END || (t->han && t->kind != TOKEN_NUMBER))
    return FALSE;
  if (key->len > 0)
    g_string_append_c (key, ' ');
  if (t->kind == TOKEN_NUMBER) {
    *amount = *amount < 0 ? t->value : AMOUNT_MAX; /* no phrase has two */
    g_string_append_c (key, '#');
    return TRUE;
  }
  if (!zb_date_word_fold (text + t->start, t->end - t->start, folded, sizeof folded))
    return FALSE;
  gboolean one = is_one (folded) && *amount < 0;
  *amount = one ? 1 : *amount;
  g_string_append (key, one ? "#" : folded);
  return key->len <= KEY_MAX;
}

/* The first of the languages that have it wins. The beginnings of a key are kept as well, without a phrase,
 * so that a search can stop early. */
static void
keep (GHashTable *table, const char *key, Phrase phrase)
{
  for (const char *space = strchr (key, ' '); space != NULL; space = strchr (space + 1, ' ')) {
    g_autofree char *beginning = g_strndup (key, (gsize)(space - key));
    if (!g_hash_table_contains (table, beginning))
      g_hash_table_insert (table, g_steal_pointer (&beginning), NULL);
  }
  if (g_hash_table_lookup (table, key) == NULL)
    g_hash_table_insert (table, g_strdup (key), g_memdup2 (&phrase, sizeof phrase));
}

/* What people write as often as that which ICU has; and "час назад", without the one. */
static void
keep_other_forms (GHashTable *table, const char *key, Phrase phrase)
{
  static const struct {
    const char *before, *behind, *other_before, *other_behind;
  } forms[] = {{"ha ", "", "", " atras"},  {"hace ", "", "", " atras"}, {"قبل ", "", "منذ ", ""},
               {"", "ทผานมา", "", "ทแลว"}, {"", "ทผานมา", "", "กอน"},   {"# ", "", "", ""}};
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    if (!g_str_has_prefix (key, forms[i].before) || !g_str_has_suffix (key, forms[i].behind))
      continue;
    const char *rest = key + strlen (forms[i].before);
    g_autofree char *middle = g_strndup (rest, strlen (rest) - strlen (forms[i].behind));
    g_autofree char *other = g_strconcat (forms[i].other_before, middle, forms[i].other_behind, NULL);
    keep (table, other, phrase);
  }
}

static void
add_phrase (GHashTable *table, const UChar *words, int32_t length, Phrase phrase)
{
  char utf8[KEY_MAX * 2];
  int32_t n = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8 (utf8, sizeof utf8, &n, words, length, &status);
  if (U_FAILURE (status) || n <= 0 || n >= (int32_t)sizeof utf8)
    return;
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (ZbDateToken));
  zb_date_tokens (utf8, FALSE, tokens);
  g_autoptr (GString) key = g_string_new (NULL);
  gint64 amount = -1;
  for (guint i = 0; i + 1 < tokens->len; i++)
    if (!append_key (key, utf8, &g_array_index (tokens, ZbDateToken, i), &amount))
      return;
  if (key->len == 0 || (phrase.kind != PHRASE_AGO && amount >= 0)) /* "tháng 6" names no one month */
    return;
  keep (table, key->str, phrase);
  if (phrase.kind == PHRASE_AGO)
    keep_other_forms (table, key->str, phrase);
}

static void
add_unit (GHashTable *table, const URelativeDateTimeFormatter *format, guint u)
{
  UChar words[KEY_MAX];
  for (guint k = 0; k < G_N_ELEMENTS (plurals); k++) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = ureldatefmt_formatNumeric (format, -plurals[k], units[u].icu, words, KEY_MAX, &status);
    if (U_SUCCESS (status))
      add_phrase (table, words, n, (Phrase){PHRASE_AGO, units[u].unit, -1});
  }
  int first = units[u].unit == UNIT_DAY ? -2 : -1, last = units[u].unit == UNIT_DAY ? 1 : -1;
  for (int shift = first; units[u].unit <= UNIT_DAY && shift <= last; shift++) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = ureldatefmt_format (format, shift, units[u].icu, words, KEY_MAX, &status);
    if (U_SUCCESS (status))
      add_phrase (table, words, n, (Phrase){PHRASE_SHIFT, units[u].unit, shift});
  }
}

static void
add_relative (GHashTable *table, const char *locale)
{
  static const UDateRelativeDateTimeFormatterStyle styles[] = {UDAT_STYLE_LONG, UDAT_STYLE_SHORT};
  for (guint s = 0; s < G_N_ELEMENTS (styles); s++) {
    UErrorCode status = U_ZERO_ERROR;
    URelativeDateTimeFormatter *format =
        ureldatefmt_open (locale, NULL, styles[s], UDISPCTX_CAPITALIZATION_NONE, &status);
    if (U_FAILURE (status))
      continue;
    for (guint u = 0; u < G_N_ELEMENTS (units); u++)
      add_unit (table, format, u);
    ureldatefmt_close (format);
  }
}

static void
add_name (const UChar *name, int32_t length, gboolean weekday, int value, gpointer table)
{
  add_phrase (table, name, length, (Phrase){weekday ? PHRASE_WEEKDAY : PHRASE_MONTH, UNIT_DAY, value});
}

/* Vietnamese numbers its months; ICU has the digits, people the words too. */
static void
add_spelt_months (GHashTable *table)
{
  static const char *const numbers[] = {"một", "hai", "ba",   "tư",   "năm",      "sáu",
                                        "bảy", "tám", "chín", "mười", "mười một", "mười hai"};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *spelt = g_strconcat ("tháng ", numbers[i], NULL);
    UChar words[KEY_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = 0;
    u_strFromUTF8 (words, KEY_MAX, &n, spelt, -1, &status);
    add_phrase (table, words, n, (Phrase){PHRASE_MONTH, UNIT_MONTH, (int)i + 1});
  }
}

static GHashTable *
phrases (void)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
      add_relative (table, locales[i]);
    add_spelt_months (table);
    zb_date_word_names ("vi", add_name, table);
    zb_date_word_names ("th", add_name, table);
    g_once_init_leave (&once, (gsize)table);
  }
  return (GHashTable *)once;
}

/* In prose a lone "hier" or "ma" says nothing: a time must follow. */
static gboolean
clock_follows (const ZbDateReader *r, guint i)
{
  for (guint j = i; j < i + SPAN_BEFORE_CLOCK; j++)
    if (zb_date_is_number (r, j))
      return zb_date_is_sign (r, j + 1, ':') || zb_date_is_mark (r, j + 1, UNIT_HOUR);
  return FALSE;
}

static gboolean
take (const ZbDateReader *r, guint end, const Phrase *phrase, gint64 amount, ZbDateFields *f)
{
  switch (phrase->kind) {
  case PHRASE_AGO:
    amount = amount < 0 && r->whole ? 1 : amount;
    if (amount < 0 || amount >= AMOUNT_MAX || f->hour >= 0)
      return FALSE;
    f->has_duration = TRUE;
    f->duration[phrase->unit] = -(double)amount;
    return TRUE;
  case PHRASE_SHIFT:
    if (f->shifted[phrase->unit] || (!r->whole && !clock_follows (r, end)))
      return FALSE;
    f->shifted[phrase->unit] = TRUE;
    f->shift[phrase->unit] = phrase->value;
    return TRUE;
  case PHRASE_MONTH:
    if (f->month >= 0)
      return FALSE;
    f->month = phrase->value;
    f->month_is_word = TRUE;
    return TRUE;
  case PHRASE_WEEKDAY:
    if (f->weekday > 0)
      return FALSE;
    f->weekday = phrase->value;
    return TRUE;
  }
  return FALSE;
}

/* A month, weekday or zone as our own table spells it. */
static gboolean
is_own_name (const ZbDateReader *r, guint i)
{
  const ZbDateToken *t = zb_date_at (r, i);
  return t->kind == TOKEN_WORD && zb_date_word_is_own (t->word) &&
         (t->word->roles & ~(guint)(ROLE_MONTH | ROLE_WEEKDAY | ROLE_ZONE)) == 0 &&
         strlen (t->word->text) == t->end - t->start;
}

/* Whether a phrase may begin here: at a word, or a number with a word behind it. None has a name of our own
   followed by a number, another such name, or nothing, which is what the dates of most feeds are made of:
   they need no table. */
static gboolean
may_begin (const ZbDateReader *r, guint i)
{
  guint word = i + (zb_date_is_number (r, i) ? 1 : 0), next = word + 1;
  const ZbDateToken *t = zb_date_at (r, word);
  if (t->han || (t->kind != TOKEN_WORD && t->kind != TOKEN_UNKNOWN) || !g_unichar_isalpha (t->first))
    return FALSE;
  if (!is_own_name (r, word))
    return TRUE;
  while (zb_date_at (r, next)->kind == TOKEN_SIGN)
    next++;
  return !zb_date_is_number (r, next) && zb_date_at (r, next)->kind != TOKEN_END && !is_own_name (r, next);
}

guint
zb_date_read_phrase (const ZbDateReader *r, guint i, ZbDateFields *f)
{
  if (f->has_duration || f->is_now || f->epoch >= 0 || !may_begin (r, i))
    return 0;
  const Phrase *found = NULL;
  gint64 amount = -1, found_amount = -1;
  guint taken = 0;
  g_autoptr (GString) key = g_string_sized_new (KEY_MAX);
  for (guint j = i; j < i + PHRASE_MAX && append_key (key, r->text, zb_date_at (r, j), &amount); j++) {
    gpointer phrase;
    if (key->len > 0 && !g_hash_table_lookup_extended (phrases (), key->str, NULL, &phrase))
      break;
    if (key->len == 0 || phrase == NULL)
      continue;
    found = phrase;
    found_amount = amount;
    taken = j + 1 - i;
  }
  return found != NULL && take (r, i + taken, found, found_amount, f) ? taken : 0;
}
