/* The archive as the desk builds it: behind the page that changed something of it. Private to src/desk. */
#pragma once
#include "visit.h"

/* Asks for the archive to be built anew, and waits the moment that a small one takes. */
void zb_archive_build (ZbVisit *visit);

/* The member "archive" of a page's object: null where all is well, else "building" or "problem". */
void zb_archive_state (ZbVisit *visit, JsonBuilder *b);
