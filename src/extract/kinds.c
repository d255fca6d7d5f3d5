/* The kinds of jobs: each is a row in the file of its noun, what runs in the worker and what comes back. */
#include "feed_kind.h"
#include "find_kind.h"
#include "list_kind.h"
#include "mail_kind.h"
#include "page_kind.h"
#include "zhoubao/extract/job.h"

static const ZbKind *const kinds[] = {
    [ZB_JOB_FEED] = &zb_feed_kind,   [ZB_JOB_LIST] = &zb_list_kind, [ZB_JOB_FIND] = &zb_find_kind,
    [ZB_JOB_PAGE] = &zb_page_kind,   [ZB_JOB_HTML] = &zb_html_kind, [ZB_JOB_BOUNCE] = &zb_bounce_kind,
    [ZB_JOB_MAIL] = &zb_letter_kind,
};

const ZbKind *
zb_kind (ZbJobKind kind)
{
  return (guint)kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL;
}

const ZbKind *
zb_kind_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] != NULL && g_strcmp0 (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}
