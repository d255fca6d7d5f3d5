/* libcurl's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <curl/curl.h>

#define LATE(type, name, parameters, arguments)                                                              \
  ZB_LATE ("libcurl.so.4", return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE ("libcurl.so.4", , void, name, parameters, arguments)

/* Those with "..." take one argument there: a pointer, a long or a curl_off_t, which all travel in one
 * register. */
#define LATE_LAST(type, name, handle, option)                                                                \
  type (name) (handle h, option o, ...)                                                                      \
  {                                                                                                          \
    static __typeof__ (&(name)) real;                                                                        \
    va_list rest;                                                                                            \
    if (g_once_init_enter (&real))                                                                           \
      g_once_init_leave (&real, (__typeof__ (&(name)))zb_late_symbol ("libcurl.so.4", #name));               \
    va_start (rest, o);                                                                                      \
    gpointer last = va_arg (rest, gpointer);                                                                 \
    va_end (rest);                                                                                           \
    return real (h, o, last);                                                                                \
  }

G_STATIC_ASSERT (sizeof (long) == sizeof (gpointer) && sizeof (curl_off_t) == sizeof (gpointer));

LATE (CURLcode, curl_global_init, (long flags), (flags))
LATE (time_t, curl_getdate, (const char *text, const time_t *unused), (text, unused))
LATE (struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text))
LATE_VOID (curl_slist_free_all, (struct curl_slist * list), (list))

LATE (CURL *, curl_easy_init, (void), ())
LATE (CURLcode, curl_easy_perform, (CURL * easy), (easy))
LATE (const char *, curl_easy_strerror, (CURLcode code), (code))
LATE_VOID (curl_easy_cleanup, (CURL * easy), (easy))
LATE_VOID (curl_easy_reset, (CURL * easy), (easy))
LATE_LAST (CURLcode, curl_easy_setopt, CURL *, CURLoption)
LATE_LAST (CURLcode, curl_easy_getinfo, CURL *, CURLINFO)

LATE (CURLM *, curl_multi_init, (void), ())
LATE (CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy))
LATE (CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy))
LATE (CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))
LATE (CURLMcode, curl_multi_poll,
      (CURLM * multi, struct curl_waitfd extra[], unsigned int count, int milliseconds, int *ready),
      (multi, extra, count, milliseconds, ready))
LATE (CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))
LATE (CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
LATE (const char *, curl_multi_strerror, (CURLMcode code), (code))
LATE_LAST (CURLMcode, curl_multi_setopt, CURLM *, CURLMoption)
