/* Inside extract/list: a reading of one list. */
#pragma once
#include "zhoubao/base/dates.h"
#include "zhoubao/extract/job.h"
#include "zhoubao/extract/list.h"

typedef struct {
  const ZbJob *job;
  char *base_url;
  GRegex *pattern; /* of links, or NULL */
  ZbDateContext dates;
  GHashTable *seen; /* links */
  ZbFeed *feed;
} ZbListReader;

/* Adds a row where it has a link that the pattern allows and that is new, and a title. DATE is the date's own
   text, AROUND a text that may hold one; both may be NULL. FALSE once the list is full. */
gboolean zb_list_add (ZbListReader *r, const char *link, const char *title, const char *date,
                      const char *around);

/* list_json.c: the rows of a JSON answer, or the HTML inside it: then *FRAGMENT is set and there are none. */
gboolean zb_list_read_json (ZbListReader *r, const char *text, gsize length, char **fragment, GError **error);

/* list_html.c: the rows of HTML. */
gboolean zb_list_read_html (ZbListReader *r, const char *text, gsize length, GError **error);
