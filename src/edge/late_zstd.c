/* libzstd's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <zstd.h>

#define LATE(type, name, parameters, arguments)                                                              \
  ZB_LATE ("libzstd.so.1", return, type, name, parameters, arguments)

LATE (size_t, ZSTD_compressBound, (size_t size), (size))
LATE (ZSTD_CCtx *, ZSTD_createCCtx, (void), ())
LATE (size_t, ZSTD_freeCCtx, (ZSTD_CCtx * context), (context))
LATE (size_t, ZSTD_compressCCtx,
      (ZSTD_CCtx * context, void *out, size_t room, const void *bytes, size_t size, int level),
      (context, out, room, bytes, size, level))
LATE (size_t, ZSTD_decompress, (void *out, size_t room, const void *bytes, size_t size),
      (out, room, bytes, size))
LATE (unsigned long long, ZSTD_getFrameContentSize, (const void *bytes, size_t size), (bytes, size))
LATE (unsigned, ZSTD_isError, (size_t code), (code))
