/* Likeness by weighted words: pairs of Han characters and folded words, rare ones weighing more. */
#include "zhoubao/curate/likeness.h"

#include "vocabulary.h"
#include "zhoubao/base/words.h"
#include "zhoubao/curate/topics.h"
#include <math.h>

#define HEAD_BYTES 3000  /* of the text that is looked at */
#define TITLE_LEAST 12.0 /* weight below which a title is too common to be looked for */
#define BODY_LEAST 30.0
#define QUOTE_LEAST 5.0
#define QUOTE_SHARE 0.9 /* of the quoted names, for a report to be on that notice */
#define SHARED_LIMIT 40 /* a word in more items than this brings no neighbours together */
#define TERMS_USUAL 32  /* of a title; of a text ten times as many */
#define TITLE_SHARE 3.0 /* what a shared word of a title counts for beside one of a body */
#define NEIGHBOURS_MOST 64

typedef struct {
  guint word;
  float count; /* in the title, or in the body; its logarithm once the sketch is made out */
} Term;

/* Of many items few are compared: what only comparing needs is made out when they are. */
typedef struct {
  GArray *title, *body; /* of Term; by word once it is made out */
  GArray *quoted; /* the Han pairs of a text in another script: the names that it gives in the original */
  gboolean is_foreign; /* has fewer Han pairs than other words */
  char *heading;
  char **numbers; /* its own document number, or else those that it mentions; NULL until it is made out */
  char *canonical;
  char *head;     /* of the text with its links, to look addresses up in */
  guint64 places; /* terms of the facet "location" that it is about */
} Sketch;

typedef struct {
  guint *holders;    /* the items that have it, while they are few; NULL before and after */
  guint count, last; /* how many have it; the last of them */
  guint round, at;   /* the last gathering that met it, and where it stands there */
  gboolean is_pair;
} Word;

struct ZbLikeness {
  ZbVocabulary *vocabulary;
  GArray *words; /* of Word, by number */
  GPtrArray *sketches;
  GPtrArray *location; /* that facet alone */
  ZbTopicFinder *places;
  guint round;
  GArray *weights; /* of double, by the number of holders; of as many items as WEIGHED says */
  guint weighed;
};

static void
sketch_free (Sketch *s)
{
  g_array_unref (s->title);
  g_array_unref (s->body);
  g_clear_pointer (&s->quoted, g_array_unref);
  g_free (s->heading);
  g_strfreev (s->numbers);
  g_free (s->canonical);
  g_free (s->head);
  g_free (s);
}

static void
clear_word (gpointer word)
{
  g_free (((Word *)word)->holders);
}

ZbLikeness *
zb_likeness_new (GPtrArray *facets)
{
  ZbLikeness *set = g_new0 (ZbLikeness, 1);
  set->vocabulary = zb_vocabulary_new ();
  set->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (set->words, clear_word);
  set->weights = g_array_new (FALSE, FALSE, sizeof (double));
  set->sketches = g_ptr_array_new_with_free_func ((GDestroyNotify)sketch_free);
  set->location = g_ptr_array_new ();
  for (guint i = 0; facets != NULL && i < facets->len; i++)
    if (g_str_equal (((ZbFacet *)facets->pdata[i])->name, "location"))
      g_ptr_array_add (set->location, facets->pdata[i]);
  set->places = zb_topic_finder_new (set->location);
  return set;
}

void
zb_likeness_free (ZbLikeness *set)
{
  zb_vocabulary_free (set->vocabulary);
  g_array_unref (set->words);
  g_ptr_array_unref (set->sketches);
  zb_topic_finder_free (set->places);
  g_ptr_array_unref (set->location);
  g_array_unref (set->weights);
  g_free (set);
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
  return word->kind == ZB_WORD_PAIR ||
         (word->length >= 2 && (word->length > strlen ("about") || !g_strv_contains (empty, word->text)));
}

typedef struct {
  ZbLikeness *set;
  GArray *terms;      /* that are being gathered */
  guint pairs, plain; /* how many of each kind were met, in all texts */
} Gather;

static Word *
find_word (ZbLikeness *set, const ZbWord *word, guint *number)
{
  *number = zb_vocabulary_number (set->vocabulary, word->text, word->length);
  if (*number == set->words->len) {
    Word fresh = {.last = G_MAXUINT, .is_pair = word->kind == ZB_WORD_PAIR};
    g_array_append_val (set->words, fresh);
  }
  return &g_array_index (set->words, Word, *number);
}

static gboolean
gather_word (const ZbWord *token, gpointer data)
{
  Gather *g = data;
  guint number;
  g->pairs += token->kind == ZB_WORD_PAIR;
  g->plain += token->kind == ZB_WORD_PLAIN;
  if (!is_telling (token))
    return TRUE;
  Word *word = find_word (g->set, token, &number);
  if (word->round != g->set->round) {
    Term term = {number, 0};
    word->round = g->set->round;
    word->at = g->terms->len;
    g_array_append_val (g->terms, term);
  }
  g_array_index (g->terms, Term, word->at).count++;
  return TRUE;
}

/* The terms of TEXTS. */
static GArray *
gather (Gather *g, const char *const texts[], guint n)
{
  g->terms = g_array_sized_new (FALSE, FALSE, sizeof (Term), TERMS_USUAL);
  g->set->round++;
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      zb_words_each (texts[i], (gssize)MIN (strlen (texts[i]), HEAD_BYTES), gather_word, g);
  return g->terms;
}

/* Most words stand in one item: a list begins with the second. It grows by doubling; of a word that too many
   have it is given up. */
static void
add_holder (Word *word, guint item)
{
  guint n = word->count++;
  if (n >= SHARED_LIMIT)
    g_clear_pointer (&word->holders, g_free);
  else if (n > 0 && (n & (n - 1)) == 0)
    word->holders = g_renew (guint, word->holders, 2 * n);
  if (n == 1)
    word->holders[0] = word->last;
  if (word->holders != NULL)
    word->holders[n] = item;
  word->last = item;
}

static void
hold (ZbLikeness *set, const GArray *terms, guint item)
{
  for (guint i = 0; i < terms->len; i++) {
    Word *word = &g_array_index (set->words, Word, g_array_index (terms, Term, i).word);
    if (word->last != item)
      add_holder (word, item);
  }
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
  Gather g = {.set = set};
  s->title = gather (&g, all, 1);
  s->body = gather (&g, all + 1, 2);
  s->is_foreign = g.pairs <= g.plain;
  s->heading = g_strdup (item->title);
  s->canonical = g_strdup (item->canonical);
  s->head = head_of (item);
  s->numbers = item->number != NULL ? g_strsplit (item->number, "\n", 1) : NULL;
  g_ptr_array_add (set->sketches, s);
  hold (set, s->title, number);
  hold (set, s->body, number);
  return number;
}

static guint64
named_places (const ZbLikeness *set, const char *text)
{
  guint64 places = 0;
  guint terms = zb_topic_finder_terms (set->places);
  g_autofree gboolean *named = g_new0 (gboolean, terms + 1);
  zb_topic_finder_mark (set->places, text, named);
  for (guint i = 0; i < terms; i++)
    if (named[i])
      places |= G_GUINT64_CONSTANT (1) << (i % 64);
  return places;
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  guint x = ((const Term *)a)->word, y = ((const Term *)b)->word;
  return x < y ? -1 : x > y;
}

static void
order_terms (GArray *terms)
{
  for (guint i = 0; i < terms->len; i++) {
    float *count = &g_array_index (terms, Term, i).count;
    *count = 1 + logf (*count);
  }
  g_array_sort (terms, compare_terms);
}

/* The Han pairs of both TERMS, each once. */
static GArray *
quote_pairs (const ZbLikeness *set, const GArray *const terms[2])
{
  GArray *quoted = g_array_new (FALSE, FALSE, sizeof (Term));
  for (guint part = 0; part < 2; part++)
    for (guint i = 0; i < terms[part]->len; i++) {
      Term term = {g_array_index (terms[part], Term, i).word, 1};
      if (g_array_index (set->words, Word, term.word).is_pair)
        g_array_append_val (quoted, term);
    }
  g_array_sort (quoted, compare_terms);
  for (guint i = quoted->len; i-- > 1;)
    if (g_array_index (quoted, Term, i).word == g_array_index (quoted, Term, i - 1).word)
      g_array_remove_index (quoted, i);
  return quoted;
}

static const Sketch *
make_out (const ZbLikeness *set, guint number)
{
  Sketch *s = g_ptr_array_index (set->sketches, number);
  if (s->quoted != NULL)
    return s;
  order_terms (s->title);
  order_terms (s->body);
  const GArray *const both[] = {s->title, s->body};
  s->quoted = s->is_foreign ? quote_pairs (set, both) : g_array_new (FALSE, FALSE, sizeof (Term));
  if (s->numbers == NULL)
    s->numbers = find_numbers (s->head);
  s->places = named_places (set, s->heading);
  if (s->places == 0) /* "our province drafts …": the text says which */
    s->places = named_places (set, s->head);
  return s;
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
  return g_array_index (set->weights, double, g_array_index (set->words, Word, word).count);
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
  const Sketch *x = make_out (set, a), *y = make_out (set, b);
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
    guint number = g_array_index (terms, Term, i).word;
    const Word *word = &g_array_index (set->words, Word, number);
    double w = weight (set, number) * share;
    for (guint h = 0; word->holders != NULL && h < word->count; h++) {
      Neighbour next = {word->holders[h], 0};
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
  const Sketch *s = make_out (set, a);
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
