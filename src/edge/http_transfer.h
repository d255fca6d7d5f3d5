/* One request under way: what libcurl's callbacks share with the client's loop. */
#pragma once
#include "http_body.h"
#include "zhoubao/base/address.h"
#include "zhoubao/edge/http.h"
#include <curl/curl.h>

typedef struct {
  ZbHttpOptions options; /* texts are owned below */
  char *user_agent, *proxy, *ca_file;
  GArray *allowed; /* of ZbAddressBlock */
  ZbBodies *bodies;
} ZbHttpRules;

typedef struct {
  const ZbHttpRules *rules;
  CURL *easy;
  struct curl_slist *fields;
  char *url, *body, *etag, *last_modified, *accept, *referer;
  GStrv extra;
  gint64 keep_bytes;
  GString *headers;
  ZbBody *content;
  gint64 header_bytes, started;
  gboolean enough; /* keep_bytes are there */
  GError *error;   /* why we ended it ourselves */
  GError *refused; /* the last address that was refused; counts where no other could be reached */
  char words[CURL_ERROR_SIZE];
  ZbHttpDone done;
  gpointer data;
} ZbTransfer;

ZbTransfer *zb_transfer_new (const ZbHttpRules *rules, const ZbHttpRequest *request, ZbHttpDone done,
                             gpointer data);
void zb_transfer_free (ZbTransfer *t); /* leaves the easy handle, which the client keeps */

/* Sets EASY, a handle as new, up for the request. */
gboolean zb_transfer_prepare (ZbTransfer *t, CURL *easy, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What libcurl's CODE at the end means. (transfer full) */
ZbHttpResponse *zb_transfer_finish (ZbTransfer *t, CURLcode code, GError **error);
