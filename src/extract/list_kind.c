/* Lists as jobs of a parse worker. */
#include "list_kind.h"

#include "zhoubao/edge/xml.h"
#include "zhoubao/extract/list.h"

static gboolean
run (const ZbJob *job, ZbResult *result, GError **error)
{
  zb_xml_set_depth ((int)job->limits.parse_depth);
  result->feed = zb_list_extract (job, error);
  return result->feed != NULL;
}

const ZbKind zb_list_kind = {"list", G_STRUCT_OFFSET (ZbResult, feed), &zb_feed_wire, run, NULL};
