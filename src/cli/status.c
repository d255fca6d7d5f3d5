/* zhoubao status: where the newsletter stands, on one screen. */
#include "newsroom.h"
#include "verbs.h"

#include "zhoubao/base/error.h"
#include "zhoubao/curate/queue.h"
#include "zhoubao/deliver/warmup.h"
#include "zhoubao/model/source.h"
#include "zhoubao/store/delivery.h"
#include "zhoubao/store/draft.h"
#include "zhoubao/store/mailing.h"
#include "zhoubao/store/person.h"
#include "zhoubao/store/source_state.h"

#define HEALTHS (ZB_SOURCE_RETIRED + 1)

typedef struct {
  char *week;
  guint items, stories, picked;
  const char *issue; /* state of the week's draft, or NULL */
  gint64 sources[HEALTHS];
  ZbTime last_crawl, next_crawl; /* the next: ZB_TIME_NONE is at once */
  gboolean due;
  char *published; /* date of the newest issue file, or NULL */
  gint64 people[ZB_PERSON_STATES], members;
  char *mailing; /* week of the newest issue where it was queued, or NULL */
  gint64 deliveries[ZB_DELIVERY_STATES];
  ZbWarmup warmup;
} Status;

static void
status_clear (Status *s)
{
  g_free (s->week);
  g_free (s->published);
  g_free (s->mailing);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

static gboolean
read_week (ZbNewsroom *room, ZbTime now, Status *s, GError **error)
{
  ZbWeek week;
  g_autoptr (GError) none = NULL;
  if (!zb_newsroom_week (room, NULL, now, &week, error))
    return FALSE;
  g_autoptr (ZbQueue) queue = zb_queue_new (room->db, room->workspace->config, room->sources, week, error);
  if (queue == NULL)
    return FALSE;
  s->week = zb_week_name (week);
  s->items = queue->items;
  s->stories = queue->stories->len;
  for (guint i = 0; i < queue->stories->len; i++)
    s->picked += ((ZbStory *)queue->stories->pdata[i])->state == ZB_STATE_PICKED;
  g_autoptr (ZbDraft) draft = zb_draft_load (room->db, week, &none);
  s->issue = draft != NULL ? zb_issue_state_name (draft->state) : NULL;
  if (draft != NULL || g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&none));
  return FALSE;
}

static gboolean
read_sources (ZbNewsroom *room, ZbTime now, Status *s, GError **error)
{
  g_autoptr (GHashTable) states = zb_source_state_list (room->db, error);
  if (states == NULL)
    return FALSE;
  s->last_crawl = s->next_crawl = ZB_TIME_NONE;
  for (guint i = 0; i < room->sources->len; i++) {
    const ZbSource *source = room->sources->pdata[i];
    const ZbSourceState *state = g_hash_table_lookup (states, source->slug);
    if (source->kind == ZB_SOURCE_PERSON) {
      s->sources[ZB_SOURCE_BLOCKED]++;
      continue;
    }
    s->sources[state != NULL ? state->health : ZB_SOURCE_NEW]++;
    if (state != NULL && state->health == ZB_SOURCE_RETIRED)
      continue; /* never due */
    ZbTime next = state != NULL ? state->next_due : ZB_TIME_NONE;
    s->due |= next == ZB_TIME_NONE || next <= now;
    if (next != ZB_TIME_NONE && (s->next_crawl == ZB_TIME_NONE || next < s->next_crawl))
      s->next_crawl = next;
    if (state != NULL && state->checked != ZB_TIME_NONE)
      s->last_crawl = MAX (s->last_crawl, state->checked);
  }
  return TRUE;
}

/* The newest name "2017-07-03.md" in issues/weekly. */
static char *
newest_issue (ZbWorkspace *workspace)
{
  g_autofree char *folder = zb_workspace_path (workspace, "issues/weekly"), *newest = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL); /* none yet: nothing is published */
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strlen (name) == 13 && g_str_has_suffix (name, ".md") && g_ascii_isdigit (*name) &&
        g_strcmp0 (name, newest) > 0) {
      g_free (newest);
      newest = g_strdup (name);
    }
  return newest != NULL ? g_strndup (newest, 10) : NULL;
}

static gboolean
read_mailing (ZbNewsroom *room, Status *s, GError **error)
{
  ZbWeek week;
  ZbTime next;
  g_autoptr (GError) failed = NULL;
  s->published = newest_issue (room->workspace);
  if (s->published == NULL || !zb_week_parse (s->published, &week, NULL))
    return TRUE;
  g_autofree char *name = zb_week_name (week);
  g_autoptr (ZbMailing) mailing = zb_mailing_load (room->db, name, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (mailing == NULL)
    return TRUE;
  s->mailing = g_steal_pointer (&name);
  return zb_delivery_count (room->db, mailing->id, s->deliveries, &next, error);
}

static gboolean
read_people (ZbDb *db, Status *s, GError **error)
{
  for (int state = 0; state < ZB_PERSON_STATES; state++) {
    ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
    filter.state = zb_person_state_name ((ZbPersonState)state);
    if (!zb_person_count (db, &filter, &s->people[state], error))
      return FALSE;
  }
  for (int tier = ZB_TIER_BRONZE; tier < ZB_TIERS; tier++) {
    ZbPersonFilter filter = ZB_PERSON_FILTER_INIT;
    gint64 count = 0;
    filter.tier = zb_tier_name ((ZbTier)tier);
    if (!zb_person_count (db, &filter, &count, error))
      return FALSE;
    s->members += count;
  }
  return TRUE;
}

typedef const char *(*NameOf) (int n);

static const char *
health_name (int n)
{
  return zb_source_health_name ((ZbSourceHealth)n);
}

static const char *
person_name (int n)
{
  return zb_person_state_name ((ZbPersonState)n);
}

static const char *
delivery_name (int n)
{
  return zb_delivery_state_name ((ZbDeliveryState)n);
}

static void
write_counts (JsonBuilder *b, const char *name, const gint64 *counts, int n, NameOf name_of)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_object (b);
  for (int i = 0; i < n; i++)
    zb_json_int (b, name_of (i), counts[i]);
  json_builder_end_object (b);
}

static void
print_json (const Status *s)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_object (b);
  zb_json_text (b, "week", s->week);
  zb_json_int (b, "items", s->items);
  zb_json_int (b, "stories", s->stories);
  zb_json_int (b, "picked", s->picked);
  zb_json_text (b, "issue", s->issue);
  write_counts (b, "sources", s->sources, HEALTHS, health_name);
  zb_json_time (b, "last_crawl", s->last_crawl);
  zb_json_bool (b, "crawl_due", s->due);
  zb_json_time (b, "next_crawl", s->next_crawl);
  zb_json_text (b, "published", s->published);
  write_counts (b, "subscribers", s->people, ZB_PERSON_STATES, person_name);
  zb_json_int (b, "members", s->members);
  zb_json_text (b, "mailing", s->mailing);
  if (s->mailing != NULL)
    write_counts (b, "deliveries", s->deliveries, ZB_DELIVERY_STATES, delivery_name);
  if (s->warmup.limited) {
    zb_json_int (b, "warmup_most", s->warmup.most);
    zb_json_int (b, "warmup_left", s->warmup.left);
  }
  json_builder_end_object (b);
  zb_verb_print_json (b);
}

/* "3 ok, 1 broken": what is nought is not said. (transfer full) */
static char *
counts_words (const gint64 *counts, int n, NameOf name_of)
{
  GString *words = g_string_new (NULL);
  for (int i = 0; i < n; i++)
    if (counts[i] != 0)
      g_string_append_printf (words, "%s%" G_GINT64_FORMAT " %s", words->len > 0 ? ", " : "", counts[i],
                              name_of (i));
  if (words->len == 0)
    g_string_assign (words, "none");
  return g_string_free (words, FALSE);
}

static char *
moment (ZbTime t, GTimeZone *zone)
{
  if (t == ZB_TIME_NONE)
    return g_strdup ("never");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (t);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (at, "%a %-d %b %H:%M");
}

static void
print_text (const Status *s, const ZbConfig *config)
{
  g_autofree char *sources = counts_words (s->sources, HEALTHS, health_name),
                  *people = counts_words (s->people, ZB_PERSON_STATES, person_name),
                  *last = moment (s->last_crawl, config->zone), *next = moment (s->next_crawl, config->zone);
  zb_verb_print ("%s\n", config->title);
  zb_verb_print ("week         %s: %u items in %u stories, %u picked\n", s->week, s->items, s->stories,
                 s->picked);
  zb_verb_print ("issue        %s\n", s->issue != NULL ? s->issue : "not begun (zhoubao issue new)");
  zb_verb_print ("sources      %s\n", sources);
  if (s->due || s->next_crawl != ZB_TIME_NONE)
    zb_verb_print ("crawl        last %s, next %s\n", last, s->due ? "due now" : next);
  zb_verb_print ("published    %s\n", s->published != NULL ? s->published : "nothing yet");
  zb_verb_print ("subscribers  %s; %" G_GINT64_FORMAT " members\n", people, s->members);
  if (s->mailing == NULL && s->published != NULL)
    zb_verb_print ("mail         the issue of %s was not sent\n", s->published);
  if (s->mailing != NULL) {
    g_autofree char *mail = counts_words (s->deliveries, ZB_DELIVERY_STATES, delivery_name);
    zb_verb_print ("mail         %s: %s\n", s->mailing, mail);
  }
  if (s->warmup.limited)
    zb_verb_print ("warm-up      %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " messages are left for today\n",
                   s->warmup.left, s->warmup.most);
}

static gboolean
run (const ZbCli *cli, char **args, GError **error)
{
  g_auto (Status) status = {0};
  g_autoptr (ZbNewsroom) room = zb_verb_args (args, 0, 0, error) ? zb_newsroom_open (cli, error) : NULL;
  if (room == NULL || !read_week (room, cli->now, &status, error) ||
      !read_sources (room, cli->now, &status, error) || !read_mailing (room, &status, error) ||
      !read_people (room->db, &status, error) ||
      !zb_warmup_look (room->workspace->config, room->db, cli->now, &status.warmup, error))
    return FALSE;
  if (cli->json)
    print_json (&status);
  else
    print_text (&status, room->workspace->config);
  return TRUE;
}

const ZbVerb zb_verb_status = {"status", "", "Where the newsletter stands: week, sources, issue, mail", NULL,
                               run};
