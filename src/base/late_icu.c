/* The functions of ICU's library of dates and transliterators, see base/late.h. */
#include "zhoubao/base/dates.h"
#include "zhoubao/base/late.h"
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ureldatefmt.h>
#include <unicode/utrans.h>

#define LIBRARY "libicui18n.so." U_ICU_VERSION_SHORT
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)

void
zb_dates_prepare (void)
{
  zb_late_open (LIBRARY);
}

ZB_LATE (LIBRARY, , void, ucal_close, (UCalendar * calendar), (calendar))
LATE (int32_t, ucal_get, (const UCalendar *calendar, UCalendarDateFields field, UErrorCode *status),
      (calendar, field, status))
LATE (int32_t, ucal_getCanonicalTimeZoneID,
      (const UChar *id, int32_t length, UChar *result, int32_t size, UBool *is_system, UErrorCode *status),
      (id, length, result, size, is_system, status))
ZB_LATE (LIBRARY, , void, ucal_getTimeZoneOffsetFromLocal,
         (const UCalendar *calendar, UTimeZoneLocalOption missing, UTimeZoneLocalOption doubled, int32_t *raw,
          int32_t *saving, UErrorCode *status),
         (calendar, missing, doubled, raw, saving, status))
LATE (UCalendar *, ucal_open,
      (const UChar *zone, int32_t length, const char *locale, UCalendarType type, UErrorCode *status),
      (zone, length, locale, type, status))
ZB_LATE (LIBRARY, , void, ucal_setMillis, (UCalendar * calendar, UDate millis, UErrorCode *status),
         (calendar, millis, status))

ZB_LATE (LIBRARY, , void, udat_close, (UDateFormat * format), (format))
LATE (int32_t, udat_countSymbols, (const UDateFormat *format, UDateFormatSymbolType type), (format, type))
LATE (int32_t, udat_getSymbols,
      (const UDateFormat *format, UDateFormatSymbolType type, int32_t index, UChar *result, int32_t size,
       UErrorCode *status),
      (format, type, index, result, size, status))
LATE (UDateFormat *, udat_open,
      (UDateFormatStyle time, UDateFormatStyle date, const char *locale, const UChar *zone,
       int32_t zone_length, const UChar *pattern, int32_t pattern_length, UErrorCode *status),
      (time, date, locale, zone, zone_length, pattern, pattern_length, status))

ZB_LATE (LIBRARY, , void, ureldatefmt_close, (URelativeDateTimeFormatter * format), (format))
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
ZB_LATE (LIBRARY, , void, utrans_transUChars,
         (const UTransliterator *reader, UChar *text, int32_t *length, int32_t size, int32_t start,
          int32_t *limit, UErrorCode *status),
         (reader, text, length, size, start, limit, status))
