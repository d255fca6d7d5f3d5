/* What the compiler of templates leaves for the renderer: a flat list of steps. */
#pragma once
#include "zhoubao/base/template.h"

typedef enum {
  STEP_TEXT,     /* text as it is */
  STEP_VALUE,    /* {{name}} */
  STEP_RAW,      /* {{{name}}} {{&name}} */
  STEP_SECTION,  /* {{#name}} */
  STEP_INVERTED, /* {{^name}} */
  STEP_PARTIAL,  /* {{>name}} */
  STEP_PARENT,   /* {{<name}} */
  STEP_BLOCK     /* {{$name}}, a parameter or, as a direct child of a parent, an argument */
} StepKind;

typedef struct {
  StepKind kind;
  guint line;
  guint end;           /* index after the last step inside this one */
  gboolean line_start; /* TEXT: the first character begins a line of the template */
  gboolean own_line;   /* PARTIAL, PARENT, BLOCK: the tag has its line for itself */
  const char *text;    /* TEXT: borrowed from the source */
  gsize length;
  char *name;   /* as written; owned */
  char **path;  /* NAME split at dots, empty for "."; owned */
  char *indent; /* what each line of the included text is indented by; owned, or NULL */
} Step;

struct ZbTemplate {
  char *name;
  char *source;
  GArray *steps; /* of Step */
};

/* A tag as it stands in the source, its content trimmed. */
typedef struct {
  char sigil; /* one of !#^/><$&{= or 0 for {{name}} */
  const char *text;
  gsize length;
  const char *after;
  guint line, lines; /* where it begins, and how many line ends are in it */
} Tag;

/* Reads the tag that begins at AT with the delimiter LEFT; all but its line. FALSE where it is not closed. */
gboolean zb_template_read_tag (const char *at, const char *end, const char *left, const char *right,
                               Tag *tag);

/* How many blanks there are at AT. */
gsize zb_template_blank_length (const char *at, const char *end);

/* Where the line ends after AT, past its line end, if nothing but blanks is left of it. Else NULL. */
const char *zb_template_rest_is_blank (const char *at, const char *end);
