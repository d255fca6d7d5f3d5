/* The ends of an article, and the calls between its paragraphs. */
#include "page_trim.h"

#include "page_title.h"
#include "zhoubao/base/dates.h"
#include "zhoubao/base/text.h"
#include "zhoubao/base/words.h"
#include "zhoubao/extract/document.h"

#define MAX_LINE 160   /* characters of a byline */
#define MAX_CALL 400   /* of a call between paragraphs */
#define HEAD_BLOCKS 12 /* looked at for the title */
#define MAX_BEFORE 80  /* characters of a line above it */

/* Whole paragraphs that are never text. */
static const char announcement[] =
    "^(?:advert(?:isement)?s?|advertising|sponsored(?: content)?|story continues below.*|article continues "
    "below.*|continue reading.*|"
    "publicidad(?:e)?|anzeige|werbung|publicité|реклама|広告|スポンサー\\p{Katakana}*|广告|"
    "share(?: this)?(?: article| story| post| on .{0,30})?|print(?: this)?|e-?mail|tweet|comments?(?: "
    "\\(\\d+\\))?|"
    "(?:image|photo|slide) \\d+ (?:of|/) \\d+|loading\\W*|close|video|watch now|listen|"
    "related(?: content| articles?| stories| posts| topics| links)?|more from .{0,40}|tags?|topics|"
    "相关(?:阅读|新闻|链接|文章|报道)|延伸阅读|推荐阅读|分享(?:到|至)?.{0,12}|打印(?:本页)?|关闭(?:窗口)?|"
    "返回顶部|字体.{0,12}|关连記事|関連記事)\\W*$";

/* Calls that lead elsewhere, if most of them is a link. */
static const char call[] = "^\\W*(?:read(?: more| also| next|:)|also read|see also|see more|related|more(?: "
                           "on| from|:)|watch|recommended|click here|up next|"
                           "don.t miss|must read|here.s|sign "
                           "up|subscribe|follow|download|leia|veja|lea|lire|à lire|mehr zum|lesen sie|"
                           "leggi|guarda|читайте|смотрите|tags?\\W|topics?\\W|filed "
                           "under|categor|标签|关键词|相关|延伸|点击|更多|関連|あわせて)";

/* Bylines and the like, at the head alone. */
static const char byline_start[] = "^\\W*(?:by |written by|posted |published|updated|last updated|reported "
                                   "by|author|von |por |par |text:|фото|автор|作者|记者|"
                                   "本报记者|来源|來源|责任编辑|编辑|发布时间|发布日期|时间[:：]|日期[:：]|"
                                   "浏览|阅读|点击|字号|字体|文[/|｜:：]|\\d+ min(?:ute)?s? read)";

/* What a site says of a text: "2017-06-23 08:15 来源：新华网". */
static const char info[] =
    "(?:来源|來源|发布时间|发布日期|发稿时间|浏览次数|阅读次数)\\s*[:：]|字[体号]\\s*[:：]";

/* Where one is, above the title. */
static const char crumbs[] = "^\\W*(?:您?(?:现在|当前|目前)?(?:所在|的|所处)*位置|首页\\s*[>»›/＞]).{0,120}$";

/* Who edited it, and whose site it is, at the foot alone. */
static const char imprint[] =
    "^[\\W]*(?:纠错\\W*)?(?:本文来源|责任编辑|责编|编辑|校对|审核|来源|作者|见习编辑|值班编辑|監製|稿源|初审|"
    "复审|终审|监制)"
    "\\s*[:：丨|].{0,60}$|"
    "^返回.{2,12}>*$|^(?:上|下)一[篇页条].{0,80}$|^\\W*(?:相关专题|\\+1|纠错|点击上方.{0,20}|点击.{0,12}关注."
    "{0,12}|"
    "(?:长按|扫一扫|扫码|扫描).{0,30})\\W*$|^.{0,200}(?:ICP备|网站标识码|公网安备).{0,200}$|"
    "^(?:主办|承办|协办|主办单位|承办单位|技术支持|版权所有)\\s*[:：].{0,200}$";

static char *
text_of (ZbMarkdown *block)
{
  g_autofree char *text = zb_markdown_to_text (block, ZB_MARKDOWN_PLAIN);
  return zb_text_squeeze (text, -1);
}

static gboolean
matches (const char *pattern, const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static gboolean
is_heading (ZbMarkdown *block)
{
  return zb_markdown_kind (block) == ZB_MARK_HEADING;
}

static gboolean
is_paragraph (ZbMarkdown *block)
{
  return zb_markdown_kind (block) == ZB_MARK_PARAGRAPH;
}

/* How many characters of TEXT are dates, counted from NOW; *FIRST is where the first begins. */
static glong
count_dated (const char *text, ZbTime now, gsize *first)
{
  const ZbDateContext context = {now, NULL};
  ZbDate date;
  glong dated = 0;
  for (gsize from = 0; zb_dates_find (text + from, &context, &date); from += date.end) {
    *first = dated == 0 ? date.start : *first;
    dated += g_utf8_strlen (text + from + date.start, (gssize)(date.end - date.start));
  }
  return dated;
}

/* A line of which dates with their years are a good part, or nearly all any dates, or that goes on with a
   source. */
static gboolean
is_dateline (const char *text)
{
  const ZbTime any = zb_time_from_rfc3339 ("2017-06-28"); /* will do to see that 3小时前 is a time */
  gboolean sentence = matches ("[.。!！?？…,，、;；:：]\\W*$", text);
  gsize first = 0;
  glong all = g_utf8_strlen (text, -1), dated = count_dated (text, ZB_TIME_NONE, &first);
  if (dated > 0)
    return dated * (sentence ? 2 : 3) >= all - 3 || (first < 4 && matches (info, text));
  return !sentence && count_dated (text, any, &first) * 3 >= all * 2;
}

static gboolean
is_byline (const char *text, const char *byline)
{
  if (g_utf8_strlen (text, -1) > MAX_LINE)
    return FALSE;
  return is_dateline (text) || matches (byline_start, text) ||
         (byline != NULL && zb_page_same_words (text, byline));
}

/* The title of an official document in Chinese is a line of its text, and often stands nowhere else. */
static gboolean
says_title (ZbMarkdown *block, const char *text, const char *title)
{
  if (title == NULL || (!is_heading (block) && zb_words_is_han (g_utf8_get_char (title))))
    return FALSE;
  return zb_page_same_words (text, title) || (is_heading (block) && zb_page_begins_with (title, text));
}

/* Such a line, too, is the page's and not the document's where the page's own line on source and time
 * follows. */
static gboolean
is_title_of_page (ZbMarkdown *block, const char *text, const char *title)
{
  ZbMarkdown *next = zb_markdown_next (block);
  if (title == NULL || next == NULL || !zb_page_same_words (text, title))
    return FALSE;
  g_autofree char *behind = text_of (next);
  return g_utf8_strlen (behind, -1) <= MAX_LINE && matches (info, behind);
}

static ZbMarkdown *
drop (ZbMarkdown *block)
{
  ZbMarkdown *next = zb_markdown_next (block);
  zb_markdown_remove (block);
  return next;
}

/* --- head --- */

/* The title within the first blocks, if all before it are short lines. */
static ZbMarkdown *
find_title (ZbMarkdown *document, const char *title)
{
  ZbMarkdown *block = zb_markdown_first (document);
  for (guint i = 0; block != NULL && i < HEAD_BLOCKS; i++, block = zb_markdown_next (block)) {
    g_autofree char *text = text_of (block);
    if (says_title (block, text, title) || is_title_of_page (block, text, title))
      return block;
    if (g_utf8_strlen (text, -1) > MAX_BEFORE)
      return NULL;
  }
  return NULL;
}

static gboolean
is_crumbs (ZbMarkdown *block)
{
  g_autofree char *text = text_of (block);
  return is_paragraph (block) && matches (crumbs, text);
}

static void
trim_head (ZbMarkdown *document, const char *title, const char *byline)
{
  ZbMarkdown *found = find_title (document, title), *block = zb_markdown_first (document);
  while (block != NULL && (found != NULL ? block != found : is_crumbs (block)))
    block = drop (block);
  if (found != NULL)
    block = drop (found);
  while (block != NULL) {
    g_autofree char *text = text_of (block);
    gboolean goes = *text == '\0' || zb_markdown_kind (block) == ZB_MARK_RULE ||
                    says_title (block, text, title) || is_byline (text, byline) ||
                    matches (announcement, text);
    if (!goes)
      return;
    /* A picture has no text and is no byline. */
    block =
        *text == '\0' && zb_markdown_kind (block) != ZB_MARK_RULE ? zb_markdown_next (block) : drop (block);
  }
}

/* --- between --- */

static glong
length_of_links (ZbMarkdown *block, guint *count)
{
  glong length = 0;
  *count = 0;
  for (ZbMarkdown *node = block; node != NULL; node = zb_markdown_follow (node, block))
    if (zb_markdown_kind (node) == ZB_MARK_LINK) {
      g_autofree char *text = text_of (node);
      length += g_utf8_strlen (text, -1);
      (*count)++;
    }
  return length;
}

/* A link to a file is an attachment. */
static gboolean
has_file (ZbMarkdown *block)
{
  for (ZbMarkdown *node = block; node != NULL; node = zb_markdown_follow (node, block))
    if (zb_markdown_kind (node) == ZB_MARK_LINK && zb_document_is_file (zb_markdown_url (node)))
      return TRUE;
  return FALSE;
}

/* A paragraph that is all one link, or says that it leads elsewhere and mostly does. What stands in brackets
   is a remark of the author's, as is the name of who drew a picture. */
static gboolean
is_call (ZbMarkdown *block, const char *text)
{
  guint count = 0;
  glong length = g_utf8_strlen (text, -1), links = length_of_links (block, &count);
  if (!is_paragraph (block) || length < 4 || length > MAX_CALL || has_file (block) ||
      strchr ("([", *text) != NULL)
    return FALSE;
  return (length > 30 && count == 1 && links >= length - 2) || (links * 2 > length && matches (call, text));
}

static void
drop_calls (ZbMarkdown *document)
{
  for (ZbMarkdown *block = zb_markdown_first (document), *next; block != NULL; block = next) {
    g_autofree char *text = text_of (block);
    next = zb_markdown_next (block);
    if ((is_paragraph (block) || is_heading (block)) &&
        (matches (announcement, text) || is_call (block, text)))
      zb_markdown_remove (block);
  }
}

/* --- foot --- */

/* A list of nothing but links, of two at least; addresses written out are the text's references. */
static gboolean
is_list_of_links (ZbMarkdown *block)
{
  if (zb_markdown_kind (block) != ZB_MARK_LIST || zb_markdown_first (block) == zb_markdown_last (block) ||
      has_file (block))
    return FALSE;
  g_autofree char *text = text_of (block);
  guint count = 0;
  glong length = g_utf8_strlen (text, -1);
  return length > 40 && length_of_links (block, &count) * 10 > length * 7 && strstr (text, "://") == NULL;
}

/* What introduces such a list at the foot. */
static gboolean
is_short_line (ZbMarkdown *block)
{
  g_autofree char *text = text_of (block);
  glong length = g_utf8_strlen (text, -1);
  return is_heading (block) || (is_paragraph (block) && length < 60 && !g_str_has_suffix (text, ".") &&
                                !g_str_has_suffix (text, "。"));
}

/* A picture that leads elsewhere, with no more words than "Read article". */
static gboolean
is_linked_picture (ZbMarkdown *block)
{
  gboolean picture = FALSE;
  guint count = 0;
  if (block == NULL || !is_paragraph (block))
    return FALSE;
  for (ZbMarkdown *node = block; node != NULL && !picture; node = zb_markdown_follow (node, block))
    picture = zb_markdown_kind (node) == ZB_MARK_IMAGE &&
              zb_markdown_kind (zb_markdown_parent (node)) == ZB_MARK_LINK;
  g_autofree char *text = text_of (block);
  return picture && g_utf8_strlen (text, -1) <= length_of_links (block, &count) + 1;
}

/* Cards of other articles at the foot, a linked picture and a title each: two at least. */
static gboolean
drop_cards (ZbMarkdown *document)
{
  ZbMarkdown *first = NULL, *second = NULL;
  for (ZbMarkdown *block = zb_markdown_first (document), *title; block != NULL; block = title) {
    title = zb_markdown_next (block);
    if (title == NULL || !is_linked_picture (block) || !is_paragraph (title) || !is_short_line (title)) {
      first = second = NULL;
      continue;
    }
    second = first != NULL && second == NULL ? block : second;
    first = first != NULL ? first : block;
    title = zb_markdown_next (title);
  }
  for (ZbMarkdown *block = second != NULL ? first : NULL; block != NULL;)
    block = drop (block);
  return second != NULL;
}

static gboolean
is_imprint (ZbMarkdown *block)
{
  g_autofree char *text = text_of (block);
  return is_paragraph (block) && matches (imprint, text);
}

static void
trim_foot (ZbMarkdown *document)
{
  gboolean list_gone = drop_cards (document);
  for (ZbMarkdown *block = zb_markdown_last (document); block != NULL; block = zb_markdown_last (document)) {
    gboolean list = is_list_of_links (block);
    if (is_imprint (block)) {
      zb_markdown_remove (block);
      continue;
    }
    if (!list && !is_heading (block) && zb_markdown_kind (block) != ZB_MARK_RULE &&
        !(list_gone && is_short_line (block)))
      return;
    list_gone = list;
    zb_markdown_remove (block);
  }
}

void
zb_page_trim (ZbMarkdown *document, const char *title, const char *byline)
{
  trim_head (document, title, byline);
  drop_calls (document);
  trim_foot (document);
}
