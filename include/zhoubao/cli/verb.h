/* A verb of the command line: one file each in src/cli, named in the table of main.c. */
#pragma once
#include "zhoubao/base/json.h"
#include "zhoubao/base/time.h"

/* What every verb is given. */
typedef struct {
  const char *directory; /* -C, or "." */
  gboolean json;         /* --json */
  gboolean quiet;        /* --quiet: no progress */
  ZbTime now;            /* the clock, or --now */
} ZbCli;

typedef struct ZbVerb ZbVerb;
struct ZbVerb {
  const char *name;    /* "issue" */
  const char *usage;   /* what follows the name: "[WEEK]" */
  const char *summary; /* one line for --help */
  const GOptionEntry *options;
  /* ARGS are what is left after the options, ended by NULL. FALSE with ERROR set: ZB_ERROR_USAGE is exit
     status 2, any other 1. The result goes to stdout, talk to stderr. */
  gboolean (*run) (const ZbCli *cli, char **args, GError **error);
  const ZbVerb *const *verbs; /* of a verb that only groups others, ended by NULL; then RUN is NULL */
  gboolean hidden;
};

/* FALSE with a usage error unless ARGS has between MIN and MAX members (MAX < 0: any number). */
gboolean zb_verb_args (char **args, int min, int max, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Prints what B holds, or TEXT, to stdout. */
void zb_verb_print_json (JsonBuilder *b);
void zb_verb_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Talk: to stderr, unless quiet. */
void zb_verb_say (const ZbCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The program: parses ARGV by VERBS, runs one, and returns the exit status. */
int zb_verb_main (const ZbVerb *const *verbs, int argc, char **argv);
