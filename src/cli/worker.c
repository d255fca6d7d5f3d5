/* zhoubao worker: what the program starts itself as, to parse untrusted bytes. Not for people. */
#include "verbs.h"

#include "zhoubao/extract/worker.h"
#include <unistd.h>

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  return zb_worker_run (STDIN_FILENO, STDIN_FILENO, args, error);
}

const ZbVerb zb_verb_worker = {.name = "worker",
                               .usage = "[NEED…]",
                               .summary = "Parse what comes over standard input, a socket",
                               .run = run,
                               .hidden = TRUE};
