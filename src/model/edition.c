/* Names of editions. */
#include "zhoubao/model/edition.h"

#include "zhoubao/base/day.h"
#include "zhoubao/base/error.h"

#define ESSAYS "posts/"
#define LATEST "latest"

static gboolean
is_slug (const char *text)
{
  return *text != '\0' && *text != '.' && strpbrk (text, "/\\ ") == NULL && g_utf8_validate (text, -1, NULL);
}

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *instant = g_strconcat (text, "T00:00:00", NULL);
  day = strlen (text) == strlen ("2017-06-30") ? g_date_time_new_from_iso8601 (instant, utc) : NULL;
  return day != NULL;
}

static gboolean
parse_latest (const char *text, GTimeZone *zone, ZbTime now, ZbEdition *out)
{
  const char *date = text + strlen (LATEST);
  g_autofree char *today = zb_day_of_time (now, zone);
  if (*date != '\0' && (*date != '/' || !is_date (date + 1)))
    return FALSE;
  *out = (ZbEdition){.kind = ZB_EDITION_LATEST,
                     .name = g_strconcat (LATEST "/", *date != '\0' ? date + 1 : today, NULL)};
  return TRUE;
}

gboolean
zb_edition_parse (const char *text, GTimeZone *zone, ZbTime now, ZbEdition *out, GError **error)
{
  ZbWeek week;
  *out = (ZbEdition){0};
  if (g_str_has_prefix (text, LATEST) && parse_latest (text, zone, now, out))
    return TRUE;
  if (g_str_has_prefix (text, ESSAYS) && is_slug (text + strlen (ESSAYS))) {
    *out = (ZbEdition){.kind = ZB_EDITION_ESSAY, .name = g_strdup (text)};
    return TRUE;
  }
  if (zb_week_parse (text, &week, NULL)) {
    *out = (ZbEdition){ZB_EDITION_WEEKLY, week, zb_week_name (week)};
    return TRUE;
  }
  g_set_error (error, ZB_ERROR, ZB_ERROR_USAGE,
               "'%s' is no week (2017-W26, or its issue's date), essay (" ESSAYS "SLUG) or '" LATEST "'",
               text);
  return FALSE;
}

ZbEditionKind
zb_edition_kind (const char *name)
{
  return g_str_has_prefix (name, ESSAYS)       ? ZB_EDITION_ESSAY
         : g_str_has_prefix (name, LATEST "/") ? ZB_EDITION_LATEST
                                               : ZB_EDITION_WEEKLY;
}

void
zb_edition_clear (ZbEdition *edition)
{
  g_clear_pointer (&edition->name, g_free);
}

const char *
zb_edition_slug (const ZbEdition *edition)
{
  return edition->name + strlen (ESSAYS);
}
