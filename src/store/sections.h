/* A CommonMark body split at its headings of level 2. */
#pragma once
#include <glib.h>

typedef struct {
  char *heading; /* plain text; NULL: what stands before the first heading */
  char *text;    /* CommonMark without the heading, or NULL where empty */
  int line;      /* of the heading in BODY, from 1 */
} ZbSection;

/* Headings inside code, quotes, lists and comments do not split. Returns: (transfer full), of ZbSection. */
GPtrArray *zb_sections_split (const char *body);

/* Appends "## HEADING" so that it reads back as the same plain text. */
void zb_sections_append_heading (GString *to, const char *heading);
