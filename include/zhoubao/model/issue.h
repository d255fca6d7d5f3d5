/* An issue of the newsletter, as issues/weekly/DATE.md holds it. Read and written by store/issue_file.h. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/base/week.h"
#include "zhoubao/model/topic.h"

/* One of the three developments, or a brief. */
typedef struct {
  char *heading;    /* in the newsletter's language, plain text */
  char *url;        /* of the source */
  char *title;      /* original title, plain text, or NULL */
  char *language;   /* of the title; NULL: zh where it holds Han characters, else the newsletter's */
  char *pinyin;     /* of the title, or NULL */
  char *source;     /* slug of the source, or NULL */
  char *number;     /* document number (文号), or NULL */
  ZbTime published; /* by the source */
  ZbTime fetched;
  char *sha256;      /* of the fetched bytes kept as evidence, hex, or NULL */
  GPtrArray *topics; /* of ZbTopic */
  char *paragraph;   /* CommonMark; of a brief: one sentence; NULL: not written yet */
  int line;          /* in the file, 0: not from a file */
} ZbIssueItem;

/* A section whose heading belongs to no item, or a correction (heading is then its date). */
typedef struct {
  char *heading, *text;
} ZbIssueSection;

typedef struct {
  char *file;  /* path it was read from, for errors, or NULL */
  char *title; /* also the mail's subject */
  ZbWeek week;
  char *date;             /* "2017-07-03", the Monday after; names the file */
  char *page;             /* where it is found below the site's root; NULL: "weekly/DATE/" */
  char *author;           /* or NULL */
  char *summary;          /* one sentence for feeds and the mail's preheader, or NULL */
  char *intro;            /* CommonMark, or NULL */
  char *closing;          /* CommonMark after everything else, or NULL; in the front matter */
  GPtrArray *items;       /* of ZbIssueItem, in the order of the slots */
  GPtrArray *sections;    /* of ZbIssueSection, after the items */
  GPtrArray *briefs;      /* of ZbIssueItem; in the front matter only */
  GPtrArray *corrections; /* of ZbIssueSection: after publication, oldest first; in the front matter only */
} ZbIssue;

ZbIssueItem *zb_issue_item_new (void);
ZbIssueItem *zb_issue_item_copy (const ZbIssueItem *item);
void zb_issue_item_free (ZbIssueItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbIssueItem, zb_issue_item_free)

/* "zh" for a title with Han characters unless it says its language, else NULL. Returns: (transfer none). */
const char *zb_issue_item_language (const ZbIssueItem *item);

ZbIssueSection *zb_issue_section_new (const char *heading, const char *text);
void zb_issue_section_free (ZbIssueSection *section);

/* Of WEEK: date and title are set, "NEWSLETTER – 3rd July 2017". */
ZbIssue *zb_issue_new (const char *newsletter, ZbWeek week);
void zb_issue_free (ZbIssue *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbIssue, zb_issue_free)
