/* An issue in its forms: page, CommonMark, plain text and mail, all by the templates of the workspace, its
   theme or the program. A renderer belongs to one thread; the same input gives the same bytes. */
#pragma once
#include "zhoubao/base/template_set.h"
#include "zhoubao/model/config.h"
#include "zhoubao/model/issue.h"
#include "zhoubao/store/workspace.h"

typedef struct ZbRenderer ZbRenderer;

/* ROOT is the workspace's folder, or NULL for the program's own templates alone; CONFIG is borrowed.
   (transfer full) */
ZbRenderer *zb_renderer_new (const char *root, const ZbConfig *config);

/* For WORKSPACE, whose configuration is borrowed, with the titles of its sources. (transfer full) */
ZbRenderer *zb_renderer_open (ZbWorkspace *workspace, GError **error);
void zb_renderer_free (ZbRenderer *renderer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbRenderer, zb_renderer_free)

const ZbConfig *zb_renderer_config (const ZbRenderer *renderer);
ZbTemplateSet *zb_renderer_templates (ZbRenderer *renderer);

/* The style sheet, and eight digits that change with it; both borrowed, and read once. */
gboolean zb_renderer_style (ZbRenderer *renderer, const char **css, const char **version,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* NAME ("style.css") with the rules of MORE ("theme.css") after it, both found as templates are.
   (transfer full) */
char *zb_renderer_sheet (ZbRenderer *renderer, const char *name, const char *more, GError **error);

/* Whether the template of an original title sets pinyin above it, word by word. */
gboolean zb_renderer_wants_ruby (ZbRenderer *renderer);

/* What a topic ("location", "inner-mongolia") is called, and its page below the site's root; both borrowed.
 */
typedef struct {
  char *label, *path; /* "Inner Mongolia", "latest/location/inner-mongolia/" */
} ZbTopicName;
const ZbTopicName *zb_renderer_topic (ZbRenderer *renderer, const char *facet, const char *term);

/* What readers see instead of the slug of a source. */
void zb_renderer_set_source (ZbRenderer *renderer, const char *slug, const char *title);

/* Its title, or the slug where it has none; of what was clipped from URL the host. NULL for no SLUG.
   (transfer full) */
char *zb_renderer_source (const ZbRenderer *renderer, const char *slug, const char *url);

/* One page that needs no other file: the style sheet is inside. (transfer full) */
char *zb_renderer_page (ZbRenderer *renderer, const ZbIssue *issue, GError **error);

/* The issue as one CommonMark document for other systems. (transfer full) */
char *zb_renderer_markdown (ZbRenderer *renderer, const ZbIssue *issue, GError **error);

/* Addresses in a mail. Each is put in as it is, so that it may be a token of edge/mime.h which is filled for
   each recipient; NULL leaves the line away. */
typedef struct {
  const char *unsubscribe, *preferences;
} ZbMailLinks;

/* Both bodies of the mail: HTML with every style in its element, at most 600 px wide, no image; and plain
   text of 72 columns with LF line ends. LINKS may be NULL. (transfer full) */
gboolean zb_renderer_mail (ZbRenderer *renderer, const ZbIssue *issue, const ZbMailLinks *links, char **html,
                           char **text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text alone, as a mail without links would have it. (transfer full) */
char *zb_renderer_text (ZbRenderer *renderer, const ZbIssue *issue, const ZbMailLinks *links, GError **error);
