/* Puzzles of a day, and their proofs. */
#include "zhoubao/deliver/work.h"

#include "zhoubao/base/day.h"
#include "zhoubao/edge/secret.h"

#define DAY (24 * 3600)
#define ZEROES "0000" /* 16 bits in hexadecimal: 65,000 tries, a second in a browser */
#define PROOF_MAX 20

static char *
puzzle_at (GBytes *key, ZbTime t)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *day = zb_day_of_time (t, utc);
  const char *const fields[] = {"work", day, NULL};
  return zb_secret_tag (key, 10, fields);
}

char *
zb_work_puzzle (GBytes *key, ZbTime now)
{
  return puzzle_at (key, now);
}

gboolean
zb_work_done (GBytes *key, const char *puzzle, const char *address, const char *proof, ZbTime now)
{
  if (puzzle == NULL || address == NULL || proof == NULL || strlen (proof) > PROOF_MAX)
    return FALSE;
  g_autofree char *today = puzzle_at (key, now), *yesterday = puzzle_at (key, now - DAY),
                  *text = g_strdup_printf ("%s %s %s", puzzle, address, proof);
  g_autofree char *sum = zb_sha256 (text, strlen (text));
  return (zb_secret_equal (puzzle, today) || zb_secret_equal (puzzle, yesterday)) &&
         g_str_has_prefix (sum, ZEROES);
}
