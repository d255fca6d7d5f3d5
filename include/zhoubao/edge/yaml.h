/* YAML as a tree that knows its lines, and tables that read it into structs. libyaml underneath: libcyaml
   cannot read mappings with keys of the user's own, which the topic vocabularies are. */
#pragma once
#include <glib.h>

typedef enum { ZB_YAML_NULL, ZB_YAML_TEXT, ZB_YAML_LIST, ZB_YAML_MAP } ZbYamlKind;

typedef struct ZbYaml ZbYaml;
struct ZbYaml {
  ZbYamlKind kind;
  int line;            /* where it starts, from 1, counted in the whole file */
  const char *file;    /* borrowed from the root */
  const char *text;    /* TEXT, as written; also "" for an empty quoted scalar */
  gboolean quoted;     /* TEXT in quotes or a block, so never a null or a boolean */
  const char *key;     /* of a member of a MAP */
  GPtrArray *children; /* of ZbYaml: LIST members, MAP values in the order of the file; only read */
  gpointer memory;     /* the root's: where all of the tree lies, to be freed with it */
};

/* Parses TEXT (UTF-8, not ended by NUL where LENGTH >= 0). FIRST_LINE is the number of its first line in
   FILE. An error names file, line and cause. Anchors, aliases and tags are refused, nesting is limited to 32.
   (transfer full) of the root; its members go with it. */
ZbYaml *zb_yaml_parse (const char *file, const char *text, gssize length, int first_line, GError **error);
void zb_yaml_free (ZbYaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbYaml, zb_yaml_free)

/* Member KEY of a MAP; NULL where it is absent. */
const ZbYaml *zb_yaml_get (const ZbYaml *map, const char *key);

/* The text of member KEY; NULL where it is absent, null or no scalar. */
const char *zb_yaml_get_text (const ZbYaml *map, const char *key);

/* An error at the line of NODE: "feeds/a.yaml:12: " and the formatted words. Always returns FALSE. */
gboolean zb_yaml_error (const ZbYaml *node, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

typedef enum {
  ZB_YAML_TO_TEXT,   /* char *, duplicated */
  ZB_YAML_TO_INT,    /* int */
  ZB_YAML_TO_INT64,  /* gint64 */
  ZB_YAML_TO_DOUBLE, /* double */
  ZB_YAML_TO_BOOL,   /* gboolean: true false yes no */
  ZB_YAML_TO_STRV,   /* char **: a list of scalars, or one scalar */
  ZB_YAML_TO_OWN,    /* read (node, struct, error) */
  ZB_YAML_TO_NOTHING /* allowed, and read elsewhere */
} ZbYamlTarget;

typedef struct {
  const char *key;
  ZbYamlTarget target;
  gsize offset; /* in the struct */
  gboolean required;
  gboolean (*read) (const ZbYaml *node, gpointer into, GError **error);
} ZbYamlField;

/* Reads MAP into the struct INTO by FIELDS (ended by a field without key). A key that is not in the table, a
   wrong type or a missing required key is an error with its line. What is absent or null stays as it was. */
gboolean zb_yaml_read (const ZbYaml *map, const ZbYamlField *fields, gpointer into,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends VALUE as a YAML scalar that reads back as the same text: plain where that is safe, else
   double-quoted; "null" for NULL. */
void zb_yaml_append (GString *to, const char *value);
