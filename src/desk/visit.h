/* One request on its way: who asks, what was opened for it, and how it is answered. Private to src/desk. */
#pragma once
#include "board.h"
#include "dispatch.h"
#include "errand.h"
#include "presence.h"
#include "zhoubao/base/json.h"
#include "zhoubao/base/template_set.h"
#include "zhoubao/base/week.h"
#include "zhoubao/edge/httpd.h"
#include "zhoubao/model/person.h"
#include "zhoubao/render/renderer.h"
#include "zhoubao/store/editor.h"
#include "zhoubao/store/workspace.h"

/* What each thread keeps open. */
typedef struct {
  ZbWorkspace *workspace;
  GPtrArray *sources; /* of ZbSource */
  ZbDb *db;
  ZbTemplateSet *templates;
  ZbRenderer *renderer; /* of issues, for previews */
} ZbDeskRoom;

typedef struct {
  const ZbRequest *request;
  ZbResponse *response;
  ZbDeskRoom *room;
  GBytes *key;      /* for CSRF tokens */
  ZbEditor *editor; /* NULL: nobody is signed in */
  char *session;    /* the cookie's secret, or NULL */
  char *csrf;       /* the token that this session's forms carry; "" without one */
  char **parts;     /* what the route's pattern left open, in order */
  ZbTier tier;      /* on pages for members: what they may read */
  char *member;     /* the secret of the member's cookie, or NULL */
  ZbTime now;
  int status;           /* of an error's page where its code does not say, else 0 */
  const char *policy;   /* Content-Security-Policy of the answer */
  ZbDispatch *dispatch; /* who sends */
  ZbBoard *board;       /* the queues */
  ZbPresence *presence; /* who has what open */
  ZbErrands *errands;   /* work behind the pages */
} ZbVisit;

/* A handler answers, or returns FALSE with ERROR set: then the error's page is shown with the status of its
 * code. */
typedef gboolean (*ZbVisitHandler) (ZbVisit *visit, GError **error);

typedef enum {
  ZB_ACCESS_ANYBODY,
  ZB_ACCESS_CONTRIBUTOR,
  ZB_ACCESS_EDITOR,
  ZB_ACCESS_OWNER,
  ZB_ACCESS_MEMBER
} ZbAccess;

typedef struct {
  const char *method, *pattern; /* "/desk/item/:": a colon stands for one segment */
  ZbAccess access;
  ZbVisitHandler handler;
  gboolean by_itself; /* an open page asks without a person: it keeps no session alive */
} ZbRoute;

/* Renders templates/desk/NAME.mustache. B is inside an object, to which the members of every page are added
   (title, csrf, editor, nav, …); it is closed here. */
gboolean zb_visit_render (ZbVisit *visit, const char *name, const char *title, JsonBuilder *b,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* 303 to the formatted path. */
gboolean zb_visit_go (ZbVisit *visit, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A JSON builder inside an object. (transfer full) */
JsonBuilder *zb_visit_builder (void);

/* What the address asks for by NAME, NULL where it is empty or not there. Borrowed. */
const char *zb_visit_asked (ZbVisit *visit, const char *name);

/* The form's field, or an error that names it. Borrowed. */
const char *zb_visit_need (ZbVisit *visit, const char *field, GError **error);

/* The number that PART names. */
gboolean zb_visit_number (const char *part, gint64 *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The week that the query's or form's "week" names; without one the week that is worked on. */
gboolean zb_visit_week (ZbVisit *visit, ZbWeek *week, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets or (TOKEN NULL) removes the cookie of the session. */
void zb_visit_set_session (ZbVisit *visit, const char *token);

/* Adds to the audit what this editor did. */
gboolean zb_visit_audit (ZbVisit *visit, const char *what, const char *about,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a person calls the source SLUG: its title, or SLUG where it is not in feeds/ any more; NULL for NULL.
   Borrowed. */
const char *zb_visit_source (ZbVisit *visit, const char *slug);

/* "Monday 26 June 2017, 09:30" in the newsletter's zone; NULL for ZB_TIME_NONE. (transfer full) */
char *zb_visit_time_words (ZbVisit *visit, ZbTime t);

/* What the audit says that something was done to: a time at its end is put as above. (transfer full) */
char *zb_visit_about_words (ZbVisit *visit, const char *about);

/* The same for a table: "26 Jun 2017, 09:30". */
char *zb_visit_time_short (ZbVisit *visit, ZbTime t);
