/* Asks with manners: leave by robots.txt first (RFC 9309; kept in the store), in turn at each host, each
   redirect as a visit of its own, and not at all where the host asked to be left alone or does not answer. */
#pragma once
#include "zhoubao/crawl/writer.h"
#include "zhoubao/edge/http.h"
#include "zhoubao/model/config.h"

typedef struct ZbVisitor ZbVisitor;

typedef struct {
  ZbHttpResponse *response; /* of the last hop, or NULL with ERROR */
  GError *error;
  gboolean forbidden; /* robots.txt forbids it, or could not be had, which means no */
  ZbTime waits_until; /* the host wants to be left alone until then; ZB_TIME_NONE */
  char *moved_to;     /* where the permanent redirects at the head of the chain lead, or NULL */
} ZbVisit;

/* VISIT is borrowed, but its members may be stolen. It may start further visits. */
typedef void (*ZbVisitDone) (ZbVisit *visit, gpointer data);

/* Borrows all but the numbers; reads from DB. NOW is the time of the run, for what the store keeps. */
ZbVisitor *zb_visitor_new (ZbHttp *http, ZbDb *db, ZbWriter *writer, const ZbConfig *config, ZbTime now);
void zb_visitor_free (ZbVisitor *visitor); /* before its client */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbVisitor, zb_visitor_free)

/* Queues a visit; REQUEST is copied. */
void zb_visitor_visit (ZbVisitor *visitor, const ZbHttpRequest *request, ZbVisitDone done, gpointer data);
guint zb_visitor_pending (ZbVisitor *visitor); /* visits not called back */

/* Sends those whose turn it is, at most MOST. Returns: milliseconds until there is more to do without an
   answer coming in; -1: nothing. */
int zb_visitor_step (ZbVisitor *visitor, guint most);
