/* The client: requests waiting, requests under way, and the loop over libcurl's multi handle. */
#include "zhoubao/edge/http.h"

#include "http_transfer.h"
#include "zhoubao/base/error.h"

struct ZbHttp {
  ZbHttpRules rules;
  CURLM *multi;
  GQueue waiting;  /* of ZbTransfer */
  GPtrArray *idle; /* CURL handles to use again */
  GHashTable *running;
};

static gboolean
parse_allowed (ZbHttpRules *rules, const char *const *blocks, GError **error)
{
  rules->allowed = g_array_new (FALSE, FALSE, sizeof (ZbAddressBlock));
  for (; blocks != NULL && *blocks != NULL; blocks++) {
    ZbAddressBlock block;
    if (!zb_address_block_parse (*blocks, &block, error))
      return FALSE;
    g_array_append_val (rules->allowed, block);
  }
  return TRUE;
}

ZbHttp *
zb_http_new (const ZbHttpOptions *options, GError **error)
{
  static gsize once;
  if (g_once_init_enter (&once))
    g_once_init_leave (&once, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
  g_autoptr (ZbHttp) http = g_new0 (ZbHttp, 1);
  http->rules.options = *options;
  http->rules.user_agent = g_strdup (options->user_agent);
  http->rules.proxy = g_strdup (options->proxy);
  http->rules.ca_file = g_strdup (options->ca_file);
  http->rules.bodies = zb_bodies_new ();
  http->multi = curl_multi_init ();
  http->idle = g_ptr_array_new_with_free_func (curl_easy_cleanup);
  http->running = g_hash_table_new (NULL, NULL);
  g_queue_init (&http->waiting);
  if (options->connections > 0)
    curl_multi_setopt (http->multi, CURLMOPT_MAXCONNECTS, (long)options->connections);
  return parse_allowed (&http->rules, options->allow_private, error) ? g_steal_pointer (&http) : NULL;
}

static void
drop (ZbHttp *http, ZbTransfer *t)
{
  curl_multi_remove_handle (http->multi, t->easy);
  curl_easy_cleanup (t->easy);
  zb_transfer_free (t);
}

void
zb_http_free (ZbHttp *http)
{
  GHashTableIter iter;
  gpointer t;
  g_hash_table_iter_init (&iter, http->running);
  while (g_hash_table_iter_next (&iter, &t, NULL))
    drop (http, t);
  g_queue_clear_full (&http->waiting, (GDestroyNotify)zb_transfer_free);
  g_hash_table_unref (http->running);
  g_ptr_array_unref (http->idle);
  curl_multi_cleanup (http->multi);
  g_free (http->rules.user_agent);
  g_free (http->rules.proxy);
  g_free (http->rules.ca_file);
  zb_bodies_unref (http->rules.bodies);
  g_clear_pointer (&http->rules.allowed, g_array_unref);
  g_free (http);
}

void
zb_http_submit (ZbHttp *http, const ZbHttpRequest *request, ZbHttpDone done, gpointer data)
{
  g_queue_push_tail (&http->waiting, zb_transfer_new (&http->rules, request, done, data));
}

gint64
zb_http_held (ZbHttp *http)
{
  return zb_bodies_held (http->rules.bodies);
}

guint
zb_http_pending (ZbHttp *http)
{
  return g_queue_get_length (&http->waiting) + g_hash_table_size (http->running);
}

static void
call_back (ZbTransfer *t, ZbHttpResponse *response, GError *error)
{
  t->done (response, error, t->data);
  zb_transfer_free (t);
}

static void
give_back_handle (ZbHttp *http, CURL *easy)
{
  curl_easy_reset (easy);
  g_ptr_array_add (http->idle, easy);
}

/* libcurl itself has failed: nobody is left waiting. */
static void
fail_all (ZbHttp *http, GError *error)
{
  g_autoptr (GList) running = g_hash_table_get_keys (http->running);
  g_hash_table_remove_all (http->running);
  for (GList *l = running; l != NULL; l = l->next) {
    ZbTransfer *t = l->data;
    curl_multi_remove_handle (http->multi, t->easy);
    curl_easy_cleanup (t->easy);
    call_back (t, NULL, error);
  }
  for (ZbTransfer *t = g_queue_pop_head (&http->waiting); t != NULL; t = g_queue_pop_head (&http->waiting))
    call_back (t, NULL, error);
}

/* FALSE where it was called back instead. */
static gboolean
start (ZbHttp *http, ZbTransfer *t)
{
  g_autoptr (GError) error = NULL;
  CURL *easy = http->idle->len > 0 ? g_ptr_array_steal_index_fast (http->idle, http->idle->len - 1)
                                   : curl_easy_init ();
  if (!zb_transfer_prepare (t, easy, &error)) {
    give_back_handle (http, easy);
    call_back (t, NULL, error);
    return FALSE;
  }
  g_hash_table_add (http->running, t);
  curl_multi_add_handle (http->multi, easy);
  return TRUE;
}

/* Returns: how many were called back. */
static guint
start_waiting (ZbHttp *http)
{
  guint n = 0;
  gint64 most = http->rules.options.connections;
  while (!g_queue_is_empty (&http->waiting) && (most <= 0 || g_hash_table_size (http->running) < most))
    n += !start (http, g_queue_pop_head (&http->waiting));
  return n;
}

static void
finish (ZbHttp *http, CURL *easy, CURLcode code)
{
  g_autoptr (GError) error = NULL;
  ZbTransfer *t = NULL;
  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &t);
  ZbHttpResponse *response = zb_transfer_finish (t, code, &error);
  g_hash_table_remove (http->running, t);
  curl_multi_remove_handle (http->multi, easy);
  give_back_handle (http, easy);
  call_back (t, response, error);
}

/* Returns: how many were called back. */
static guint
reap (ZbHttp *http)
{
  guint n = 0;
  int left;
  for (CURLMsg *m = curl_multi_info_read (http->multi, &left); m != NULL;
       m = curl_multi_info_read (http->multi, &left)) {
    if (m->msg == CURLMSG_DONE)
      finish (http, m->easy_handle, m->data.result);
    n++;
  }
  return n;
}

static gboolean
check (ZbHttp *http, CURLMcode code, GError **error)
{
  if (code == CURLM_OK)
    return TRUE;
  g_autoptr (GError) failure =
      g_error_new (ZB_ERROR, ZB_ERROR_FAILED, "libcurl: %s", curl_multi_strerror (code));
  fail_all (http, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
wait_for_events (ZbHttp *http, GPollFD *fds, guint n, int timeout_ms, GError **error)
{
  g_autofree struct curl_waitfd *extra = g_new0 (struct curl_waitfd, n + 1);
  for (guint i = 0; i < n; i++) {
    extra[i].fd = fds[i].fd;
    extra[i].events = (short)(((fds[i].events & G_IO_IN) ? CURL_WAIT_POLLIN : 0) |
                              ((fds[i].events & G_IO_OUT) ? CURL_WAIT_POLLOUT : 0));
  }
  if (!check (http, curl_multi_poll (http->multi, extra, n, timeout_ms, NULL), error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    fds[i].revents = (gushort)(((extra[i].revents & CURL_WAIT_POLLIN) ? G_IO_IN : 0) |
                               ((extra[i].revents & CURL_WAIT_POLLOUT) ? G_IO_OUT : 0) |
                               (extra[i].revents & ~(CURL_WAIT_POLLIN | CURL_WAIT_POLLOUT) ? G_IO_ERR : 0));
  return TRUE;
}

gboolean
zb_http_poll (ZbHttp *http, GPollFD *fds, guint n, int timeout_ms, GError **error)
{
  int running;
  guint called_back = start_waiting (http);
  if (!check (http, curl_multi_perform (http->multi, &running), error))
    return FALSE;
  called_back += reap (http);
  /* With something called back the caller wants to look at its own affairs first. */
  if (!wait_for_events (http, fds, n, called_back > 0 ? 0 : timeout_ms, error) ||
      !check (http, curl_multi_perform (http->multi, &running), error))
    return FALSE;
  reap (http);
  return TRUE;
}

typedef struct {
  ZbHttpResponse *response;
  GError *error;
  gboolean done;
} Waiter;

static void
on_waited (ZbHttpResponse *response, const GError *error, gpointer data)
{
  Waiter *w = data;
  w->response = response;
  w->error = error != NULL ? g_error_copy (error) : NULL;
  w->done = TRUE;
}

static ZbHttpResponse *
ask_once (ZbHttp *http, const ZbHttpRequest *request, GError **error)
{
  Waiter w = {0};
  zb_http_submit (http, request, on_waited, &w);
  while (!w.done)
    zb_ignore (zb_http_poll (http, NULL, 0, 1000, NULL)); /* its failure is called back, too */
  if (w.error != NULL)
    g_propagate_prefixed_error (error, w.error, "%s: ", request->url);
  return w.response;
}

ZbHttpResponse *
zb_http_get (ZbHttp *http, const ZbHttpRequest *request, GError **error)
{
  ZbHttpRequest hop = *request;
  g_autofree char *url = g_strdup (request->url), *moved_to = NULL;
  gboolean permanent = TRUE;
  for (int redirects = 0;; redirects++) {
    hop.url = url;
    g_autoptr (ZbHttpResponse) r = ask_once (http, &hop, error);
    g_autofree char *next = NULL;
    if (r == NULL)
      return NULL;
    if (!zb_http_redirect (r, &next, error)) {
      g_prefix_error (error, "%s: ", url);
      return NULL;
    }
    if (next == NULL) {
      r->redirects = redirects;
      r->moved_to = g_steal_pointer (&moved_to);
      return g_steal_pointer (&r);
    }
    if (redirects >= http->rules.options.redirects) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT, "%s: more than %" G_GINT64_FORMAT " redirects",
                   request->url, http->rules.options.redirects);
      return NULL;
    }
    permanent = permanent && zb_http_is_permanent (r->status);
    if (permanent) {
      g_free (moved_to);
      moved_to = g_strdup (next);
    }
    if (!zb_http_keeps_body (r->status))
      hop.body = NULL;
    g_free (url);
    url = g_steal_pointer (&next);
  }
}
