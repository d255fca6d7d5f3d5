/* What the `inspect` verbs share whose file is parsed in a worker:

     static gboolean run (const ZbCli *cli, char **args, GError **error)
     {
       g_autoptr (ZbJob) job = zb_inspect_job_new (cli, ZB_JOB_PAGE, args, error);
       g_autoptr (ZbResult) result = job != NULL ? zb_inspect_job_run (&job, error) : NULL;
       if (result == NULL)
         return FALSE;
       … print result->page … */
#pragma once
#include "zhoubao/cli/verb.h"
#include "zhoubao/extract/job.h"

/* --url, --content-type, --zone, --source, --rule; for a verb's table of options. */
extern const GOptionEntry zb_inspect_job_options[];

/* A job on the one file that ARGS names ("-" is standard input), with the options above; the caller may add
   to it. Returns: (transfer full). */
ZbJob *zb_inspect_job_new (const ZbCli *cli, ZbJobKind kind, char **args, GError **error);

/* Runs *JOB, which is taken, in a worker of its own. Returns: (transfer full), NULL with ERROR set. */
ZbResult *zb_inspect_job_run (ZbJob **job, GError **error);
