/* zhoubao inspect: the plumbing. One file in, JSON out, no workspace and no database. */
#include "verbs.h"

/* clang-format off */
static const ZbVerb *const verbs[] = {
  &zb_verb_inspect_bounce,
  &zb_verb_inspect_date,
  &zb_verb_inspect_feed,
  &zb_verb_inspect_html,
  &zb_verb_inspect_list,
  &zb_verb_inspect_mail,
  &zb_verb_inspect_page,
  &zb_verb_inspect_robots,
  &zb_verb_inspect_romanize,
  &zb_verb_inspect_url,
  NULL,
};
/* clang-format on */

const ZbVerb zb_verb_inspect = {"inspect", "", "Plumbing: read one file, print JSON", NULL, NULL, verbs};
