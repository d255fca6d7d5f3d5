/* zhoubao: the table of verbs. */
#include "verbs.h"

static const ZbVerb *const verbs[] = {
    &zb_verb_init,
    &zb_verb_inspect,
    &zb_verb_worker,
    NULL,
};

int
main (int argc, char **argv)
{
  return zb_verb_main (verbs, argc, argv);
}
