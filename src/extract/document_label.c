/* Labels and their values: in two cells of a table, or in one line, white space anywhere ("标　　题："). */
#include "html_build.h"
#include "zhoubao/extract/document.h"

typedef struct {
  const char *words; /* without white space */
  int label;         /* -1: known, but only to end the value before it */
} LabelRow;

static const LabelRow rows[] = {
    {"发文机关", ZB_LABEL_ISSUER},
    {"发布机构", ZB_LABEL_ISSUER},
    {"发文机构", ZB_LABEL_ISSUER},
    {"发布机关", ZB_LABEL_ISSUER},
    {"制定机关", ZB_LABEL_ISSUER},
    {"公布机关", ZB_LABEL_ISSUER},
    {"颁布机关", ZB_LABEL_ISSUER},
    {"发文单位", ZB_LABEL_ISSUER},
    {"发布单位", ZB_LABEL_ISSUER},
    {"发文字号", ZB_LABEL_NUMBER},
    {"发文文号", ZB_LABEL_NUMBER},
    {"文号", ZB_LABEL_NUMBER},
    {"文件编号", ZB_LABEL_NUMBER},
    {"文件字号", ZB_LABEL_NUMBER},
    {"公文字号", ZB_LABEL_NUMBER},
    {"成文日期", ZB_LABEL_SIGNED},
    {"成文时间", ZB_LABEL_SIGNED},
    {"签发日期", ZB_LABEL_SIGNED},
    {"实施日期", ZB_LABEL_EFFECTIVE},
    {"施行日期", ZB_LABEL_EFFECTIVE},
    {"生效日期", ZB_LABEL_EFFECTIVE},
    {"生效时间", ZB_LABEL_EFFECTIVE},
    {"实施时间", ZB_LABEL_EFFECTIVE},
    {"施行时间", ZB_LABEL_EFFECTIVE},
    {"截止日期", ZB_LABEL_DEADLINE},
    {"截止时间", ZB_LABEL_DEADLINE},
    {"结束时间", ZB_LABEL_DEADLINE},
    {"结束日期", ZB_LABEL_DEADLINE},
    {"标题", ZB_LABEL_TITLE},
    {"信息名称", ZB_LABEL_TITLE},
    {"文件名称", ZB_LABEL_TITLE},
    {"公文名称", ZB_LABEL_TITLE},
    {"名称", ZB_LABEL_TITLE},
    {"索引号", -1},
    {"主题分类", -1},
    {"发布日期", -1},
    {"发布时间", -1},
    {"主题词", -1},
    {"公文种类", -1},
    {"信息分类", -1},
    {"有效性", -1},
    {"时效性", -1},
    {"公开方式", -1},
    {"公开日期", -1},
    {"体裁分类", -1},
    {"组配分类", -1},
    {"废止日期", -1},
    {"失效日期", -1},
    {"统一编号", -1},
    {"关键词", -1},
    {"来源", -1},
    {"公开时限", -1},
    {"公开范围", -1},
    {"效力状态", -1},
    {"分类", -1},
};

/* The lines of the page: text between the borders of blocks, white space left out of none. (transfer full) */
static GPtrArray *
lines_of (ZbNode *root)
{
  static const char *const silent[] = {"script", "style", "head", "noscript", NULL};
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);
  for (ZbNode *node = root; node != NULL;) {
    gboolean ends = zb_html_is_block (node) || zb_node_is (node, "br");
    if (ends && line->len > 0) {
      g_ptr_array_add (lines, g_strdup (line->str));
      g_string_truncate (line, 0);
    }
    g_string_append (line, zb_node_literal (node));
    node = g_strv_contains (silent, zb_node_name (node)) ? zb_node_skip (node, root)
                                                         : zb_node_follow (node, root);
  }
  g_ptr_array_add (lines, g_strdup (line->str));
  return lines;
}

static const char *
skip_space (const char *p)
{
  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Past WORDS and a colon at P, white space between any characters allowed; NULL where they are not there. */
static const char *
match_label (const char *p, const char *words)
{
  p = skip_space (p);
  if (g_str_has_prefix (p, "【") || g_str_has_prefix (p, "["))
    p = skip_space (g_utf8_next_char (p));
  for (; *words != '\0'; words = g_utf8_next_char (words)) {
    if (g_utf8_get_char (p) != g_utf8_get_char (words))
      return NULL;
    p = skip_space (g_utf8_next_char (p));
  }
  if (g_str_has_prefix (p, "】") || *p == ']')
    p = skip_space (g_utf8_next_char (p));
  if (g_str_has_prefix (p, "：") || *p == ':')
    return skip_space (g_utf8_next_char (p));
  return *p == '\0' ? p : NULL; /* a cell of its own may do without */
}

static const LabelRow *
find_label (const char *p, const char **after)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    *after = match_label (p, rows[i].words);
    if (*after != NULL)
      return &rows[i];
  }
  return NULL;
}

/* VALUE up to the next label that stands behind white space in the same line. */
static char *
cut_at_label (const char *value)
{
  const char *end = value, *after;
  for (; *end != '\0'; end = g_utf8_next_char (end))
    if (g_unichar_isspace (g_utf8_get_char (end)) && find_label (end, &after) != NULL && after[0] != '\0')
      break;
  return g_strstrip (g_strndup (value, (gsize)(end - value)));
}

static const char *
next_filled (GPtrArray *lines, guint from)
{
  for (guint i = from; i < lines->len; i++) {
    const char *text = skip_space (lines->pdata[i]);
    if (*text != '\0')
      return text;
  }
  return "";
}

/* Reads the label at P, if any, and the further ones in its line. */
static void
read_line (GPtrArray *lines, guint i, const char *p, char *values[ZB_LABELS])
{
  const char *after = NULL;
  const LabelRow *row = find_label (p, &after);
  if (row == NULL)
    return;
  g_autofree char *same = cut_at_label (after);
  const char *below = next_filled (lines, i + 1), *unused;
  gboolean empty = *same == '\0';
  g_autofree char *value = !empty                                ? g_strdup (same)
                           : find_label (below, &unused) == NULL ? cut_at_label (below)
                                                                 : g_strdup ("");
  if (row->label >= 0 && values[row->label] == NULL && *value != '\0' && strlen (value) < 600)
    values[row->label] = g_steal_pointer (&value);
  const char *rest = strstr (after, same) + strlen (same);
  if (!empty && *skip_space (rest) != '\0')
    read_line (lines, i, rest, values);
}

void
zb_labels_read (ZbNode *root, char *values[ZB_LABELS])
{
  g_autoptr (GPtrArray) lines = lines_of (root);
  for (guint i = 0; i < lines->len; i++)
    read_line (lines, i, lines->pdata[i], values);
}
