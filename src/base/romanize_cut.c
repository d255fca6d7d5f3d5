/* Cutting a run of Chinese into words: places, the words of our own table, then ICU's. */
#include "romanize_private.h"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

/* Kinds of place that are written in one word with the name, and words in which that character is something
   else. */
static const char suffixes[] = "省市县区州盟旗镇乡村";
static const char *const not_suffixes[] = {
    "市场", "市民", "市长", "市区", "市级", "市值", "市价", "市属", "市内", "市域", "市容", "市政",
    "市委", "市辖", "市直", "市面", "省长", "省级", "省会", "省委", "省内", "省属", "省际", "省直",
    "县长", "县级", "县委", "县域", "县城", "县直", "区域", "区间", "区块", "区分", "区别", "区长",
    "区委", "区级", "区内", "区县", "区位", "区划", "州长", "旗下", "旗舰", "旗帜", "镇长", "镇域",
    "镇级", "镇村", "乡村", "乡镇", "乡土", "乡亲", "村民", "村委", "村庄", "村镇", "村干", "村长"};
static const char *const suffixes_after_all[] = {"市政府", "市政协", "市级人民政府"};

/* Characters that end no name before 区 or 市: 社区, 园区, 开发区, 城市, 各市. */
static const char not_names[] = "社园小景辖地山新城特灾库矿发范验税贸作治政市县区省州各全本该等都府";

static const char numerals[] = "〇零一二三四五六七八九十百千";

/* Characters that stand alone between words. */
static const char alone[] =
    "的和与及在对为了从向将被由把等不中上下年月日号各该本其以之所并或而也又就还都可应须已未是有无"
    "个条章款项名家次至到于则因如若但第两这那我他你它万亿元户件人起后前内外间时";

#define PEOPLES_MAX 12 /* characters: 彝族哈尼族拉祜族 */

/* Endings that are written in one word with the noun before. */
static const char endings[] = "性者员化率们型式级费税书证人局厅部委处院署司业法权案商器师制组圈网";

typedef struct {
  const gunichar *text;
  gsize length;
  guint8 *edge; /* for each place between characters, whether ICU parts words there */
  GArray *spans;
} Cutter;

static gboolean
is_one_of (gunichar c, const char *set)
{
  return g_utf8_strchr (set, -1, c) != NULL;
}

static gboolean
starts_with (const Cutter *c, gsize at, const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word), at++)
    if (at >= c->length || c->text[at] != g_utf8_get_char (word))
      return FALSE;
  return TRUE;
}

static gboolean
starts_with_any (const Cutter *c, gsize at, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (starts_with (c, at, words[i]))
      return TRUE;
  return FALSE;
}

static UBreakIterator *
breaks_get (void)
{
  static GPrivate kept = G_PRIVATE_INIT ((GDestroyNotify)ubrk_close);
  UBreakIterator *breaks = g_private_get (&kept);
  if (breaks == NULL) {
    UErrorCode status = U_ZERO_ERROR;
    breaks = ubrk_open (UBRK_WORD, "zh", NULL, 0, &status);
    g_assert (U_SUCCESS (status)); /* ICU's own data is missing */
    g_private_set (&kept, breaks);
  }
  return breaks;
}

/* Marks in EDGE where ICU parts the words of TEXT. */
static void
mark_edges (const gunichar *text, gsize length, guint8 *edge)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *utf16 = g_new (UChar, length * 2 + 1);
  g_autofree gsize *index = g_new (gsize, length * 2 + 1);
  int32_t size = 0;
  for (gsize i = 0; i < length; i++) {
    int32_t before = size;
    U16_APPEND_UNSAFE (utf16, size, (UChar32)text[i]);
    for (int32_t k = before; k < size; k++)
      index[k] = i;
  }
  index[size] = length;
  UBreakIterator *breaks = breaks_get ();
  ubrk_setText (breaks, utf16, size, &status);
  g_assert (U_SUCCESS (status));
  for (int32_t at = ubrk_first (breaks); at != UBRK_DONE; at = ubrk_next (breaks))
    edge[index[at]] = 1;
  ubrk_setText (breaks, NULL, 0, &status);
}

static gboolean
is_icu_word (const gunichar *text, gsize length)
{
  guint8 edge[ZB_ROMANIZE_LONGEST + 1] = {0};
  if (length < 2 || length > ZB_ROMANIZE_LONGEST)
    return FALSE;
  mark_edges (text, length, edge);
  for (gsize i = 1; i < length; i++)
    if (edge[i])
      return FALSE;
  return TRUE;
}

static gboolean
is_known_word (const gunichar *text, gsize length)
{
  const ZbRomanizeEntry *entry = zb_romanize_match (text, length, ZB_ROMANIZE_WORD);
  return (entry != NULL && entry->length == length) || is_icu_word (text, length);
}

static void
add_span (Cutter *c, gsize start, gsize end, gboolean is_place)
{
  ZbRomanizeSpan span = {start, end, is_place};
  g_array_append_val (c->spans, span);
}

/* 职业教育 is two words, though ICU has it as one. */
static void
add_icu_word (Cutter *c, gsize start, gsize end)
{
  gsize n = end - start;
  for (gsize half = 2; n >= 4 && half + 2 <= n; half++)
    if (is_known_word (c->text + start, half) && is_known_word (c->text + start + half, n - half)) {
      add_span (c, start, start + half, FALSE);
      add_icu_word (c, start + half, end);
      return;
    }
  add_span (c, start, end, FALSE);
}

/* Whether the character at AT belongs to the name of the place before it. */
static gboolean
is_suffix (const Cutter *c, gsize at)
{
  if (at >= c->length || !is_one_of (c->text[at], suffixes))
    return FALSE;
  if (!starts_with_any (c, at, not_suffixes, G_N_ELEMENTS (not_suffixes)) ||
      starts_with_any (c, at, suffixes_after_all, G_N_ELEMENTS (suffixes_after_all)))
    return TRUE;
  return zb_romanize_match (c->text + at + 1, c->length - at - 1, ZB_ROMANIZE_PLACE) != NULL;
}

/* An autonomous place's kind, right behind its name or behind the peoples that it is of: 芷江|侗族自治县. */
static gboolean
is_autonomous (const Cutter *c, gsize at)
{
  static const char *const kinds[] = {"自治县", "自治州", "自治旗"};
  for (gsize end = at; end < c->length && end <= at + PEOPLES_MAX; end++)
    if (starts_with_any (c, end, kinds, G_N_ELEMENTS (kinds)))
      return TRUE;
  return FALSE;
}

static gsize
known_place (const Cutter *c, gsize at)
{
  const ZbRomanizeEntry *entry = zb_romanize_match (c->text + at, c->length - at, ZB_ROMANIZE_PLACE);
  if (entry == NULL)
    return at;
  gsize end = at + entry->length;
  gboolean suffix = is_suffix (c, end);
  if (suffix)
    return end + 1;
  if (entry->needs_suffix && !starts_with (c, end, "新区") && !starts_with (c, end, "地区") &&
      !is_autonomous (c, end))
    return at;
  /* 上海|市区: ICU may have put the first character of another word to the name. */
  gboolean taken = end + 1 < c->length && c->edge[end + 1] && is_one_of (c->text[end], suffixes);
  return c->edge[end] || taken ? end : at;
}

/* Right after a place with its kind (江苏省睢宁县), up to four characters that end in one are a place as
 * well. */
static gsize
unknown_place (const Cutter *c, gsize at)
{
  if (c->spans->len == 0)
    return at;
  const ZbRomanizeSpan *before = &g_array_index (c->spans, ZbRomanizeSpan, c->spans->len - 1);
  if (!before->is_place || before->end != at || !is_one_of (c->text[at - 1], suffixes))
    return at;
  for (gsize end = at + 1; end < c->length && end <= at + 4; end++) {
    if (is_one_of (c->text[end - 1], not_names) || is_one_of (c->text[end - 1], alone))
      return at;
    gboolean usual = end - at >= 2 && end - at <= 3;
    if ((usual || is_one_of (c->text[end], "县旗")) && is_suffix (c, end) &&
        (end + 1 == c->length || c->edge[end + 1]))
      return end + 1;
  }
  return at;
}

static gsize
find_place (const Cutter *c, gsize at)
{
  gsize end = known_place (c, at);
  return end > at ? end : unknown_place (c, at);
}

/* An entry counts if ICU parts words at its end, or has no edge inside it: 监管|局长 has no 监管局. */
static gboolean
entry_fits (const Cutter *c, gsize at, const ZbRomanizeEntry *entry)
{
  if (entry == NULL)
    return FALSE;
  if (c->edge[at + entry->length])
    return TRUE;
  for (gsize i = 1; i < entry->length; i++)
    if (c->edge[at + i])
      return FALSE;
  return TRUE;
}

/* Words of our own table, numbers, and words with a reading of their own where ICU does not cut through them.
 */
static gsize
find_word (const Cutter *c, gsize at)
{
  gsize end = at, number = at;
  const ZbRomanizeEntry *word = zb_romanize_match (c->text + at, c->length - at, ZB_ROMANIZE_WORD);
  const ZbRomanizeEntry *read = zb_romanize_match (c->text + at, c->length - at, ZB_ROMANIZE_READING);
  while (number < c->length && is_one_of (c->text[number], numerals))
    number++;
  if (entry_fits (c, at, word))
    end = at + word->length;
  if (read != NULL && c->edge[at + read->length])
    end = MAX (end, at + read->length);
  return number > at + 1 ? MAX (end, number) : end;
}

static gsize
find_edge (const Cutter *c, gsize at)
{
  while (!c->edge[++at])
    ;
  return at;
}

static void
cut (Cutter *c)
{
  for (gsize at = 0; at < c->length;) {
    gsize place = find_place (c, at), word = find_word (c, at), known = MAX (place, word);
    gsize end = known > at ? known : find_edge (c, at);
    if (known > at)
      add_span (c, at, end, place == known);
    else
      add_icu_word (c, at, end);
    at = end;
  }
}

static gboolean
all_numerals (const Cutter *c, const ZbRomanizeSpan *span)
{
  for (gsize i = span->start; i < span->end; i++)
    if (!is_one_of (c->text[i], numerals))
      return FALSE;
  return TRUE;
}

static gboolean
is_single (const Cutter *c, const ZbRomanizeSpan *span, const char *set, gboolean in_set)
{
  return span->end == span->start + 1 && !span->is_place && is_one_of (c->text[span->start], set) == in_set;
}

/* Whether the word AFTER is written in one with the word BEFORE. */
static gboolean
belong_together (const Cutter *c, const ZbRomanizeSpan *before, const ZbRomanizeSpan *after)
{
  if (before->is_place || after->is_place)
    return FALSE;
  if (all_numerals (c, after))
    return all_numerals (c, before) || is_single (c, before, "第", TRUE);
  if (all_numerals (c, before))
    return FALSE;
  if (is_single (c, after, endings, TRUE) && before->end >= before->start + 2)
    return TRUE;
  /* Two words of one character each that are no particles: ICU did not know the word. */
  return is_single (c, before, alone, FALSE) && is_single (c, after, alone, FALSE);
}

static void
join (Cutter *c)
{
  for (guint i = 0; i + 1 < c->spans->len;) {
    ZbRomanizeSpan *before = &g_array_index (c->spans, ZbRomanizeSpan, i), *after = before + 1;
    if (belong_together (c, before, after)) {
      before->end = after->end;
      g_array_remove_index (c->spans, i + 1);
    } else
      i++;
  }
}

GArray *
zb_romanize_cut (const gunichar *text, gsize length)
{
  g_autofree guint8 *edge = g_new0 (guint8, length + 1);
  Cutter c = {text, length, edge, g_array_new (FALSE, FALSE, sizeof (ZbRomanizeSpan))};
  mark_edges (text, length, edge);
  edge[0] = edge[length] = 1;
  cut (&c);
  join (&c);
  return c.spans;
}
