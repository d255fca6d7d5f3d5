/* What comes back, applied to the list: once, and only for deliveries that it proves to know. */
#include "zhoubao/deliver/bounces.h"

#include "zhoubao/edge/secret.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/suppression.h"

#define NOW ((ZbTime)1499043600)
#define DAY 86400

typedef struct {
  ZbDb *db;
  GBytes *key;
  gint64 person;
} Post;

static void
post_set_up (Post *post, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  post->db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (post->db, &error));
  g_assert_no_error (error);
  post->key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", ZB_SECRET_BYTES);
  g_autoptr (ZbPerson) person = zb_person_new ("anna@example.org", "editor", NOW);
  g_assert_true (zb_person_add (post->db, person, NULL));
  post->person = person->id;
}

static void
post_tear_down (Post *post, gconstpointer data)
{
  zb_db_close (post->db);
  g_bytes_unref (post->key);
}

static gboolean
next_person (ZbMailingPerson *person, gpointer data, GError **error)
{
  gint64 *id = data;
  if (*id == 0)
    return FALSE;
  *person = (ZbMailingPerson){*id, "anna@example.org", NULL, FALSE};
  *id = 0;
  return TRUE;
}

/* Queues ISSUE for the one person. Returns: the delivery's number. */
static gint64
deliver (Post *post, const char *issue)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frozen = g_bytes_new_static ("x", 1);
  ZbMailingDraft draft = {issue, frozen, ZB_TIME_NONE, post->key, "example.com"};
  gint64 person = post->person, count = 0, id = 0;
  g_assert_true (zb_mailing_queue (post->db, &draft, next_person, &person, NOW, &count, &error));
  g_assert_no_error (error);
  g_assert_true (zb_db_int (post->db, &id, NULL, "SELECT max (id) FROM delivery", ""));
  return id;
}

static ZbBounce *
bounce_new (ZbReason reason, gboolean hard, const char *address)
{
  ZbBounce *bounce = zb_bounce_new ();
  ZbBounceRecipient *r = zb_bounce_recipient_new ();
  bounce->is_bounce = TRUE;
  bounce->kind = ZB_BOUNCE_DSN;
  r->address = g_strdup (address);
  r->reason = reason;
  r->hard = hard;
  r->diagnostic = g_strdup ("550 no");
  g_ptr_array_add (bounce->recipients, r);
  return bounce;
}

static void
return_to (Post *post, ZbBounce *bounce, gint64 delivery)
{
  const char *to[] = {"other@example.com", NULL, NULL};
  g_autofree char *token = zb_delivery_token (post->key, delivery);
  g_autofree char *path = zb_delivery_return_path (token, "bounces@example.com");
  to[1] = path;
  g_strfreev (bounce->returned_to);
  bounce->returned_to = g_strdupv ((char **)to);
}

static void
check_outcome (Post *post, const ZbBounce *bounce, ZbTime now, ZbBouncesOutcome expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (ZbBouncesResult) result = {0};
  g_assert_true (zb_bounces_apply (post->db, post->key, bounce, "sum", now, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (zb_bounces_outcome_name (result.outcome), ==, zb_bounces_outcome_name (expected));
}

static void
check_state (Post *post, ZbPersonState expected)
{
  g_autoptr (ZbPerson) person = zb_person_load (post->db, post->person, NULL);
  g_assert_cmpstr (zb_person_state_name (person->state), ==, zb_person_state_name (expected));
}

static void
test_a_hard_bounce_suppresses (Post *post, gconstpointer data)
{
  const char *why = NULL;
  gboolean may = TRUE;
  g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_NO_SUCH_USER, TRUE, "Anna@example.org");
  return_to (post, bounce, deliver (post, "2017-W26"));
  check_outcome (post, bounce, NOW, ZB_BOUNCES_SUPPRESSED);
  check_state (post, ZB_PERSON_BOUNCED);
  g_assert_true (zb_suppression_find (post->db, NULL, "anna@example.org", &why, NULL));
  g_assert_cmpstr (why, ==, "bounced");
  g_assert_true (zb_person_may_get (post->db, post->person, "anna@example.org", &may, NULL));
  g_assert_false (may);
}

static void
test_the_same_report_counts_once (Post *post, gconstpointer data)
{
  g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_MAILBOX_FULL, FALSE, "anna@example.org");
  return_to (post, bounce, deliver (post, "2017-W26"));
  check_outcome (post, bounce, NOW, ZB_BOUNCES_COUNTED);
  for (guint i = 0; i < 10; i++)
    check_outcome (post, bounce, NOW + i, ZB_BOUNCES_AGAIN);
  check_state (post, ZB_PERSON_ACTIVE);
}

static void
test_soft_bounces_count_within_the_window (Post *post, gconstpointer data)
{
  const ZbTime at[] = {NOW, NOW + 7 * DAY, NOW + 14 * DAY, NOW + 61 * DAY, NOW + 62 * DAY, NOW + 63 * DAY};
  const ZbBouncesOutcome expected[] = {ZB_BOUNCES_COUNTED, ZB_BOUNCES_COUNTED, ZB_BOUNCES_COUNTED,
                                       ZB_BOUNCES_COUNTED, ZB_BOUNCES_SUPPRESSED};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *issue = g_strdup_printf ("2017-W%02u", 20 + i);
    g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_MAILBOX_FULL, FALSE, "anna@example.org");
    return_to (post, bounce, deliver (post, issue));
    check_outcome (post, bounce, at[i], expected[i]);
  }
  check_state (post, ZB_PERSON_BOUNCED);
}

static void
test_a_forged_report_has_no_effect (Post *post, gconstpointer data)
{
  gint64 delivery = deliver (post, "2017-W26");
  g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_NO_SUCH_USER, TRUE, "anna@example.org");
  check_outcome (post, bounce, NOW, ZB_BOUNCES_UNKNOWN); /* names no delivery at all */
  g_autofree char *guess =
      g_strdup_printf ("bounces+%" G_GINT64_FORMAT ".aaaaaaaaaaaaaaaa@example.com", delivery);
  const char *to[] = {guess, NULL};
  bounce->returned_to = g_strdupv ((char **)to);
  bounce->envelope_id = g_strdup_printf ("%" G_GINT64_FORMAT ".bbbbbbbbbbbbbbbb", delivery);
  bounce->message_id = g_strdup ("guess@example.com");
  check_outcome (post, bounce, NOW, ZB_BOUNCES_UNKNOWN);
  check_state (post, ZB_PERSON_ACTIVE);
}

static void
test_envid_and_message_id_name_a_delivery_too (Post *post, gconstpointer data)
{
  g_autoptr (ZbBounce) by_envid = bounce_new (ZB_REASON_MAILBOX_FULL, FALSE, "anna@example.org");
  by_envid->envelope_id = zb_delivery_token (post->key, deliver (post, "2017-W26"));
  check_outcome (post, by_envid, NOW, ZB_BOUNCES_COUNTED);
  deliver (post, "2017-W27");
  g_autoptr (ZbBounce) by_id = bounce_new (ZB_REASON_NO_SUCH_USER, TRUE, "alias@example.net");
  by_id->message_id = zb_delivery_message_id (post->key, "2017-W27", post->person, "example.com");
  check_outcome (post, by_id, NOW, ZB_BOUNCES_SUPPRESSED);
}

static void
test_a_complaint_ends_all_mail (Post *post, gconstpointer data)
{
  g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_COMPLAINT, FALSE, "anna@example.org");
  bounce->is_bounce = FALSE;
  bounce->kind = ZB_BOUNCE_ARF;
  return_to (post, bounce, deliver (post, "2017-W26"));
  check_outcome (post, bounce, NOW, ZB_BOUNCES_COMPLAINT);
  check_state (post, ZB_PERSON_COMPLAINED);
}

static void
test_delays_and_vacations_change_nothing (Post *post, gconstpointer data)
{
  gint64 delivery = deliver (post, "2017-W26");
  g_autoptr (ZbBounce) delay = bounce_new (ZB_REASON_EXPIRED, FALSE, "anna@example.org");
  delay->is_bounce = FALSE;
  return_to (post, delay, delivery);
  check_outcome (post, delay, NOW, ZB_BOUNCES_DELAY);
  g_autoptr (ZbBounce) away = bounce_new (ZB_REASON_AUTOREPLY, FALSE, "anna@example.org");
  away->is_bounce = FALSE;
  away->kind = ZB_BOUNCE_AUTOREPLY;
  return_to (post, away, delivery);
  check_outcome (post, away, NOW, ZB_BOUNCES_AUTOREPLY);
  g_autoptr (ZbBounce) letter = zb_bounce_new ();
  check_outcome (post, letter, NOW, ZB_BOUNCES_NO_REPORT);
  check_state (post, ZB_PERSON_ACTIVE);
}

static void
test_who_left_stays_left (Post *post, gconstpointer data)
{
  g_autoptr (ZbPerson) person = zb_person_load (post->db, post->person, NULL);
  person->state = ZB_PERSON_LEFT;
  g_assert_true (zb_person_save (post->db, person, NOW, NULL));
  g_autoptr (ZbBounce) bounce = bounce_new (ZB_REASON_NO_SUCH_USER, TRUE, "anna@example.org");
  return_to (post, bounce, deliver (post, "2017-W26"));
  check_outcome (post, bounce, NOW, ZB_BOUNCES_SUPPRESSED);
  check_state (post, ZB_PERSON_LEFT);
}

static void
test_refusals_during_smtp_take_the_same_road (Post *post, gconstpointer data)
{
  g_auto (ZbBouncesResult) soft = {0}, hard = {0};
  ZbRefusal full = {.words = "552 5.2.2 mailbox full", .command = "RCPT"};
  ZbRefusal gone = {.words = "550 5.1.1 no such user", .command = "RCPT"};
  g_assert_true (zb_bounces_refused (post->db, deliver (post, "2017-W26"), &full, NOW, &soft, NULL));
  g_assert_cmpint (soft.outcome, ==, ZB_BOUNCES_COUNTED);
  g_assert_true (zb_bounces_refused (post->db, deliver (post, "2017-W27"), &gone, NOW, &hard, NULL));
  g_assert_cmpint (hard.outcome, ==, ZB_BOUNCES_SUPPRESSED);
  g_assert_cmpstr (hard.status, ==, "5.1.1");
  check_state (post, ZB_PERSON_BOUNCED);
}

#define CASE(name) g_test_add ("/bounces/" #name, Post, NULL, post_set_up, test_##name, post_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (a_hard_bounce_suppresses);
  CASE (the_same_report_counts_once);
  CASE (soft_bounces_count_within_the_window);
  CASE (a_forged_report_has_no_effect);
  CASE (envid_and_message_id_name_a_delivery_too);
  CASE (a_complaint_ends_all_mail);
  CASE (delays_and_vacations_change_nothing);
  CASE (who_left_stays_left);
  CASE (refusals_during_smtp_take_the_same_road);
  return g_test_run ();
}
