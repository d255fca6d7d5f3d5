/* Evidence: fetched bytes as they came, kept by their SHA-256. */
#pragma once
#include "zhoubao/base/week.h"
#include "zhoubao/edge/db.h"

typedef struct {
  char *sha256; /* of body */
  char *url;
  ZbTime fetched;
  int status;    /* of HTTP; 0: a file that a person clipped */
  char *address; /* of the server, or NULL */
  char *content_type;
  char *headers;  /* status line and fields as received; "" for a file */
  GBytes *body;   /* once unpacked by Content-Encoding */
  GBytes *packed; /* body by edge/zstd.h, where somebody has packed it already; else NULL */
  gint64 size;    /* of body; to be set where only packed is */
} ZbDocument;

void zb_document_free (ZbDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDocument, zb_document_free)

/* Keeps DOCUMENT, whose sha256 is set. Bytes that are there already stay with their first URL and time. */
gboolean zb_document_add (ZbDb *db, const ZbDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ZB_ERROR_NOT_FOUND where it is not kept, ZB_ERROR_INVALID where the bytes are not those of the hash. At
   most LIMIT bytes. (transfer full) */
ZbDocument *zb_document_get (ZbDb *db, const char *sha256, gint64 limit, GError **error);

/* The hashes of the evidence of WEEK: of what was picked or briefed for it and of what appeared in it.
   (transfer full) */
char **zb_document_week (ZbDb *db, ZbWeek week, GTimeZone *zone, GError **error);

/* Forgets what was fetched before T and is not the evidence of an item that was ever picked or briefed. */
gboolean zb_document_expire (ZbDb *db, ZbTime t, GError **error) G_GNUC_WARN_UNUSED_RESULT;
