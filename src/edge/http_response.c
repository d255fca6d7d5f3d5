/* An answer: its lifetime, its fields, and where it redirects to. */
#include "zhoubao/base/error.h"
#include "zhoubao/base/url.h"
#include "zhoubao/edge/http.h"
#include <curl/curl.h>

void
zb_http_response_free (ZbHttpResponse *r)
{
  char **texts[] = {&r->url,          &r->headers,  &r->etag,    &r->last_modified,
                    &r->content_type, &r->location, &r->address, &r->moved_to};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&r->body, g_bytes_unref);
  g_free (r);
}

char *
zb_http_header (const ZbHttpResponse *response, const char *name)
{
  gsize length = strlen (name);
  for (const char *line = response->headers; line != NULL && *line != '\0';) {
    const char *end = strchr (line, '\n');
    gsize n = end != NULL ? (gsize)(end - line) : strlen (line);
    if (n > length && line[length] == ':' && g_ascii_strncasecmp (line, name, length) == 0)
      return g_strstrip (g_strndup (line + length + 1, n - length - 1));
    line = end != NULL ? end + 1 : NULL;
  }
  return NULL;
}

ZbTime
zb_http_date (const char *text)
{
  time_t t = curl_getdate (text, NULL);
  return t != -1 ? (ZbTime)t : ZB_TIME_NONE;
}

gboolean
zb_http_is_permanent (int status)
{
  return status == 301 || status == 308;
}

gboolean
zb_http_keeps_body (int status)
{
  return status == 307 || status == 308;
}

gboolean
zb_http_redirect (const ZbHttpResponse *response, char **url, GError **error)
{
  int s = response->status;
  *url = NULL;
  if ((s != 301 && s != 302 && s != 303 && s != 307 && s != 308) || response->location == NULL)
    return TRUE;
  *url = zb_url_resolve (response->location, response->url);
  if (*url != NULL)
    return TRUE;
  g_autofree char *where = zb_error_line (response->location);
  g_set_error (error, ZB_ERROR, ZB_ERROR_REFUSED, "refused: it redirects to '%.200s'", where);
  return FALSE;
}
