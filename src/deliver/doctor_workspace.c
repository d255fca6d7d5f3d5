/* The workspace itself: what is set, who may read its secrets, the clock, the disk, the database. */
#include "doctor_private.h"

#include "zhoubao/store/health.h"
#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

#define ROOM_MIN (1024.0 * 1024 * 1024) /* bytes free, for a week of evidence and a send */
#define ROOM_LEAST (64.0 * 1024 * 1024)
#define MIB (1024.0 * 1024)
#define CLOCK_SLACK 300 /* seconds */

static void
look_at_settings (ZbRound *round)
{
  const ZbConfig *config = round->config;
  if (!g_str_has_prefix (config->base_url, "https://"))
    zb_round_add (round, "settings", ZB_DOCTOR_ILL,
                  "base_url is not https, which one-click unsubscribing needs (RFC 8058)");
  if (config->postal_address == NULL)
    zb_round_add (round, "settings", ZB_DOCTOR_ADVICE,
                  "sender.postal_address is not set; many countries want one at the foot of such mail");
  if (g_str_has_prefix (config->base_url, "https://") && config->postal_address != NULL)
    zb_round_add (round, "settings", ZB_DOCTOR_WELL, "zhoubao.yaml says all that mail needs");
}

/* FALSE where others than its owner may read PATH; a path that is not there is nobody's. */
static gboolean
is_private (const char *path)
{
  struct stat st;
  return stat (path, &st) != 0 || (st.st_mode & 077) == 0;
}

static void
look_at_keys (ZbRound *round)
{
  static const char *const below[] = {"data", "data/keys"};
  guint before = round->findings->len, count = 0;
  for (guint i = 0; i < G_N_ELEMENTS (below); i++) {
    g_autofree char *path = zb_workspace_path (round->doctor->workspace, below[i]);
    /* A folder that is closed protects what is in it. */
    if (!is_private (path))
      zb_round_add (round, "keys", i == 0 ? ZB_DOCTOR_ADVICE : ZB_DOCTOR_ILL,
                    "others may look into %s: chmod 700 %s", below[i], below[i]);
  }
  g_autofree char *keys = zb_workspace_path (round->doctor->workspace, "data/keys");
  g_autoptr (GDir) folder = g_dir_open (keys, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (keys, name, NULL);
    count++;
    if (!is_private (path))
      zb_round_add (round, "keys", ZB_DOCTOR_ILL,
                    "others may read data/keys/%s: chmod 600 it, and think of it as known", name);
  }
  if (before == round->findings->len)
    zb_round_add (round, "keys", ZB_DOCTOR_WELL,
                  "%u key%s, which nobody else may read; keep a copy with the backup", count,
                  count == 1 ? "" : "s");
}

static void
look_at_clock (ZbRound *round)
{
  struct timex state = {.modes = 0};
  ZbTime newest = 0;
  g_autoptr (GError) error = NULL;
  if (!zb_health_newest (round->doctor->db, &newest, &error))
    zb_round_add (round, "clock", ZB_DOCTOR_UNKNOWN, "%s", error->message);
  else if (newest > round->doctor->now + CLOCK_SLACK) {
    g_autofree char *at = zb_time_to_rfc3339 (newest);
    zb_round_add (round, "clock", ZB_DOCTOR_ILL, "it is behind: the database has an entry of %s", at);
  } else if (adjtimex (&state) == TIME_ERROR)
    zb_round_add (round, "clock", ZB_DOCTOR_ADVICE,
                  "nothing keeps it right: run chrony or systemd-timesyncd");
  else
    zb_round_add (round, "clock", ZB_DOCTOR_WELL, "it is kept right");
}

static void
look_at_disk (ZbRound *round)
{
  struct statvfs fs;
  g_autofree char *data = zb_workspace_path (round->doctor->workspace, "data");
  if (statvfs (data, &fs) != 0) {
    zb_round_add (round, "disk", ZB_DOCTOR_UNKNOWN, "%s: %s", data, g_strerror (errno));
    return;
  }
  double room = (double)fs.f_bavail * (double)fs.f_frsize;
  ZbDoctorState state = room < ROOM_LEAST ? ZB_DOCTOR_ILL
                        : room < ROOM_MIN ? ZB_DOCTOR_ADVICE
                                          : ZB_DOCTOR_WELL;
  zb_round_add (round, "disk", state, "%.0f MiB are free where data/ lies", room / MIB);
}

static void
look_at_database (ZbRound *round)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  if (!zb_health_integrity (round->doctor->db, &words, &error))
    zb_round_add (round, "database", ZB_DOCTOR_ILL, "%s", error->message);
  else
    zb_round_add (round, "database", g_str_equal (words, "ok") ? ZB_DOCTOR_WELL : ZB_DOCTOR_ILL, "%s",
                  g_str_equal (words, "ok") ? "it is whole" : words);
}

void
zb_doctor_workspace (ZbRound *round)
{
  look_at_settings (round);
  look_at_keys (round);
  look_at_clock (round);
  look_at_disk (round);
  look_at_database (round);
}
