/* Zstandard, one frame at a time. */
#include "zhoubao/edge/zstd.h"

#include "zhoubao/base/error.h"
#include <zstd.h>

/* Of the levels tried on feeds and pages, the one that costs less than writing what it saves. */
#define LEVEL 1

#define KEPT_ROOM (512 * 1024)

typedef struct {
  ZSTD_CCtx *context; /* to make and clear its tables takes as long as to pack a small page */
  guint8 *room;       /* KEPT_ROOM bytes to pack into: what is packed is much smaller than it might be */
} Packer;

static void
packer_free (gpointer data)
{
  Packer *packer = data;
  ZSTD_freeCCtx (packer->context);
  g_free (packer->room);
  g_free (packer);
}

static GPrivate packer_key = G_PRIVATE_INIT (packer_free); /* one for each thread */

static Packer *
get_packer (void)
{
  Packer *packer = g_private_get (&packer_key);
  if (packer == NULL) {
    packer = g_new (Packer, 1);
    *packer = (Packer){ZSTD_createCCtx (), g_malloc (KEPT_ROOM)};
    g_assert (packer->context != NULL);
    g_private_set (&packer_key, packer);
  }
  return packer;
}

GBytes *
zb_zstd_pack (GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  gsize bound = ZSTD_compressBound (length);
  Packer *packer = get_packer ();
  guint8 *own = bound > KEPT_ROOM ? g_malloc (bound) : NULL, *packed = own != NULL ? own : packer->room;
  gsize n = ZSTD_compressCCtx (packer->context, packed, bound, data, length, LEVEL);
  g_assert (!ZSTD_isError (n)); /* only for want of room or memory, and there is room */
  return own != NULL ? g_bytes_new_take (g_realloc (own, n), n) : g_bytes_new (packed, n);
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
