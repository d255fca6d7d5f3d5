/* The page of an edition that is no weekly issue: what it says, to whom, and its sending. */
#include "issue.h"

#include "zhoubao/base/error.h"
#include "zhoubao/compose/edition.h"
#include "zhoubao/store/mailing.h"

gboolean
zb_issue_edition (ZbVisit *visit, ZbEdition *edition, GError **error)
{
  char **parts = visit->parts;
  GTimeZone *zone = visit->room->workspace->config->zone;
  if (parts[1] == NULL)
    return zb_edition_parse (parts[0], zone, visit->now, edition, error);
  g_autofree char *name = g_strdup_printf ("%s/%s", parts[0], parts[1]);
  if (zb_edition_parse (name, zone, visit->now, edition, NULL) && edition->kind != ZB_EDITION_WEEKLY)
    return TRUE;
  zb_edition_clear (edition);
  g_set_error (error, ZB_ERROR, ZB_ERROR_NOT_FOUND, "no mail has the name %s", name);
  return FALSE;
}

char *
zb_issue_at (const ZbEdition *edition)
{
  return g_strconcat (edition->kind == ZB_EDITION_WEEKLY ? "/desk/issue/" : "/desk/mail/", edition->name,
                      NULL);
}

gboolean
zb_page_mail_latest (ZbVisit *visit, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  return zb_edition_parse ("latest", visit->room->workspace->config->zone, visit->now, &edition, error) &&
         zb_visit_go (visit, "/desk/mail/%s", edition.name);
}

/* WHY there is no ISSUE is no error of this page, which may be that of one sent long ago. */
static void
build_content (JsonBuilder *b, const ZbIssue *issue, const GError *why)
{
  zb_json_text (b, "subject", issue != NULL ? issue->title : NULL);
  zb_json_text (b, "summary", issue != NULL && issue->briefs->len == 0 ? issue->summary : NULL);
  zb_json_text (b, "nothing", why != NULL ? why->message : NULL);
  json_builder_set_member_name (b, "briefs");
  json_builder_begin_array (b);
  for (guint i = 0; issue != NULL && i < issue->briefs->len; i++) {
    const ZbIssueItem *brief = issue->briefs->pdata[i];
    gboolean original = g_strcmp0 (brief->heading, brief->title) == 0;
    json_builder_begin_object (b);
    zb_json_text (b, "heading", brief->heading);
    zb_json_text (b, "url", brief->url);
    zb_json_text (b, "language", original ? zb_issue_item_language (brief) : NULL);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

gboolean
zb_page_mail (ZbVisit *visit, GError **error)
{
  g_auto (ZbEdition) edition = {0};
  GError *failed = NULL;
  g_autoptr (GError) why = NULL;
  if (!zb_issue_edition (visit, &edition, error))
    return FALSE;
  g_autoptr (ZbMailing) queued = zb_mailing_load (visit->room->db, edition.name, &failed);
  g_autoptr (ZbIssue) issue =
      zb_compose_edition (visit->room->workspace, visit->room->db, &edition, visit->now, NULL, &why);
  if (failed == NULL && queued == NULL && g_error_matches (why, ZB_ERROR, ZB_ERROR_NOT_FOUND))
    failed = g_steal_pointer (&why);
  if (failed != NULL) {
    g_propagate_error (error, failed);
    return FALSE;
  }
  gboolean essay = edition.kind == ZB_EDITION_ESSAY;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_bool (b, "is_essay", essay);
  zb_json_text (b, "slug", essay ? zb_edition_slug (&edition) : NULL);
  zb_json_text (b, "sender", visit->room->workspace->config->sender_address);
  zb_json_text (b, "version", NULL);
  zb_json_bool (b, "may_send", issue != NULL || queued != NULL);
  build_content (b, issue, why);
  return zb_issue_sending_build (visit, b, &edition, error) &&
         zb_visit_render (visit, "mail", essay ? "An essay by mail" : "Latest developments by mail", b,
                          error);
}
