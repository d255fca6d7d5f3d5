/* The table of routes. Private to src/desk. */
#pragma once
#include "visit.h"

/* The route of METHOD and PATH; PARTS gets what its pattern left open. NULL where there is none: ALLOWED then
   gets the methods that PATH knows ("GET, HEAD"; transfer full), or stays NULL. */
const ZbRoute *zb_routes_find (const char *method, const char *path, char ***parts, char **allowed);

/* Handlers, by the file they are in. */
gboolean zb_page_sign_in (ZbVisit *visit, GError **error); /* sign_in.c */
gboolean zb_page_sign_in_post (ZbVisit *visit, GError **error);
gboolean zb_page_sign_out (ZbVisit *visit, GError **error);
gboolean zb_page_desk (ZbVisit *visit, GError **error); /* queue_page.c */
gboolean zb_page_queue (ZbVisit *visit, GError **error);
gboolean zb_page_ranking (ZbVisit *visit, GError **error); /* ranking_page.c */
gboolean zb_page_pulse (ZbVisit *visit, GError **error);   /* pulse.c */
gboolean zb_page_reject (ZbVisit *visit, GError **error);  /* decide.c */
gboolean zb_page_decide (ZbVisit *visit, GError **error);
gboolean zb_page_undo (ZbVisit *visit, GError **error);
gboolean zb_page_item (ZbVisit *visit, GError **error); /* item_page.c */
gboolean zb_page_evidence (ZbVisit *visit, GError **error);
gboolean zb_page_item_note (ZbVisit *visit, GError **error);
gboolean zb_page_clip (ZbVisit *visit, GError **error); /* clip_page.c */
gboolean zb_page_clip_post (ZbVisit *visit, GError **error);
gboolean zb_page_clip_state (ZbVisit *visit, GError **error);
gboolean zb_page_archive (ZbVisit *visit, GError **error); /* archive.c */
gboolean zb_page_people (ZbVisit *visit, GError **error);  /* people_page.c */
gboolean zb_page_people_password (ZbVisit *visit, GError **error);
gboolean zb_page_people_add (ZbVisit *visit, GError **error);
gboolean zb_page_people_role (ZbVisit *visit, GError **error);
gboolean zb_page_people_remove (ZbVisit *visit, GError **error);
gboolean zb_page_subscribers (ZbVisit *visit, GError **error); /* subscribers_page.c */
gboolean zb_page_subscribers_add (ZbVisit *visit, GError **error);
gboolean zb_page_subscribers_remove (ZbVisit *visit, GError **error);
gboolean zb_page_subscribers_suppress (ZbVisit *visit, GError **error);
gboolean zb_page_membership (ZbVisit *visit, GError **error); /* membership_page.c */
gboolean zb_page_membership_tier (ZbVisit *visit, GError **error);
gboolean zb_page_shelf (ZbVisit *visit, GError **error);      /* shelf_list.c */
gboolean zb_page_shelf_form (ZbVisit *visit, GError **error); /* shelf_save.c */
gboolean zb_page_shelf_save (ZbVisit *visit, GError **error);
gboolean zb_page_settings (ZbVisit *visit, GError **error);   /* settings_page.c */
gboolean zb_page_audit (ZbVisit *visit, GError **error);      /* audit_page.c */
gboolean zb_page_issue_now (ZbVisit *visit, GError **error);  /* issue_page.c */
gboolean zb_page_statistics (ZbVisit *visit, GError **error); /* statistics_page.c */
gboolean zb_page_issue (ZbVisit *visit, GError **error);
gboolean zb_page_issue_fill (ZbVisit *visit, GError **error);
gboolean zb_page_issue_save (ZbVisit *visit, GError **error); /* issue_save.c */
gboolean zb_page_issue_autosave (ZbVisit *visit, GError **error);
gboolean zb_page_issue_review (ZbVisit *visit, GError **error); /* issue_acts.c */
gboolean zb_page_issue_return (ZbVisit *visit, GError **error);
gboolean zb_page_issue_approve (ZbVisit *visit, GError **error);
gboolean zb_page_issue_schedule (ZbVisit *visit, GError **error);
gboolean zb_page_issue_publish (ZbVisit *visit, GError **error);
gboolean zb_page_issue_correct (ZbVisit *visit, GError **error);
gboolean zb_page_issue_revisions (ZbVisit *visit, GError **error); /* issue_revisions.c */
gboolean zb_page_issue_restore (ZbVisit *visit, GError **error);
gboolean zb_page_mail (ZbVisit *visit, GError **error); /* mail_page.c */
gboolean zb_page_mail_latest (ZbVisit *visit, GError **error);
gboolean zb_page_issue_test (ZbVisit *visit, GError **error); /* issue_send.c */
gboolean zb_page_issue_send (ZbVisit *visit, GError **error);
gboolean zb_page_issue_pause (ZbVisit *visit, GError **error);
gboolean zb_page_issue_resume (ZbVisit *visit, GError **error);
gboolean zb_page_issue_cancel (ZbVisit *visit, GError **error);
gboolean zb_page_issue_progress (ZbVisit *visit, GError **error);
gboolean zb_page_preview (ZbVisit *visit, GError **error); /* preview.c */
gboolean zb_page_asset (ZbVisit *visit, GError **error);   /* files.c */
gboolean zb_page_public (ZbVisit *visit, GError **error);
gboolean zb_page_search (ZbVisit *visit, GError **error);
gboolean zb_page_subscribe (ZbVisit *visit, GError **error); /* join_page.c */
gboolean zb_page_subscribe_post (ZbVisit *visit, GError **error);
gboolean zb_page_confirm (ZbVisit *visit, GError **error);
gboolean zb_page_confirm_post (ZbVisit *visit, GError **error);
gboolean zb_page_unsubscribe (ZbVisit *visit, GError **error); /* reader_page.c */
gboolean zb_page_unsubscribe_post (ZbVisit *visit, GError **error);
gboolean zb_page_preferences (ZbVisit *visit, GError **error);
gboolean zb_page_preferences_post (ZbVisit *visit, GError **error);
gboolean zb_page_preferences_address (ZbVisit *visit, GError **error);
gboolean zb_page_login (ZbVisit *visit, GError **error); /* member.c */
gboolean zb_page_login_post (ZbVisit *visit, GError **error);
gboolean zb_page_login_link (ZbVisit *visit, GError **error);
gboolean zb_page_login_link_post (ZbVisit *visit, GError **error);
gboolean zb_page_member_leave (ZbVisit *visit, GError **error);
gboolean zb_page_members_door (ZbVisit *visit, GError **error); /* members_page.c */
gboolean zb_page_members (ZbVisit *visit, GError **error);
gboolean zb_page_member_document (ZbVisit *visit, GError **error);
gboolean zb_page_sources (ZbVisit *visit, GError **error); /* sources_page.c */
gboolean zb_page_sources_crawl (ZbVisit *visit, GError **error);
