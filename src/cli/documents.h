/* What the verbs about documents open. */
#pragma once
#include "zhoubao/cli/verb.h"
#include "zhoubao/store/workspace.h"

typedef struct {
  ZbWorkspace *workspace;
  ZbDb *db;
} ZbDocumentRoom;

/* (transfer full) */
ZbDocumentRoom *zb_document_room_open (const ZbCli *cli, GError **error);
void zb_document_room_close (ZbDocumentRoom *room);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDocumentRoom, zb_document_room_close)

/* The index to what the files say; what is broken is said, and left out. */
gboolean zb_document_room_update (const ZbCli *cli, ZbDocumentRoom *room,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

extern const ZbVerb zb_verb_documents_add;
extern const ZbVerb zb_verb_documents_import;
