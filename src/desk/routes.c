/* Which page answers which address. */
#include "routes.h"

/* clang-format off */
static const ZbRoute routes[] = {
  {"GET",  "/desk",            ZB_ACCESS_CONTRIBUTOR, zb_page_desk},
  {"GET",  "/desk/login",      ZB_ACCESS_ANYBODY,     zb_page_sign_in},
  {"POST", "/desk/login",      ZB_ACCESS_ANYBODY,     zb_page_sign_in_post},
  {"POST", "/desk/logout",     ZB_ACCESS_CONTRIBUTOR, zb_page_sign_out},
  {"GET",  "/desk/queue",      ZB_ACCESS_CONTRIBUTOR, zb_page_queue},
  {"POST", "/desk/decide",     ZB_ACCESS_CONTRIBUTOR, zb_page_decide},
  {"POST", "/desk/reject",     ZB_ACCESS_CONTRIBUTOR, zb_page_reject},
  {"GET",  "/desk/ranking",    ZB_ACCESS_CONTRIBUTOR, zb_page_ranking},
  {"POST", "/desk/pulse",      ZB_ACCESS_CONTRIBUTOR, zb_page_pulse, .by_itself = TRUE},
  {"POST", "/desk/undo",       ZB_ACCESS_CONTRIBUTOR, zb_page_undo},
  {"GET",  "/desk/item/:",     ZB_ACCESS_CONTRIBUTOR, zb_page_item},
  {"GET",  "/desk/item/:/evidence",   ZB_ACCESS_CONTRIBUTOR, zb_page_evidence},
  {"GET",  "/desk/sources",    ZB_ACCESS_CONTRIBUTOR, zb_page_sources},
  {"POST", "/desk/sources",    ZB_ACCESS_CONTRIBUTOR, zb_page_sources_crawl},
  {"POST", "/desk/item/:/note",       ZB_ACCESS_CONTRIBUTOR, zb_page_item_note},
  {"GET",  "/desk/clip",       ZB_ACCESS_CONTRIBUTOR, zb_page_clip},
  {"POST", "/desk/clip",       ZB_ACCESS_CONTRIBUTOR, zb_page_clip_post},
  {"GET",  "/desk/clip/:",     ZB_ACCESS_CONTRIBUTOR, zb_page_clip_state},
  {"POST", "/desk/archive",    ZB_ACCESS_EDITOR,      zb_page_archive},
  {"GET",  "/desk/people",     ZB_ACCESS_CONTRIBUTOR, zb_page_people},
  {"POST", "/desk/people/password",   ZB_ACCESS_CONTRIBUTOR, zb_page_people_password},
  {"POST", "/desk/people/add",        ZB_ACCESS_OWNER,       zb_page_people_add},
  {"POST", "/desk/people/role",       ZB_ACCESS_OWNER,       zb_page_people_role},
  {"POST", "/desk/people/remove",     ZB_ACCESS_OWNER,       zb_page_people_remove},
  {"GET",  "/desk/subscribers",       ZB_ACCESS_EDITOR,      zb_page_subscribers},
  {"POST", "/desk/subscribers/add",   ZB_ACCESS_EDITOR,      zb_page_subscribers_add},
  {"POST", "/desk/subscribers/remove",   ZB_ACCESS_EDITOR,   zb_page_subscribers_remove},
  {"POST", "/desk/subscribers/suppress", ZB_ACCESS_EDITOR,   zb_page_subscribers_suppress},
  {"GET",  "/desk/members",    ZB_ACCESS_EDITOR,      zb_page_membership},
  {"POST", "/desk/members/tier",      ZB_ACCESS_EDITOR,      zb_page_membership_tier},
  {"GET",  "/desk/posts",      ZB_ACCESS_EDITOR,      zb_page_shelf},
  {"GET",  "/desk/posts/:",    ZB_ACCESS_EDITOR,      zb_page_shelf_form},
  {"POST", "/desk/posts/:",    ZB_ACCESS_EDITOR,      zb_page_shelf_save},
  {"GET",  "/desk/documents",  ZB_ACCESS_EDITOR,      zb_page_shelf},
  {"GET",  "/desk/documents/:",       ZB_ACCESS_EDITOR,      zb_page_shelf_form},
  {"POST", "/desk/documents/:",       ZB_ACCESS_EDITOR,      zb_page_shelf_save},
  {"GET",  "/desk/settings",   ZB_ACCESS_EDITOR,      zb_page_settings},
  {"GET",  "/desk/statistics",        ZB_ACCESS_EDITOR,      zb_page_statistics},
  {"GET",  "/desk/audit",      ZB_ACCESS_EDITOR,      zb_page_audit},
  {"GET",  "/desk/issue",      ZB_ACCESS_CONTRIBUTOR, zb_page_issue_now},
  {"GET",  "/desk/issue/:",    ZB_ACCESS_CONTRIBUTOR, zb_page_issue},
  {"POST", "/desk/issue/:",    ZB_ACCESS_CONTRIBUTOR, zb_page_issue_save},
  {"POST", "/desk/issue/:/fill",      ZB_ACCESS_CONTRIBUTOR, zb_page_issue_fill},
  {"POST", "/desk/issue/:/autosave",  ZB_ACCESS_CONTRIBUTOR, zb_page_issue_autosave},
  {"POST", "/desk/issue/:/review",    ZB_ACCESS_CONTRIBUTOR, zb_page_issue_review},
  {"POST", "/desk/issue/:/return",    ZB_ACCESS_CONTRIBUTOR, zb_page_issue_return},
  {"POST", "/desk/issue/:/approve",   ZB_ACCESS_EDITOR,      zb_page_issue_approve},
  {"POST", "/desk/issue/:/schedule",  ZB_ACCESS_EDITOR,      zb_page_issue_schedule},
  {"POST", "/desk/issue/:/publish",   ZB_ACCESS_EDITOR,      zb_page_issue_publish},
  {"POST", "/desk/issue/:/correct",   ZB_ACCESS_EDITOR,      zb_page_issue_correct},
  {"GET",  "/desk/issue/:/revisions", ZB_ACCESS_CONTRIBUTOR, zb_page_issue_revisions},
  {"POST", "/desk/issue/:/restore",   ZB_ACCESS_CONTRIBUTOR, zb_page_issue_restore},
  {"POST", "/desk/issue/:/test",      ZB_ACCESS_EDITOR,      zb_page_issue_test},
  {"POST", "/desk/issue/:/send",      ZB_ACCESS_EDITOR,      zb_page_issue_send},
  {"POST", "/desk/issue/:/pause",     ZB_ACCESS_EDITOR,      zb_page_issue_pause},
  {"POST", "/desk/issue/:/resume",    ZB_ACCESS_EDITOR,      zb_page_issue_resume},
  {"POST", "/desk/issue/:/cancel",    ZB_ACCESS_EDITOR,      zb_page_issue_cancel},
  {"GET",  "/desk/issue/:/progress",  ZB_ACCESS_CONTRIBUTOR, zb_page_issue_progress, .by_itself = TRUE},
  {"GET",  "/desk/issue/:/preview/:", ZB_ACCESS_CONTRIBUTOR, zb_page_preview},
  {"POST", "/desk/issue/:/preview/:", ZB_ACCESS_CONTRIBUTOR, zb_page_preview},
  {"GET",  "/desk/mail/latest",       ZB_ACCESS_EDITOR,      zb_page_mail_latest},
  {"GET",  "/desk/mail/:/:",   ZB_ACCESS_EDITOR,      zb_page_mail},
  {"POST", "/desk/mail/:/:/test",     ZB_ACCESS_EDITOR,      zb_page_issue_test},
  {"POST", "/desk/mail/:/:/send",     ZB_ACCESS_EDITOR,      zb_page_issue_send},
  {"POST", "/desk/mail/:/:/pause",    ZB_ACCESS_EDITOR,      zb_page_issue_pause},
  {"POST", "/desk/mail/:/:/resume",   ZB_ACCESS_EDITOR,      zb_page_issue_resume},
  {"POST", "/desk/mail/:/:/cancel",   ZB_ACCESS_EDITOR,      zb_page_issue_cancel},
  {"GET",  "/desk/mail/:/:/progress", ZB_ACCESS_EDITOR,      zb_page_issue_progress, .by_itself = TRUE},
  {"GET",  "/subscribe",       ZB_ACCESS_ANYBODY,     zb_page_subscribe},
  {"POST", "/subscribe",       ZB_ACCESS_ANYBODY,     zb_page_subscribe_post},
  {"GET",  "/confirm/:",       ZB_ACCESS_ANYBODY,     zb_page_confirm},
  {"POST", "/confirm/:",       ZB_ACCESS_ANYBODY,     zb_page_confirm_post},
  {"GET",  "/unsubscribe/:",   ZB_ACCESS_ANYBODY,     zb_page_unsubscribe},
  {"POST", "/unsubscribe/:",   ZB_ACCESS_ANYBODY,     zb_page_unsubscribe_post},
  {"GET",  "/preferences/:",   ZB_ACCESS_ANYBODY,     zb_page_preferences},
  {"POST", "/preferences/:",   ZB_ACCESS_ANYBODY,     zb_page_preferences_post},
  {"POST", "/preferences/:/address",  ZB_ACCESS_ANYBODY,     zb_page_preferences_address},
  {"GET",  "/login",           ZB_ACCESS_ANYBODY,     zb_page_login},
  {"POST", "/login",           ZB_ACCESS_ANYBODY,     zb_page_login_post},
  {"GET",  "/login/:",         ZB_ACCESS_ANYBODY,     zb_page_login_link},
  {"POST", "/login/:",         ZB_ACCESS_ANYBODY,     zb_page_login_link_post},
  {"GET",  "/members",         ZB_ACCESS_MEMBER,      zb_page_members_door},
  {"GET",  "/members/",        ZB_ACCESS_MEMBER,      zb_page_members},
  {"POST", "/members/leave",   ZB_ACCESS_MEMBER,      zb_page_member_leave},
  {"GET",  "/members/:",       ZB_ACCESS_MEMBER,      zb_page_member_document},
  {"GET",  "/search/",         ZB_ACCESS_ANYBODY,     zb_page_search},
  {"GET",  "/desk/static/:",   ZB_ACCESS_ANYBODY,     zb_page_asset},
};
/* clang-format on */

/* Everything else is the published archive. */
static const ZbRoute public_route = {"GET", "", ZB_ACCESS_ANYBODY, zb_page_public};

/* The open segments of PATH by PATTERN, or NULL where they differ. */
static char **
match (const char *pattern, const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1), asked = g_strsplit (path, "/", -1);
  if (g_strv_length (wanted) != g_strv_length (asked))
    return NULL;
  g_autoptr (GStrvBuilder) open = g_strv_builder_new ();
  for (guint i = 0; wanted[i] != NULL; i++) {
    gboolean any = g_str_equal (wanted[i], ":");
    if (any && *asked[i] != '\0')
      g_strv_builder_add (open, asked[i]);
    else if (any || !g_str_equal (wanted[i], asked[i]))
      return NULL;
  }
  return g_strv_builder_end (open);
}

const ZbRoute *
zb_routes_find (const char *method, const char *path, char ***parts, char **allowed)
{
  g_autoptr (GString) methods = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    g_auto (GStrv) open = match (routes[i].pattern, path);
    if (open != NULL && g_str_equal (routes[i].method, method)) {
      *parts = g_steal_pointer (&open);
      return &routes[i];
    }
    if (open != NULL)
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "",
                              g_str_equal (routes[i].method, "GET") ? "GET, HEAD" : routes[i].method);
  }
  gboolean archive = methods->len == 0 && !g_str_has_prefix (path, "/desk/");
  if (archive && g_str_equal (method, "GET"))
    return &public_route;
  *allowed = archive ? g_strdup ("GET, HEAD") : methods->len > 0 ? g_strdup (methods->str) : NULL;
  return NULL;
}
