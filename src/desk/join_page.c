/* Readers join: the form, the mail that asks whether it was them, and their yes. */
#include "reader.h"

#include "issue.h"
#include "notice.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/mailbox.h"
#include "zhoubao/deliver/work.h"

static const ZbReaderForm join_form = {"subscribe", "Subscribe"};

/* Programs that fill in a form ask for JSON: {"message"}, the problem's words where the status is no success.
 */
static gboolean
wants_json (ZbVisit *visit)
{
  const char *accept = zb_request_header (visit->request, "Accept");
  return accept != NULL && strstr (accept, "application/json") != NULL;
}

static gboolean
answer_program (ZbVisit *visit, const char *message)
{
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "message", message);
  return zb_issue_answer_json (visit, b);
}

gboolean
zb_reader_form (ZbVisit *visit, ZbReaderForm form, const char *problem, GError **error)
{
  const char *email = zb_request_field (visit->request, "email");
  g_autoptr (GBytes) key = zb_reader_key (visit, "people", error);
  if (key == NULL)
    return FALSE;
  ZbWishes chosen = zb_reader_take_wishes (visit);
  chosen.weekly |= email == NULL;
  g_autofree char *puzzle = zb_work_puzzle (key, visit->now);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "puzzle", puzzle);
  zb_json_text (b, "email", email != NULL ? email : "");
  zb_json_text (b, "problem", problem);
  zb_reader_build_wishes (b, &chosen);
  return zb_visit_render (visit, form.page, form.title, b, error);
}

gboolean
zb_reader_form_again (ZbVisit *visit, ZbReaderForm form, GError *why, GError **error)
{
  g_autoptr (GError) reason = why;
  gboolean limited = g_error_matches (reason, ZB_ERROR, ZB_ERROR_BUSY);
  if (!limited && !g_error_matches (reason, ZB_ERROR, ZB_ERROR_INVALID)) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
  }
  zb_response_status (visit->response, limited ? 429 : 422);
  return wants_json (visit) ? answer_program (visit, reason->message)
                            : zb_reader_form (visit, form, reason->message, error);
}

gboolean
zb_page_subscribe (ZbVisit *visit, GError **error)
{
  return zb_reader_form (visit, join_form, NULL, error);
}

gboolean
zb_reader_say (ZbVisit *visit, const char *title, const char *message, GError **error)
{
  if (wants_json (visit))
    return answer_program (visit, message);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "title", title);
  zb_json_text (b, "message", message);
  return zb_visit_render (visit, "reader_says", title, b, error);
}

/* The mail that TOKEN's link is in. */
static gboolean
send_link (ZbVisit *visit, const ZbConsentMail *mail, gboolean change, GError **error)
{
  const ZbConfig *config = visit->room->workspace->config;
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  g_autofree char *url = g_strdup_printf ("%s/confirm/%s", config->base_url, mail->token);
  g_autofree char *subject = g_strdup_printf (
      change ? "Confirm your new address for %s" : "Confirm your subscription to %s", config->title);
  zb_json_text (b, "url", url);
  zb_json_bool (b, "change", change);
  zb_json_int (b, "days", ZB_CONSENT_DAYS);
  return zb_notice_send (visit, "confirm_mail", mail->address, subject, b, error);
}

gboolean
zb_reader_ask (ZbVisit *visit, const char *address, gint64 change, GError **error)
{
  ZbConsentForm form = {.address = address,
                        .peer = zb_request_peer (visit->request),
                        .change = change,
                        .wishes = zb_reader_take_wishes (visit)};
  g_auto (ZbConsentMail) mail = {NULL};
  g_autoptr (GBytes) key = zb_reader_key (visit, "people", error);
  form.worked = key != NULL && zb_work_done (key, zb_request_field (visit->request, "puzzle"), address,
                                             zb_request_field (visit->request, "proof"), visit->now);
  return key != NULL && zb_consent_ask (visit->room->db, key, &form, visit->now, &mail, error) &&
         (mail.token == NULL || send_link (visit, &mail, change != 0, error));
}

/* The same words whether the address is known, new, or barred. A machine that fills the trap gets them too.
 */
gboolean
zb_page_subscribe_post (ZbVisit *visit, GError **error)
{
  const char *trap = zb_request_field (visit->request, "website");
  const char *email = zb_visit_need (visit, "email", error);
  GError *why = NULL;
  if (email == NULL)
    return FALSE;
  if ((trap == NULL || *trap == '\0') && !zb_reader_ask (visit, email, 0, &why))
    return zb_reader_form_again (visit, join_form, why, error);
  return zb_reader_say (visit, "Look into your mail",
                        "If this address is not on the list yet, a mail with a link is on its way to it. The "
                        "subscription begins once you have followed that link.",
                        error);
}

static gboolean
show_confirmation (ZbVisit *visit, const ZbMailRequest *request, GError **error)
{
  g_autofree char *masked = zb_mailbox_mask (request->address);
  g_autoptr (JsonBuilder) b = zb_visit_builder ();
  zb_json_text (b, "token", visit->parts[0]);
  zb_json_text (b, "address", masked);
  zb_json_bool (b, "change", request->change);
  return zb_visit_render (visit, "confirm", "Confirm", b, error);
}

gboolean
zb_page_confirm (ZbVisit *visit, GError **error)
{
  g_autoptr (ZbMailRequest) request = zb_consent_find (visit->room->db, visit->parts[0], visit->now, error);
  return request != NULL && show_confirmation (visit, request, error);
}

gboolean
zb_page_confirm_post (ZbVisit *visit, GError **error)
{
  g_autoptr (GBytes) key = zb_reader_key (visit, "people", error);
  g_autoptr (ZbMailRequest) request =
      key != NULL ? zb_consent_find (visit->room->db, visit->parts[0], visit->now, error) : NULL;
  if (request == NULL || !zb_consent_confirm (visit->room->db, key, visit->parts[0], visit->now, error))
    return FALSE;
  return request->change
             ? zb_reader_say (visit, "Your address is changed", "Mail goes to the new address from now on.",
                              error)
             : zb_reader_say (
                   visit, "You are subscribed",
                   "The next issue comes by mail. Each mail has a link to change what you receive, "
                   "and one to leave.",
                   error);
}
