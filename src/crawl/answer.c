/* Answers sorted: content, unchanged, gone, blocked, failed. */
#include "zhoubao/crawl/answer.h"

#define LOOKED_AT (64 * 1024) /* a challenge is a short page, and shows itself at once */

/* Traces in a body. A text about captchas may hold the weak ones, so they count only where the answer is no
   content anyway. */
static const struct {
  const char *trace, *name;
} traces[] = {
    {"__jsl_clearance", "a script challenge (__jsl_clearance)"},
    {"$_ts", "a script challenge ($_ts)"},
    {"acw_sc__v2", "a script challenge (acw_sc__v2)"},
    {"/cdn-cgi/challenge-platform", "a challenge (Cloudflare)"},
    {"cf-chl-", "a challenge (Cloudflare)"},
    {"_Incapsula_Resource", "a challenge (Incapsula)"},
    {"geetest", "a captcha (geetest)"},
    {"captcha", "a captcha"},
    {"验证码", "a captcha"},
};

static gboolean
contains (const char *data, gsize length, const char *needle)
{
  return memmem (data, MIN (length, LOOKED_AT), needle, strlen (needle)) != NULL;
}

const char *
zb_answer_challenge (const ZbHttpResponse *response)
{
  gsize length;
  const char *data = g_bytes_get_data (response->body, &length);
  g_autofree char *mitigated = zb_http_header (response, "cf-mitigated");
  if (mitigated != NULL && g_ascii_strcasecmp (mitigated, "challenge") == 0)
    return "a challenge (Cloudflare)";
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    if (length > 0 && contains (data, length, traces[i].trace))
      return traces[i].name;
  return NULL;
}

static const struct {
  int status;
  const char *words;
} known[] = {
    {401, "asks for a password"}, {403, "forbidden"},
    {404, "not found"},           {407, "the proxy asks for a password"},
    {429, "too many requests"},   {500, "error of the server"},
    {502, "bad gateway"},         {503, "service unavailable"},
    {504, "gateway time-out"},
};

static char *
words_of (int status)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == status)
      return g_strdup_printf ("it answers %d: %s", status, known[i].words);
  return g_strdup_printf ("it answers %d", status);
}

/* Of the other errors, an error page may well speak of captchas for reasons of its own. */
static gboolean
can_be_challenge (int status)
{
  return status < 500 ? status != 404 && status != 410 : status == 503 || (status > 519 && status < 530);
}

ZbFetchOutcome
zb_answer_outcome (const ZbHttpResponse *response, char **words)
{
  int s = response->status;
  *words = NULL;
  if (s == 304)
    return ZB_FETCH_UNCHANGED;
  if (s == 200 || s == 203)
    return ZB_FETCH_OK;
  const char *challenge = can_be_challenge (s) ? zb_answer_challenge (response) : NULL;
  if (s == 410) {
    *words = g_strdup ("it answers 410: gone for good");
    return ZB_FETCH_GONE;
  }
  if (challenge != NULL || s == 412) {
    *words = g_strdup_printf ("needs a person: it answers %d with %s", s,
                              challenge != NULL ? challenge : "a check of the browser");
    return ZB_FETCH_BLOCKED;
  }
  *words = words_of (s);
  return ZB_FETCH_FAILED;
}

ZbTime
zb_answer_retry_after (const ZbHttpResponse *response, ZbTime now, gint64 most)
{
  if (response->status != 429 && response->status != 503)
    return ZB_TIME_NONE;
  g_autofree char *value = zb_http_header (response, "Retry-After");
  g_autofree char *date = zb_http_header (response, "Date");
  guint64 seconds = 0;
  if (value == NULL)
    return ZB_TIME_NONE;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &seconds, NULL))
    return now + MIN ((gint64)seconds, most);
  gint64 then = zb_http_date (value), there = date != NULL ? zb_http_date (date) : ZB_TIME_NONE;
  if (then == ZB_TIME_NONE)
    return ZB_TIME_NONE;
  gint64 wait = then - (there != ZB_TIME_NONE ? there : now);
  return now + CLAMP (wait, 0, most);
}
