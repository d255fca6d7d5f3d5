/* The states of a delivery, its names, and who may send. */
#include "zhoubao/store/delivery.h"

#include "zhoubao/base/error.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/migrate.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/sender.h"
#include "zhoubao/store/suppression.h"
#include <glib/gstdio.h>

#define NOW 1498928400

static GBytes *
test_key (void)
{
  return g_bytes_new ("0123456789abcdef0123456789abcdef", 32);
}

static ZbDb *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (":memory:", ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_no_error (error);
  return db;
}

static gboolean
next_person (ZbMailingPerson *person, gpointer data, GError **error)
{
  static char address[64];
  gint64 *left = data;
  if (*left == 0)
    return FALSE;
  g_snprintf (address, sizeof address, "p%d@example.org", (int)*left);
  *person = (ZbMailingPerson){*left, address, NULL, FALSE};
  (*left)--;
  return TRUE;
}

/* A mailing of N rows, whose ids are 1 to N. */
static gint64
queue (ZbDb *db, const char *issue, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GBytes) frozen = g_bytes_new ("frozen", 6);
  ZbMailingDraft draft = {issue, frozen, ZB_TIME_NONE, key, "example.org"};
  gint64 count = 0, left = n;
  for (gint64 i = 1; i <= n; i++) {
    g_autofree char *address = g_strdup_printf ("p%d@example.org", (int)i);
    g_autoptr (ZbPerson) person = zb_person_new (address, "import", NOW);
    person->state = ZB_PERSON_ACTIVE;
    g_assert_true (zb_person_add (db, person, &error));
    g_assert_cmpint (person->id, ==, i);
  }
  g_assert_true (zb_mailing_queue (db, &draft, next_person, &left, NOW, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, n);
  g_autoptr (ZbMailing) mailing = zb_mailing_load (db, issue, &error);
  g_assert_no_error (error);
  return mailing->id;
}

static gboolean
begin (ZbDb *db, gint64 id)
{
  gboolean go = FALSE;
  g_assert_true (zb_delivery_begin (db, id, "relay", NOW, &go, NULL));
  return go;
}

static ZbDeliveryState
end (ZbDb *db, gint64 id, ZbDeliveryState reply, ZbTime now)
{
  ZbDeliveryState after = ZB_DELIVERY_STATES;
  ZbDeliveryReply r = {id, reply, "relay", 250, NULL, "words"};
  g_assert_true (zb_delivery_end (db, &r, now, &after, NULL));
  return after;
}

static guint
due (ZbDb *db, gint64 mailing, ZbTime now)
{
  ZbDeliveryCursor cursor = {0};
  g_autoptr (GPtrArray) rows = zb_delivery_list_due (db, mailing, now, 100, &cursor, NULL);
  return rows->len;
}

static guint
uncertain (ZbDb *db, gint64 mailing)
{
  g_autoptr (GPtrArray) rows = zb_delivery_list_uncertain (db, mailing, NOW + 10, 100, NULL);
  return rows->len;
}

static void
test_an_issue_is_queued_once (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  g_autoptr (GError) error = NULL;
  queue (db, "2017-W26", 3);
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GBytes) frozen = g_bytes_new ("other", 5);
  ZbMailingDraft draft = {"2017-W26", frozen, ZB_TIME_NONE, key, "example.org"};
  gint64 count = 0, left = 9;
  g_assert_false (zb_mailing_queue (db, &draft, next_person, &left, NOW, &count, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
}

static void
test_pages_give_each_row_once (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 25), seen = 0;
  ZbDeliveryCursor cursor = {0};
  for (;;) {
    g_autoptr (GPtrArray) rows = zb_delivery_list_due (db, mailing, NOW, 10, &cursor, NULL);
    if (rows->len == 0)
      break;
    for (guint i = 0; i < rows->len; i++)
      g_assert_cmpint (((ZbDelivery *)rows->pdata[i])->id, ==, ++seen);
  }
  g_assert_cmpint (seen, ==, 25);
}

static void
test_what_is_sent_is_not_begun_again (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 1);
  g_assert_true (begin (db, 1));
  g_assert_false (begin (db, 1));
  g_assert_cmpint (end (db, 1, ZB_DELIVERY_SENT, NOW), ==, ZB_DELIVERY_SENT);
  g_assert_false (begin (db, 1));
  g_assert_cmpuint (due (db, mailing, NOW + 1000000), ==, 0);
}

static void
test_the_uncertain_go_once_more_and_then_are_held (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 1);
  begin (db, 1);
  g_assert_cmpint (end (db, 1, ZB_DELIVERY_UNCERTAIN, NOW), ==, ZB_DELIVERY_UNCERTAIN);
  g_assert_cmpuint (due (db, mailing, NOW + 10), ==, 0);
  g_assert_cmpuint (uncertain (db, mailing), ==, 1);
  /* Lost before the end mark: it has not been sent again yet. */
  g_assert_cmpint (end (db, 1, ZB_DELIVERY_QUEUED, NOW), ==, ZB_DELIVERY_UNCERTAIN);
  g_assert_cmpuint (uncertain (db, mailing), ==, 1);
  g_assert_true (begin (db, 1));
  g_assert_cmpint (end (db, 1, ZB_DELIVERY_UNCERTAIN, NOW), ==, ZB_DELIVERY_HELD);
  g_assert_false (begin (db, 1));
}

static void
test_a_dead_sender_leaves_the_uncertain (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 2), count = 0, counts[ZB_DELIVERY_STATES];
  begin (db, 1);
  g_assert_true (zb_delivery_recover (db, mailing, NOW, &count, NULL));
  g_assert_cmpint (count, ==, 1);
  g_assert_cmpuint (uncertain (db, mailing), ==, 1);
  begin (db, 1);
  g_assert_true (zb_delivery_recover (db, mailing, NOW, &count, NULL));
  g_assert_true (zb_delivery_count (db, mailing, counts, NULL, NULL));
  g_assert_cmpint (counts[ZB_DELIVERY_HELD], ==, 1);
  g_assert_cmpint (counts[ZB_DELIVERY_QUEUED], ==, 1);
}

static void
test_gaps_grow_until_48_hours_have_passed (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 1), counts[ZB_DELIVERY_STATES];
  ZbTime now = NOW, next = ZB_TIME_NONE, gap = 0;
  guint tries = 0;
  for (;; tries++) {
    begin (db, 1);
    if (end (db, 1, ZB_DELIVERY_DEFERRED, now) == ZB_DELIVERY_FAILED)
      break;
    g_assert_true (zb_delivery_count (db, mailing, counts, &next, NULL));
    g_assert_cmpint (next - now, >=, gap);
    g_assert_cmpuint (due (db, mailing, next - 1), ==, 0);
    g_assert_cmpuint (due (db, mailing, next), ==, 1);
    gap = next - now;
    now = next;
  }
  g_assert_cmpint (now - NOW, >, 40 * 3600);
  g_assert_cmpint (now - NOW, <=, 48 * 3600);
  g_assert_cmpuint (tries, >, 8);
}

static void
test_cancelling_holds_what_waits (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 3), counts[ZB_DELIVERY_STATES];
  begin (db, 1);
  end (db, 1, ZB_DELIVERY_SENT, NOW);
  g_assert_true (zb_mailing_set_state (db, "2017-W26", ZB_MAILING_CANCELLED, NOW, NULL));
  g_assert_true (zb_delivery_count (db, mailing, counts, NULL, NULL));
  g_assert_cmpint (counts[ZB_DELIVERY_SENT], ==, 1);
  g_assert_cmpint (counts[ZB_DELIVERY_HELD], ==, 2);
  g_assert_false (zb_mailing_set_state (db, "2017-W26", ZB_MAILING_OPEN, NOW, NULL));
  g_assert_false (begin (db, 2));
}

static void
test_what_has_gone_out_is_neither_cancelled_nor_paused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDb) db = open_memory ();
  (void)queue (db, "2017-W26", 1);
  begin (db, 1);
  g_assert_true (zb_mailing_set_state (db, "2017-W26", ZB_MAILING_PAUSED, NOW, NULL)); /* it may come back */
  end (db, 1, ZB_DELIVERY_SENT, NOW);
  g_assert_false (zb_mailing_set_state (db, "2017-W26", ZB_MAILING_CANCELLED, NOW, &error));
  g_assert_error (error, ZB_ERROR, ZB_ERROR_REFUSED);
  g_assert_true (zb_mailing_set_state (db, "2017-W26", ZB_MAILING_OPEN, NOW, NULL));
}

static void
test_who_left_in_between_gets_nothing (void)
{
  g_autoptr (ZbDb) db = open_memory ();
  gint64 mailing = queue (db, "2017-W26", 3), counts[ZB_DELIVERY_STATES];
  g_autoptr (ZbPerson) left = zb_person_load (db, 1, NULL);
  left->state = ZB_PERSON_LEFT;
  g_assert_true (zb_person_save (db, left, NOW, NULL));
  g_assert_true (zb_suppression_add (db, "p2@example.org", ZB_SUPPRESSED_BOUNCED, NULL, NOW, NULL));
  for (gint64 id = 1; id <= 3; id++)
    begin (db, id);
  g_assert_true (zb_delivery_count (db, mailing, counts, NULL, NULL));
  g_assert_cmpint (counts[ZB_DELIVERY_SUPPRESSED], ==, 2);
  g_assert_cmpint (counts[ZB_DELIVERY_INFLIGHT], ==, 1);
}

static void
test_names_are_found_again_and_not_forged (void)
{
  g_autoptr (GBytes) key = test_key ();
  g_autofree char *token = zb_delivery_token (key, 4711);
  g_autofree char *path = zb_delivery_return_path (token, "bounces@example.org");
  g_assert_true (g_str_has_prefix (path, "bounces+4711."));
  g_assert_cmpint (zb_delivery_check_return_path (key, path), ==, 4711);
  g_autofree char *upper = g_ascii_strup (path, -1);
  g_assert_cmpint (zb_delivery_check_return_path (key, upper), ==, 4711);
  path[strlen ("bounces+")] = '5';
  g_assert_cmpint (zb_delivery_check_return_path (key, path), ==, 0);
  g_assert_cmpint (zb_delivery_check_return_path (key, "bounces@example.org"), ==, 0);
  g_assert_cmpint (zb_delivery_check_token (key, "4711"), ==, 0);
  g_autofree char *one = zb_delivery_message_id (key, "2017-W26", 1, "example.org");
  g_autofree char *two = zb_delivery_message_id (key, "2017-W26", 2, "example.org");
  g_assert_cmpuint (strlen (one), ==, 26 + strlen ("@example.org"));
  g_assert_cmpstr (one, !=, two);
}

/* A database and the folder that it belongs to. */
typedef struct {
  char *folder, *path;
} Place;

static Place
make_place (void)
{
  Place p = {.folder = g_dir_make_tmp ("zb-sender-XXXXXX", NULL)};
  p.path = g_build_filename (p.folder, "zhoubao.db", NULL);
  return p;
}

static ZbDb *
open_place (const Place *p)
{
  g_autoptr (GError) error = NULL;
  ZbDb *db = zb_db_open (p->path, ZB_DB_CREATE, &error);
  g_assert_true (zb_migrate (db, &error));
  g_assert_no_error (error);
  return db;
}

static void
clear_place (Place *p)
{
  static const char *const names[] = {"zhoubao.db", "zhoubao.db-wal", "zhoubao.db-shm", "sender"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *file = g_build_filename (p->folder, names[i], NULL);
    g_unlink (file);
  }
  g_rmdir (p->folder);
  g_free (p->folder);
  g_free (p->path);
}

static void
send_once (const Place *p)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDb) db = open_place (p);
  ZbSender *sender = zb_sender_take (db, p->folder, FALSE, NOW, &error);
  g_assert_no_error (error);
  zb_sender_release (sender, db);
}

static void
assert_refused (const Place *p, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbDb) db = open_place (p);
  g_assert_null (zb_sender_take (db, p->folder, FALSE, NOW, &error));
  g_assert_error (error, ZB_ERROR, code);
}

static void
copy (const Place *from, const Place *to, const char *name)
{
  g_autofree char *a = g_build_filename (from->folder, name, NULL),
                  *b = g_build_filename (to->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (a, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents_full (b, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_a_second_sender_is_refused (void)
{
  Place p = make_place ();
  g_autoptr (ZbDb) db = open_place (&p);
  ZbSender *sender = zb_sender_take (db, p.folder, FALSE, NOW, NULL);
  g_assert_nonnull (sender);
  assert_refused (&p, ZB_ERROR_BUSY);
  zb_sender_release (sender, db);
  send_once (&p);
  clear_place (&p);
}

static void
test_a_sender_on_another_machine_holds_its_lease (void)
{
  Place p = make_place ();
  send_once (&p);
  {
    g_autoptr (ZbDb) db = open_place (&p);
    g_assert_true (zb_db_exec (db, NULL, "UPDATE sender SET holder = 'x', machine = 'far', expires = ?", "t",
                               (ZbTime)NOW + 30));
  }
  assert_refused (&p, ZB_ERROR_BUSY);
  g_autoptr (ZbDb) db = open_place (&p);
  ZbSender *sender = zb_sender_take (db, p.folder, FALSE, NOW + 31, NULL);
  g_assert_nonnull (sender);
  /* Somebody takes over: the older one must not let anything out. */
  g_assert_true (zb_sender_check (sender, db, NOW + 31, NULL));
  g_assert_true (zb_db_exec (db, NULL, "UPDATE sender SET epoch = epoch + 1", ""));
  g_assert_false (zb_sender_check (sender, db, NOW + 32, NULL));
  zb_sender_release (sender, db);
  clear_place (&p);
}

static void
test_a_copied_database_does_not_send (void)
{
  Place p = make_place (), q = make_place ();
  send_once (&p);
  copy (&p, &q, "zhoubao.db");
  assert_refused (&q, ZB_ERROR_REFUSED); /* without its folder's file */
  copy (&p, &q, "sender");
  assert_refused (&q, ZB_ERROR_REFUSED); /* with it */
  send_once (&p);
  g_autoptr (ZbDb) db = open_place (&q);
  ZbSender *sender = zb_sender_take (db, q.folder, TRUE, NOW, NULL);
  g_assert_nonnull (sender);
  zb_sender_release (sender, db);
  clear_place (&p);
  clear_place (&q);
}

/* cp over the file keeps its inode. */
static void
overwrite (const Place *from, const Place *to)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (from->path, &bytes, &size, NULL));
  FILE *f = g_fopen (to->path, "r+b");
  g_assert_cmpuint (fwrite (bytes, 1, size, f), ==, size);
  fclose (f);
}

static void
test_a_restored_older_database_does_not_send (void)
{
  Place p = make_place (), kept = make_place ();
  send_once (&p);
  copy (&p, &kept, "zhoubao.db");
  send_once (&p);
  overwrite (&kept, &p);
  assert_refused (&p, ZB_ERROR_REFUSED);
  clear_place (&p);
  clear_place (&kept);
}

static const struct {
  const char *name;
  void (*run) (void);
} tests[] = {
    {"/delivery/an_issue_is_queued_once", test_an_issue_is_queued_once},
    {"/delivery/pages_give_each_row_once", test_pages_give_each_row_once},
    {"/delivery/what_is_sent_is_not_begun_again", test_what_is_sent_is_not_begun_again},
    {"/delivery/the_uncertain_go_once_more_and_then_are_held",
     test_the_uncertain_go_once_more_and_then_are_held},
    {"/delivery/a_dead_sender_leaves_the_uncertain", test_a_dead_sender_leaves_the_uncertain},
    {"/delivery/gaps_grow_until_48_hours_have_passed", test_gaps_grow_until_48_hours_have_passed},
    {"/delivery/cancelling_holds_what_waits", test_cancelling_holds_what_waits},
    {"/delivery/what_has_gone_out_is_neither_cancelled_nor_paused",
     test_what_has_gone_out_is_neither_cancelled_nor_paused},
    {"/delivery/who_left_in_between_gets_nothing", test_who_left_in_between_gets_nothing},
    {"/delivery/names_are_found_again_and_not_forged", test_names_are_found_again_and_not_forged},
    {"/sender/a_second_sender_is_refused", test_a_second_sender_is_refused},
    {"/sender/a_sender_on_another_machine_holds_its_lease", test_a_sender_on_another_machine_holds_its_lease},
    {"/sender/a_copied_database_does_not_send", test_a_copied_database_does_not_send},
    {"/sender/a_restored_older_database_does_not_send", test_a_restored_older_database_does_not_send},
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].name, tests[i].run);
  return g_test_run ();
}
