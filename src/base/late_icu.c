/* ICU's functions, see base/late.h. */
#include "zhoubao/base/late.h"
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/udat.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utrans.h>

#define COMMON "libicuuc.so." U_ICU_VERSION_SHORT
#define LIBRARY "libicui18n.so." U_ICU_VERSION_SHORT /* dates and transliterators */
#define UC(type, name, parameters, arguments) ZB_LATE (COMMON, return, type, name, parameters, arguments)
#define UC_VOID(name, parameters, arguments) ZB_LATE (COMMON, , void, name, parameters, arguments)
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (LIBRARY, , void, name, parameters, arguments)

void
zb_late_open_icu (void)
{
  zb_late_open (COMMON);
  zb_late_open (LIBRARY);
}

UC (int8_t, u_charType, (UChar32 c), (c))
UC (int32_t, u_getIntPropertyValue, (UChar32 c, UProperty which), (c, which))
UC (UBool, u_isUWhiteSpace, (UChar32 c), (c))
UC (UBool, u_iscntrl, (UChar32 c), (c))
UC (UChar *, u_strFromUTF8,
    (UChar * out, int32_t room, int32_t *length, const char *text, int32_t size, UErrorCode *status),
    (out, room, length, text, size, status))
UC (char *, u_strToUTF8,
    (char *out, int32_t room, int32_t *length, const UChar *text, int32_t size, UErrorCode *status),
    (out, room, length, text, size, status))
UC (UChar *, u_uastrcpy, (UChar * out, const char *text), (out, text))

UC (UBreakIterator *, ubrk_open,
    (UBreakIteratorType type, const char *locale, const UChar *text, int32_t length, UErrorCode *status),
    (type, locale, text, length, status))
UC_VOID (ubrk_close, (UBreakIterator * breaks), (breaks))
UC (int32_t, ubrk_first, (UBreakIterator * breaks), (breaks))
UC (int32_t, ubrk_next, (UBreakIterator * breaks), (breaks))
UC_VOID (ubrk_setText, (UBreakIterator * breaks, const UChar *text, int32_t length, UErrorCode *status),
         (breaks, text, length, status))
UC_VOID (ubrk_setUText, (UBreakIterator * breaks, UText *text, UErrorCode *status), (breaks, text, status))
UC (UText *, utext_openUTF8, (UText * text, const char *bytes, int64_t length, UErrorCode *status),
    (text, bytes, length, status))
UC (UText *, utext_close, (UText * text), (text))

UC (UConverter *, ucnv_open, (const char *name, UErrorCode *status), (name, status))
UC_VOID (ucnv_close, (UConverter * converter), (converter))
UC_VOID (ucnv_convertEx,
         (UConverter * to, UConverter *from, char **out, const char *out_end, const char **text,
          const char *text_end, UChar *pivot, UChar **pivot_from, UChar **pivot_to, const UChar *pivot_end,
          UBool reset, UBool flush, UErrorCode *status),
         (to, from, out, out_end, text, text_end, pivot, pivot_from, pivot_to, pivot_end, reset, flush,
          status))
UC_VOID (ucnv_setToUCallBack,
         (UConverter * converter, UConverterToUCallback action, const void *data,
          UConverterToUCallback *old_action, const void **old_data, UErrorCode *status),
         (converter, action, data, old_action, old_data, status))
UC_VOID (ucnv_cbToUWriteUChars,
         (UConverterToUnicodeArgs * arguments, const UChar *text, int32_t length, int32_t offset,
          UErrorCode *status),
         (arguments, text, length, offset, status))
UC (const char *, ucnv_getAlias, (const char *alias, uint16_t n, UErrorCode *status), (alias, n, status))
UC (const char *, ucnv_getStandardName, (const char *name, const char *standard, UErrorCode *status),
    (name, standard, status))

UC (UIDNA *, uidna_openUTS46, (uint32_t options, UErrorCode *status), (options, status))
UC_VOID (uidna_close, (UIDNA * idna), (idna))
UC (int32_t, uidna_nameToASCII_UTF8,
    (const UIDNA *idna, const char *name, int32_t length, char *out, int32_t room, UIDNAInfo *info,
     UErrorCode *status),
    (idna, name, length, out, room, info, status))
UC (const UNormalizer2 *, unorm2_getNFKCCasefoldInstance, (UErrorCode * status), (status))
UC (int32_t, unorm2_normalize,
    (const UNormalizer2 *form, const UChar *text, int32_t length, UChar *out, int32_t room,
     UErrorCode *status),
    (form, text, length, out, room, status))

LATE_VOID (ucal_close, (UCalendar * calendar), (calendar))
LATE (int32_t, ucal_get, (const UCalendar *calendar, UCalendarDateFields field, UErrorCode *status),
      (calendar, field, status))
LATE (int32_t, ucal_getCanonicalTimeZoneID,
      (const UChar *id, int32_t length, UChar *result, int32_t size, UBool *is_system, UErrorCode *status),
      (id, length, result, size, is_system, status))
LATE_VOID (ucal_getTimeZoneOffsetFromLocal,
           (const UCalendar *calendar, UTimeZoneLocalOption missing, UTimeZoneLocalOption doubled,
            int32_t *raw, int32_t *saving, UErrorCode *status),
           (calendar, missing, doubled, raw, saving, status))
LATE (UCalendar *, ucal_open,
      (const UChar *zone, int32_t length, const char *locale, UCalendarType type, UErrorCode *status),
      (zone, length, locale, type, status))
LATE_VOID (ucal_setMillis, (UCalendar * calendar, UDate millis, UErrorCode *status),
           (calendar, millis, status))

LATE_VOID (udat_close, (UDateFormat * format), (format))
LATE (int32_t, udat_countSymbols, (const UDateFormat *format, UDateFormatSymbolType type), (format, type))
LATE (int32_t, udat_getSymbols,
      (const UDateFormat *format, UDateFormatSymbolType type, int32_t index, UChar *result, int32_t size,
       UErrorCode *status),
      (format, type, index, result, size, status))
LATE (UDateFormat *, udat_open,
      (UDateFormatStyle time, UDateFormatStyle date, const char *locale, const UChar *zone,
       int32_t zone_length, const UChar *pattern, int32_t pattern_length, UErrorCode *status),
      (time, date, locale, zone, zone_length, pattern, pattern_length, status))

LATE_VOID (ureldatefmt_close, (URelativeDateTimeFormatter * format), (format))
LATE (int32_t, ureldatefmt_format,
      (const URelativeDateTimeFormatter *format, double offset, URelativeDateTimeUnit unit, UChar *result,
       int32_t size, UErrorCode *status),
      (format, offset, unit, result, size, status))
LATE (int32_t, ureldatefmt_formatNumeric,
      (const URelativeDateTimeFormatter *format, double offset, URelativeDateTimeUnit unit, UChar *result,
       int32_t size, UErrorCode *status),
      (format, offset, unit, result, size, status))
LATE (URelativeDateTimeFormatter *, ureldatefmt_open,
      (const char *locale, UNumberFormat *numbers, UDateRelativeDateTimeFormatterStyle width,
       UDisplayContext capitals, UErrorCode *status),
      (locale, numbers, width, capitals, status))

LATE (UTransliterator *, utrans_openU,
      (const UChar *id, int32_t length, UTransDirection direction, const UChar *rules, int32_t rules_length,
       UParseError *place, UErrorCode *status),
      (id, length, direction, rules, rules_length, place, status))
LATE_VOID (utrans_transUChars,
           (const UTransliterator *reader, UChar *text, int32_t *length, int32_t size, int32_t start,
            int32_t *limit, UErrorCode *status),
           (reader, text, length, size, start, limit, status))
