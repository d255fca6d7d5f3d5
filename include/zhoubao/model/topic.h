/* Topics of an item: per facet (type, industry, location) the terms that fit, as {location: [hebei]}. */
#pragma once
#include <glib.h>
#include <json-glib/json-glib.h>

typedef struct {
  char *facet;  /* "location" */
  char **terms; /* "hebei"; may be empty */
} ZbTopic;

ZbTopic *zb_topic_new (const char *facet, const char *const *terms);
void zb_topic_free (ZbTopic *topic);

/* An array of ZbTopic that frees them. Returns: (transfer full). */
GPtrArray *zb_topics_new (void);
GPtrArray *zb_topics_copy (const GPtrArray *topics);
gboolean zb_topics_equal (const GPtrArray *a, const GPtrArray *b);

/* Adds TERM to FACET once, making the facet where it is missing. */
void zb_topics_add (GPtrArray *topics, const char *facet, const char *term);

/* The terms of FACET, or NULL. Returns: (transfer none). */
const char *const *zb_topics_get (const GPtrArray *topics, const char *facet);

/* {"location":["hebei"]}, as rows of the database keep it. NULL or broken text is no topics.
   Returns: (transfer full). */
char *zb_topics_to_json (const GPtrArray *topics);
GPtrArray *zb_topics_from_json (const char *json);

/* Sets member NAME of the object that B is in. */
void zb_topics_build (JsonBuilder *b, const char *name, const GPtrArray *topics);
