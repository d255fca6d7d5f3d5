/* Zstandard, one frame at a time. */
#include "zhoubao/edge/zstd.h"

#include "zhoubao/base/error.h"
#include <zstd.h>

/* Of the levels tried on feeds and pages, the one that costs less than writing what it saves. */
#define LEVEL 1

static void
free_context (gpointer context)
{
  ZSTD_freeCCtx (context);
}

/* One for each thread: to make and clear its tables takes as long as to pack a small page. */
static GPrivate context_key = G_PRIVATE_INIT (free_context);

static ZSTD_CCtx *
get_context (void)
{
  ZSTD_CCtx *context = g_private_get (&context_key);
  if (context == NULL) {
    context = ZSTD_createCCtx ();
    g_assert (context != NULL);
    g_private_set (&context_key, context);
  }
  return context;
}

GBytes *
zb_zstd_pack (GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  gsize bound = ZSTD_compressBound (length);
  guint8 *packed = g_malloc (bound);
  gsize n = ZSTD_compressCCtx (get_context (), packed, bound, data, length, LEVEL);
  g_assert (!ZSTD_isError (n)); /* only for want of room or memory, and there is room */
  return g_bytes_new_take (g_realloc (packed, n), n);
}

GBytes *
zb_zstd_unpack (GBytes *packed, gsize limit, GError **error)
{
  gsize length;
  const void *data = g_bytes_get_data (packed, &length);
  unsigned long long size = ZSTD_getFrameContentSize (data, length);
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "the packed bytes are damaged");
    return NULL;
  }
  if (size > limit) {
    g_set_error (error, ZB_ERROR, ZB_ERROR_LIMIT,
                 "the packed bytes unpack to %llu, over the limit of %" G_GSIZE_FORMAT, size, limit);
    return NULL;
  }
  guint8 *plain = g_malloc (size + 1);
  gsize n = ZSTD_decompress (plain, size, data, length);
  if (n == size)
    return g_bytes_new_take (plain, size);
  g_free (plain);
  g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "the packed bytes are damaged");
  return NULL;
}
