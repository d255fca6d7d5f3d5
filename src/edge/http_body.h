/* Bodies of answers on their way. The system clears each page that it hands out, and a crawl would ask for
   those of all answers one after the other: a few buffers are used again. */
#pragma once
#include <glib.h>

typedef struct ZbBodies ZbBodies; /* what the bodies of one client share; for one thread */
typedef struct ZbBody ZbBody;

ZbBodies *zb_bodies_new (void);
void zb_bodies_unref (ZbBodies *bodies); /* bodies may outlive it */
gint64 zb_bodies_held (const ZbBodies *bodies);

ZbBody *zb_body_new (ZbBodies *bodies);
void zb_body_free (ZbBody *body);
gsize zb_body_length (const ZbBody *body);
void zb_body_append (ZbBody *body, const char *data, gsize n);

/* BODY (transfer full) as bytes, which count as held until the last reference to them is gone. */
GBytes *zb_body_to_bytes (ZbBody *body);
