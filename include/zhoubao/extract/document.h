/* What a Chinese official document says of itself: issuer (发文机关), number (文号), the days on which it was
   signed (成文日期), takes effect (自…起施行) and until which comments are taken, the 《titles》 it cites,
   its attachments.

   Sites write some of it into a table of labels; else it is read from the text: the number stands on a line
   of its own at the head, issuer and date at the foot. */
#pragma once
#include "zhoubao/base/dates.h"
#include "zhoubao/edge/xml.h"
#include "zhoubao/model/extract.h"

/* The table of labels ("发文机关：国务院办公厅") that sites put before a document. */
typedef enum {
  ZB_LABEL_ISSUER,
  ZB_LABEL_NUMBER,
  ZB_LABEL_SIGNED,
  ZB_LABEL_EFFECTIVE,
  ZB_LABEL_DEADLINE,
  ZB_LABEL_TITLE,
  ZB_LABELS
} ZbLabel;

/* The first value of each label on the page, NULL where there is none; all (transfer full). */
void zb_labels_read (ZbNode *root, char *values[ZB_LABELS]);

/* Whether HREF ends like a document that is attached to a page: .pdf, .doc, .xlsx, .ofd, .zip, … */
gboolean zb_document_is_file (const char *href);

/* The absolute addresses of the files that the page links to, without repeats. (transfer full) */
char **zb_document_attachments (ZbNode *root, const char *base_url);

typedef struct {
  char *const *labels; /* as zb_labels_read() gave them */
  const char *title;   /* of the page, or NULL */
  const char *text;    /* its main text, plain */
  ZbTime published;    /* or ZB_TIME_NONE: for days without a year, and "from the day of publication" */
  ZbDateContext dates;
} ZbDocumentQuery;

/* Fills FACTS, whose members must be empty, but for the attachments. What the page does not say stays NULL or
 * ZB_TIME_NONE. */
void zb_document_read (const ZbDocumentQuery *query, ZbDocumentFacts *facts);
