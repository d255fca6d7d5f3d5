/* The sources of a workspace, as its folder feeds/ holds them. */
#pragma once
#include "zhoubao/model/source.h"
#include "zhoubao/store/workspace.h"

/* Every source of every file of feeds/, files by name, sources as written: an array of ZbSource. An unknown
   key, a missing one, a bad URL, level or selector kind, or a slug that is there twice is an error that names
   file and line. A workspace without sources gives an empty array. (transfer full) */
GPtrArray *zb_source_file_read_all (ZbWorkspace *workspace, GError **error);

/* Adds the sources of one file, or of TEXT under that name, to SOURCES. */
gboolean zb_source_file_read (const char *file, GPtrArray *sources, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_source_file_parse (const char *file, const char *text, gssize length, GPtrArray *sources,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The source SLUG of SOURCES; ZB_ERROR_NOT_FOUND, with the likest slug named, where there is none. Borrowed.
 */
const ZbSource *zb_source_file_find (const GPtrArray *sources, const char *slug, GError **error);

/* Appends SOURCE to feeds/NAME.yaml (made where it lacks), atomically; what the file holds stays as it is. */
gboolean zb_source_file_append (ZbWorkspace *workspace, const char *name, const ZbSource *source,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
