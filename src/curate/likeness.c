/* Likeness by weighted words: pairs of Han characters and folded words, rare ones weighing more. */
#include "zhoubao/curate/likeness.h"

#include "zhoubao/base/words.h"
#include "zhoubao/curate/topics.h"
#include <math.h>

#define HEAD_BYTES 3000  /* of the text that is looked at */
#define TITLE_LEAST 12.0 /* weight below which a title is too common to be looked for */
#define BODY_LEAST 30.0
#define QUOTE_LEAST 5.0
#define QUOTE_SHARE 0.9 /* of the quoted names, for a report to be on that notice */
#define SHARED_LIMIT 40 /* a word in more items than this brings no neighbours together */
#define TITLE_SHARE 3.0 /* what a shared word of a title counts for beside one of a body */
#define NEIGHBOURS_MOST 64

typedef struct {
  guint word;
  float count; /* in the title, or in the body */
} Term;

typedef struct {
  GArray *title, *body; /* of Term, by word */
  GArray *quoted; /* the Han pairs of a text in another script: the names that it gives in the original */
  char **numbers; /* its own document number, or else those that it mentions */
  char *canonical;
  char *head;     /* of the text with its links, to look addresses up in */
  guint64 places; /* terms of the facet "location" that it is about */
} Sketch;

struct ZbLikeness {
  GHashTable *vocabulary; /* token to its number + 1 */
  GArray *holders;        /* by word: GArray of guint, the items that have it */
  GPtrArray *sketches;
  const ZbFacet *location;
  GArray *weights; /* of double, by the number of holders; of as many items as WEIGHED says */
  guint weighed;
};

static void
sketch_free (Sketch *s)
{
  g_array_unref (s->title);
  g_array_unref (s->body);
  g_array_unref (s->quoted);
  g_strfreev (s->numbers);
  g_free (s->canonical);
  g_free (s->head);
  g_free (s);
}

static void
clear_holders (gpointer at)
{
  g_array_unref (*(GArray **)at);
}

ZbLikeness *
zb_likeness_new (GPtrArray *facets)
{
  ZbLikeness *set = g_new0 (ZbLikeness, 1);
  set->vocabulary = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set->holders = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (set->holders, clear_holders);
  set->weights = g_array_new (FALSE, FALSE, sizeof (double));
  set->sketches = g_ptr_array_new_with_free_func ((GDestroyNotify)sketch_free);
  for (guint i = 0; facets != NULL && i < facets->len; i++) {
    const ZbFacet *facet = g_ptr_array_index (facets, i);
    if (g_str_equal (facet->name, "location"))
      set->location = facet;
  }
  return set;
}

void
zb_likeness_free (ZbLikeness *set)
{
  g_hash_table_unref (set->vocabulary);
  g_array_unref (set->holders);
  g_ptr_array_unref (set->sketches);
  g_array_unref (set->weights);
  g_free (set);
}

static guint
word_number (ZbLikeness *set, const char *token)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (set->vocabulary, token));
  if (number == 0) {
    GArray *nobody = g_array_new (FALSE, FALSE, sizeof (guint));
    g_array_append_val (set->holders, nobody);
    number = set->holders->len;
    g_hash_table_insert (set->vocabulary, g_strdup (token), GUINT_TO_POINTER (number));
  }
  return number - 1;
}

/* Words that tell nothing of an event in the two languages of the home case and most others' Latin text. */
static gboolean
is_telling (const ZbWord *word)
{
  static const char *const empty[] = {"the",   "and",  "for",  "with",  "from",  "that", "this", "are",
                                      "was",   "were", "has",  "have",  "its",   "been", "will", "new",
                                      "about", "into", "than", "their", "which", NULL};
  if (word->kind == ZB_WORD_LAST_HAN)
    return FALSE;
  return word->kind == ZB_WORD_PAIR || (word->length >= 2 && !g_strv_contains (empty, word->text));
}

typedef struct {
  ZbLikeness *set;
  GHashTable *counts; /* word + 1 to count */
  GHashTable *quoted; /* word + 1 of each Han pair, of all texts */
  guint pairs, plain; /* how many of each kind were met, in all texts */
} Gather;

static gboolean
gather_word (const ZbWord *word, gpointer data)
{
  Gather *g = data;
  g->pairs += word->kind == ZB_WORD_PAIR;
  g->plain += word->kind == ZB_WORD_PLAIN;
  if (is_telling (word)) {
    gpointer key = GUINT_TO_POINTER (word_number (g->set, word->text) + 1);
    if (word->kind == ZB_WORD_PAIR)
      g_hash_table_add (g->quoted, key);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (g->counts, key));
    g_hash_table_insert (g->counts, key, GUINT_TO_POINTER (count + 1));
  }
  return TRUE;
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  guint x = ((const Term *)a)->word, y = ((const Term *)b)->word;
  return x < y ? -1 : x > y;
}

/* The terms of TEXTS. */
static GArray *
gather (Gather *g, const char *const texts[], guint n)
{
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      zb_words_each (texts[i], (gssize)MIN (strlen (texts[i]), HEAD_BYTES), gather_word, g);
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (Term));
  GHashTableIter iter;
  gpointer key, count;
  g_hash_table_iter_init (&iter, g->counts);
  while (g_hash_table_iter_next (&iter, &key, &count)) {
    Term term = {GPOINTER_TO_UINT (key) - 1, 1 + logf ((float)GPOINTER_TO_UINT (count))};
    g_array_append_val (terms, term);
  }
  g_array_sort (terms, compare_terms);
  g_hash_table_remove_all (g->counts);
  return terms;
}

/* The Han pairs of what is mostly in another script, or none. */
static GArray *
gather_quoted (const Gather *g)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (Term));
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, g->quoted);
  while (g->pairs <= g->plain && g_hash_table_iter_next (&iter, &key, NULL)) {
    Term term = {GPOINTER_TO_UINT (key) - 1, 1};
    g_array_append_val (terms, term);
  }
  g_array_sort (terms, compare_terms);
  return terms;
}

static void
hold (ZbLikeness *set, const GArray *terms, guint item)
{
  for (guint i = 0; i < terms->len; i++) {
    GArray *holders = g_array_index (set->holders, GArray *, g_array_index (terms, Term, i).word);
    if (holders->len == 0 || g_array_index (holders, guint, holders->len - 1) != item)
      g_array_append_val (holders, item);
  }
}

static guint64
named_places (const ZbFacet *location, const char *text)
{
  guint64 places = 0;
  if (location == NULL)
    return 0;
  g_autofree char *folded = g_utf8_strdown (text, -1);
  for (guint i = 0; i < location->terms->len; i++)
    if (zb_topics_names (g_ptr_array_index (location->terms, i), folded))
      places |= G_GUINT64_CONSTANT (1) << (i % 64);
  return places;
}

/* Document numbers (文号) as official texts write them: 发改财金〔2017〕1190号. */
static char **
find_numbers (const char *text)
{
  static GRegex *form;
  if (g_once_init_enter (&form))
    g_once_init_leave (&form,
                       g_regex_new ("[\\x{4e00}-\\x{9fff}]{2,12}[〔\\[［（(]\\d{4}[〕\\]］）)]第?\\d{1,5}号",
                                    G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (form, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *number = g_match_info_fetch (match, 0);
    g_strv_builder_add (found, number);
  }
  return g_strv_builder_end (found);
}

static char *
head_of (const ZbItem *item)
{
  g_autofree char *all = g_strconcat (item->summary != NULL ? item->summary : "", "\n", item->text, NULL);
  if (strlen (all) > HEAD_BYTES)
    *g_utf8_find_prev_char (all, all + HEAD_BYTES) = '\0';
  return g_steal_pointer (&all);
}

guint
zb_likeness_add (ZbLikeness *set, const ZbItem *item)
{
  Sketch *s = g_new0 (Sketch, 1);
  guint number = set->sketches->len;
  const char *all[] = {item->title, item->summary, item->text};
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL), quoted = g_hash_table_new (NULL, NULL);
  Gather g = {set, counts, quoted, 0, 0};
  s->title = gather (&g, all, 1);
  s->body = gather (&g, all + 1, 2);
  s->quoted = gather_quoted (&g);
  s->canonical = g_strdup (item->canonical);
  s->head = head_of (item);
  s->numbers = item->number != NULL ? g_strsplit (item->number, "\n", 1) : find_numbers (s->head);
  s->places = named_places (set->location, item->title);
  if (s->places == 0) /* "our province drafts …": the text says which */
    s->places = named_places (set->location, s->head);
  g_ptr_array_add (set->sketches, s);
  hold (set, s->title, number);
  hold (set, s->body, number);
  return number;
}

/* Logarithms are taken once for each number of holders, for as long as no item is added. */
static void
weigh (ZbLikeness *set)
{
  if (set->weighed == set->sketches->len)
    return;
  set->weighed = set->sketches->len;
  g_array_set_size (set->weights, 0);
  for (guint n = 0; n <= set->weighed; n++) {
    double w = log (1.0 + (double)MAX (set->weighed, 20) / (double)MAX (n, 1));
    g_array_append_val (set->weights, w);
  }
}

static double
weight (const ZbLikeness *set, guint word)
{
  return g_array_index (set->weights, double, g_array_index (set->holders, GArray *, word)->len);
}

/* What A and B share and what each has, in weights. */
typedef struct {
  double both, a, b;
} Sums;

static Sums
compare (const ZbLikeness *set, const GArray *a, const GArray *b)
{
  Sums sums = {0};
  guint i = 0, j = 0;
  while (i < a->len || j < b->len) {
    const Term *x = i < a->len ? &g_array_index (a, Term, i) : NULL,
               *y = j < b->len ? &g_array_index (b, Term, j) : NULL;
    gboolean in_a = x != NULL && (y == NULL || x->word <= y->word),
             in_b = y != NULL && (x == NULL || y->word <= x->word);
    g_assert (in_a || in_b); /* one of them is not at its end */
    double w = weight (set, in_a ? x->word : y->word);
    double va = in_a ? x->count * w : 0, vb = in_b ? y->count * w : 0;
    sums.a += va * va;
    sums.b += vb * vb;
    sums.both += va * vb;
    i += in_a;
    j += in_b;
  }
  return sums;
}

static double
cosine (Sums s)
{
  return s.a > 0 && s.b > 0 ? s.both / sqrt (s.a * s.b) : 0;
}

/* Whether WORD is in TERMS from *AT on, which moves there: words are asked for in rising order. */
static gboolean
has (const GArray *terms, guint word, guint *at)
{
  while (*at < terms->len && g_array_index (terms, Term, *at).word < word)
    *at += 1;
  return *at < terms->len && g_array_index (terms, Term, *at).word == word;
}

/* The share of the weight of TERMS whose words are in B's title or body; 0 where they weigh less than LEAST.
 */
static double
contained (const ZbLikeness *set, const GArray *terms, const Sketch *b, double least)
{
  double in = 0, all = 0;
  guint title = 0, body = 0;
  for (guint i = 0; i < terms->len; i++) {
    guint word = g_array_index (terms, Term, i).word;
    double w = weight (set, word);
    all += w;
    in += has (b->title, word, &title) || has (b->body, word, &body) ? w : 0;
  }
  return all > 0 && all >= least ? in / all : 0;
}

/* A number found in running text may have the words before it on its front. */
static gboolean
share_a_number (const Sketch *a, const Sketch *b)
{
  for (char **x = a->numbers; *x != NULL; x++)
    for (char **y = b->numbers; *y != NULL; y++)
      if (g_str_has_suffix (*x, *y) || g_str_has_suffix (*y, *x))
        return TRUE;
  return FALSE;
}

static gboolean
differ_for_sure (const Sketch *a, const Sketch *b)
{
  if (a->numbers[0] != NULL && b->numbers[0] != NULL)
    return !share_a_number (a, b);
  return a->places != 0 && b->places != 0 && (a->places & b->places) == 0;
}

static gboolean
same_for_sure (const Sketch *a, const Sketch *b)
{
  return share_a_number (a, b) || (a->canonical != NULL && strstr (b->head, a->canonical) != NULL) ||
         (b->canonical != NULL && strstr (a->head, b->canonical) != NULL);
}

double
zb_likeness_of (ZbLikeness *set, guint a, guint b)
{
  const Sketch *x = g_ptr_array_index (set->sketches, a), *y = g_ptr_array_index (set->sketches, b);
  weigh (set);
  if (same_for_sure (x, y))
    return 1;
  if (differ_for_sure (x, y))
    return 0;
  double titles = cosine (compare (set, x->title, y->title));
  double body = cosine (compare (set, x->body, y->body));
  /* A report quotes the notice's title; a short one stands whole in a longer one; a translation names the
   * original. */
  double title_in =
      MAX (contained (set, x->title, y, TITLE_LEAST), contained (set, y->title, x, TITLE_LEAST));
  double body_in = MAX (contained (set, x->body, y, BODY_LEAST), contained (set, y->body, x, BODY_LEAST));
  double named = MAX (contained (set, x->quoted, y, QUOTE_LEAST), contained (set, y->quoted, x, QUOTE_LEAST));
  double likeness = 0.25 * titles + 0.25 * body + 0.25 * title_in + 0.25 * body_in;
  return MAX (likeness, named >= QUOTE_SHARE ? named * 0.7 : 0);
}

/* What an item shares with another by rare words, before the two are compared. */
typedef struct {
  guint other;
  double shared;
} Neighbour;

static int
compare_neighbours (gconstpointer a, gconstpointer b)
{
  const Neighbour *x = a, *y = b;
  return x->shared != y->shared ? (x->shared < y->shared ? 1 : -1)
                                : (x->other > y->other) - (x->other < y->other);
}

/* SEEN has the place of each neighbour in FOUND, from 1. */
static void
add_holders (const ZbLikeness *set, const GArray *terms, double share, guint a, GHashTable *seen,
             GArray *found)
{
  for (guint i = 0; i < terms->len; i++) {
    guint word = g_array_index (terms, Term, i).word;
    const GArray *holders = g_array_index (set->holders, GArray *, word);
    double w = holders->len <= SHARED_LIMIT ? weight (set, word) * share : 0;
    for (guint h = 0; w > 0 && h < holders->len; h++) {
      Neighbour next = {g_array_index (holders, guint, h), 0};
      gpointer key = GUINT_TO_POINTER (next.other + 1);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
      if (next.other == a)
        continue;
      if (place == 0) {
        g_array_append_val (found, next);
        place = found->len;
        g_hash_table_insert (seen, key, GUINT_TO_POINTER (place));
      }
      g_array_index (found, Neighbour, place - 1).shared += w;
    }
  }
}

GArray *
zb_likeness_neighbours (ZbLikeness *set, guint a)
{
  const Sketch *s = g_ptr_array_index (set->sketches, a);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Neighbour));
  GArray *nearest = g_array_new (FALSE, FALSE, sizeof (guint));
  weigh (set);
  add_holders (set, s->title, TITLE_SHARE, a, seen, found);
  add_holders (set, s->body, 1, a, seen, found);
  g_array_sort (found, compare_neighbours);
  for (guint i = 0; i < found->len && i < NEIGHBOURS_MOST; i++)
    g_array_append_val (nearest, g_array_index (found, Neighbour, i).other);
  return nearest;
}
