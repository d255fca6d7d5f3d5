/* zhoubao: the table of verbs, in the order of a week's work. */
#include "verbs.h"

/* One line a verb. */
/* clang-format off */
static const ZbVerb *const verbs[] = {
  &zb_verb_init,
  &zb_verb_crawl,
  &zb_verb_sources,
  &zb_verb_coverage,
  &zb_verb_clip,
  &zb_verb_queue,
  &zb_verb_show,
  &zb_verb_search,
  &zb_verb_pick,
  &zb_verb_brief,
  &zb_verb_reject,
  &zb_verb_undo,
  &zb_verb_issue,
  &zb_verb_render,
  &zb_verb_send,
  &zb_verb_deliveries,
  &zb_verb_bounces,
  &zb_verb_subscribers,
  &zb_verb_members,
  &zb_verb_documents,
  &zb_verb_build,
  &zb_verb_verify,
  &zb_verb_editors,
  &zb_verb_serve,
  &zb_verb_status,
  &zb_verb_statistics,
  &zb_verb_doctor,
  &zb_verb_export,
  &zb_verb_keys,
  &zb_verb_inspect,
  &zb_verb_worker,
  NULL,
};
/* clang-format on */

int
main (int argc, char **argv)
{
  return zb_verb_main (verbs, argc, argv);
}
