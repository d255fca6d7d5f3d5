/* The kinds of jobs: what runs in the worker, and what comes back. */
#include "zhoubao/extract/job.h"

#define RESULT(member) G_STRUCT_OFFSET (ZbResult, member)

static const ZbKind kinds[] = {
    [ZB_JOB_FEED] = {NULL},
};

const ZbKind *
zb_kind (ZbJobKind kind)
{
  return (guint)kind < G_N_ELEMENTS (kinds) && kinds[kind].name != NULL ? &kinds[kind] : NULL;
}

const ZbKind *
zb_kind_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return &kinds[i];
  return NULL;
}
