/* Languages told apart. */
#include "zhoubao/base/language.h"

static void
assert_language (const char *text, const char *declared, const char *expected)
{
  const char *got = zb_language_of (text, -1, declared);
  if (g_strcmp0 (got, expected) != 0)
    g_test_message ("%s (declared %s)", text, declared);
  g_assert_cmpstr (got, ==, expected);
}

static void
test_chinese_is_simplified_or_traditional (void)
{
  assert_language ("国家发展改革委关于加强失信联合惩戒的通知", NULL, "zh-Hans");
  assert_language ("國家發展改革委關於加強失信聯合懲戒的通知", NULL, "zh-Hant");
  assert_language ("社会信用体系", "zh-TW", "zh-Hans");
  assert_language ("守信", "zh-TW", "zh-Hant");
  assert_language ("守信", NULL, "zh-Hans");
  assert_language ("A股上市公司 IPO 信息披露", NULL, "zh-Hans");
}

static void
test_japanese_and_korean (void)
{
  assert_language ("信用情報に関する条例を公布", NULL, "ja");
  assert_language ("東京都渋谷区の図書館", NULL, "ja");
  assert_language ("経済産業省", NULL, "ja");
  assert_language ("优の良品发布新产品目录", NULL, "zh-Hans");
  assert_language ("사회 신용 체계에 관한 조례", NULL, "ko");
}

static void
test_latin_languages_by_their_small_words (void)
{
  assert_language ("The draft of the credit information rules is out for comment", NULL, "en");
  assert_language ("Le système de crédit social est en place dans les villes", NULL, "fr");
  assert_language ("Das Sozialkreditsystem und die Rolle der Städte", NULL, "de");
  assert_language ("El sistema de crédito social en las ciudades y los pueblos", NULL, "es");
  assert_language ("O sistema de crédito social não é uma nota para os cidadãos", NULL, "pt");
  assert_language ("Il sistema di credito sociale è una delle novità", NULL, "it");
  assert_language ("Het sociaal kredietsysteem is een van de plannen", NULL, "nl");
  assert_language ("Sistemul de credit social este o noutate pentru orașe și sate", NULL, "ro");
  assert_language ("Sosiaalinen luottojärjestelmä on uusi, mutta kaupungit ja kylät ovat valmiina", NULL,
                   "fi");
  assert_language ("Systemet er nytt og byene er ikke klare", "nb", "nb");
  assert_language ("Shanghai FTZ", NULL, "en");
  assert_language ("Shanghai FTZ", "fr-FR", "fr");
  assert_language ("Shanghai FTZ", "zh-CN", "en");
}

static void
test_mixed_text_goes_by_its_greater_part (void)
{
  assert_language ("Hebei invites comments on its credit information rules (河北省社会信用信息条例)", NULL,
                   "en");
  assert_language ("关于 GB/T 22117-2018 Credit Fundamental Terms 信用基本术语国家标准的公告", NULL,
                   "zh-Hans");
}

static void
test_other_scripts (void)
{
  assert_language ("Система социального рейтинга", NULL, "ru");
  assert_language ("Система соціального рейтингу її", NULL, "uk");
  assert_language ("نظام الائتمان الاجتماعي", NULL, "ar");
  assert_language ("ระบบเครดิต", NULL, "th");
  assert_language ("Система за социален кредит", "bg", "bg");
  assert_language ("نظام اعتبار اجتماعی", "fa-IR", "fa");
  assert_language ("社会信用体系", "fa", "zh-Hans");
  assert_language ("12345 — ?", NULL, "und");
  assert_language ("2017", "zh", "zh-Hans");
  assert_language ("\xff\xfe", NULL, "und");
}

static void
test_declared_tags_are_made_ours (void)
{
  g_assert_cmpstr (zb_language_known ("zh-CN"), ==, "zh-Hans");
  g_assert_cmpstr (zb_language_known ("zh_TW"), ==, "zh-Hant");
  g_assert_cmpstr (zb_language_known ("zh-Hans-HK"), ==, "zh-Hans");
  g_assert_cmpstr (zb_language_known ("zh"), ==, "zh-Hans");
  g_assert_cmpstr (zb_language_known (" EN-us "), ==, "en");
  g_assert_cmpstr (zb_language_known ("ja-JP"), ==, "ja");
  g_assert_null (zb_language_known ("klingon"));
  g_assert_null (zb_language_known (""));
  g_assert_null (zb_language_known (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/chinese_is_simplified_or_traditional",
                   test_chinese_is_simplified_or_traditional);
  g_test_add_func ("/language/japanese_and_korean", test_japanese_and_korean);
  g_test_add_func ("/language/latin_languages_by_their_small_words",
                   test_latin_languages_by_their_small_words);
  g_test_add_func ("/language/mixed_text_goes_by_its_greater_part", test_mixed_text_goes_by_its_greater_part);
  g_test_add_func ("/language/other_scripts", test_other_scripts);
  g_test_add_func ("/language/declared_tags_are_made_ours", test_declared_tags_are_made_ours);
  return g_test_run ();
}
