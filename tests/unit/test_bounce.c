/* Mails that came back, in the forms that mail systems give them. The mails are our own. */
#include "zhoubao/extract/bounce.h"

#include "zhoubao/base/error.h"

typedef struct {
  const char *file;
  gboolean is_bounce;
  ZbBounceKind kind;
  const char *address, *status; /* of the first recipient */
  ZbReason reason;
  gboolean hard;
  guint recipients;
} Expected;

static ZbBounce *
read_fixture (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("ZB_FIXTURES"), "bounces", name, NULL), *text = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_autoptr (ZbMessage) message = zb_message_parse (text, length, &error);
  g_assert_no_error (error);
  return zb_bounce_read (message);
}

static void
check (const Expected *e)
{
  g_test_message ("%s", e->file);
  g_autoptr (ZbBounce) bounce = read_fixture (e->file);
  g_assert_cmpint (bounce->is_bounce, ==, e->is_bounce);
  g_assert_cmpstr (zb_bounce_kind_name (bounce->kind), ==, zb_bounce_kind_name (e->kind));
  g_assert_cmpuint (bounce->recipients->len, ==, e->recipients);
  if (e->recipients == 0)
    return;
  const ZbBounceRecipient *r = bounce->recipients->pdata[0];
  g_assert_cmpstr (r->address, ==, e->address);
  g_assert_cmpstr (r->status, ==, e->status);
  g_assert_cmpstr (zb_reason_code (r->reason), ==, zb_reason_code (e->reason));
  g_assert_cmpint (r->hard, ==, e->hard);
}

static const Expected reports[] = {
    {"postfix.eml", TRUE, ZB_BOUNCE_DSN, "li@example.net", "5.0.0", ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"courier.eml", TRUE, ZB_BOUNCE_DSN, "chen@example.net", "5.1.1", ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"powermta.eml", TRUE, ZB_BOUNCE_DSN, "sun@example.net", "5.1.1", ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"lost-boundary.eml", TRUE, ZB_BOUNCE_DSN, "he@example.net", "5.1.2", ZB_REASON_NO_SUCH_HOST, TRUE, 1},
    {"delayed.eml", FALSE, ZB_BOUNCE_DSN, "slow@example.net", "4.4.1", ZB_REASON_NETWORK, FALSE, 1},
};

static const Expected notices[] = {
    {"qmail.eml", TRUE, ZB_BOUNCE_OTHER, "gone@example.net", "5.1.1", ZB_REASON_NO_SUCH_USER, TRUE, 2},
    {"exim.eml", TRUE, ZB_BOUNCE_OTHER, "zhao@example.net", NULL, ZB_REASON_NO_SUCH_HOST, TRUE, 1},
    {"exchange.eml", TRUE, ZB_BOUNCE_OTHER, "zhou@example.net", NULL, ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"chinese.eml", TRUE, ZB_BOUNCE_OTHER, "zhang@mail.example.cn", "5.1.1", ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"chinese-gb18030.eml", TRUE, ZB_BOUNCE_OTHER, "gone@mail.example.cn", NULL, ZB_REASON_NO_SUCH_USER, TRUE,
     1},
    {"chinese-sent-to.eml", TRUE, ZB_BOUNCE_OTHER, "gone@mail.example.cn", NULL, ZB_REASON_NO_SUCH_USER, TRUE,
     1},
    {"chinese-short.eml", TRUE, ZB_BOUNCE_OTHER, "a25@example.net", NULL, ZB_REASON_MAILBOX_FULL, FALSE, 1},
    {"delayed-exim.eml", FALSE, ZB_BOUNCE_OTHER, "a15@example.net", NULL, ZB_REASON_EXPIRED, FALSE, 1},
    {"ses.eml", TRUE, ZB_BOUNCE_OTHER, "wu@example.net", "5.1.1", ZB_REASON_NO_SUCH_USER, TRUE, 1},
    {"several.eml", TRUE, ZB_BOUNCE_OTHER, "one@example.net", NULL, ZB_REASON_MAILBOX_FULL, FALSE, 3},
};

static const Expected others[] = {
    {"complaint.eml", FALSE, ZB_BOUNCE_ARF, "angry@provider.example", NULL, ZB_REASON_COMPLAINT, FALSE, 1},
    {"vacation.eml", FALSE, ZB_BOUNCE_AUTOREPLY, "wang@example.net", NULL, ZB_REASON_AUTOREPLY, FALSE, 1},
    {"challenge.eml", FALSE, ZB_BOUNCE_AUTOREPLY, "verify@guard.example", NULL, ZB_REASON_AUTOREPLY, FALSE,
     1},
    {"letter.eml", FALSE, ZB_BOUNCE_OTHER, NULL, NULL, ZB_REASON_UNKNOWN, FALSE, 0},
};

static void
check_all (const Expected *list, guint n)
{
  for (guint i = 0; i < n; i++)
    check (&list[i]);
}

static void
test_reports_that_machines_read (void)
{
  check_all (reports, G_N_ELEMENTS (reports));
}

static void
test_notices_in_a_servers_own_words (void)
{
  check_all (notices, G_N_ELEMENTS (notices));
}

static void
test_what_is_no_bounce (void)
{
  check_all (others, G_N_ELEMENTS (others));
}

static void
test_each_recipient_has_its_own_reason (void)
{
  g_autoptr (ZbBounce) bounce = read_fixture ("qmail.eml");
  const ZbBounceRecipient *full = bounce->recipients->pdata[1];
  g_assert_cmpstr (full->address, ==, "full@example.net");
  g_assert_cmpstr (full->status, ==, "5.2.2");
  g_assert_cmpint (full->reason, ==, ZB_REASON_MAILBOX_FULL);
  g_assert_false (full->hard);
}

static void
test_a_report_names_our_delivery_in_three_ways (void)
{
  g_autoptr (ZbBounce) bounce = read_fixture ("postfix.eml");
  g_assert_cmpstr (bounce->returned_to[0], ==, "weekly+v2@example.com");
  g_assert_cmpstr (bounce->envelope_id, ==, "zb+2D7");
  g_assert_cmpstr (bounce->message_id, ==, "abc.2@example.com");
  g_autoptr (ZbBounce) notice = read_fixture ("qmail.eml");
  g_assert_cmpstr (notice->message_id, ==, "abc.1@example.com");
  g_autoptr (ZbBounce) away = read_fixture ("vacation.eml");
  g_assert_cmpstr (away->message_id, ==, "abc.4@example.com");
}

typedef struct {
  const char *status, *words, *command;
  ZbReason reason;
  gboolean hard;
} Refusal;

static void
test_refusals_are_judged_by_evidence (void)
{
  const Refusal cases[] = {
      {NULL, "550 5.1.1 <a@b.example>: User unknown", NULL, ZB_REASON_NO_SUCH_USER, TRUE},
      {NULL, "550 User unknown", "RCPT", ZB_REASON_NO_SUCH_USER, TRUE},
      {NULL, "550 User unknown", "DATA", ZB_REASON_FILTERED, FALSE},
      {NULL, "450 4.1.1 <a@b.example>: User unknown", "RCPT", ZB_REASON_NO_SUCH_USER, FALSE},
      {NULL, "550 Sender address rejected: user unknown", "MAIL", ZB_REASON_SENDER, FALSE},
      {NULL, "552 5.2.2 mailbox full", "RCPT", ZB_REASON_MAILBOX_FULL, FALSE},
      {NULL, "556 5.1.10 domain has a null MX", "RCPT", ZB_REASON_NO_MAIL, TRUE},
      {NULL, "554 5.7.1 blocked using zen.spamhaus.org", "RCPT", ZB_REASON_BLOCKED, FALSE},
      {NULL, "421 4.7.0 too many connections from your host", NULL, ZB_REASON_CONNECTIONS, FALSE},
      {NULL, "550 5.7.26 this mail does not pass DMARC", "DATA", ZB_REASON_AUTHENTICATION, FALSE},
      {"5.1.2", NULL, NULL, ZB_REASON_NO_SUCH_HOST, TRUE},
      {"5.2.1", NULL, NULL, ZB_REASON_SUSPENDED, FALSE},
      {NULL, "550", NULL, ZB_REASON_UNKNOWN, FALSE},
      {NULL, NULL, NULL, ZB_REASON_UNKNOWN, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (ZbVerdict) verdict = {NULL};
    ZbRefusal refusal = {.status = cases[i].status, .words = cases[i].words, .command = cases[i].command};
    g_test_message ("%s", cases[i].words);
    zb_refusal_judge (&refusal, &verdict);
    g_assert_cmpstr (zb_reason_code (verdict.reason), ==, zb_reason_code (cases[i].reason));
    g_assert_cmpint (verdict.hard, ==, cases[i].hard);
  }
}

static void
test_a_delay_is_never_hard (void)
{
  g_auto (ZbVerdict) verdict = {NULL};
  ZbRefusal refusal = {.words = "550 5.1.1 user unknown", .passing = TRUE};
  zb_refusal_judge (&refusal, &verdict);
  g_assert_false (verdict.hard);
}

/* Phrases cost the square of a text's length: a hostile notice of a megabyte took minutes. */
static void
test_of_a_long_notice_the_head_is_judged (void)
{
  g_auto (ZbVerdict) head = {NULL}, tail = {NULL};
  g_autofree char *filler = g_strnfill (20000, 'x');
  g_autofree char *first = g_strconcat ("550 5.1.1 user unknown ", filler, NULL),
                  *last = g_strconcat (filler, " 550 5.1.1 user unknown", NULL);
  zb_refusal_judge (&(ZbRefusal){.words = first}, &head);
  zb_refusal_judge (&(ZbRefusal){.words = last}, &tail);
  g_assert_true (head.hard && !tail.hard);
}

static void
test_an_ip_address_is_no_status (void)
{
  g_auto (ZbVerdict) verdict = {NULL};
  ZbRefusal refusal = {.words = "550 host 5.1.1.9 said no; see 15.1.1 and 5.1.1.example"};
  zb_refusal_judge (&refusal, &verdict);
  g_assert_cmpstr (verdict.status, ==, NULL);
}

static void
test_every_reason_has_a_code_and_a_sentence (void)
{
  for (guint i = 0; i < ZB_REASONS; i++) {
    g_assert_cmpint (zb_reason_parse (zb_reason_code ((ZbReason)i)), ==, i);
    g_assert_true (g_str_has_suffix (zb_reason_text ((ZbReason)i), "."));
  }
}

#define CASE(name) g_test_add_func ("/bounce/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE (reports_that_machines_read);
  CASE (notices_in_a_servers_own_words);
  CASE (what_is_no_bounce);
  CASE (each_recipient_has_its_own_reason);
  CASE (a_report_names_our_delivery_in_three_ways);
  CASE (refusals_are_judged_by_evidence);
  CASE (a_delay_is_never_hard);
  CASE (of_a_long_notice_the_head_is_judged);
  CASE (an_ip_address_is_no_status);
  CASE (every_reason_has_a_code_and_a_sentence);
  return g_test_run ();
}
