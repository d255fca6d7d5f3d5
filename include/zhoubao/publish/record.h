/* The signed record of an issue, issues/weekly/DATE.json: from which sources it was made, when each was
   fetched and what its bytes hash to, who picked and who approved, by which software and templates. The
   Ed25519 signature (RFC 8032) is over the file's own bytes, with its 128 digits written as zeros. */
#pragma once
#include "zhoubao/store/workspace.h"

/* Writes the record beside ISSUE_FILE. One that is there and speaks of the same bytes stays as it is. */
gboolean zb_record_write (ZbWorkspace *workspace, ZbDb *db, const char *issue_file, ZbTime now,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key that the records of WORKSPACE are signed with, as 64 hexadecimal digits. (transfer full) */
char *zb_record_key (ZbWorkspace *workspace, GError **error);

typedef struct {
  char *date;   /* of the issue */
  char *sha256; /* of its file */
  char *key;    /* that signed it */
  char *signed_at;
} ZbRecord;

void zb_record_free (ZbRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbRecord, zb_record_free)

/* ZB_ERROR_INVALID where the JSON of TEXT is no record, ZB_ERROR_REFUSED where its signature is not of its
   bytes. (transfer full) */
ZbRecord *zb_record_verify (const char *text, gsize length, GError **error);
