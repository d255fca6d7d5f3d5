/* Members sign in by a mailed link, and out. */
#include "member.h"

#include "notice.h"
#include "reader.h"
#include "zhoubao/base/error.h"
#include "zhoubao/deliver/members.h"
#include "zhoubao/edge/secret.h"

#define COOKIE "__Host-zhoubao-member"

/* Lax: a link to a document in somebody's mail leads to it; what is asked for by GET changes nothing. */
static void
set_cookie (ZbVisit *visit, const char *token)
{
  g_autofree char *cookie =
      g_strdup_printf (COOKIE "=%s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
                       token != NULL ? token : "", token != NULL ? ZB_MEMBER_SESSION_DAYS * 24 * 3600 : 0);
  zb_response_header (visit->response, "Set-Cookie", cookie);
}

static gboolean
read_member (ZbVisit *visit, GError **error)
{
  const char *token = zb_request_cookie (visit->request, COOKIE);
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZbPerson) person = token != NULL && *token != '\0'
                                    ? zb_members_session (visit->room->db, token, visit->now, &failed)
                                    : NULL;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (visit->editor != NULL)
    visit->tier = ZB_TIER_GOLD;
  if (person == NULL)
    return TRUE;
  const char *fields[] = {"csrf", token, NULL};
  visit->tier = MAX (visit->tier, person->tier);
  visit->member = g_strdup (token);
  g_free (visit->csrf);
  visit->csrf = zb_secret_tag (visit->key, 16, fields);
  return TRUE;
}

gboolean
zb_member_attend (ZbVisit *visit, const ZbRoute *route, gboolean post, GError **error)
{
  if (!read_member (visit, error))
    return FALSE;
  if (visit->tier == ZB_TIER_NONE && !post)
    return zb_visit_go (visit, "/login");
  if (visit->tier == ZB_TIER_NONE ||
      (post && !zb_secret_equal (zb_request_field (visit->request, "csrf"), visit->csrf))) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED, "sign in first, then send the form again");
    return FALSE;
  }
  return route->handler (visit, error);
}

static const ZbReaderForm login_form = {"login", "Members"};

gboolean
zb_page_login (ZbVisit *visit, GError **error)
{
  return zb_reader_form (visit, login_form, NULL, error);
}

static gboolean
send_link (ZbVisit *visit, const ZbConsentMail *mail, GError **error)
{
  const ZbConfig *config = visit->room->workspace->config;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *url = g_strdup_printf ("%s/login/%s", config->base_url, mail->token),
                  *subject = g_strdup_printf ("Sign in to %s", config->title);
  zb_json_text (b, "url", url);
  zb_json_int (b, "minutes", ZB_MEMBER_LINK_MINUTES);
  return zb_notice_send (visit, "login_mail", mail->address, subject, b, error);
}

static gboolean
ask (ZbVisit *visit, const char *email, GError **error)
{
  ZbConsentForm form = {.address = email, .peer = zb_request_peer (visit->request)};
  g_auto (ZbConsentMail) mail = {NULL};
  g_autoptr (GBytes) key = zb_reader_key (visit, "people", error);
  return key != NULL && zb_members_ask (visit->room->db, key, &form, visit->now, &mail, error) &&
         (mail.token == NULL || send_link (visit, &mail, error));
}

/* The same words whether a member has this address or not. */
gboolean
zb_page_login_post (ZbVisit *visit, GError **error)
{
  const char *email = zb_visit_need (visit, "email", error);
  GError *why = NULL;
  if (email == NULL)
    return FALSE;
  if (ask (visit, email, &why))
    return zb_reader_say (visit, "Look into your mail",
                          "If a member has this address, a mail with a link to sign in is on its way to it.",
                          error);
  return zb_reader_form_again (visit, login_form, why, error);
}

/* Asks only: what scans mails follows links, and would use this one up. */
gboolean
zb_page_login_link (ZbVisit *visit, GError **error)
{
  if (!zb_members_check (visit->room->db, visit->parts[0], visit->now, error))
    return FALSE;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "token", visit->parts[0]);
  return zb_visit_render (visit, "login_link", "Sign in", b, error);
}

gboolean
zb_page_login_link_post (ZbVisit *visit, GError **error)
{
  g_autofree char *token = NULL;
  if (!zb_members_enter (visit->room->db, visit->parts[0], visit->now, &token, error))
    return FALSE;
  set_cookie (visit, token);
  return zb_visit_go (visit, "/members/");
}

gboolean
zb_page_member_leave (ZbVisit *visit, GError **error)
{
  if (visit->member != NULL && !zb_members_leave (visit->room->db, visit->member, error))
    return FALSE;
  set_cookie (visit, NULL);
  return zb_visit_go (visit, "/login");
}
