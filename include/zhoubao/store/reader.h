/* Those who get a kind of edition: a walk over the people whom mail may go to now and who want it. */
#pragma once
#include "zhoubao/model/edition.h"
#include "zhoubao/store/mailing.h"

typedef struct ZbReaders ZbReaders;

/* Rows are read as the walk goes on, so that memory does not grow with the list. (transfer full) */
ZbReaders *zb_readers_open (ZbDb *db, ZbEditionKind kind);
void zb_readers_free (ZbReaders *readers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbReaders, zb_readers_free)

/* FALSE at the end, or with ERROR set. PERSON's texts are borrowed until the next call. */
gboolean zb_reader_next (ZbReaders *readers, ZbMailingPerson *person, GError **error);

/* Whether PERSON wants editions of KIND, whatever they wanted when one was queued. */
gboolean zb_reader_wants (ZbDb *db, gint64 person, ZbEditionKind kind, gboolean *wanted,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean zb_reader_count (ZbDb *db, ZbEditionKind kind, gint64 *count,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
