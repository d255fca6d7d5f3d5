/* Facts of Chinese official documents, from labels and from the text. */
#include "zhoubao/extract/document.h"

typedef struct {
  const char *page, *title, *text;
  const char *number, *issuer, *signed_on, *effective, *deadline;
} Case;

static const Case cases[] = {
    /* a table of labels, white space in them */
    {"<table><tr><td><b>索 引 号：</b></td><td>000/2018</td><td>主题分类：</td><td></td></tr>"
     "<tr><td>发文机关：</td><td>省信用办</td><td>成文日期：</td><td>2018年10月27日</td></tr>"
     "<tr><td>标　　题：</td><td>通知</td></tr><tr><td>发文字号：</td><td>省信〔2018〕 7号</td></tr></table>",
     NULL, "正文。", "省信〔2018〕7号", "省信用办", "2018-10-27", NULL, NULL},
    /* labels in one line */
    {"<div>发布机构：市发展改革委 文号：市发改〔2020〕12号 成文日期：2020-03-04</div>", NULL, "",
     "市发改〔2020〕12号", "市发展改革委", "2020-03-04", NULL, NULL},
    {"<p>【发文字号】</p><p>法释〔2017〕7号</p><p>【有效性】有效</p>", NULL, "", "法释〔2017〕7号", NULL,
     NULL, NULL, NULL},
    /* a label without a value takes none of the next */
    {"<td>文号：</td><td></td><td>发布日期：</td><td>2018</td>", NULL, "", NULL, NULL, NULL, NULL, NULL},
    /* head and foot */
    {"", "国务院关于某事的通知",
     "国务院办公厅关于某事的通知\n\n国办发〔2016〕33号\n\n各省人民政府：\n\n根据国发〔2014〕21号，现通知如下"
     "。\n\n"
     "本办法自2017年1月1日起施行。\n\n国家发展改革委\n人民银行\n\n2016年5月30日\n\n（此件公开发布）",
     "国办发〔2016〕33号", "国家发展改革委、人民银行", "2016-05-30", "2017-01-01", NULL},
    {"", NULL, "中华人民共和国国务院令\n第707号\n正文。\n本条例自公布之日起施行。\n总理\n2018年12月18日",
     "第707号", NULL, "2018-12-18", "2018-12-18", NULL},
    {"", NULL, "市场监管总局公告\n2020年第12号\n正文。", "2020年第12号", NULL, NULL, NULL, NULL},
    {"", "河北省人民政府关于某事的意见", "正文。", NULL, "河北省人民政府", NULL, NULL, NULL},
    {"", "关于信用的说明", "正文提到国发〔2014〕21号。", NULL, NULL, NULL, NULL, NULL},
    /* comments */
    {"", NULL, "现向社会公开征求意见，请于7月28日前将意见反馈至我委。", NULL, NULL, NULL, NULL, "2017-07-28"},
    {"", NULL, "公开征求意见。意见反馈截止时间为2017年8月20日。", NULL, NULL, NULL, NULL, "2017-08-20"},
    {"", NULL, "公开征求意见的时间为2017年7月1日至7月31日。", NULL, NULL, NULL, NULL, "2017-07-31"},
    {"", NULL, "征求意见，请在1月10日前反馈意见。", NULL, NULL, NULL, NULL, "2018-01-10"},
    {"", NULL, "征求意见期限：自即日起至二〇一七年八月一日。", NULL, NULL, NULL, NULL, "2017-08-01"},
    {"", NULL, "公开征求意见，请于30日内反馈意见。\n2017年7月2日", NULL, NULL, "2017-07-02", NULL,
     "2017-08-01"},
    {"", NULL, "公开征求意见（截止日期：2017-08-20）", NULL, NULL, NULL, NULL, "2017-08-20"},
    {"", "关于征求《条例》意见的公告", "社会公众可在7月23日17:00前提出。", NULL, NULL, NULL, NULL,
     "2017-07-23"},
    {"", NULL, "公开征求意见，请将意见于2017年8月4日下班前反馈。", NULL, NULL, NULL, NULL, "2017-08-04"},
    {"", NULL, "公开征求意见，征求意见的期限自公告之日起30日。\n2017年7月2日", NULL, NULL, "2017-07-02", NULL,
     "2017-08-01"},
    {"", NULL, "公示时间：2017年7月1日至31日。", NULL, NULL, NULL, NULL, "2017-07-31"},
    {"", NULL, "公示期为7月3日—9日。", NULL, NULL, NULL, NULL, "2017-07-09"},
    {"", NULL, "现公开征求意见，自2017年7月1日起15日内反馈。", NULL, NULL, NULL, NULL, "2017-07-16"},
    /* working days are counted by a calendar of holidays that is not here: no day is said */
    {"", NULL, "公开征求意见，请于7个工作日内反馈意见。\n2017年7月2日", NULL, NULL, "2017-07-02", NULL, NULL},
    {"", NULL, "公示期为5个工作日，自公告之日起10个工作日内反馈意见。", NULL, NULL, NULL, NULL, NULL},
    /* numbers of every form */
    {"", NULL, "国发〔2017〕1—5号\n正文。", "国发〔2017〕1—5号", NULL, NULL, NULL, NULL},
    {"", NULL, "2017年第3-6号公告\n正文。", "2017年第3-6号公告", NULL, NULL, NULL, NULL},
    {"", NULL, "试点名单第1—5号项目", NULL, NULL, NULL, NULL, NULL},
    {"", NULL, "市人民代表大会常务委员会公告（第54号）\n正文。", "市人民代表大会常务委员会公告（第54号）",
     NULL, NULL, NULL, NULL},
    {"", NULL, "2017年第12号公告\n正文。", "2017年第12号公告", NULL, NULL, NULL, NULL},
    {"", NULL, "正文。\n省发展改革委等8部门\n2017年6月1日", NULL, "省发展改革委等8部门", "2017-06-01", NULL,
     NULL},
    {"", NULL, "建办市函［2017］第763号\n正文。", "建办市函［2017］第763号", NULL, NULL, NULL, NULL},
    {"", NULL, "（2017）京02执123号\n正文。", "（2017）京02执123号", NULL, NULL, NULL, NULL},
    {"", NULL, "国家税务总局公告2018年第54号\n正文。", "国家税务总局公告2018年第54号", NULL, NULL, NULL,
     NULL},
    {"<p>发文字号：无</p>", NULL, "正文。", NULL, NULL, NULL, NULL, NULL},
    /* in force some time after */
    {"", NULL, "本办法自发布之日起30日后施行。\n2017年6月1日", NULL, NULL, "2017-06-01", "2017-07-01", NULL},
    {"", NULL, "本办法自印发之日起满一个月后正式施行\n市政府\n2017年6月1日", NULL, "市政府", "2017-06-01",
     "2017-07-01", NULL},
    {"", NULL, "本规定自二〇一七年八月一日起生效，于6月公布。", NULL, NULL, NULL, "2017-08-01", NULL},
    {"", NULL, "企业应当于2017年7月28日前报送年报。", NULL, NULL, NULL, NULL, NULL},
};

static char *
day (ZbTime t)
{
  g_autofree char *text = zb_time_to_rfc3339 (t);
  return text != NULL ? g_strndup (text, 10) : NULL;
}

static void
assert_facts (const Case *c)
{
  char *labels[ZB_LABELS] = {0};
  g_autoptr (ZbDoc) doc = zb_doc_new_html (c->page, -1, NULL);
  if (zb_doc_root (doc) != NULL)
    zb_labels_read (zb_doc_root (doc), labels);
  const ZbTime published = zb_time_from_rfc3339 ("2017-07-01");
  const ZbDocumentQuery query = {labels, c->title, c->text, published, {published, NULL}};
  g_autoptr (ZbPage) page = zb_page_new ();
  zb_document_read (&query, &page->document);
  const ZbDocumentFacts *f = &page->document;
  g_autofree char *signed_on = day (f->signed_on), *effective = day (f->effective),
                  *deadline = day (f->comment_deadline);
  g_test_message ("%s %s", c->page, c->text);
  g_assert_cmpstr (f->number, ==, c->number);
  g_assert_cmpstr (f->issuer, ==, c->issuer);
  g_assert_cmpstr (signed_on, ==, c->signed_on);
  g_assert_cmpstr (effective, ==, c->effective);
  g_assert_cmpstr (deadline, ==, c->deadline);
  for (guint i = 0; i < ZB_LABELS; i++)
    g_free (labels[i]);
}

static void
test_facts_of_documents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_facts (&cases[i]);
}

static void
test_cited_titles_once_and_whole (void)
{
  char *labels[ZB_LABELS] = {0};
  const ZbDocumentQuery query = {labels,
                                 NULL,
                                 "《甲法》和《关于印发《乙》的通知》，《甲法》。《未完\n《丙》",
                                 ZB_TIME_NONE,
                                 {ZB_TIME_NONE, NULL}};
  g_autoptr (ZbPage) page = zb_page_new ();
  zb_document_read (&query, &page->document);
  g_autofree char *cited = g_strjoinv ("|", page->document.cited);
  g_assert_cmpstr (cited, ==, "甲法|关于印发《乙》的通知|丙");
}

static void
test_attachments_are_absolute_and_once (void)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (
      "<a href='./P02.pdf'>附件</a><a href='a.html'>x</a><a href='/b.DOCX?x=1'>2</a>"
      "<a href='/get?id=7'>附件3.xlsx</a><a href='P02.pdf'>again</a><a href='javascript:f(\"a.pdf\")'>no</a>",
      -1, NULL);
  g_auto (GStrv) files = zb_document_attachments (zb_doc_root (doc), "http://gov.example.org/x/t1.html");
  g_autofree char *joined = g_strjoinv (" ", files);
  g_assert_cmpstr (joined, ==,
                   "http://gov.example.org/x/P02.pdf http://gov.example.org/b.DOCX?x=1 "
                   "http://gov.example.org/get?id=7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/facts_of_documents", test_facts_of_documents);
  g_test_add_func ("/document/cited_titles_once_and_whole", test_cited_titles_once_and_whole);
  g_test_add_func ("/document/attachments_are_absolute_and_once", test_attachments_are_absolute_and_once);
  return g_test_run ();
}
