/* What the names on an element say of it. Names are cut into words ("mostRead-box" is most, read, box), and
   words or pairs of them are looked up: a class named "download" is not an advertisement. */
#include "page_read.h"

typedef struct {
  const char *word; /* "*" at its end: any word that begins so; "a b": two words that follow each other */
  ZbHint hint;
} WordRow;

/* clang-format off */
static const WordRow words[] = {
  /* what readers wrote */
  {"comment", ZB_HINT_FOREIGN}, {"comments", ZB_HINT_FOREIGN}, {"commentlist", ZB_HINT_FOREIGN}, {"commentarea", ZB_HINT_FOREIGN},
  {"disqus*", ZB_HINT_FOREIGN}, {"livefyre", ZB_HINT_FOREIGN}, {"viafoura", ZB_HINT_FOREIGN}, {"respond", ZB_HINT_FOREIGN},
  {"replies", ZB_HINT_FOREIGN}, {"pinglun", ZB_HINT_FOREIGN}, {"trackback*", ZB_HINT_FOREIGN}, {"pingback*", ZB_HINT_FOREIGN},
  /* other articles */
  {"related*", ZB_HINT_ASIDE}, {"recirc*", ZB_HINT_ASIDE}, {"recommend*", ZB_HINT_ASIDE}, {"recommended", ZB_HINT_ASIDE},
  {"trending", ZB_HINT_ASIDE}, {"popular", ZB_HINT_ASIDE}, {"most read", ZB_HINT_ASIDE}, {"mostread", ZB_HINT_ASIDE},
  {"most viewed", ZB_HINT_ASIDE}, {"read more", ZB_HINT_ASIDE}, {"readmore", ZB_HINT_ASIDE}, {"see also", ZB_HINT_ASIDE},
  {"more from", ZB_HINT_ASIDE}, {"more stories", ZB_HINT_ASIDE}, {"also read", ZB_HINT_ASIDE}, {"read next", ZB_HINT_ASIDE},
  {"up next", ZB_HINT_ASIDE}, {"next up", ZB_HINT_ASIDE}, {"post navigation", ZB_HINT_ASIDE}, {"teaser", ZB_HINT_ASIDE},
  {"teasers", ZB_HINT_ASIDE}, {"outbrain*", ZB_HINT_ASIDE}, {"taboola*", ZB_HINT_ASIDE}, {"zergnet*", ZB_HINT_ASIDE},
  {"jp relatedposts", ZB_HINT_ASIDE}, {"yarpp*", ZB_HINT_ASIDE}, {"xgxw", ZB_HINT_ASIDE}, {"xgyd", ZB_HINT_ASIDE},
  {"tuijian", ZB_HINT_ASIDE}, {"xiangguan", ZB_HINT_ASIDE},
  /* sharing and following */
  {"share", ZB_HINT_ASIDE}, {"shares", ZB_HINT_ASIDE}, {"sharing", ZB_HINT_ASIDE}, {"sharebar", ZB_HINT_ASIDE},
  {"sharedaddy", ZB_HINT_ASIDE}, {"addthis*", ZB_HINT_ASIDE}, {"addtoany*", ZB_HINT_ASIDE}, {"social", ZB_HINT_ASIDE},
  {"socials", ZB_HINT_ASIDE}, {"bdsharebuttonbox", ZB_HINT_ASIDE}, {"fenxiang", ZB_HINT_ASIDE}, {"erweima", ZB_HINT_ASIDE},
  {"qr", ZB_HINT_ASIDE}, {"qrcode", ZB_HINT_ASIDE}, {"newsletter*", ZB_HINT_ASIDE}, {"subscribe*", ZB_HINT_ASIDE},
  {"subscription*", ZB_HINT_ASIDE}, {"signup", ZB_HINT_ASIDE}, {"sign up", ZB_HINT_ASIDE}, {"optin", ZB_HINT_ASIDE},
  {"paywall", ZB_HINT_ASIDE}, {"follow us", ZB_HINT_ASIDE}, {"donate", ZB_HINT_ASIDE}, {"donation", ZB_HINT_ASIDE},
  /* ways through the site */
  {"nav", ZB_HINT_ASIDE}, {"navbar", ZB_HINT_ASIDE}, {"navi", ZB_HINT_ASIDE}, {"navigation", ZB_HINT_ASIDE}, {"navbox", ZB_HINT_ASIDE},
  {"menu", ZB_HINT_ASIDE}, {"submenu", ZB_HINT_ASIDE}, {"breadcrumb*", ZB_HINT_ASIDE}, {"crumbs", ZB_HINT_ASIDE},
  {"pagination", ZB_HINT_ASIDE}, {"pager", ZB_HINT_ASIDE}, {"sidebar*", ZB_HINT_ASIDE}, {"rail", ZB_HINT_ASIDE},
  {"footer", ZB_HINT_ASIDE}, {"colophon", ZB_HINT_ASIDE}, {"masthead", ZB_HINT_ASIDE}, {"topbar", ZB_HINT_ASIDE},
  {"toolbar", ZB_HINT_ASIDE}, {"toolbox", ZB_HINT_ASIDE}, {"skip link", ZB_HINT_ASIDE}, {"tags", ZB_HINT_ASIDE}, {"tagcloud", ZB_HINT_ASIDE},
  {"taglist", ZB_HINT_ASIDE}, {"toc", ZB_HINT_ASIDE}, {"editsection", ZB_HINT_ASIDE}, {"catlinks", ZB_HINT_ASIDE},
  {"daohang", ZB_HINT_ASIDE}, {"dibu", ZB_HINT_ASIDE}, {"weizhi", ZB_HINT_ASIDE},
  {"gallery", ZB_HINT_PICTURES}, {"slideshow", ZB_HINT_PICTURES}, {"carousel", ZB_HINT_PICTURES},
  /* selling and asking */
  {"ad", ZB_HINT_ASIDE}, {"ads", ZB_HINT_ASIDE}, {"adv", ZB_HINT_ASIDE}, {"advert*", ZB_HINT_ASIDE}, {"adsense", ZB_HINT_ASIDE},
  {"adsbygoogle", ZB_HINT_ASIDE}, {"dfp", ZB_HINT_ASIDE}, {"sponsor*", ZB_HINT_ASIDE}, {"promo", ZB_HINT_ASIDE}, {"promos", ZB_HINT_ASIDE},
  {"promotion*", ZB_HINT_ASIDE}, {"guanggao", ZB_HINT_ASIDE}, {"cookie*", ZB_HINT_FOREIGN}, {"consent", ZB_HINT_FOREIGN},
  {"gdpr", ZB_HINT_FOREIGN}, {"modal", ZB_HINT_ASIDE}, {"popup", ZB_HINT_ASIDE}, {"lightbox", ZB_HINT_ASIDE}, {"login", ZB_HINT_ASIDE},
  {"signin", ZB_HINT_ASIDE}, {"loginbox", ZB_HINT_ASIDE}, {"shopping", ZB_HINT_ASIDE},
  /* the same in other languages */
  {"rodape", ZB_HINT_ASIDE}, {"compartilh*", ZB_HINT_ASIDE}, {"compartir", ZB_HINT_ASIDE}, {"relacionad*", ZB_HINT_ASIDE},
  {"comentario*", ZB_HINT_FOREIGN}, {"kommentar*", ZB_HINT_FOREIGN}, {"commentaire*", ZB_HINT_FOREIGN}, {"commenti", ZB_HINT_FOREIGN},
  {"reacties", ZB_HINT_FOREIGN}, {"kommentit", ZB_HINT_FOREIGN}, {"partage*", ZB_HINT_ASIDE}, {"condividi", ZB_HINT_ASIDE},
  {"correlati", ZB_HINT_ASIDE}, {"publicidad*", ZB_HINT_ASIDE}, {"werbung", ZB_HINT_ASIDE}, {"anzeige", ZB_HINT_ASIDE},
  {"reklama", ZB_HINT_ASIDE}, {"reklame", ZB_HINT_ASIDE}, {"annonce", ZB_HINT_ASIDE}, {"pubblicita", ZB_HINT_ASIDE},
  {"fusszeile", ZB_HINT_ASIDE}, {"seitenleiste", ZB_HINT_ASIDE}, {"verwandte*", ZB_HINT_ASIDE}, {"weitere artikel", ZB_HINT_ASIDE},
  {"leia mais", ZB_HINT_ASIDE}, {"saiba mais", ZB_HINT_ASIDE}, {"similar", ZB_HINT_ASIDE}, {"podobne", ZB_HINT_ASIDE},
  {"teilen", ZB_HINT_ASIDE}, {"kategorien", ZB_HINT_ASIDE},
  /* about the text */
  {"byline*", ZB_HINT_BYLINE}, {"dateline", ZB_HINT_BYLINE}, {"author", ZB_HINT_BYLINE}, {"authors", ZB_HINT_BYLINE},
  {"authorbox", ZB_HINT_BYLINE}, {"timestamp", ZB_HINT_BYLINE}, {"pubdate", ZB_HINT_BYLINE}, {"pubtime", ZB_HINT_BYLINE},
  {"posted on", ZB_HINT_BYLINE}, {"post meta", ZB_HINT_BYLINE}, {"entry meta", ZB_HINT_BYLINE}, {"article meta", ZB_HINT_BYLINE},
  {"postmeta", ZB_HINT_BYLINE}, {"article info", ZB_HINT_BYLINE}, {"post info", ZB_HINT_BYLINE}, {"entry date", ZB_HINT_BYLINE},
  {"post date", ZB_HINT_BYLINE}, {"publish date", ZB_HINT_BYLINE}, {"published", ZB_HINT_BYLINE}, {"contributor*", ZB_HINT_BYLINE},
  {"caption", ZB_HINT_CAPTION}, {"captions", ZB_HINT_CAPTION}, {"caption text", ZB_HINT_CAPTION}, {"figcaption", ZB_HINT_CAPTION},
  {"image credit", ZB_HINT_CAPTION}, {"photo credit", ZB_HINT_CAPTION}, {"picture credit", ZB_HINT_CAPTION}, {"credit", ZB_HINT_CAPTION},
  {"imagecaption", ZB_HINT_CAPTION},
  /* the text itself */
  {"articlebody", ZB_HINT_BODY}, {"article body", ZB_HINT_BODY}, {"article content", ZB_HINT_BODY}, {"article text", ZB_HINT_BODY},
  {"entry content", ZB_HINT_BODY}, {"post content", ZB_HINT_BODY}, {"post body", ZB_HINT_BODY}, {"story body", ZB_HINT_BODY},
  {"story text", ZB_HINT_BODY}, {"storytext", ZB_HINT_BODY}, {"storybody", ZB_HINT_BODY}, {"body text", ZB_HINT_BODY},
  {"body content", ZB_HINT_BODY}, {"content body", ZB_HINT_BODY}, {"main content", ZB_HINT_BODY}, {"maincontent", ZB_HINT_BODY},
  {"blog content", ZB_HINT_BODY}, {"news content", ZB_HINT_BODY}, {"trs editor", ZB_HINT_BODY}, {"ucap content", ZB_HINT_BODY},
  {"zoom", ZB_HINT_BODY}, {"fontzoom", ZB_HINT_BODY}, {"artibody", ZB_HINT_BODY}, {"article con", ZB_HINT_BODY},
  {"txt con", ZB_HINT_BODY}, {"detailcontent", ZB_HINT_BODY}, {"detail content", ZB_HINT_BODY},
  /* for readers of screens only, or of none */
  {"sr only", ZB_HINT_HIDDEN}, {"visually hidden", ZB_HINT_HIDDEN}, {"visuallyhidden", ZB_HINT_HIDDEN}, {"screen reader", ZB_HINT_HIDDEN},
  {"noprint", ZB_HINT_HIDDEN}, {"hidden", ZB_HINT_HIDDEN},
};

static const WordRow tags[] = {
  {"nav", ZB_HINT_ASIDE}, {"aside", ZB_HINT_ASIDE}, {"footer", ZB_HINT_ASIDE}, {"form", ZB_HINT_ASIDE}, {"dialog", ZB_HINT_ASIDE},
  {"menu", ZB_HINT_ASIDE}, {"figcaption", ZB_HINT_CAPTION}, {"time", ZB_HINT_BYLINE}, {"address", ZB_HINT_BYLINE},
};

static const WordRow roles[] = {
  {"navigation", ZB_HINT_ASIDE}, {"complementary", ZB_HINT_ASIDE}, {"banner", ZB_HINT_ASIDE}, {"contentinfo", ZB_HINT_ASIDE},
  {"search", ZB_HINT_ASIDE}, {"menu", ZB_HINT_ASIDE}, {"menubar", ZB_HINT_ASIDE}, {"dialog", ZB_HINT_ASIDE},
  {"alertdialog", ZB_HINT_ASIDE}, {"alert", ZB_HINT_ASIDE}, {"toolbar", ZB_HINT_ASIDE}, {"tablist", ZB_HINT_ASIDE},
};

static const WordRow properties[] = { /* itemprop */
  {"articleBody", ZB_HINT_BODY}, {"comment", ZB_HINT_FOREIGN}, {"author", ZB_HINT_BYLINE}, {"datePublished", ZB_HINT_BYLINE},
  {"dateModified", ZB_HINT_BYLINE}, {"caption", ZB_HINT_CAPTION}, {"breadcrumb", ZB_HINT_ASIDE},
};
/* clang-format on */

/* Exact words and pairs by hash, prefixes one by one. */
static GHashTable *
word_index (void)
{
  static GHashTable *index = NULL;
  if (index != NULL)
    return index;
  index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_hash_table_insert (index, (gpointer)words[i].word, GUINT_TO_POINTER (words[i].hint));
  return index;
}

static ZbHint
look_up (const char *word)
{
  ZbHint hint = GPOINTER_TO_UINT (g_hash_table_lookup (word_index (), word));
  for (guint i = 0; i < G_N_ELEMENTS (words) && hint == 0; i++) {
    gsize n = strlen (words[i].word) - 1;
    if (words[i].word[n] == '*' && strncmp (word, words[i].word, n) == 0)
      hint = words[i].hint;
  }
  return hint;
}

/* The next word of NAMES in lower case, into WORD; FALSE at the end. A capital after a small letter begins
 * one. */
static gboolean
next_word (const char **names, GString *word)
{
  const char *p = *names;
  g_string_truncate (word, 0);
  while (*p != '\0' && !g_ascii_isalnum (*p))
    p++;
  for (; g_ascii_isalnum (*p); p++) {
    if (word->len > 0 && g_ascii_isupper (*p) && !g_ascii_isupper (p[-1]))
      break;
    g_string_append_c (word, g_ascii_tolower (*p));
  }
  *names = p;
  return word->len > 0;
}

static ZbHint
hints_of_names (const char *names)
{
  ZbHint hints = ZB_HINT_NONE;
  g_autoptr (GString) word = g_string_new (NULL), pair = g_string_new (NULL);
  while (next_word (&names, word)) {
    hints |= look_up (word->str);
    if (pair->len > 0) {
      g_string_append_printf (pair, " %s", word->str);
      hints |= look_up (pair->str);
    }
    g_string_assign (pair, word->str);
  }
  return hints;
}

static ZbHint
find_row (const WordRow *rows, guint n, const char *value)
{
  for (guint i = 0; i < n && value != NULL; i++)
    if (g_str_equal (rows[i].word, value))
      return rows[i].hint;
  return ZB_HINT_NONE;
}

static gboolean
is_hidden (const ZbNode *node)
{
  const char *style = zb_node_attribute (node, "style"), *aria = zb_node_attribute (node, "aria-hidden");
  if (zb_node_attribute (node, "hidden") != NULL || g_strcmp0 (aria, "true") == 0)
    return TRUE;
  return style != NULL && g_regex_match_simple ("(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)", style,
                                                G_REGEX_CASELESS, 0);
}

/* A place in the text is named by the words of its heading: "sharing-with-a-single-developer". */
static gboolean
is_phrase (const char *id)
{
  g_autoptr (GString) word = g_string_new (NULL);
  guint n = 0;
  while (next_word (&id, word))
    n++;
  return n > 3;
}

ZbHint
zb_page_hints (const ZbNode *node)
{
  const char *class = zb_node_attribute (node, "class"), *id = zb_node_attribute (node, "id");
  ZbHint hints = find_row (tags, G_N_ELEMENTS (tags), zb_node_name (node)) |
                 find_row (roles, G_N_ELEMENTS (roles), zb_node_attribute (node, "role")) |
                 find_row (properties, G_N_ELEMENTS (properties), zb_node_attribute (node, "itemprop"));
  if (class != NULL)
    hints |= hints_of_names (class);
  if (id != NULL && !is_phrase (id))
    hints |= hints_of_names (id);
  if (class != NULL && strstr (class, "embed") != NULL) /* a message shown in the text, of whatever network */
    hints &= ~ZB_HINT_ASIDE;
  return is_hidden (node) ? hints | ZB_HINT_HIDDEN : hints;
}
