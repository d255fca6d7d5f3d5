/* Front matter: the YAML head of a Markdown file between lines of "---", split off and written. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/edge/yaml.h"
#include "zhoubao/model/topic.h"

typedef struct {
  char *whole;      /* where both lie */
  const char *yaml; /* the lines between the marks */
  int yaml_line;
  const char *body; /* what follows, without blank lines at its head; line ends are LF */
  int body_line;
} ZbFrontMatter;

/* TEXT is a whole file: UTF-8, with or without a byte order mark, LF or CRLF. PATH is for errors. */
gboolean zb_front_matter_split (const char *path, const char *text, gsize length, ZbFrontMatter *out,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void zb_front_matter_clear (ZbFrontMatter *front);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbFrontMatter, zb_front_matter_clear)

/* Reads {facet: [term, …], …} into TOPICS. */
gboolean zb_front_read_topics (const ZbYaml *node, GPtrArray *topics,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writing: "INDENT KEY: VALUE" in the plainest style that reads back as the same text. NULL writes nothing.
   INDENT is what stands before the key: "", "  - " or "    ". */
void zb_front_text (GString *to, const char *indent, const char *key, const char *value);
void zb_front_time (GString *to, const char *indent, const char *key, ZbTime value);
void zb_front_list (GString *to, const char *indent, const char *key, const char *const *values);
void zb_front_topics (GString *to, const char *indent, const GPtrArray *topics);

/* Text without its leading blank lines and trailing white space, NULL where nothing is left.
   Returns: (transfer full). */
char *zb_front_trim (const char *text, gsize length);
