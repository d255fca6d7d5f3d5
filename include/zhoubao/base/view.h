/* What a template sees: objects, lists and values, built in order, read many times, dropped at once. A page
   has hundreds of them, so they lie side by side in a few blocks instead of one by one as JSON's do. */
#pragma once
#include "zhoubao/base/time.h"
#include <json-glib/json-glib.h>

typedef enum {
  ZB_VIEW_NULL,
  ZB_VIEW_FALSE,
  ZB_VIEW_TRUE,
  ZB_VIEW_INT,
  ZB_VIEW_DOUBLE,
  ZB_VIEW_TEXT,
  ZB_VIEW_LIST,
  ZB_VIEW_OBJECT
} ZbViewKind;

/* Read only, and as long as the view that it is in. */
typedef struct ZbViewNode ZbViewNode;
struct ZbViewNode {
  ZbViewKind kind;
  guint length;           /* TEXT: bytes */
  const char *name;       /* in an object, else NULL */
  const ZbViewNode *next; /* in the same object or list */
  union {
    const char *text;
    gint64 number;
    double real;
    const ZbViewNode *first; /* LIST, OBJECT: the first member, or NULL */
  } value;
};

/* The member NAME of an object; NULL where there is none, or NODE is no object. */
const ZbViewNode *zb_view_member (const ZbViewNode *node, const char *name);

/* The builder, which owns all nodes. Words are those of JsonBuilder; values are copied, names of members are
   borrowed for as long as the view lives: most are words of the program. */
typedef struct ZbView ZbView;
ZbView *zb_view_new (void);
void zb_view_free (ZbView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbView, zb_view_free)

void zb_view_begin_object (ZbView *view);
void zb_view_end_object (ZbView *view);
void zb_view_begin_array (ZbView *view);
void zb_view_end_array (ZbView *view);
void zb_view_set_member_name (ZbView *view, const char *name); /* of the next value */
void zb_view_add_null_value (ZbView *view);

/* A name of two parts. Borrowed from the view. */
const char *zb_view_joined (ZbView *view, const char *first, const char *rest);

/* Each sets member NAME of the object that is open; NULL and ZB_TIME_NONE become null. */
void zb_view_text (ZbView *view, const char *name, const char *value);
void zb_view_take_text (ZbView *view, const char *name, char *value); /* (transfer full) of VALUE */
void zb_view_int (ZbView *view, const char *name, gint64 value);
void zb_view_bool (ZbView *view, const char *name, gboolean value);
void zb_view_time (ZbView *view, const char *name, ZbTime t);
void zb_view_strv (ZbView *view, const char *name, const char *const *values); /* NULL is [] */

/* Adds a copy of NODE (NULL: null) but for its names, for contexts that are JSON for other reasons. */
void zb_view_add_json (ZbView *view, JsonNode *node);

/* The whole, when everything that was begun has been ended; NULL where nothing was added. Borrowed. */
const ZbViewNode *zb_view_root (const ZbView *view);
