/* The bytes that an item was read from, given back. */
#pragma once
#include "newsroom.h"
#include "zhoubao/model/item.h"

/* The bytes to stdout, and a line on where they are from to stderr; with --json what is known of them,
 * instead. */
gboolean zb_evidence_print (const ZbCli *cli, ZbNewsroom *room, const ZbItem *item,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
