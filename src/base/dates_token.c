/* Cutting a text into the tokens of dates, whatever its script and width. */
#include "dates_token.h"

#define DIGITS_MAX 14

/* Chinese numerals, the forms of cheques too. */
static const struct {
  const char *sign;
  int value;
} numerals[] = {
    {"〇", 0},   {"○", 0},  {"零", 0}, {"一", 1},  {"二", 2},  {"三", 3},  {"四", 4},
    {"五", 5},   {"六", 6}, {"七", 7}, {"八", 8},  {"九", 9},  {"壹", 1},  {"贰", 2},
    {"叁", 3},   {"两", 2}, {"兩", 2}, {"拾", 10}, {"十", 10}, {"廿", 20}, {"卅", 30},
    {"百", 100}, {"肆", 4}, {"伍", 5}, {"陆", 6},  {"柒", 7},  {"捌", 8},  {"玖", 9},
};

/* One form for the signs that are written in several. */
static gunichar
fold_sign (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e) /* full width */
    return c - 0xfee0;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
    return '-';
  if (c == 0x2236 || c == 0xfe55)
    return ':';
  if (c == 0x3002 || c == 0xff0e)
    return '.';
  if (c == 0x3001 || c == 0x00b7 || c == 0x30fb || c == 0x2022)
    return ',';
  if (c == 0x3014 || c == 0x3010)
    return '[';
  if (c == 0x3015 || c == 0x3011)
    return ']';
  if (c == 0x2018 || c == 0x2019)
    return '\'';
  return c;
}

static gboolean
is_space (gunichar c)
{
  if (c > ' ' && c < 0x7f)
    return FALSE;
  return g_unichar_isspace (c) || c == 0x00a0 || c == 0x3000 || c == 0xfeff || c == 0x200b || c == 0x202f ||
         c == 0x200e || c == 0x200f;
}

/* Scripts that put no spaces between words. */
static gboolean
is_han (gunichar c)
{
  return (c >= 0x2e80 && c <= 0x2fff) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c <= 0x9fff) ||
         (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static int
numeral (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (g_utf8_get_char (numerals[i].sign) == c)
      return numerals[i].value;
  return -1;
}

static int
digit (gunichar c)
{
  if (c < 0x80)
    return g_ascii_digit_value ((char)c);
  return g_unichar_isdigit (c) ? g_unichar_digit_value (c) : -1;
}

static const char *
read_digits (const char *p, ZbDateToken *token)
{
  int d;
  for (; (d = digit (g_utf8_get_char (p))) >= 0; p = g_utf8_next_char (p)) {
    if (token->digits < DIGITS_MAX)
      token->value = token->value * 10 + d;
    token->digits++;
  }
  token->kind = token->digits <= DIGITS_MAX ? TOKEN_NUMBER : TOKEN_UNKNOWN;
  return p;
}

/* "二〇一七" is read digit by digit, "二十三" by place; an O or 0 between numerals is a zero. */
static const char *
read_numerals (const char *p, ZbDateToken *token)
{
  gint64 total = 0, pending = 0;
  gboolean places = FALSE;
  for (; token->digits <= DIGITS_MAX; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int v = numeral (c);
    if (v < 0 && token->digits > 0 && (c == 'O' || c == 'o' || c == '0' || c == 0xff2f || c == 0x25cb))
      v = 0;
    if (v < 0)
      break;
    if (v >= 10) {
      total += (pending > 0 ? pending : 1) * v;
      if (v == 20 || v == 30) /* 廿三, 卅一 */
        total = v;
      pending = 0;
      places = TRUE;
    } else {
      pending = places ? v : pending * 10 + v;
    }
    token->digits++;
  }
  token->kind = token->digits <= DIGITS_MAX ? TOKEN_NUMBER : TOKEN_UNKNOWN;
  token->value = total + pending;
  if (places)
    token->digits = token->value >= 100 ? 3 : token->value >= 10 ? 2 : 1;
  token->han = TRUE;
  return p;
}

/* "a.m." and "p.m." */
static const char *
read_dotted_part (const char *p, ZbDateToken *token)
{
  char name[3] = {g_ascii_tolower (*p), 'm', '\0'};
  if ((name[0] != 'a' && name[0] != 'p') || p[1] != '.' || g_ascii_tolower (p[2]) != 'm' ||
      g_ascii_isalpha (p[3]))
    return NULL;
  token->kind = TOKEN_WORD;
  token->word = zb_date_word_find (name, FALSE);
  return p[3] == '.' ? p + 4 : p + 3;
}

static const char *
read_word (const char *p, gboolean loose, ZbDateToken *token)
{
  const char *dotted = read_dotted_part (p, token);
  if (dotted != NULL)
    return dotted;
  const char *end = p;
  gunichar c = g_utf8_get_char (end);
  while (!is_han (c) && (g_unichar_isalpha (c) || g_unichar_ismark (c))) {
    end = g_utf8_next_char (end);
    c = g_utf8_get_char (end);
  }
  char folded[48];
  if (zb_date_word_fold (p, (gsize)(end - p), folded, sizeof folded))
    token->word = zb_date_word_find (folded, loose);
  token->kind = token->word != NULL ? TOKEN_WORD : TOKEN_UNKNOWN;
  return end;
}

static const char *
read_token (const char *p, gboolean loose, ZbDateToken *token)
{
  gunichar c = g_utf8_get_char (p);
  if (digit (c) >= 0)
    return read_digits (p, token);
  if (is_han (c) || c == 0x25cb) {
    token->han = TRUE;
    token->word = zb_date_word_find_cjk (p);
    if (token->word != NULL) { /* before numerals: 一昨日 begins with one */
      token->kind = TOKEN_WORD;
      return p + strlen (token->word->text);
    }
    if (numeral (c) >= 0)
      return read_numerals (p, token);
    token->kind = TOKEN_UNKNOWN;
    return g_utf8_next_char (p);
  }
  gunichar sign = fold_sign (c);
  if (g_unichar_isalpha (sign))
    return read_word (p, loose, token);
  token->kind = sign < 0x80 ? TOKEN_SIGN : TOKEN_UNKNOWN;
  token->sign = sign;
  return g_utf8_next_char (p);
}

/* "2016年6月2911:30" and "2017-06-2310:15" lost the space, or the tag, between day and hour. */
static void
split_glued (GArray *tokens)
{
  for (guint i = 2; i + 1 < tokens->len; i++) {
    ZbDateToken *t = &g_array_index (tokens, ZbDateToken, i);
    gboolean clock = t[1].kind == TOKEN_SIGN && t[1].sign == ':';
    gboolean marked =
        t[-1].kind == TOKEN_WORD && (t[-1].word->roles & ROLE_MARK) != 0 && t[-1].word->unit == UNIT_MONTH;
    gboolean dashed =
        i >= 4 && t[-1].sign == '-' && t[-2].kind == TOKEN_NUMBER && t[-3].sign == '-' && t[-4].digits == 4;
    if (t->kind != TOKEN_NUMBER || t->han || t->digits < 3 || t->digits > 4 || !clock || !(marked || dashed))
      continue;
    ZbDateToken hour = *t;
    hour.value = t->value % 100;
    hour.digits = 2;
    hour.spaced = TRUE;
    t->value /= 100;
    t->digits -= 2;
    t->end = hour.start = t->end - 2; /* digits of one byte, or no harm: only the outer ends are told */
    g_array_insert_val (tokens, i + 1, hour);
  }
}

void
zb_date_tokens (const char *text, gboolean loose, GArray *tokens)
{
  gboolean spaced = TRUE;
  for (const char *p = text; *p != '\0';) {
    gunichar c = g_utf8_get_char (p);
    if (is_space (c)) {
      spaced = TRUE;
      p = g_utf8_next_char (p);
      continue;
    }
    ZbDateToken token = {.kind = TOKEN_UNKNOWN, .spaced = spaced, .first = c, .start = (guint)(p - text)};
    p = read_token (p, loose, &token);
    token.end = (guint)(p - text);
    g_array_append_val (tokens, token);
    spaced = FALSE;
  }
  ZbDateToken end = {
      .kind = TOKEN_END, .spaced = TRUE, .start = (guint)strlen (text), .end = (guint)strlen (text)};
  g_array_append_val (tokens, end);
  split_glued (tokens);
}
