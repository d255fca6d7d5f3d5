/* A post (essay), document (law, regulation, standard) or page, as issues/posts, issues/documents and
   issues/pages hold them: front matter and CommonMark. Read and written by store/post_file.h. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/model/person.h"
#include "zhoubao/model/topic.h"

typedef enum { ZB_POST_ESSAY, ZB_POST_DOCUMENT, ZB_POST_PAGE } ZbPostKind;

typedef struct {
  ZbPostKind kind;
  char *file; /* path it was read from, for errors */
  char *slug; /* the file's name without .md; names the address */
  char *title;
  char *date;     /* "2017-07-03"; NULL for pages */
  char *updated;  /* "2017-08-01", or NULL */
  char *author;   /* or NULL */
  char *category; /* essays: "Uncategorized" unless written */
  char *summary;  /* one sentence, or NULL */
  char *language; /* of the text; NULL: the newsletter's */
  char *tier;     /* who may read it: bronze, silver or gold members; NULL: everybody */
  char **aliases; /* addresses that it had before: "/2017/old-name/" */
  GPtrArray *topics;

  /* Documents only; each may be NULL. */
  char *original;              /* title in the original language */
  char *pinyin;                /* of it */
  char *number, *issuer, *url; /* 文号, 发文机关, where it was published */
  char *signed_on, *effective; /* dates */
  char *status;                /* draft | in force | amended | repealed */

  char *body;    /* CommonMark */
  int body_line; /* of the file, where the body starts */
} ZbPost;

ZbPost *zb_post_new (ZbPostKind kind, const char *slug);
void zb_post_free (ZbPost *post);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbPost, zb_post_free)

/* Whose members may read it; ZB_TIER_NONE: everybody. */
ZbTier zb_post_tier (const ZbPost *post);
