/* Buffers that grow, are counted, and come back. */
#include "http_body.h"

#define SPARE_MOST 8u
#define ROOM_LEAST (64 * 1024u) /* smaller ones come from the heap without pages of their own */
#define ROOM_MOST (256 * 1024u) /* larger ones are rare, and too much to keep */

struct ZbBodies {
  gint64 held;
  guint8 *spare[SPARE_MOST]; /* each of ROOM_MOST bytes */
  guint n_spare;
};

struct ZbBody {
  ZbBodies *bodies;
  guint8 *data;
  gsize length, room;
};

ZbBodies *
zb_bodies_new (void)
{
  return g_rc_box_new0 (ZbBodies);
}

static void
clear (gpointer data)
{
  ZbBodies *bodies = data;
  while (bodies->n_spare > 0)
    g_free (bodies->spare[--bodies->n_spare]);
}

void
zb_bodies_unref (ZbBodies *bodies)
{
  g_rc_box_release_full (bodies, clear);
}

gint64
zb_bodies_held (const ZbBodies *bodies)
{
  return bodies->held;
}

ZbBody *
zb_body_new (ZbBodies *bodies)
{
  ZbBody *body = g_new0 (ZbBody, 1);
  body->bodies = g_rc_box_acquire (bodies);
  return body;
}

static void
give_back (ZbBodies *bodies, guint8 *data, gsize room)
{
  if (room == ROOM_MOST && bodies->n_spare < SPARE_MOST)
    bodies->spare[bodies->n_spare++] = data;
  else
    g_free (data);
}

void
zb_body_free (ZbBody *body)
{
  body->bodies->held -= (gint64)body->length;
  give_back (body->bodies, body->data, body->room);
  zb_bodies_unref (body->bodies);
  g_free (body);
}

gsize
zb_body_length (const ZbBody *body)
{
  return body->length;
}

/* From ROOM_LEAST on there is one size up to ROOM_MOST, so that what comes back fits. */
static void
grow (ZbBody *body, gsize least)
{
  ZbBodies *bodies = body->bodies;
  guint8 *old = body->data;
  if (least > ROOM_LEAST && least <= ROOM_MOST && bodies->n_spare > 0) {
    body->room = ROOM_MOST;
    body->data = bodies->spare[--bodies->n_spare];
    if (body->length > 0)
      memcpy (body->data, old, body->length);
    g_free (old);
    return;
  }
  gsize most = least > ROOM_LEAST ? ROOM_MOST : ROOM_LEAST;
  body->room = least > ROOM_MOST ? 2 * least : least > ROOM_LEAST / 4 ? most : ROOM_LEAST / 4;
  body->data = g_realloc (old, body->room);
}

void
zb_body_append (ZbBody *body, const char *data, gsize n)
{
  if (body->length + n > body->room)
    grow (body, body->length + n);
  memcpy (body->data + body->length, data, n);
  body->length += n;
  body->bodies->held += (gint64)n;
}

static void
free_body (gpointer body)
{
  zb_body_free (body);
}

/* A short body must not keep a long buffer. */
static void
shrink (ZbBody *body)
{
  if (body->length >= body->room / 2)
    return;
  guint8 *data = g_memdup2 (body->data, body->length);
  give_back (body->bodies, body->data, body->room);
  body->data = data;
  body->room = body->length;
}

GBytes *
zb_body_to_bytes (ZbBody *body)
{
  shrink (body);
  return g_bytes_new_with_free_func (body->data, body->length, free_body, body);
}
