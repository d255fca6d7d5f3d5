/* Inside extract/html: the builder that walks HTML, and the lines of text that it gathers. */
#pragma once
#include "zhoubao/edge/markdown.h"
#include "zhoubao/edge/xml.h"

typedef enum { ZB_RUN_TEXT, ZB_RUN_CODE, ZB_RUN_BREAK, ZB_RUN_IMAGE } ZbRunKind;

/* A piece of a paragraph under one set of formats. */
typedef struct {
  ZbRunKind kind;
  GString *text;     /* of an image: its words */
  char *url, *title; /* of an image */
  int link;          /* index into the line's links, -1: none */
  gboolean strong, emphasis;
} ZbRun;

typedef struct {
  char *url, *title;
} ZbLink;

/* A paragraph or heading in the making. */
typedef struct {
  GArray *runs;  /* of ZbRun */
  GArray *links; /* of ZbLink */
} ZbLine;

ZbLine *zb_line_new (void);
void zb_line_free (ZbLine *line);

/* Appends a run with the formats given; text is folded with what stands before it. */
void zb_line_add_text (ZbLine *line, const char *text, int link, gboolean strong, gboolean emphasis);
void zb_line_add_code (ZbLine *line, const char *text, int link);
void zb_line_add_break (ZbLine *line, int link);
void zb_line_add_image (ZbLine *line, const char *url, const char *alt, const char *title, int link);
int zb_line_add_link (ZbLine *line, const char *url, const char *title);

/* Writes the runs from FROM to before TO below LEAF, as CommonMark can say it: white space outside of
   formats, no emphasis that would not be read back. */
void zb_line_emit (ZbLine *line, guint from, guint to, ZbMarkdown *leaf);

/* The state of one walk. */
typedef struct {
  const char *base_url;
  ZbMarkdown *block; /* where blocks go */
  ZbLine *line;      /* the text gathered since the last block */
  int heading;       /* level, 0: a paragraph */
  int flat;          /* above 0, blocks are but spaces: inside headings and cells */
  int link;          /* of the element around, -1 */
  int strong, emphasis;
  ZbMarkdown *stray; /* the list of items that stand in none */
} ZbBuilder;

void zb_builder_visit_children (ZbBuilder *b, const ZbNode *node);
void zb_builder_visit (ZbBuilder *b, const ZbNode *node);
void zb_builder_end_line (ZbBuilder *b);

/* Whether NODE is an element that begins a new line. */
gboolean zb_html_is_block (const ZbNode *node);

/* What the table of elements points to. html_block.c: */
void zb_builder_block (ZbBuilder *b, const ZbNode *node);
void zb_builder_heading (ZbBuilder *b, const ZbNode *node);
void zb_builder_quote (ZbBuilder *b, const ZbNode *node);
void zb_builder_list (ZbBuilder *b, const ZbNode *node);
void zb_builder_item (ZbBuilder *b, const ZbNode *node);
void zb_builder_preformatted (ZbBuilder *b, const ZbNode *node);
void zb_builder_rule (ZbBuilder *b, const ZbNode *node);
/* html_inline.c: */
void zb_builder_break (ZbBuilder *b, const ZbNode *node);
void zb_builder_strong (ZbBuilder *b, const ZbNode *node);
void zb_builder_emphasis (ZbBuilder *b, const ZbNode *node);
void zb_builder_code (ZbBuilder *b, const ZbNode *node);
void zb_builder_quotation (ZbBuilder *b, const ZbNode *node);
void zb_builder_link (ZbBuilder *b, const ZbNode *node);
void zb_builder_image (ZbBuilder *b, const ZbNode *node);
void zb_builder_prompt (ZbBuilder *b, const ZbNode *node);
/* html_table.c: */
void zb_builder_table (ZbBuilder *b, const ZbNode *table);
