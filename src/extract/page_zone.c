/* Countries and languages with one clock, or one by which nearly all of their papers are dated. */
#include "page_zone.h"

#include "zhoubao/base/url.h"

typedef struct {
  const char *name, *zone;
} Home;

static const Home countries[] = {
    {"cn", "Asia/Shanghai"},     {"hk", "Asia/Hong_Kong"},      {"mo", "Asia/Macau"},
    {"tw", "Asia/Taipei"},       {"jp", "Asia/Tokyo"},          {"kr", "Asia/Seoul"},
    {"sg", "Asia/Singapore"},    {"my", "Asia/Kuala_Lumpur"},   {"th", "Asia/Bangkok"},
    {"vn", "Asia/Ho_Chi_Minh"},  {"ph", "Asia/Manila"},         {"in", "Asia/Kolkata"},
    {"pk", "Asia/Karachi"},      {"lk", "Asia/Colombo"},        {"ir", "Asia/Tehran"},
    {"il", "Asia/Jerusalem"},    {"ae", "Asia/Dubai"},          {"tr", "Europe/Istanbul"},
    {"uk", "Europe/London"},     {"ie", "Europe/Dublin"},       {"de", "Europe/Berlin"},
    {"at", "Europe/Vienna"},     {"ch", "Europe/Zurich"},       {"fr", "Europe/Paris"},
    {"be", "Europe/Brussels"},   {"nl", "Europe/Amsterdam"},    {"lu", "Europe/Luxembourg"},
    {"it", "Europe/Rome"},       {"es", "Europe/Madrid"},       {"pt", "Europe/Lisbon"},
    {"dk", "Europe/Copenhagen"}, {"no", "Europe/Oslo"},         {"se", "Europe/Stockholm"},
    {"fi", "Europe/Helsinki"},   {"ee", "Europe/Tallinn"},      {"lv", "Europe/Riga"},
    {"lt", "Europe/Vilnius"},    {"pl", "Europe/Warsaw"},       {"cz", "Europe/Prague"},
    {"sk", "Europe/Bratislava"}, {"hu", "Europe/Budapest"},     {"si", "Europe/Ljubljana"},
    {"hr", "Europe/Zagreb"},     {"rs", "Europe/Belgrade"},     {"bg", "Europe/Sofia"},
    {"ro", "Europe/Bucharest"},  {"gr", "Europe/Athens"},       {"ua", "Europe/Kiev"},
    {"eg", "Africa/Cairo"},      {"za", "Africa/Johannesburg"}, {"ke", "Africa/Nairobi"},
    {"ng", "Africa/Lagos"},      {"ru", "Europe/Moscow"},       {"id", "Asia/Jakarta"},
    {"br", "America/Sao_Paulo"}, {"mx", "America/Mexico_City"}, {"ar", "America/Argentina/Buenos_Aires"},
    {"nz", "Pacific/Auckland"},
};

static const Home languages[] = {
    {"zh-Hans", "Asia/Shanghai"}, {"zh-Hant", "Asia/Taipei"}, {"ja", "Asia/Tokyo"},
    {"ko", "Asia/Seoul"},         {"th", "Asia/Bangkok"},     {"vi", "Asia/Ho_Chi_Minh"},
};

static const char *
zone_of (const Home *homes, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (homes[i].name, name))
      return homes[i].zone;
  return NULL;
}

const char *
zb_page_zone (const ZbJob *job, const char *language)
{
  g_autoptr (ZbUrl) url = job->url != NULL ? zb_url_parse (job->url, NULL, NULL) : NULL;
  const char *dot = url != NULL ? strrchr (zb_url_host (url), '.') : NULL;
  if (job->zone != NULL)
    return job->zone;
  const char *zone = dot != NULL ? zone_of (countries, G_N_ELEMENTS (countries), dot + 1) : NULL;
  return zone != NULL || language == NULL ? zone : zone_of (languages, G_N_ELEMENTS (languages), language);
}
