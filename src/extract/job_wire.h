/* How jobs and results travel between pool and worker. */
#pragma once
#include "zhoubao/base/wire.h"

extern const ZbWireTable zb_job_wire; /* without the documents, which follow it */

/* Heads a job: then the job, the document, the other one. */
typedef struct {
  guint32 magic, job_length;
  guint64 input_length, other_length;
} ZbJobHead;
#define ZB_JOB_MAGIC 0x7a626a31u
#define ZB_JOB_NO_OTHER G_MAXUINT64

/* Heads a result: then the struct of the kind, or words. */
typedef struct {
  guint32 code; /* 0, or 1 + ZbErrorCode */
  guint32 length;
} ZbResultHead;
