/* Asking from the command line, outside of a crawl but with its manners: robots.txt, turns, limits. */
#pragma once
#include "zhoubao/crawl/visitor.h"

typedef struct ZbVisits ZbVisits;

/* Borrows CONFIG and DB, which keeps the robots.txt of the hosts. (transfer full) */
ZbVisits *zb_visits_new (const ZbConfig *config, ZbDb *db, ZbTime now, GError **error);
void zb_visits_free (ZbVisits *visits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbVisits, zb_visits_free)

void zb_visits_start (ZbVisits *visits, const ZbHttpRequest *request, ZbVisitDone done, gpointer data);

/* Waits until every visit was called back. */
gboolean zb_visits_run (ZbVisits *visits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks for URL and waits. An answer that is none (404, a challenge) is an error. (transfer full) */
ZbHttpResponse *zb_visits_get (ZbVisits *visits, const char *url, GError **error);
