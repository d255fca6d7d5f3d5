/* Dates: each way that feeds, pages and people write them; what is none; finding one; mistaken zones. */
#include "zhoubao/base/dates.h"

#define NOW "2017-06-28T03:12:00Z" /* a Wednesday, past eleven in Shanghai */

typedef struct {
  const char *text, *want, *zone; /* WANT NULL: no date */
} Row;

static void
check_rows (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    ZbDateContext context = {zb_time_from_rfc3339 (NOW), rows[i].zone};
    g_autofree char *got = zb_time_to_rfc3339 (zb_dates_parse (rows[i].text, &context));
    if (g_strcmp0 (got, rows[i].want) != 0)
      g_error ("'%s' in %s is %s, not %s", rows[i].text, rows[i].zone, got, rows[i].want);
  }
}

static void
test_chinese_japanese_and_korean_dates (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"2017年6月23日 9时", "2017-06-23T01:00:00Z", "Asia/Shanghai"},
      {"二〇一七年六月二十三日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"二○一七年六月二十三日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"二O一七年十一月三十日", "2017-11-29T16:00:00Z", "Asia/Shanghai"},
      {"二0一七年十月廿三日", "2017-10-22T16:00:00Z", "Asia/Shanghai"},
      {"6月23日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"7月23日", "2016-07-22T16:00:00Z", "Asia/Shanghai"},
      {"去年12月5日", "2016-12-04T16:00:00Z", "Asia/Shanghai"},
      {"17年6月23日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"民國106年6月23日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"106年6月23日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"平成29年6月23日", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"H29.6.23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"R1/5/7", "2019-05-06T16:00:00Z", "Asia/Shanghai"},
      {"令和元年5月1日", "2019-04-30T16:00:00Z", "Asia/Shanghai"},
      {"2017年6月23日(金) 午後3時15分", "2017-06-23T07:15:00Z", "Asia/Shanghai"},
      {"2017. 6. 23. 오후 3:15", "2017-06-23T07:15:00Z", "Asia/Shanghai"},
      {"2017년 6월 23일 오후 3시 15분", "2017-06-23T07:15:00Z", "Asia/Shanghai"},
      {"2017年6月23日晚上12点", "2017-06-23T16:00:00Z", "Asia/Shanghai"},
      {"2017年6月23日凌晨1点", "2017-06-22T17:00:00Z", "Asia/Shanghai"},
      {"2017年6月23日中午12点", "2017-06-23T04:00:00Z", "Asia/Shanghai"},
      {"2017年6月", "2017-05-31T16:00:00Z", "Asia/Shanghai"},
      {"2017年", "2016-12-31T16:00:00Z", "Asia/Shanghai"},
      {"北京时间2017年6月23日10:00", "2017-06-23T02:00:00Z", "UTC"},
      {"２０１７年６月２３日　１０：３０", "2017-06-23T02:30:00Z", "Asia/Shanghai"},
      {"2017年6月23日星期五", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"2017年6月23日 星期五 上午10:30", "2017-06-23T02:30:00Z", "Asia/Shanghai"},
      {"下午3:30", "2017-06-27T15:30:00Z", "UTC"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_dates_of_feeds (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"06-23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"[06-23]", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"12-31", "2016-12-30T16:00:00Z", "Asia/Shanghai"},
      {"2017-06-2310:15", "2017-06-23T02:15:00Z", "Asia/Shanghai"},
      {"23 2017-06", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"2017-06 23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"2017/6/23 10:15:30", "2017-06-23T02:15:30Z", "Asia/Shanghai"},
      {"2017.06.23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"20170623", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"20170623101530", "2017-06-23T02:15:30Z", "Asia/Shanghai"},
      {"20170623T101530Z", "2017-06-23T10:15:30Z", "Asia/Shanghai"},
      {"17/06/23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"14:05", "2017-06-27T06:05:00Z", "Asia/Shanghai"},
      {"10:05", "2017-06-28T02:05:00Z", "Asia/Shanghai"},
      {"2017-06-23 24:00", "2017-06-23T16:00:00Z", "Asia/Shanghai"},
      {"June 23", "2017-06-23T00:00:00Z", "UTC"},
      {"23 June", "2017-06-23T00:00:00Z", "UTC"},
      {"23 de junio de 2017", "2017-06-23T00:00:00Z", "UTC"},
      {"23. Juni 2017, 15:30 Uhr", "2017-06-23T15:30:00Z", "UTC"},
      {"le 23 juin 2017 à 15h30", "2017-06-23T15:30:00Z", "UTC"},
      {"23 июня 2017 г. в 15:30", "2017-06-23T15:30:00Z", "UTC"},
      {"23 de juny de 2017", "2017-06-23T00:00:00Z", "UTC"},
      {"pátek, 23. června 2017", "2017-06-23T00:00:00Z", "UTC"},
      {"1st Jan 2017", "2017-01-01T00:00:00Z", "UTC"},
      {"16-Nov-2016 10:00", "2016-11-16T10:00:00Z", "UTC"},
      {"Nov-16-2016", "2016-11-16T00:00:00Z", "UTC"},
      {"2016 Nov 16", "2016-11-16T00:00:00Z", "UTC"},
      {"03/04/2017", "2017-03-04T00:00:00Z", "UTC"},
      {"03/04/2017", "2017-04-02T23:00:00Z", "Europe/London"},
      {"Fri, 03/03/2017", "2017-03-03T00:00:00Z", "UTC"},
      {"Tue, 05/06/2007", "2007-06-05T00:00:00Z", "UTC"},
      {"Mon, 26 Jun 2017 08:00:00 CST", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"Mon, 26 Jun 2017 08:00:00 CST", "2017-06-26T14:00:00Z", "UTC"},
      {"Mon, 26 Jun 2017 08:00:00 UTC+8", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"Mon, 26 Jun 2017 08:00:00 +8", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26 08:00 Asia/Tokyo", "2017-06-25T23:00:00Z", "Asia/Shanghai"},
      {"2017-W26-1", "2017-06-26T00:00:00Z", "UTC"},
      {"2017-177", "2017-06-26T00:00:00Z", "UTC"},
      {"1498446000000", "2017-06-26T03:00:00Z", "Asia/Shanghai"},
      {"1498446000", "2017-06-26T03:00:00Z", "Asia/Shanghai"},
      {"2017-06-26T10:14:60Z", "2017-06-26T10:14:59Z", "Asia/Shanghai"},
      {"Mon Jun 26 08:00:00 CST 2017", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"Monday, 26-Jun-17 08:00:00 GMT", "2017-06-26T08:00:00Z", "Asia/Shanghai"},
      {"Fri, 23 Jun 2017 09:05:00 PT", "2017-06-23T16:05:00Z", "Asia/Shanghai"},
      {"Sat, 23 Dec 2017 09:05:00 ET", "2017-12-23T14:05:00Z", "Asia/Shanghai"},
      {"Jun 23, 2017 at 9:05pm (PT)", "2017-06-24T04:05:00Z", "Asia/Shanghai"},
      {"2017-06-23T09:05:00 08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"26 Jun 2017 8.30", "2017-06-26T08:30:00Z", "UTC"},
      {"2017-6-3 1:5", "2017-06-02T17:05:00Z", "Asia/Shanghai"},
      {"Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49Z", "UTC"},
      {"Sept. 5, 2016", "2016-09-05T00:00:00Z", "UTC"},
      {"Mon, 26 Jun 2017 08:00:00 Z", "2017-06-26T08:00:00Z", "Asia/Shanghai"},
      {"Mon, 26 Jun 2017 08:00:00 A", "2017-06-26T09:00:00Z", "Asia/Shanghai"},
      {"2017-06-26T08:00:00+0800", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26T08:00:00+08", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26-08:00:00", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26-08:07", "2017-06-26T00:07:00Z", "Asia/Shanghai"},
      {"2017-06-26-05:00", "2017-06-26T05:00:00Z", "Asia/Shanghai"},
      {"2017-06-26T08:00", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26 08:00:00 +0800 CST", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"2017-06-26T08:00:00.000+08:00", "2017-06-26T00:00:00Z", "Asia/Shanghai"},
      {"Thursday 1 June 2017 12:00 am", "2017-06-01T00:00:00Z", "UTC"},
      {"2017-06-26 12:30 PM", "2017-06-26T12:30:00Z", "UTC"},
      {"2017-06-26 at 1 pm", "2017-06-26T13:00:00Z", "UTC"},
      {"October 7, 2016 - 5:00pm EDT", "2016-10-07T21:00:00Z", "UTC"},
      {"26 Haziran 2017 Pazartesi", "2017-06-26T00:00:00Z", "UTC"},
      {"26 czerwca 2017", "2017-06-26T00:00:00Z", "UTC"},
      {"2017. június 26.", "2017-06-26T00:00:00Z", "UTC"},
      {"26 Ιουνίου 2017", "2017-06-26T00:00:00Z", "UTC"},
      {"26 يونيو 2017", "2017-06-26T00:00:00Z", "UTC"},
      {"26 जून 2017", "2017-06-26T00:00:00Z", "UTC"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_relative_dates (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"刚刚", "2017-06-28T03:12:00Z", "Asia/Shanghai"},
      {"5分钟前", "2017-06-28T03:07:00Z", "Asia/Shanghai"},
      {"昨天 14:05", "2017-06-27T06:05:00Z", "Asia/Shanghai"},
      {"昨天14:05", "2017-06-27T06:05:00Z", "Asia/Shanghai"},
      {"前天", "2017-06-25T16:00:00Z", "Asia/Shanghai"},
      {"周五下午3点", "2017-06-23T07:00:00Z", "Asia/Shanghai"},
      {"周三下午3点", "2017-06-21T07:00:00Z", "Asia/Shanghai"},
      {"周三上午9点", "2017-06-28T01:00:00Z", "Asia/Shanghai"},
      {"上周五", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"上周一下午2点半", "2017-06-19T06:30:00Z", "Asia/Shanghai"},
      {"本周五", "2017-06-29T16:00:00Z", "Asia/Shanghai"},
      {"下周一", "2017-07-02T16:00:00Z", "Asia/Shanghai"},
      {"星期天", "2017-06-24T16:00:00Z", "Asia/Shanghai"},
      {"礼拜二", "2017-06-26T16:00:00Z", "Asia/Shanghai"},
      {"上月5日", "2017-05-04T16:00:00Z", "Asia/Shanghai"},
      {"本月3日", "2017-06-02T16:00:00Z", "Asia/Shanghai"},
      {"上个月", "2017-05-27T16:00:00Z", "Asia/Shanghai"},
      {"半小时前", "2017-06-28T02:42:00Z", "Asia/Shanghai"},
      {"半年前", "2016-12-27T16:00:00Z", "Asia/Shanghai"},
      {"1个半小时前", "2017-06-28T01:42:00Z", "Asia/Shanghai"},
      {"两小时前", "2017-06-28T01:12:00Z", "Asia/Shanghai"},
      {"三天前", "2017-06-24T16:00:00Z", "Asia/Shanghai"},
      {"十分钟前", "2017-06-28T03:02:00Z", "Asia/Shanghai"},
      {"3日前", "2017-06-24T16:00:00Z", "Asia/Shanghai"},
      {"3일 전", "2017-06-24T16:00:00Z", "Asia/Shanghai"},
      {"어제", "2017-06-26T16:00:00Z", "Asia/Shanghai"},
      {"昨晚8点", "2017-06-27T12:00:00Z", "Asia/Shanghai"},
      {"今早7:30", "2017-06-27T23:30:00Z", "Asia/Shanghai"},
      {"yesterday", "2017-06-27T00:00:00Z", "UTC"},
      {"the day before yesterday", "2017-06-26T00:00:00Z", "UTC"},
      {"an hour ago", "2017-06-28T02:12:00Z", "UTC"},
      {"about an hour ago", "2017-06-28T02:12:00Z", "UTC"},
      {"1 year, 1 month, 1 week, 1 day, 1 hour and 1 minute ago", "2016-05-20T02:11:00Z", "UTC"},
      {"a day ago", "2017-06-27T00:00:00Z", "UTC"},
      {"1d ago", "2017-06-27T00:00:00Z", "UTC"},
      {"2h5m ago", "2017-06-28T01:07:00Z", "UTC"},
      {"2 hours and 30 minutes ago", "2017-06-28T00:42:00Z", "UTC"},
      {"half an hour ago", "2017-06-28T02:42:00Z", "UTC"},
      {"2.5 hours ago", "2017-06-28T00:42:00Z", "UTC"},
      {"in 3 days", "2017-07-01T00:00:00Z", "UTC"},
      {"in 2 hours", "2017-06-28T05:12:00Z", "UTC"},
      {"last Friday", "2017-06-23T00:00:00Z", "UTC"},
      {"last Wednesday", "2017-06-21T00:00:00Z", "UTC"},
      {"last week", "2017-06-21T00:00:00Z", "UTC"},
      {"last month", "2017-05-28T00:00:00Z", "UTC"},
      {"yesterday at 11:30 pm", "2017-06-27T23:30:00Z", "UTC"},
      {"Today at 9:45am", "2017-06-28T09:45:00Z", "UTC"},
      {"just now", "2017-06-28T03:12:00Z", "UTC"},
      {"Friday", "2017-06-23T00:00:00Z", "UTC"},
      {"6-23 周五", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"2 days, 3 hours ago", "2017-06-26T00:12:00Z", "UTC"},
      {"1年，1月，1周，1天，1小时，1分钟前", "2016-05-20T02:11:00Z", "UTC"},
      {"1年2个月前", "2016-04-28T00:00:00Z", "UTC"},
      {"3 個星期後", "2017-07-19T00:00:00Z", "UTC"},
      {"3個月前", "2017-03-28T00:00:00Z", "UTC"},
      {"2小时后", "2017-06-28T05:12:00Z", "UTC"},
      {"约53か月前", "2013-01-28T00:00:00Z", "UTC"},
      {"明後日の正午", "2017-06-30T12:00:00Z", "UTC"},
      {"明日の13時20分", "2017-06-29T13:20:00Z", "UTC"},
      {"10分钟以前", "2017-06-28T03:02:00Z", "UTC"},
      {"几秒前", "2017-06-28T03:11:57Z", "UTC"},
      {"一个月前", "2017-05-28T00:00:00Z", "UTC"},
      {"13 個星期後", "2017-09-27T00:00:00Z", "UTC"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_dates_of_the_worlds_languages (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"il y a 3 jours", "2017-06-25T00:00:00Z", "UTC"},
      {"il y a une heure", "2017-06-28T02:12:00Z", "UTC"},
      {"il y a 2 h", "2017-06-28T01:12:00Z", "UTC"},
      {"hier à 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"hier", "2017-06-27T00:00:00Z", "UTC"},
      {"aujourd'hui", "2017-06-28T00:00:00Z", "UTC"},
      {"Aujourd’hui à 10h30", "2017-06-28T10:30:00Z", "UTC"},
      {"avant-hier", "2017-06-26T00:00:00Z", "UTC"},
      {"vor 2 Stunden", "2017-06-28T01:12:00Z", "UTC"},
      {"vor einer Stunde", "2017-06-28T02:12:00Z", "UTC"},
      {"vor 3 Tagen", "2017-06-25T00:00:00Z", "UTC"},
      {"gestern um 14:05 Uhr", "2017-06-27T14:05:00Z", "UTC"},
      {"heute, 10:30", "2017-06-28T10:30:00Z", "UTC"},
      {"vorgestern", "2017-06-26T00:00:00Z", "UTC"},
      {"hace 3 horas", "2017-06-28T00:12:00Z", "UTC"},
      {"hace una hora", "2017-06-28T02:12:00Z", "UTC"},
      {"hace 2 días", "2017-06-26T00:00:00Z", "UTC"},
      {"ayer a las 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"há 3 horas", "2017-06-28T00:12:00Z", "UTC"},
      {"3 horas atrás", "2017-06-28T00:12:00Z", "UTC"},
      {"ontem às 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"3 ore fa", "2017-06-28T00:12:00Z", "UTC"},
      {"un'ora fa", "2017-06-28T02:12:00Z", "UTC"},
      {"ieri alle 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"3 часа назад", "2017-06-28T00:12:00Z", "UTC"},
      {"5 минут назад", "2017-06-28T03:07:00Z", "UTC"},
      {"вчера в 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"час назад", "2017-06-28T02:12:00Z", "UTC"},
      {"3 dni temu", "2017-06-25T00:00:00Z", "UTC"},
      {"wczoraj, 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"3 uur geleden", "2017-06-28T00:12:00Z", "UTC"},
      {"gisteren", "2017-06-27T00:00:00Z", "UTC"},
      {"för 3 timmar sedan", "2017-06-28T00:12:00Z", "UTC"},
      {"3 saat önce", "2017-06-28T00:12:00Z", "UTC"},
      {"dün 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"3 giờ trước", "2017-06-28T00:12:00Z", "UTC"},
      {"5 phút trước", "2017-06-28T03:07:00Z", "UTC"},
      {"hôm qua", "2017-06-27T00:00:00Z", "UTC"},
      {"Hôm qua, 14:05", "2017-06-27T14:05:00Z", "UTC"},
      {"Thứ sáu, 23/6/2017, 09:15 (GMT+7)", "2017-06-23T02:15:00Z", "Asia/Ho_Chi_Minh"},
      {"Thứ Sáu, ngày 23 tháng 6 năm 2017", "2017-06-22T17:00:00Z", "Asia/Ho_Chi_Minh"},
      {"23 tháng 6, 2017", "2017-06-22T17:00:00Z", "Asia/Ho_Chi_Minh"},
      {"23 Tháng Sáu 2017", "2017-06-22T17:00:00Z", "Asia/Ho_Chi_Minh"},
      {"Chủ nhật, 25/06/2017 - 09:15", "2017-06-25T02:15:00Z", "Asia/Ho_Chi_Minh"},
      {"ngày 5 tháng 6 năm 2017", "2017-06-04T17:00:00Z", "Asia/Ho_Chi_Minh"},
      {"23 มิถุนายน 2560", "2017-06-22T17:00:00Z", "Asia/Bangkok"},
      {"23 มิ.ย. 2560", "2017-06-22T17:00:00Z", "Asia/Bangkok"},
      {"23 มิ.ย. 60", "2017-06-23T00:00:00Z", "UTC"},
      {"23 มิ.ย. 2560 เวลา 09:15 น.", "2017-06-23T09:15:00Z", "UTC"},
      {"วันศุกร์ที่ 23 มิถุนายน พ.ศ. 2560", "2017-06-23T00:00:00Z", "UTC"},
      {"วันที่ 23 มิถุนายน 2560", "2017-06-23T00:00:00Z", "UTC"},
      {"23 มิถุนายน 2017", "2017-06-23T00:00:00Z", "UTC"},
      {"23/06/2560", "2017-06-22T17:00:00Z", "Asia/Bangkok"},
      {"3 ชั่วโมงที่แล้ว", "2017-06-28T00:12:00Z", "UTC"},
      {"3 ชั่วโมงที่ผ่านมา", "2017-06-28T00:12:00Z", "UTC"},
      {"เมื่อวาน", "2017-06-27T00:00:00Z", "UTC"},
      {"3 jam yang lalu", "2017-06-28T00:12:00Z", "UTC"},
      {"kemarin", "2017-06-27T00:00:00Z", "UTC"},
      {"قبل 3 ساعات", "2017-06-28T00:12:00Z", "UTC"},
      {"منذ 3 ساعات", "2017-06-28T00:12:00Z", "UTC"},
      {"3 घंटे पहले", "2017-06-28T00:12:00Z", "UTC"},
      {"3 ساعت پیش", "2017-06-28T00:12:00Z", "UTC"},
      {"πριν από 3 ώρες", "2017-06-28T00:12:00Z", "UTC"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_mistakes_that_are_read_as_meant (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"2017-06-23T09:05:00 08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T09:05:00 0800", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23 09:05:00 08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017年第174天", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"June 23, 2017 9:05 am PT", "2017-06-23T16:05:00Z", "UTC"},
      {"January 23, 2017 9:05 am PT", "2017-01-23T17:05:00Z", "UTC"},
      {"June 23, 2017 at 9:05 a.m. ET", "2017-06-23T13:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri,23 Jun 2017 09:05:00 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 GMT+0800", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri Jun 23 2017 09:05:00 GMT+0800 (中国标准时间)", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri Jun 23 2017 09:05:00 GMT+0800 (CST)", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 9:5:0 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 +08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 + 0800", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 +800", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri, 23 June, 2017 09:05:00 +0000", "2017-06-23T09:05:00Z", "UTC"},
      {"Friday, June 23, 2017 - 09:05", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09.05.00 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23-Jun-2017 09:05:00 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri 23 Jun 2017 09:05:00.123 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017, 09:05:00 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 \"GMT\"", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, Jun 23 2017 09:05:00 GMT", "2017-06-23T09:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 EDT-0400", "2017-06-23T13:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05 PM EDT", "2017-06-24T01:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 21:05:00 PM +0000", "2017-06-23T21:05:00Z", "UTC"},
      {"2017-06-23T09:05:00Z+08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T09:05:00+08：00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T9:05:00+8:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T09:05:00.1234567+08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23t09:05:00z", "2017-06-23T09:05:00Z", "UTC"},
      {"2017-06-23T09:05:00 Z", "2017-06-23T09:05:00Z", "UTC"},
      {"2017-06-23T09:05:00 +08:00", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T09:05:00 UTC", "2017-06-23T09:05:00Z", "UTC"},
      {"2017-06-23T09:05Z", "2017-06-23T09:05:00Z", "UTC"},
      {"20170623T0905Z", "2017-06-23T09:05:00Z", "UTC"},
      {"20170623T090500+0800", "2017-06-23T01:05:00Z", "UTC"},
      {"2017年06月23日 09:05:00 +0800", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23T09:05:00+08:00[Asia/Shanghai]", "2017-06-23T01:05:00Z", "UTC"},
      {"2017-06-23 09:05:00 中国标准时间", "2017-06-23T01:05:00Z", "UTC"},
      {"Fri, 23 Jun 2017 09:05:00 Pacific Daylight Time", "2017-06-23T16:05:00Z", "UTC"},
      {"2017-06-23T19Z", "2017-06-23T19:00:00Z", "Asia/Shanghai"},
      {"2017-06-23Z", "2017-06-23T00:00:00Z", "Asia/Shanghai"},
      {"2017 06 23", "2017-06-22T16:00:00Z", "Asia/Shanghai"},
      {"Mo, 26. Jun 2017 09:05", "2017-06-26T09:05:00Z", "UTC"},
      {"23 czerwca 2017 r.", "2017-06-23T00:00:00Z", "UTC"},
      {"2017-06-23 11:05:00 μμ", "2017-06-23T23:05:00Z", "UTC"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_what_is_no_date (void)
{
  /* clang-format off */
  static const Row rows[] = {
      {"2017-02-30", NULL, "Asia/Shanghai"},
      {"2017年13月1日", NULL, "Asia/Shanghai"},
      {"99-99", NULL, "Asia/Shanghai"},
      {"2017W261", NULL, "UTC"},
      {"invalid", NULL, "Asia/Shanghai"},
      {"1.2.3.4", NULL, "Asia/Shanghai"},
      {"hello 2017-06-23", NULL, "Asia/Shanghai"},
      {"2017-06-23 foo", NULL, "Asia/Shanghai"},
      {"12345", NULL, "Asia/Shanghai"},
      {"2017年第3号", NULL, "Asia/Shanghai"},
      {"2017-13-01", NULL, "Asia/Shanghai"},
      {"2017/13/01", NULL, "UTC"},
      {"7个工作日内", NULL, "Asia/Shanghai"},
      {"1—5号", NULL, "Asia/Shanghai"},
      {"2017年6月下旬", NULL, "Asia/Shanghai"},
      {"Sun, 16 Dec 2012 25:00:00 GMT", NULL, "Asia/Shanghai"},
  };
  /* clang-format on */
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_numbers_are_read_as_the_place_writes_them (void)
{
  static const Row rows[] = {
      {"03/04/2017", "2017-03-04T00:00:00Z", NULL},
      {"03/04/2017", "2017-04-03T00:00:00Z", "Africa/Dakar"},
      {"Mon, 03/04/2017", "2017-04-03T00:00:00Z", NULL},
      {"25/12/16", "2016-12-25T00:00:00Z", NULL},
      {"17/06/05", "2017-06-04T16:00:00Z", "Asia/Shanghai"},
      {"06.05.17", "2017-05-06T00:00:00Z", NULL},
  };
  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_a_date_is_found_in_a_row (void)
{
  static const struct {
    const char *text, *want, *found;
  } rows[] = {
      {"发布时间：2017-06-23 10:30 来源：新华网", "2017-06-23T02:30:00Z", "2017-06-23 10:30"},
      {"关于失信联合惩戒的通知[06-23]", "2017-06-22T16:00:00Z", "06-23"},
      {"国发〔2016〕33号 二〇一六年五月三十日", "2016-05-29T16:00:00Z", "二〇一六年五月三十日"},
      {"本办法自2017年8月1日起施行", "2017-07-31T16:00:00Z", "2017年8月1日"},
      {"征求意见截止6月23日前反馈", "2017-06-22T16:00:00Z", "6月23日"},
      {"新华社 3小时前 阅读 1200", "2017-06-28T00:12:00Z", "3小时前"},
      {"央视网 昨天 14:05", "2017-06-27T06:05:00Z", "昨天 14:05"},
      {"By Jane Doe on June 23, 2017 5 comments", "2017-06-22T16:00:00Z", "June 23, 2017"},
      {"Published 23rd June 2017 at 10:30 by staff", "2017-06-23T02:30:00Z", "23rd June 2017 at 10:30"},
      {"电话 010-68501234，编号2016-2020，版本1.2.3", NULL, NULL},
      {"今年以来，全国信用建设取得进展，去年增长12%", NULL, NULL},
      {"2017. június 23. 14:05 A minisztérium", "2017-06-23T06:05:00Z", "2017. június 23. 14:05"},
      {"23 June 2017 14:05 at the ministry", "2017-06-23T06:05:00Z", "23 June 2017 14:05"},
      {"Praha 23. 6. 2017 14:05", "2017-06-23T06:05:00Z", "23. 6. 2017 14:05"},
      {"הוועדה, 23 ביוני 2017", "2017-06-22T16:00:00Z", "23 ביוני 2017"},
      {"完 2017年6月20日（星期二）香港時間16時30分", "2017-06-20T08:30:00Z",
       "2017年6月20日（星期二）香港時間16時30分"},
      {"firmware R1.5.7 of H2.3.4", NULL, NULL},
      {"You may 5 times march on", NULL, NULL},
      {"IP 192.168.1.1 at 99-99", NULL, NULL},
      {"Redaktion, vor 3 Stunden aktualisiert", "2017-06-28T00:12:00Z", "vor 3 Stunden"},
      {"Par Jean Dupont, hier à 14:05, Paris", "2017-06-27T06:05:00Z", "hier à 14:05"},
      {"on Feb 24 · 4 min read", "2017-02-23T16:00:00Z", "Feb 24"},
      {"Feb 24 17 min read", "2017-02-23T16:00:00Z", "Feb 24"},
      {"Wir sind hier und heute bereit, 5 Leute", NULL, NULL},
      {"", NULL, NULL},
  };
  ZbDateContext context = {zb_time_from_rfc3339 (NOW), "Asia/Shanghai"};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ZbDate date;
    gboolean found = zb_dates_find (rows[i].text, &context, &date);
    g_autofree char *got = found ? zb_time_to_rfc3339 (date.time) : NULL;
    g_autofree char *piece = found ? g_strndup (rows[i].text + date.start, date.end - date.start) : NULL;
    if (g_strcmp0 (got, rows[i].want) != 0 || g_strcmp0 (piece, rows[i].found) != 0)
      g_error ("'%s': %s from '%s', not %s from '%s'", rows[i].text, got, piece, rows[i].want, rows[i].found);
  }
}

static void
test_what_was_given_is_told (void)
{
  ZbDateContext context = {zb_time_from_rfc3339 (NOW), "Asia/Shanghai"};
  ZbDate date;
  g_assert_true (zb_dates_read ("6月23日", &context, &date));
  g_assert_false (date.has_time || date.has_zone || date.has_year);
  g_assert_cmpint (date.offset, ==, 8 * 3600);
  g_assert_true (zb_dates_read ("Fri, 23 Jun 2017 10:00 -0500", &context, &date));
  g_assert_true (date.has_time && date.has_zone && date.has_year);
  g_assert_cmpint (date.offset, ==, -5 * 3600);
  g_assert_true (zb_dates_read ("14:05", &context, &date));
  g_assert_true (date.has_time && !date.has_day);
  g_assert_true (zb_dates_read ("3小时前", &context, &date));
  g_assert_true (date.has_day);
}

static void
test_without_a_clock_nothing_is_relative (void)
{
  ZbDateContext context = {ZB_TIME_NONE, NULL};
  const char *const relative[] = {"昨天", "5分钟前", "06-23", "Friday", "14:05", "now"};
  for (guint i = 0; i < G_N_ELEMENTS (relative); i++)
    g_assert_cmpint (zb_dates_parse (relative[i], &context), ==, ZB_TIME_NONE);
  g_assert_cmpint (zb_dates_parse ("2017-06-23", &context), ==, zb_time_from_rfc3339 ("2017-06-23"));
}

static void
test_a_mistaken_zone_does_not_put_news_into_the_future (void)
{
  static const struct {
    const char *text, *want;
  } rows[] = {
      {"Wed, 28 Jun 2017 11:10:00 GMT", "2017-06-28T03:10:00Z"}, /* Beijing's clock under London's name */
      {"Wed, 28 Jun 2017 03:10:00 GMT", "2017-06-28T03:10:00Z"}, /* right as it is */
      {"Wed, 28 Jun 2017 20:00:00 GMT", NOW},                    /* wrong in both */
      {"Wed, 01 Nov 2017 11:00:00 GMT", "2017-11-01T11:00:00Z"}, /* meant */
  };
  ZbDateContext context = {zb_time_from_rfc3339 (NOW), "Asia/Shanghai"};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    ZbDate date;
    g_assert_true (zb_dates_read (rows[i].text, &context, &date));
    g_autofree char *got = zb_time_to_rfc3339 (zb_dates_settle (&date, &context));
    g_assert_cmpstr (got, ==, rows[i].want);
  }
}

static void
test_summer_time_follows_the_zone (void)
{
  static const Row rows[] = {{"2017-01-15 12:00", "2017-01-15T17:00:00Z", "America/New_York"},
                             {"2017-07-15 12:00", "2017-07-15T16:00:00Z", "America/New_York"},
                             {"2017-07-15 12:00 Europe/Paris", "2017-07-15T10:00:00Z", NULL},
                             {"2017-07-15 12:00", "2017-07-15T08:30:00Z", "+03:30"}};
  check_rows (rows, G_N_ELEMENTS (rows));
  g_assert_true (zb_dates_zone_is_known ("Asia/Shanghai"));
  g_assert_false (zb_dates_zone_is_known ("Asia/Nowhere"));
  g_assert_false (zb_dates_zone_is_known ("+99:00"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dates/chinese_japanese_and_korean_dates", test_chinese_japanese_and_korean_dates);
  g_test_add_func ("/dates/dates_of_feeds", test_dates_of_feeds);
  g_test_add_func ("/dates/relative_dates", test_relative_dates);
  g_test_add_func ("/dates/dates_of_the_worlds_languages", test_dates_of_the_worlds_languages);
  g_test_add_func ("/dates/mistakes_that_are_read_as_meant", test_mistakes_that_are_read_as_meant);
  g_test_add_func ("/dates/what_is_no_date", test_what_is_no_date);
  g_test_add_func ("/dates/numbers_are_read_as_the_place_writes_them",
                   test_numbers_are_read_as_the_place_writes_them);
  g_test_add_func ("/dates/a_date_is_found_in_a_row", test_a_date_is_found_in_a_row);
  g_test_add_func ("/dates/what_was_given_is_told", test_what_was_given_is_told);
  g_test_add_func ("/dates/without_a_clock_nothing_is_relative", test_without_a_clock_nothing_is_relative);
  g_test_add_func ("/dates/a_mistaken_zone_does_not_put_news_into_the_future",
                   test_a_mistaken_zone_does_not_put_news_into_the_future);
  g_test_add_func ("/dates/summer_time_follows_the_zone", test_summer_time_follows_the_zone);
  return g_test_run ();
}
