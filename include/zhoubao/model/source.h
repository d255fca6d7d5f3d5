/* A source: one feed or list page that is crawled, as written in feeds/NAME.yaml. Read by
 * store/source_file.h. */
#pragma once
#include <glib.h>

#define ZB_SOURCE_CLIP "clip" /* the slug of what a person clipped and that belongs to no source */

typedef enum {
  ZB_SOURCE_FEED,  /* RSS, Atom, RDF, JSON Feed, CDF */
  ZB_SOURCE_LIST,  /* an HTML page with a list, by selectors or by the date in the link */
  ZB_SOURCE_JSON,  /* JSON with an array of items, or JSON or XML that holds an HTML fragment */
  ZB_SOURCE_PERSON /* needs a person: filled by clipping */
} ZbSourceKind;

/* How a list page, or a JSON answer, is read. Selectors are CSS, or XPath where they start with / . or (;
   "/@name" at the end takes an attribute. For JSON they are paths of member names ("data.rows", "articles",
   "channel.name"). */
typedef struct {
  char *item;         /* the rows */
  char *link, *title; /* in a row; NULL: the row's first link, and its text or @title */
  char *date;         /* in a row, or NULL */
  char *link_pattern; /* regular expression that a link must match; a group of 8 digits, or three groups, is
                         the date */
  char *fragment;     /* JSON path, or XML element name, of the HTML fragment that holds the rows */
  char *url_template; /* makes the link of JSON rows: "/cn/view.html?id={docId}" */
} ZbListRule;

/* How an article of this source is read; NULL members are found without a rule. Same selectors. */
typedef struct {
  char *title, *body, *date, *byline, *issuer, *number;
} ZbArticleRule;

typedef struct {
  char *slug, *title, *url;
  ZbSourceKind kind;
  ZbListRule list;
  ZbArticleRule article;
  char *method_body; /* POST body, or NULL for GET */
  char *referer;
  char **headers; /* "Name: value" */
  char *language; /* "zh" */
  char *level;    /* central | provincial | sub-provincial | court | media | research */
  char *region;
  char *timezone;     /* of dates without one; NULL: Asia/Shanghai for zh, else the newsletter's */
  char **drop_params; /* query parameters that do not name the page, beside the usual ones */
  double weight;
  gboolean full_text; /* FALSE: the article behind each link is fetched too */
  char *note;         /* for people */
  char *file;         /* where it is written, and in which line, for errors */
  int line;
} ZbSource;

ZbSource *zb_source_new (void);
void zb_source_free (ZbSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbSource, zb_source_free)

const char *zb_source_kind_name (ZbSourceKind kind);
gboolean zb_source_kind_parse (const char *name, ZbSourceKind *out);
