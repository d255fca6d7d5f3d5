/* A tree of YAML in the making: all of it lies in one arena, which the root owns. */
#pragma once
#include "zhoubao/base/arena.h"
#include "zhoubao/edge/yaml.h"

#define ZB_YAML_DEPTH 32

typedef struct {
  ZbArena *arena;
  const char *file; /* in the arena */
  int first_line;
  GPtrArray *open; /* of ZbYaml: the members so far of each list and map that is being read */
} ZbYamlTree;

/* LINE counts from 0. */
ZbYaml *zb_yaml_tree_node (ZbYamlTree *tree, ZbYamlKind kind, gsize line);
ZbYaml *zb_yaml_tree_scalar (ZbYamlTree *tree, const char *text, gsize length, gboolean quoted, gsize line);

/* Whether the members from FROM of tree->open on have the key. */
gboolean zb_yaml_tree_has_key (const ZbYamlTree *tree, guint from, const char *key);

/* The members from FROM of tree->open on become PARENT's. */
void zb_yaml_tree_close (ZbYamlTree *tree, ZbYaml *parent, guint from);

/* TEXT where it is of the plain sort that people and this program write: block mappings and lists, a scalar
   or a short flow collection to a line. NULL where it is anything else or wrong: then it is libyaml's. What
   both read is the same tree. */
ZbYaml *zb_yaml_plain (ZbYamlTree *tree, const char *text, gsize length);
