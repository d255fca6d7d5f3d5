/* Evidence as a WARC 1.1 file (ISO 28500:2017), which archives' tools open. */
#pragma once
#include "zhoubao/store/document.h"

/* Writes a warcinfo record of SOFTWARE and a record for each of HASHES (ended by NULL) to the descriptor FD:
   a response with the fields as received, but for those of the packing that is undone; a resource where there
   was no answer of HTTP. The same evidence gives the same bytes: ids follow from the hashes. */
gboolean zb_warc_write (ZbDb *db, const char *const *hashes, const char *software, ZbTime now, gint64 limit,
                        int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;
