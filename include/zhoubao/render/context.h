/* What templates may use: the context of a page, built member by member. templates/README.md lists it all. */
#pragma once
#include "zhoubao/base/view.h"
#include "zhoubao/render/renderer.h"

/* What every page has. */
typedef struct {
  const char *kind;        /* "issue", "home", "list", … for <body class> */
  const char *path;        /* below base_url, "weekly/2017-07-03/"; also says how deep the page lies */
  const char *title;       /* NULL: the newsletter's own */
  const char *description; /* plain text, or NULL */
  const char *image;       /* path below base_url of its picture for social media, or NULL */
  const char *modified;    /* "2017-07-03", or NULL */
  const char *feed;        /* folder of its own feeds, "categories/law/"; NULL: "" */
  const char *json_ld;     /* JSON for search engines, or NULL */
  gboolean standalone;     /* style inside instead of linked */
  gboolean absolute;       /* links start with the site's root: for a page shown at any address (404) */
} ZbPageHead;

/* Which of a text's forms a template needs: making all three for each page would be waste. */
typedef enum {
  ZB_WITH_HTML = 1,
  ZB_WITH_TEXT = 2,
  ZB_WITH_MARKDOWN = 4,
  ZB_WITH_PREHEADER = 8 /* what a list of mails shows, cut by people's characters */
} ZbContextForms;

/* Opens the context: "site" and "page". */
ZbView *zb_context_new (ZbRenderer *renderer, const ZbPageHead *head, GError **error);

/* Member NAME: the issue with its items. ROOT is as in the page ("../../"); topics link below it. */
void zb_context_issue (ZbRenderer *renderer, ZbView *b, const char *name, const ZbIssue *issue,
                       const char *root, ZbContextForms forms);

/* The members of one item or brief into the object that is open. N counts from 1. */
void zb_context_item (ZbRenderer *renderer, ZbView *b, const ZbIssueItem *item, guint n, const char *root,
                      ZbContextForms forms);

/* NAME_html, NAME_text (wrapped) and NAME_markdown of COMMONMARK, as FORMS ask; null for NULL. */
void zb_context_markup (ZbView *b, const char *name, const char *commonmark, ZbContextForms forms);

/* COMMONMARK as plain text in lines of 72 columns, INDENT and all; quotations and lists keep their form.
   (transfer full) */
char *zb_context_wrap (const char *commonmark, const char *indent);

/* "3rd July 2017" as member NAME_day and the date as NAME; both null for NULL. */
void zb_context_day (ZbView *b, const char *name, const char *date);

/* Closes the context, frees it, and renders TEMPLATE. ESCAPE NULL: HTML. (transfer full) */
char *zb_context_render (ZbRenderer *renderer, ZbView **context, const char *template_name,
                         ZbTemplateEscape escape, GError **error);

/* Names for people and for addresses. (transfer full) */
char *zb_context_label (const ZbConfig *config,
                        const char *term);      /* by its vocabulary: "inner-mongolia" is "Inner Mongolia" */
char *zb_context_slug (const char *name);       /* "A. Wríter" is "a-writer", 张三 is "zhang-san" */
char *zb_context_file_slug (const char *title); /* the same in at most 80 bytes, whole words: a file's name */
char *zb_context_root (const char *path);       /* "../../" for "weekly/2017-07-03/" */
char *zb_context_site_path (const ZbConfig *config); /* "/" or "/news/": where base_url leads on its host */
