/* What the files of deliver/send share. */
#pragma once
#include "zhoubao/deliver/send.h"
#include "zhoubao/edge/dkim.h"

/* A relay in a run, or outbox/ (then SERVER is NULL). */
typedef struct {
  char *name;
  ZbSmtpServer *server;
  guint number, connections;
  GMutex lock; /* of what follows */
  guint failures;
  gint64 rest_until; /* monotonic */
  gboolean given_up;
  char *words; /* of the last failure */
} ZbLine;

/* One run. What is not the ledger's or a line's is constant while threads run. */
typedef struct {
  ZbWorkspace *workspace;
  ZbLedger *ledger;
  ZbMail *mail;
  GBytes *key;      /* of Message-IDs and return paths */
  GBytes *link_key; /* of people's own pages */
  ZbDkim *dkim;     /* NULL: not signed here */
  char *outbox;
  GPtrArray *lines; /* of ZbLine */
  gint stopping;    /* atomic */
} ZbSendRun;

GPtrArray *zb_lines_new (ZbWorkspace *workspace, GError **error);

/* What signs MAIL's copies; *DKIM is NULL where zhoubao.yaml has no `dkim`. */
gboolean zb_signing_open (ZbWorkspace *workspace, const ZbMail *mail, ZbDkim **dkim,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What zb_smtp_session needs for DELIVERY; BYTES are its message's. */
typedef struct {
  char *return_path, *envid;
  GBytes *bytes;
} ZbEnvelope;

gboolean zb_envelope_fill (ZbEnvelope *envelope, const ZbSendRun *run, const ZbDelivery *delivery,
                           GError **error);
void zb_envelope_clear (ZbEnvelope *envelope);

/* A thread's body: one connection of LINE until the ledger says that it is the end. */
typedef struct {
  ZbSendRun *run;
  ZbLine *line;
} ZbConnectionStart;
gpointer zb_connection_run (gpointer start);

/* Writes BYTES as FOLDER/NAME.eml, whole or not at all: the same name is the same message.
   PATH: (out) (transfer full). */
gboolean zb_outbox_write (const char *folder, const char *message_id, GBytes *bytes, char **path,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
