/* The web: the editors' desk, the pages of subscribers and members, and public/ for everybody else (DESIGN
 * §9). */
#pragma once
#include "zhoubao/store/workspace.h"

typedef struct ZbDesk ZbDesk;

typedef struct {
  const char *address;   /* "127.0.0.1" */
  guint16 port;          /* 0: the system chooses */
  gboolean behind_proxy; /* believe X-Forwarded-For of a proxy on this machine */
  gboolean crawl;        /* look at sources as they fall due */
} ZbDeskOptions;

/* Serves the workspace at DIRECTORY at once, in threads of its own; each has its own database. (transfer
 * full) */
ZbDesk *zb_desk_new (const char *directory, const ZbDeskOptions *options, GError **error);
void zb_desk_free (ZbDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbDesk, zb_desk_free)

/* "http://127.0.0.1:8080", borrowed. */
const char *zb_desk_url (ZbDesk *desk);
