/* Which of the dates in a text is the page's: one of another day has words beside it that say so. */
#include "page_date_seen.h"

#define WHOLE_MAX 300 /* bytes of a text that is said to be a date */
#define LEAD_MAX 48   /* bytes before a date that may speak of it */

/* What may stand between such a word and its date. */
static const char between[] = "(?:\\s|[:：.|/·（(\\-–—]|\\b(?:on|at|le|am|el|em|il|den|kl|op|dnia)\\b|"
                              "日期|时间|時間|日時|日|于|於|为|為)*$";

/* Words for the day of a change. */
static const char changed[] =
    "(?:\\b(?:up-?dated?|modified|revised|edited|last (?:changed?|reviewed|updated?|modified)|aktualisiert|"
    "geändert|mis(?:e)? à jour|modifiée?|actualizad[oa]|modificad[oa]|atualizad[oa]|aggiornat[oa]|"
    "aggiornamento|bijgewerkt|zaktualizowano|aktualizacja|aktualizováno|uppdatera[dt]|opdatere[dt]|"
    "oppdatert|päivitetty|frissítve|actualizat|güncelle(?:me|ndi|nme)|обновлено|изменено|оновлено|"
    "ενημέρωση|ενημερώθηκε|cập nhật|diperbarui)|"
    "更新|修改|修订|修訂|编辑|編輯|수정|แก้ไข|ปรับปรุง|تحديث|עודכן)";

/* Words for another day altogether: that of the reader, of an end, of a beginning. */
static const char other[] =
    "(?:今天是?|今日是?|现在是|现在时间|当前时间|当前日期|\\btoday(?: is)?|"
    "有效期限?至?|有效期截?止?|失效|废止|截止|截至|期限|公示期限?|公示时间|至|自|从|起始|生效|施行|实施|成立|"
    "会议|"
    "活动|开始|结束|"
    "\\b(?:valid(?: until| to| from)?|expir(?:y|es|ation)(?: "
    "date)?|until|till|before|through|thru|by|effective|"
    "deadline|due|closing date|closes|received|accepted|presented|held|of the event|starts?))";

/* 3月1日至…, …前, …起施行; but not the label of the next date */
static const char other_behind[] =
    "^[)）]?(?:\\s*(?:至|起|前|之前|以前|止|为止|到)|(?:施行|实施|生效|截止)(?!日期|时间))";

typedef enum { DAY_OWN, DAY_OF_CHANGE, DAY_OTHER } Day;

static gboolean
says (const char *words, const char *lead)
{
  g_autofree char *form = g_strconcat (words, between, NULL);
  return g_regex_match_simple (form, lead, G_REGEX_CASELESS, 0);
}

/* What the words around the date from START to END say of it. */
static Day
day_of (const char *text, gsize start, gsize end)
{
  const char *from = text + (start > LEAD_MAX ? start - LEAD_MAX : 0);
  while (((guchar)*from & 0xc0) == 0x80)
    from++;
  g_autofree char *lead = g_strndup (from, (gsize)(text + start - from));
  if (says (other, lead) || g_regex_match_simple (other_behind, text + end, 0, 0))
    return DAY_OTHER;
  return says (changed, lead) ? DAY_OF_CHANGE : DAY_OWN;
}

static gboolean
put_in_order (const GMatchInfo *match, GString *to, gpointer query)
{
  const ZbDateQuery *q = query;
  g_autofree char *all = g_match_info_fetch (match, 0), *first = g_match_info_fetch (match, 1),
                  *mark = g_match_info_fetch (match, 2), *second = g_match_info_fetch (match, 3),
                  *year = g_match_info_fetch (match, 4);
  int a = (int)g_ascii_strtoll (first, NULL, 10), b = (int)g_ascii_strtoll (second, NULL, 10);
  gboolean day_first = b > 12 ? FALSE : a > 12 || *mark == '.' || q->day_first;
  int month = day_first ? b : a, day = day_first ? a : b;
  if (g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)g_ascii_strtoll (year, NULL, 10)))
    g_string_append_printf (to, "%s-%02d-%02d", year, month, day);
  else
    g_string_append (to, all);
  return FALSE;
}

/* 5/6/2017 means the fifth of June in most languages, and the sixth of May to those who write M/D/Y: TEXT
   with the year first. (transfer full) */
static char *
with_years_first (const ZbDateQuery *q, const char *text)
{
  g_autoptr (GRegex) form =
      g_regex_new ("(?<![\\d/.-])(\\d{1,2})([/.-])(\\d{1,2})\\2((?:19|20)\\d\\d)(?![\\d/-])", 0, 0, NULL);
  return g_regex_replace_eval (form, text, -1, 0, 0, put_in_order, (gpointer)q, NULL);
}

/* The first date in TEXT that begins within LATEST characters and is not of another day. */
static ZbTime
first_of (const ZbDateQuery *q, const char *text, glong latest)
{
  ZbDate date;
  for (gsize from = 0; zb_dates_find (text + from, &q->context, &date); from += date.end) {
    gsize start = from + date.start;
    if (g_utf8_pointer_to_offset (text, text + start) > latest)
      return ZB_TIME_NONE;
    Day day = day_of (text, start, from + date.end);
    ZbTime t = day == DAY_OWN || (day == DAY_OF_CHANGE && q->changes) ? zb_page_date_settle (q, &date)
                                                                      : ZB_TIME_NONE;
    if (t != ZB_TIME_NONE)
      return t;
  }
  return ZB_TIME_NONE;
}

ZbTime
zb_page_date_read (const ZbDateQuery *q, const char *text)
{
  ZbDate date;
  if (text == NULL || strlen (text) > WHOLE_MAX || !g_utf8_validate (text, -1, NULL))
    return ZB_TIME_NONE;
  g_autofree char *ordered = with_years_first (q, text);
  return zb_dates_read (ordered, &q->context, &date) ? zb_page_date_settle (q, &date)
                                                     : first_of (q, ordered, G_MAXLONG);
}

ZbTime
zb_page_date_within (const ZbDateQuery *q, const char *text, glong length, glong latest)
{
  g_autofree char *head = g_utf8_substring (text, 0, MIN (length, g_utf8_strlen (text, -1)));
  g_autofree char *ordered = with_years_first (q, head);
  return first_of (q, ordered, latest);
}
