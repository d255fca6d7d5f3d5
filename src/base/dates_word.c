/* The words of dates: a table of our own for English, Chinese, Japanese and Korean, and the month and weekday
 * names of the other languages out of ICU's data, loaded when the first unknown word comes by. */
#include "dates_word.h"

#include <unicode/udat.h>
#include <unicode/ustring.h>

#define WORD_MAX 48 /* bytes of a folded word */

#define MONTH(t, n)                                                                                          \
  {                                                                                                          \
    .text = t, .roles = ROLE_MONTH, .month = n                                                               \
  }
#define WEEKDAY(t, n)                                                                                        \
  {                                                                                                          \
    .text = t, .roles = ROLE_WEEKDAY, .weekday = n                                                           \
  }
#define MARK(t, u)                                                                                           \
  {                                                                                                          \
    .text = t, .roles = ROLE_MARK, .unit = u                                                                 \
  }
#define UNIT(t, u)                                                                                           \
  {                                                                                                          \
    .text = t, .roles = ROLE_UNIT, .unit = u                                                                 \
  }
#define LEAD(t, u)                                                                                           \
  {                                                                                                          \
    .text = t, .roles = ROLE_LEAD | ROLE_FILLER, .unit = u                                                   \
  }
#define BOTH(t, u)                                                                                           \
  {                                                                                                          \
    .text = t, .roles = ROLE_UNIT | ROLE_MARK, .unit = u                                                     \
  }
#define PART(t, p)                                                                                           \
  {                                                                                                          \
    .text = t, .roles = ROLE_PART, .part = p                                                                 \
  }
#define SHIFT(t, u, n)                                                                                       \
  {                                                                                                          \
    .text = t, .roles = ROLE_SHIFT, .unit = u, .shift = n                                                    \
  }
#define SHIFT_PART(t, n, p)                                                                                  \
  {                                                                                                          \
    .text = t, .roles = ROLE_SHIFT | ROLE_PART, .unit = UNIT_DAY, .shift = n, .part = p                      \
  }
#define ONE(t, r)                                                                                            \
  {                                                                                                          \
    .text = t, .roles = r                                                                                    \
  }
#define WITH(t, r, n)                                                                                        \
  {                                                                                                          \
    .text = t, .roles = r, .shift = n                                                                        \
  }
#define NUMBER(t, r, n)                                                                                      \
  {                                                                                                          \
    .text = t, .roles = r, .number = n, .other_number = n                                                    \
  }
#define ZONE(t, minutes) NUMBER (t, ROLE_ZONE, minutes)

/* clang-format off */
static const ZbDateWord words[] = {
  MONTH ("january", 1), MONTH ("february", 2), MONTH ("march", 3), MONTH ("april", 4), MONTH ("may", 5),
  MONTH ("june", 6), MONTH ("july", 7), MONTH ("august", 8), MONTH ("september", 9), MONTH ("october", 10),
  MONTH ("november", 11), MONTH ("december", 12), MONTH ("jan", 1), MONTH ("feb", 2), MONTH ("apr", 4),
  MONTH ("jun", 6), MONTH ("jul", 7), MONTH ("aug", 8), MONTH ("sep", 9), MONTH ("sept", 9), MONTH ("oct", 10),
  MONTH ("nov", 11), MONTH ("dec", 12), MONTH ("ιον", 6), MONTH ("ιολ", 7), MONTH ("μαω", 3), MONTH ("maujus", 5), {"mar", ROLE_MONTH | ROLE_WEEKDAY, 3, 2},
  WEEKDAY ("monday", 1), WEEKDAY ("tuesday", 2), WEEKDAY ("wednesday", 3), WEEKDAY ("thursday", 4),
  WEEKDAY ("friday", 5), WEEKDAY ("saturday", 6), WEEKDAY ("sunday", 7), WEEKDAY ("mon", 1), WEEKDAY ("tue", 2),
  WEEKDAY ("wed", 3), WEEKDAY ("thu", 4), WEEKDAY ("fri", 5), WEEKDAY ("sat", 6), WEEKDAY ("sun", 7),

  PART ("am", PART_MORNING), PART ("pm", PART_AFTERNOON), PART ("noon", PART_NOON), PART ("midday", PART_NOON),
  PART ("midnight", PART_MIDNIGHT), PART ("morning", PART_MORNING), PART ("afternoon", PART_AFTERNOON),
  PART ("evening", PART_EVENING), PART ("night", PART_EVENING), PART ("πμ", PART_MORNING), PART ("μμ", PART_AFTERNOON),
  SHIFT ("today", UNIT_DAY, 0), SHIFT ("yesterday", UNIT_DAY, -1), SHIFT ("tomorrow", UNIT_DAY, 1),
  SHIFT_PART ("tonight", 0, PART_EVENING), ONE ("now", ROLE_NOW), ONE ("just", ROLE_ABOUT), ONE ("moments", ROLE_NOW),
  WITH ("last", ROLE_TURN, -1), WITH ("past", ROLE_TURN, -1), WITH ("previous", ROLE_TURN, -1),
  WITH ("this", ROLE_TURN, 0), WITH ("next", ROLE_TURN, 1),
  WITH ("ago", ROLE_SIGN, -1), WITH ("earlier", ROLE_SIGN, -1), WITH ("before", ROLE_SIGN, -1), WITH ("back", ROLE_SIGN, -1),
  WITH ("later", ROLE_SIGN, 1), WITH ("hence", ROLE_SIGN, 1), WITH ("after", ROLE_SIGN, 1),
  ONE ("in", ROLE_AHEAD | ROLE_FILLER), ONE ("half", ROLE_HALF), ONE ("and", ROLE_AND | ROLE_FILLER),
  ONE ("about", ROLE_ABOUT), ONE ("around", ROLE_ABOUT), ONE ("approximately", ROLE_ABOUT), ONE ("approx", ROLE_ABOUT),
  ONE ("circa", ROLE_ABOUT), ONE ("almost", ROLE_ABOUT), ONE ("nearly", ROLE_ABOUT), ONE ("over", ROLE_ABOUT),
  ONE ("less", ROLE_ABOUT), ONE ("more", ROLE_ABOUT), ONE ("than", ROLE_ABOUT),
  NUMBER ("an", ROLE_NUMBER, 1), NUMBER ("one", ROLE_NUMBER, 1), NUMBER ("two", ROLE_NUMBER, 2),
  NUMBER ("three", ROLE_NUMBER, 3), NUMBER ("four", ROLE_NUMBER, 4), NUMBER ("five", ROLE_NUMBER, 5),
  NUMBER ("six", ROLE_NUMBER, 6), NUMBER ("seven", ROLE_NUMBER, 7), NUMBER ("eight", ROLE_NUMBER, 8),
  NUMBER ("nine", ROLE_NUMBER, 9), NUMBER ("ten", ROLE_NUMBER, 10), NUMBER ("eleven", ROLE_NUMBER, 11),
  NUMBER ("twelve", ROLE_NUMBER, 12), NUMBER ("twenty", ROLE_NUMBER, 20), NUMBER ("thirty", ROLE_NUMBER, 30),
  NUMBER ("few", ROLE_NUMBER, 3), NUMBER ("couple", ROLE_NUMBER, 2), NUMBER ("several", ROLE_NUMBER, 3),
  {"decade", ROLE_UNIT, .unit = UNIT_YEAR, .shift = 10}, {"decades", ROLE_UNIT, .unit = UNIT_YEAR, .shift = 10},
  UNIT ("year", UNIT_YEAR), UNIT ("years", UNIT_YEAR), UNIT ("yr", UNIT_YEAR), UNIT ("yrs", UNIT_YEAR),
  UNIT ("month", UNIT_MONTH), UNIT ("months", UNIT_MONTH), {"mo", ROLE_UNIT | ROLE_WEEKDAY, .weekday = 1, .unit = UNIT_MONTH}, UNIT ("mos", UNIT_MONTH),
  UNIT ("week", UNIT_WEEK), UNIT ("weeks", UNIT_WEEK), UNIT ("wk", UNIT_WEEK), UNIT ("wks", UNIT_WEEK),
  UNIT ("day", UNIT_DAY), UNIT ("days", UNIT_DAY), UNIT ("hour", UNIT_HOUR), UNIT ("hours", UNIT_HOUR),
  UNIT ("hr", UNIT_HOUR), {"hrs", ROLE_UNIT | ROLE_FILLER, .unit = UNIT_HOUR}, UNIT ("minute", UNIT_MINUTE),
  UNIT ("minutes", UNIT_MINUTE), BOTH ("min", UNIT_MINUTE), UNIT ("mins", UNIT_MINUTE), UNIT ("second", UNIT_SECOND),
  UNIT ("seconds", UNIT_SECOND), UNIT ("sec", UNIT_SECOND), UNIT ("secs", UNIT_SECOND),

  /* RFC 822's letters have the sign that it gave them by mistake; those that are units too carry both roles. */
  {"a", ROLE_NUMBER | ROLE_ZONE | ROLE_FILLER, .number = -60, .other_number = -60}, ZONE ("b", -120), ZONE ("c", -180),
  {"d", ROLE_UNIT | ROLE_ZONE, .unit = UNIT_DAY, .number = -240, .other_number = -240}, ZONE ("e", -300), ZONE ("f", -360),
  ZONE ("g", -420), {"h", ROLE_UNIT | ROLE_MARK | ROLE_FILLER | ROLE_ZONE, .unit = UNIT_HOUR, .number = -480, .other_number = -480},
  ZONE ("i", -540), ZONE ("k", -600), ZONE ("l", -660),
  {"m", ROLE_UNIT | ROLE_MARK | ROLE_ZONE, .unit = UNIT_MINUTE, .number = -720, .other_number = -720}, ZONE ("n", 60),
  ZONE ("p", 180), ZONE ("q", 240), {"r", ROLE_ZONE | ROLE_FILLER, .number = 300, .other_number = 300}, {"s", ROLE_UNIT | ROLE_MARK | ROLE_ZONE, .unit = UNIT_SECOND, .number = 360, .other_number = 360},
  ONE ("t", ROLE_CLOCK), ZONE ("u", 480), ZONE ("v", 540),
  {"w", ROLE_UNIT | ROLE_ZONE, .unit = UNIT_WEEK, .number = 600, .other_number = 600}, ZONE ("x", 660),
  {"y", ROLE_UNIT | ROLE_ZONE | ROLE_AND | ROLE_FILLER, .unit = UNIT_YEAR, .number = 720, .other_number = 720}, ZONE ("z", 0),
  ZONE ("ut", 0), ZONE ("utc", 0), ZONE ("gmt", 0), ZONE ("wet", 0), ZONE ("west", 60), ZONE ("cet", 60), ZONE ("cest", 120),
  ZONE ("met", 60), ZONE ("mez", 60), ZONE ("mest", 120), ZONE ("mesz", 120), ZONE ("eet", 120), ZONE ("eest", 180),
  ZONE ("msk", 180), ZONE ("msd", 240), ZONE ("est", -300), ZONE ("edt", -240), ZONE ("et", -300), ZONE ("cdt", -300),
  ZONE ("ct", -360), ZONE ("mst", -420), ZONE ("mdt", -360), ZONE ("mt", -420), ZONE ("pst", -480), ZONE ("pdt", -420),
  ZONE ("pt", -480), ZONE ("adt", -180), ZONE ("ast", -240), {"at", ROLE_ZONE | ROLE_FILLER, .number = -240, .other_number = -240},
  ZONE ("nst", -210), ZONE ("ndt", -150), ZONE ("akst", -540), ZONE ("akdt", -480), ZONE ("hst", -600), ZONE ("art", -180),
  ZONE ("brt", -180), ZONE ("brst", -120), ZONE ("clt", -240), ZONE ("cot", -300), ZONE ("jst", 540), ZONE ("kst", 540), ZONE ("hkt", 480),
  ZONE ("sgt", 480), ZONE ("myt", 480), ZONE ("pht", 480), ZONE ("awst", 480), ZONE ("ict", 420), ZONE ("wib", 420), ZONE ("npt", 345),
  ZONE ("pkt", 300), ZONE ("acst", 570), ZONE ("acdt", 630), ZONE ("aest", 600), ZONE ("aedt", 660), ZONE ("nzst", 720), ZONE ("nzdt", 780),
  ZONE ("sast", 120), ZONE ("cat", 120), ZONE ("eat", 180), ZONE ("wat", 60), ZONE ("trt", 180), ZONE ("gst", 240),
  {"cst", ROLE_ZONE, .number = -360, .other_number = 480}, {"ist", ROLE_ZONE, .number = 330, .other_number = 120},
  {"bst", ROLE_ZONE, .number = 60, .other_number = 360},

  ONE ("st", ROLE_FILLER), ONE ("nd", ROLE_FILLER), ONE ("rd", ROLE_FILLER), ONE ("th", ROLE_FILLER), ONE ("er", ROLE_FILLER),
  ONE ("on", ROLE_FILLER), ONE ("of", ROLE_FILLER), ONE ("the", ROLE_FILLER), ONE ("de", ROLE_FILLER), ONE ("del", ROLE_FILLER),
  ONE ("le", ROLE_FILLER), ONE ("la", ROLE_FILLER), ONE ("el", ROLE_FILLER), ONE ("den", ROLE_FILLER), ONE ("der", ROLE_FILLER),
  ONE ("um", ROLE_FILLER), ONE ("om", ROLE_FILLER), ONE ("kl", ROLE_FILLER), ONE ("klo", ROLE_FILLER),
  ONE ("las", ROLE_FILLER), ONE ("as", ROLE_FILLER), ONE ("alle", ROLE_FILLER), ONE ("ore", ROLE_FILLER),
  {"uhr", ROLE_FILLER | ROLE_MARK, .unit = UNIT_HOUR}, {"uur", ROLE_FILLER | ROLE_MARK, .unit = UNIT_HOUR},
  LEAD ("thang", UNIT_MONTH), LEAD ("thg", UNIT_MONTH), LEAD ("nam", UNIT_YEAR), LEAD ("ngay", UNIT_DAY), ONE ("luc", ROLE_FILLER),
  {"gio", ROLE_FILLER | ROLE_MARK, .unit = UNIT_HOUR}, ONE ("วนท", ROLE_FILLER), ONE ("เวลา", ROLE_FILLER), ONE ("เมอ", ROLE_FILLER),
  ONE ("พศ", ROLE_FILLER), ONE ("พ", ROLE_FILLER), ONE ("ศ", ROLE_FILLER), ONE ("น", ROLE_FILLER), ONE ("ท", ROLE_FILLER),
  ONE ("г", ROLE_FILLER), ONE ("года", ROLE_FILLER), ONE ("в", ROLE_FILLER), ONE ("року", ROLE_FILLER),
  {"o", ROLE_FILLER | ROLE_ZONE, .number = 120, .other_number = 120}, ONE ("godz", ROLE_FILLER), ONE ("roku", ROLE_FILLER), ONE ("dne", ROLE_FILLER),

  BOTH ("年", UNIT_YEAR), BOTH ("月", UNIT_MONTH), BOTH ("日", UNIT_DAY), MARK ("号", UNIT_DAY), MARK ("號", UNIT_DAY),
  MARK ("时", UNIT_HOUR), MARK ("時", UNIT_HOUR), MARK ("点", UNIT_HOUR), MARK ("點", UNIT_HOUR), MARK ("点钟", UNIT_HOUR),
  MARK ("點鐘", UNIT_HOUR), BOTH ("分", UNIT_MINUTE), BOTH ("秒", UNIT_SECOND),
  BOTH ("년", UNIT_YEAR), BOTH ("월", UNIT_MONTH), BOTH ("일", UNIT_DAY), MARK ("시", UNIT_HOUR), BOTH ("분", UNIT_MINUTE), BOTH ("초", UNIT_SECOND),
  UNIT ("年間", UNIT_YEAR), UNIT ("个月", UNIT_MONTH), UNIT ("個月", UNIT_MONTH), UNIT ("ヶ月", UNIT_MONTH), UNIT ("か月", UNIT_MONTH),
  UNIT ("カ月", UNIT_MONTH), UNIT ("ケ月", UNIT_MONTH), UNIT ("ヵ月", UNIT_MONTH), UNIT ("箇月", UNIT_MONTH), UNIT ("月間", UNIT_MONTH),
  UNIT ("개월", UNIT_MONTH), UNIT ("달", UNIT_MONTH), UNIT ("周", UNIT_WEEK), UNIT ("週", UNIT_WEEK), UNIT ("週間", UNIT_WEEK),
  UNIT ("星期", UNIT_WEEK), UNIT ("礼拜", UNIT_WEEK), UNIT ("禮拜", UNIT_WEEK), UNIT ("주", UNIT_WEEK), UNIT ("주일", UNIT_WEEK),
  UNIT ("天", UNIT_DAY), UNIT ("日間", UNIT_DAY), UNIT ("小时", UNIT_HOUR), UNIT ("小時", UNIT_HOUR), UNIT ("钟头", UNIT_HOUR),
  UNIT ("鐘頭", UNIT_HOUR), UNIT ("時間", UNIT_HOUR), UNIT ("시간", UNIT_HOUR), UNIT ("分钟", UNIT_MINUTE), UNIT ("分鐘", UNIT_MINUTE),
  UNIT ("分間", UNIT_MINUTE), UNIT ("秒钟", UNIT_SECOND), UNIT ("秒鐘", UNIT_SECOND), UNIT ("秒間", UNIT_SECOND),
  ONE ("个", ROLE_COUNTER), ONE ("個", ROLE_COUNTER), ONE ("刻", ROLE_QUARTER), ONE ("半", ROLE_HALF), ONE ("반", ROLE_HALF),
  ONE ("约", ROLE_ABOUT), ONE ("約", ROLE_ABOUT), ONE ("大约", ROLE_ABOUT), ONE ("大約", ROLE_ABOUT), ONE ("약", ROLE_ABOUT),
  ONE ("和", ROLE_AND), ONE ("又", ROLE_AND), ONE ("与", ROLE_AND), ONE ("與", ROLE_AND),
  NUMBER ("几", ROLE_NUMBER, 3), NUMBER ("幾", ROLE_NUMBER, 3), NUMBER ("数", ROLE_NUMBER, 3), NUMBER ("數", ROLE_NUMBER, 3),
  NUMBER ("元", ROLE_NUMBER, 1),
  WITH ("前", ROLE_SIGN, -1), WITH ("以前", ROLE_SIGN, -1), WITH ("之前", ROLE_SIGN, -1), WITH ("전", ROLE_SIGN, -1),
  WITH ("后", ROLE_SIGN, 1), WITH ("後", ROLE_SIGN, 1), WITH ("以后", ROLE_SIGN, 1), WITH ("以後", ROLE_SIGN, 1),
  WITH ("之后", ROLE_SIGN, 1), WITH ("之後", ROLE_SIGN, 1), WITH ("후", ROLE_SIGN, 1), WITH ("뒤", ROLE_SIGN, 1),
  SHIFT ("今天", UNIT_DAY, 0), SHIFT ("今日", UNIT_DAY, 0), SHIFT ("本日", UNIT_DAY, 0), SHIFT ("오늘", UNIT_DAY, 0),
  SHIFT ("昨天", UNIT_DAY, -1), SHIFT ("昨日", UNIT_DAY, -1), SHIFT ("어제", UNIT_DAY, -1), SHIFT ("前天", UNIT_DAY, -2),
  SHIFT ("一昨日", UNIT_DAY, -2), SHIFT ("おととい", UNIT_DAY, -2), SHIFT ("그제", UNIT_DAY, -2), SHIFT ("그저께", UNIT_DAY, -2),
  SHIFT ("大前天", UNIT_DAY, -3), SHIFT ("明天", UNIT_DAY, 1), SHIFT ("明日", UNIT_DAY, 1), SHIFT ("내일", UNIT_DAY, 1),
  SHIFT ("后天", UNIT_DAY, 2), SHIFT ("後天", UNIT_DAY, 2), SHIFT ("明後日", UNIT_DAY, 2), SHIFT ("모레", UNIT_DAY, 2),
  SHIFT ("大后天", UNIT_DAY, 3), SHIFT ("大後天", UNIT_DAY, 3), SHIFT_PART ("昨晚", -1, PART_EVENING), SHIFT_PART ("昨夜", -1, PART_EVENING),
  SHIFT_PART ("今早", 0, PART_MORNING), SHIFT_PART ("今晨", 0, PART_MORNING), SHIFT_PART ("今晚", 0, PART_EVENING),
  SHIFT_PART ("今夜", 0, PART_EVENING), SHIFT_PART ("明早", 1, PART_MORNING), SHIFT_PART ("明晚", 1, PART_EVENING),
  SHIFT ("上周", UNIT_WEEK, -1), SHIFT ("上週", UNIT_WEEK, -1), SHIFT ("上星期", UNIT_WEEK, -1), SHIFT ("上个星期", UNIT_WEEK, -1),
  SHIFT ("上個星期", UNIT_WEEK, -1), SHIFT ("上礼拜", UNIT_WEEK, -1), SHIFT ("上禮拜", UNIT_WEEK, -1), SHIFT ("上个礼拜", UNIT_WEEK, -1),
  SHIFT ("先週", UNIT_WEEK, -1), SHIFT ("지난주", UNIT_WEEK, -1), SHIFT ("上上周", UNIT_WEEK, -2), SHIFT ("上上週", UNIT_WEEK, -2),
  SHIFT ("先々週", UNIT_WEEK, -2), SHIFT ("本周", UNIT_WEEK, 0), SHIFT ("本週", UNIT_WEEK, 0), SHIFT ("这周", UNIT_WEEK, 0),
  SHIFT ("這週", UNIT_WEEK, 0), SHIFT ("这个星期", UNIT_WEEK, 0), SHIFT ("這個星期", UNIT_WEEK, 0), SHIFT ("今週", UNIT_WEEK, 0),
  SHIFT ("下周", UNIT_WEEK, 1), SHIFT ("下週", UNIT_WEEK, 1), SHIFT ("下星期", UNIT_WEEK, 1), SHIFT ("下个星期", UNIT_WEEK, 1),
  SHIFT ("下個星期", UNIT_WEEK, 1), SHIFT ("来週", UNIT_WEEK, 1), SHIFT ("다음주", UNIT_WEEK, 1), SHIFT ("上个月", UNIT_MONTH, -1),
  SHIFT ("上個月", UNIT_MONTH, -1), SHIFT ("上月", UNIT_MONTH, -1), SHIFT ("先月", UNIT_MONTH, -1), SHIFT ("지난달", UNIT_MONTH, -1),
  SHIFT ("本月", UNIT_MONTH, 0), SHIFT ("这个月", UNIT_MONTH, 0), SHIFT ("這個月", UNIT_MONTH, 0), SHIFT ("今月", UNIT_MONTH, 0),
  SHIFT ("下个月", UNIT_MONTH, 1), SHIFT ("下個月", UNIT_MONTH, 1), SHIFT ("下月", UNIT_MONTH, 1), SHIFT ("来月", UNIT_MONTH, 1),
  SHIFT ("今年", UNIT_YEAR, 0), SHIFT ("本年", UNIT_YEAR, 0), SHIFT ("올해", UNIT_YEAR, 0), SHIFT ("去年", UNIT_YEAR, -1),
  SHIFT ("昨年", UNIT_YEAR, -1), SHIFT ("작년", UNIT_YEAR, -1), SHIFT ("前年", UNIT_YEAR, -2), SHIFT ("一昨年", UNIT_YEAR, -2),
  SHIFT ("明年", UNIT_YEAR, 1), SHIFT ("来年", UNIT_YEAR, 1), SHIFT ("來年", UNIT_YEAR, 1), SHIFT ("내년", UNIT_YEAR, 1),
  ONE ("刚刚", ROLE_NOW), ONE ("刚才", ROLE_NOW), ONE ("剛剛", ROLE_NOW), ONE ("剛才", ROLE_NOW), ONE ("现在", ROLE_NOW),
  ONE ("現在", ROLE_NOW), ONE ("방금", ROLE_NOW), ONE ("たった今", ROLE_NOW),
  PART ("凌晨", PART_MORNING), PART ("清晨", PART_MORNING), PART ("早上", PART_MORNING), PART ("早晨", PART_MORNING),
  PART ("早", PART_MORNING), PART ("上午", PART_MORNING), PART ("午前", PART_MORNING), PART ("朝", PART_MORNING),
  PART ("오전", PART_MORNING), PART ("새벽", PART_MORNING), PART ("아침", PART_MORNING), PART ("中午", PART_NOON), PART ("正午", PART_NOON),
  PART ("정오", PART_NOON), PART ("下午", PART_AFTERNOON), PART ("午后", PART_AFTERNOON), PART ("午後", PART_AFTERNOON),
  PART ("오후", PART_AFTERNOON), PART ("傍晚", PART_EVENING), PART ("晚上", PART_EVENING), PART ("晚间", PART_EVENING),
  PART ("晚間", PART_EVENING), PART ("晚", PART_EVENING), PART ("夜间", PART_EVENING), PART ("夜里", PART_EVENING), PART ("夜", PART_EVENING),
  PART ("深夜", PART_EVENING), PART ("저녁", PART_EVENING), PART ("밤", PART_EVENING), PART ("半夜", PART_MIDNIGHT),
  PART ("午夜", PART_MIDNIGHT), PART ("자정", PART_MIDNIGHT),
  NUMBER ("令和", ROLE_ERA, 2018), NUMBER ("平成", ROLE_ERA, 1988), NUMBER ("昭和", ROLE_ERA, 1925), NUMBER ("大正", ROLE_ERA, 1911),
  NUMBER ("明治", ROLE_ERA, 1867), NUMBER ("民国", ROLE_ERA, 1911), NUMBER ("民國", ROLE_ERA, 1911), NUMBER ("公元", ROLE_ERA, 0),
  NUMBER ("西元", ROLE_ERA, 0), NUMBER ("中華民國", ROLE_ERA, 1911), NUMBER ("中华民国", ROLE_ERA, 1911),
  ZONE ("北京时间", 480), ZONE ("中国标准时间", 480), ZONE ("中國標準時間", 480), ZONE ("日本標準時", 540), ZONE ("北京時間", 480), ZONE ("台北時間", 480), ZONE ("香港時間", 480), ZONE ("香港时间", 480),
  ZONE ("东京时间", 540), ZONE ("日本時間", 540), ZONE ("格林尼治时间", 0),
  ONE ("的", ROLE_FILLER), ONE ("の", ROLE_FILLER), ONE ("に", ROLE_FILLER), ONE ("整", ROLE_FILLER), ONE ("许", ROLE_FILLER),
  ONE ("許", ROLE_FILLER), ONE ("에", ROLE_FILLER),
};
/* clang-format on */

/* 周一 and its kind are made of these: each beginning with each of 一…六日 (and 天), each end with 月…日. */
static const char *const week_starts[] = {"周", "週", "星期", "礼拜", "禮拜"};
static const char *const week_numbers[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
static const char *const week_signs[] = {"月", "火", "水", "木", "金", "土", "日"};
static const char *const week_signs_korean[] = {"월", "화", "수", "목", "금", "토", "일"};

/* Languages whose names ICU lends, those first whose abbreviations win where two collide. */
static const char *const locales[] = {
    "de", "fr", "es", "it", "pt", "nl",      "ru", "pl", "cs", "sk", "sv", "da", "nb", "fi", "hu",
    "ro", "el", "tr", "uk", "bg", "hr",      "sl", "et", "lv", "lt", "ca", "eu", "gl", "id", "vi",
    "th", "ms", "kk", "mn", "sr", "sr_Latn", "be", "is", "ga", "sq", "af", "ar", "he", "fa", "hi"};

static const struct {
  UDateFormatSymbolType type;
  gboolean weekday;
} symbols[] = {{UDAT_MONTHS, FALSE},         {UDAT_STANDALONE_MONTHS, FALSE},
               {UDAT_SHORT_MONTHS, FALSE},   {UDAT_STANDALONE_SHORT_MONTHS, FALSE},
               {UDAT_WEEKDAYS, TRUE},        {UDAT_STANDALONE_WEEKDAYS, TRUE},
               {UDAT_SHORT_WEEKDAYS, TRUE},  {UDAT_STANDALONE_SHORT_WEEKDAYS, TRUE},
               {UDAT_SHORTER_WEEKDAYS, TRUE}};

/* C in plain width, without its accents. */
static gunichar
base_letter (gunichar c)
{
  gunichar base[8];
  if (c >= 0xff21 && c <= 0xff5a)
    c -= 0xfee0;
  return g_unichar_fully_decompose (c, FALSE, base, G_N_ELEMENTS (base)) > 0 ? base[0] : c;
}

gboolean
zb_date_word_fold (const char *text, gsize length, char *buffer, gsize size)
{
  gsize n = 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c > 0x7f)
      c = base_letter (c);
    if (!g_unichar_isalpha (c))
      continue;
    if (n + 7 > size)
      return FALSE;
    n += (gsize)g_unichar_to_utf8 (g_unichar_tolower (c), buffer + n);
  }
  buffer[n] = '\0';
  return n > 0;
}

/* Every name that ICU has for months and weekdays; a word that names both keeps both. */
static void
add_name (const UChar *name, int32_t length, gboolean weekday, int value, gpointer names)
{
  char utf8[WORD_MAX * 2], folded[WORD_MAX];
  int32_t n = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8 (utf8, sizeof utf8 - 1, &n, name, length, &status);
  if (U_FAILURE (status) || n == 0 || memchr (utf8, ' ', (gsize)n) != NULL)
    return;
  utf8[n] = '\0';
  if (!zb_date_word_fold (utf8, (gsize)n, folded, sizeof folded))
    return;
  ZbDateWord *word = g_hash_table_lookup (names, folded);
  if (word == NULL) {
    word = g_new0 (ZbDateWord, 1);
    word->text = g_strdup (folded);
    g_hash_table_insert (names, (char *)word->text, word);
  }
  guint role = weekday ? ROLE_WEEKDAY : ROLE_MONTH;
  if ((word->roles & role) != 0)
    return;
  word->roles |= role;
  if (weekday)
    word->weekday = (gint8)value;
  else
    word->month = (gint8)value;
}

void
zb_date_word_names (const char *locale, ZbDateNameFunc add, gpointer data)
{
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format = udat_open (UDAT_FULL, UDAT_FULL, locale, NULL, 0, NULL, 0, &status);
  if (U_FAILURE (status))
    return;
  for (guint s = 0; s < G_N_ELEMENTS (symbols); s++) {
    int32_t count = udat_countSymbols (format, symbols[s].type);
    for (int32_t i = symbols[s].weekday ? 1 : 0; i < count && i < 12; i++) {
      UChar name[WORD_MAX];
      UErrorCode failed = U_ZERO_ERROR;
      int32_t n = udat_getSymbols (format, symbols[s].type, i, name, WORD_MAX, &failed);
      /* ICU counts weekdays from Sunday as 1 */
      if (U_SUCCESS (failed) && n > 0)
        add (name, n, symbols[s].weekday, symbols[s].weekday ? (i == 1 ? 7 : i - 1) : i + 1, data);
    }
  }
  udat_close (format);
}

static GHashTable *
foreign_names (void)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
      zb_date_word_names (locales[i], add_name, names);
    g_once_init_leave (&once, (gsize)names);
  }
  return (GHashTable *)once;
}

static GHashTable *
own_words (void)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      g_hash_table_insert (table, (char *)words[i].text, (ZbDateWord *)&words[i]);
    g_once_init_leave (&once, (gsize)table);
  }
  return (GHashTable *)once;
}

/* The name that FOLDED begins, if all that it begins agree. */
static const ZbDateWord *
find_beginning (GHashTable *table, const char *folded)
{
  GHashTableIter iter;
  gpointer key, value;
  const ZbDateWord *found = NULL;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const ZbDateWord *word = value;
    if ((word->roles & (ROLE_MONTH | ROLE_WEEKDAY)) == 0 || !g_str_has_prefix (key, folded))
      continue;
    if (found != NULL && (found->month != word->month || found->weekday != word->weekday))
      return NULL;
    found = word;
  }
  return found;
}

/* The name that FOLDED is a longer form of: many languages decline their months (februári, kesäkuussa). */
static const ZbDateWord *
find_declined (GHashTable *table, const char *folded)
{
  gsize length = strlen (folded);
  char stem[WORD_MAX];
  g_strlcpy (stem, folded, sizeof stem);
  for (gsize cut = 1; cut <= 4 && length >= cut + 5; cut++) {
    stem[length - cut] = '\0';
    const ZbDateWord *word = g_hash_table_lookup (table, stem);
    if (word != NULL && (word->roles & (ROLE_MONTH | ROLE_WEEKDAY)) != 0)
      return word;
  }
  return NULL;
}

const ZbDateWord *
zb_date_word_find (const char *folded, gboolean loose)
{
  const ZbDateWord *word = g_hash_table_lookup (own_words (), folded);
  if (word == NULL)
    word = g_hash_table_lookup (foreign_names (), folded);
  if (word == NULL && g_str_has_prefix (folded, "ב")) /* "in" June, written as one word */
    word = g_hash_table_lookup (foreign_names (), folded + strlen ("ב"));
  if (word == NULL && loose && g_utf8_strlen (folded, -1) >= 3)
    word = find_beginning (own_words (), folded);
  if (word == NULL && loose && g_utf8_strlen (folded, -1) >= 3)
    word = find_beginning (foreign_names (), folded);
  if (word == NULL && loose)
    word = find_declined (foreign_names (), folded);
  return word;
}

gboolean
zb_date_word_is_own (const ZbDateWord *word)
{
  return word >= words && word < words + G_N_ELEMENTS (words);
}

static void
add_cjk (GHashTable *table, const ZbDateWord *word)
{
  gpointer first = GUINT_TO_POINTER (g_utf8_get_char (word->text));
  GPtrArray *list = g_hash_table_lookup (table, first);
  if (list == NULL) {
    list = g_ptr_array_new ();
    g_hash_table_insert (table, first, list);
  }
  g_ptr_array_add (list, (gpointer)word);
}

static void
add_weekday (GHashTable *table, const char *a, const char *b, guint day)
{
  ZbDateWord *word = g_new0 (ZbDateWord, 1);
  word->text = g_strconcat (a, b, NULL);
  word->roles = ROLE_WEEKDAY;
  word->weekday = (gint8)MIN (day + 1, 7);
  add_cjk (table, word);
}

static int
longer_first (gconstpointer a, gconstpointer b)
{
  const ZbDateWord *const *x = a, *const *y = b;
  return (int)strlen ((*y)->text) - (int)strlen ((*x)->text);
}

/* First character to the words that begin with it, longest first. */
static GHashTable *
cjk_words (void)
{
  static gsize once;
  if (!g_once_init_enter (&once))
    return (GHashTable *)once;
  GHashTable *table = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_utf8_get_char (words[i].text) > 0x2e7f)
      add_cjk (table, &words[i]);
  for (guint d = 0; d < G_N_ELEMENTS (week_numbers); d++)
    for (guint s = 0; s < G_N_ELEMENTS (week_starts); s++)
      add_weekday (table, week_starts[s], week_numbers[d], d);
  for (guint d = 0; d < G_N_ELEMENTS (week_signs); d++) {
    add_weekday (table, week_signs[d], "曜", d);
    add_weekday (table, week_signs[d], "曜日", d);
    add_weekday (table, week_signs_korean[d], "요일", d);
  }
  GHashTableIter iter;
  gpointer list;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    g_ptr_array_sort (list, longer_first);
  g_once_init_leave (&once, (gsize)table);
  return table;
}

const ZbDateWord *
zb_date_word_find_cjk (const char *text)
{
  GPtrArray *list = g_hash_table_lookup (cjk_words (), GUINT_TO_POINTER (g_utf8_get_char (text)));
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const ZbDateWord *word = g_ptr_array_index (list, i);
    if (g_str_has_prefix (text, word->text))
      return word;
  }
  return NULL;
}
