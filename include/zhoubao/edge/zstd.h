/* Bytes packed small: Zstandard (RFC 8878). */
#pragma once
#include <glib.h>

/* Returns: (transfer full). */
GBytes *zb_zstd_pack (GBytes *bytes);

/* At most LIMIT bytes come out. Returns: (transfer full), NULL with ZB_ERROR_INVALID or ZB_ERROR_LIMIT. */
GBytes *zb_zstd_unpack (GBytes *packed, gsize limit, GError **error);
