/* Telling languages apart. */
#include "zhoubao/base/language.h"

#include "zhoubao/base/words.h"

#define CHARACTERS 4000 /* that are looked at */

/* Characters of only one way of writing Chinese, frequent ones. The three rows share none. */
static const char simplified[] = "国发务关会对来时个们这说学为与业东车长门马见书电话语认证设评议论记讲许请调"
                                 "谈谁财责货质费资赔购贷贸贺项预领题额风飞饭馆验"
                                 "体点无党产军农决况净减则创动势区华单卫历压县双变号员听启团园围图圆场块坚备"
                                 "复头夺奖妇实审宪宽导将尔层属岁岛师带帮并广应庆"
                                 "库开张强录归当总惩态戏战户护报择损换据数断显机权条极构标样档检欢欧气汇汉沟"
                                 "测济满环现灾热爱状独监盘码确离种积称税稳筑签简"
                                 "类紧红约级纪纳线练组细织终经结给统绩续维综编缴罚联职脑艺节药营虽补规观触计"
                                 "订让训讯诉诚误课转轮输边达过运还进远违连选邮释"
                                 "针钱铁银错键闻间问际陆险难页顺须顾协击办";
static const char traditional[] = "國發務關會對來時個們這說學為與業東車長門馬見書電話語認證設評議論記講許請調"
                                  "談誰財責貨質費資賠購貸貿賀項預領題額風飛飯館驗"
                                  "體點無黨產軍農決況淨減則創動勢區華單衛歷壓縣雙變號員聽啟團園圍圖圓場塊堅備"
                                  "復頭奪獎婦實審憲寬導將爾層屬歲島師帶幫並廣應慶"
                                  "庫開張錄歸當總懲態戲戰戶護報擇損換據數斷顯機權條極構標樣檔檢歡歐氣匯漢溝測"
                                  "濟滿環現災熱愛狀獨監盤碼確離種積稱稅穩築簽簡"
                                  "類緊紅約級紀納線練組細織終經結給統績續維綜編繳罰聯職腦藝節藥營雖補規觀觸計"
                                  "訂讓訓訊訴誠誤課轉輪輸邊達過運還進遠違連選郵釋"
                                  "針錢鐵銀錯鍵聞間問際陸險難頁順須顧協擊辦於";
static const char japanese[] = "県駅沢対図広円売読経済発変応拠検権観総続関戦実収処帰労営険験価仮気辺込働畑峠"
                               "団囲歳歩黒戸歴県庁戻択浜転軽";

static const struct {
  GUnicodeScript script;
  const char *language;
} scripts[] = {
    {G_UNICODE_SCRIPT_CYRILLIC, "ru"}, {G_UNICODE_SCRIPT_ARABIC, "ar"},
    {G_UNICODE_SCRIPT_GREEK, "el"},    {G_UNICODE_SCRIPT_HEBREW, "he"},
    {G_UNICODE_SCRIPT_THAI, "th"},     {G_UNICODE_SCRIPT_DEVANAGARI, "hi"},
    {G_UNICODE_SCRIPT_TIBETAN, "bo"},  {G_UNICODE_SCRIPT_MONGOLIAN, "mn"},
    {G_UNICODE_SCRIPT_BENGALI, "bn"},  {G_UNICODE_SCRIPT_TAMIL, "ta"},
    {G_UNICODE_SCRIPT_ARMENIAN, "hy"}, {G_UNICODE_SCRIPT_GEORGIAN, "ka"},
    {G_UNICODE_SCRIPT_KHMER, "km"},    {G_UNICODE_SCRIPT_LAO, "lo"},
    {G_UNICODE_SCRIPT_MYANMAR, "my"},
};

/* Other languages of these scripts, which only a declaration tells apart. */
static const struct {
  GUnicodeScript script;
  const char *language;
} declared_only[] = {
    {G_UNICODE_SCRIPT_CYRILLIC, "bg"},   {G_UNICODE_SCRIPT_CYRILLIC, "sr"},
    {G_UNICODE_SCRIPT_CYRILLIC, "be"},   {G_UNICODE_SCRIPT_CYRILLIC, "kk"},
    {G_UNICODE_SCRIPT_CYRILLIC, "ky"},   {G_UNICODE_SCRIPT_CYRILLIC, "mk"},
    {G_UNICODE_SCRIPT_CYRILLIC, "tg"},   {G_UNICODE_SCRIPT_ARABIC, "fa"},
    {G_UNICODE_SCRIPT_ARABIC, "ur"},     {G_UNICODE_SCRIPT_ARABIC, "ug"},
    {G_UNICODE_SCRIPT_ARABIC, "ps"},     {G_UNICODE_SCRIPT_DEVANAGARI, "ne"},
    {G_UNICODE_SCRIPT_DEVANAGARI, "mr"},
};

/* Small words; the more of them, the surer. A word may stand in several rows. */
static const struct {
  const char *language, *words;
} latin[] = {
    {"en", " the of and to in is that for on with as by at from be are was has have it this will not its an "
           "which new "},
    {"fr", " le la les des et en un une du est que pour dans qui sur au par plus avec ne pas ce sont aux "
           "cette ses "},
    {"de", " der die das und in den von zu mit ist des auf für im dem nicht ein eine als auch es an werden "
           "aus sich "},
    {"es", " de la el los que en y las del un por con una su para es al se lo como más sus fue ha son "},
    {"pt", " de que o e do da em um para com não uma os no na por mais dos das ao se como foi são pela "},
    {"it",
     " di che il la e un per è in una sono con non del della si da dei le nel alla gli anche più come "},
    {"nl",
     " de het een van en in is dat op te zijn met voor niet aan er om ook als door naar bij wordt werd "},
    {"pl", " i w na z do się jest że nie to o jak po za od dla przez są oraz tym już które "},
    {"sv", " och i att det som en på är av för med till den har de inte om ett han var men "},
    {"da", " og i at det er en til på af for med den de som ikke har et der var om "},
    {"tr", " ve bir bu için ile de da olarak çok daha olan gibi kadar sonra en "},
    {"cs", " a v se na je že o s z do i to k ve pro za by jako byl jsou "},
    {"hu", " a az és hogy nem is egy meg ez de volt van csak már mint el ezt "},
    {"vi", " và của là có cho các được trong với một những không đã người này "},
    {"ro", " și în cu pe este nu sunt care pentru din mai prin fost ale lui sau cele va fi "},
    {"fi", " ja on ei se että oli ovat mutta kun myös joka sekä tai mukaan hän olisi voi ole jotka "},
    {"nb", " og i at det er en til på av for med den de som ikke har et og der var om fra "},
    {"id", " yang dan di untuk dengan ini itu dari pada dalam akan tidak ke oleh adalah juga "},
};

typedef struct {
  guint han, kana, hangul, latin, other[G_N_ELEMENTS (scripts)];
  guint simplified, traditional, japanese;
} Counts;

static gboolean
is_one_of (gunichar c, const char *set)
{
  return g_utf8_strchr (set, -1, c) != NULL;
}

static void
count_han (Counts *counts, gunichar c)
{
  counts->han++;
  gboolean in_simplified = is_one_of (c, simplified), in_traditional = is_one_of (c, traditional);
  counts->simplified += in_simplified && !in_traditional;
  counts->traditional += in_traditional && !in_simplified;
  counts->japanese += is_one_of (c, japanese);
}

static void
count_char (Counts *counts, gunichar c)
{
  if (c < 0x80) {
    counts->latin += g_ascii_isalpha ((char)c) != 0;
    return;
  }
  GUnicodeScript script = g_unichar_get_script (c);
  if (zb_words_is_han (c))
    count_han (counts, c);
  else if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
    counts->kana++;
  else if (script == G_UNICODE_SCRIPT_HANGUL)
    counts->hangul++;
  else if (script == G_UNICODE_SCRIPT_LATIN)
    counts->latin++;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    counts->other[i] += script == scripts[i].script;
}

/* Chinese, which one, or Japanese without kana; NULL where the characters do not tell. */
static const char *
which_han (const Counts *counts)
{
  /* Japanese shares most of its characters with either way of Chinese; Chinese has none of Japan's own. */
  if (counts->japanese > 0 && counts->japanese * 20 >= counts->han)
    return "ja";
  if (counts->simplified == counts->traditional)
    return NULL;
  return counts->simplified > counts->traditional ? "zh-Hans" : "zh-Hant";
}

static const char *
name_han (const Counts *counts, const char *declared)
{
  /* A の in a Chinese brand is no Japanese text. */
  if (counts->kana >= 2 && counts->kana * 12 > counts->han)
    return "ja";
  const char *told = which_han (counts), *said = zb_language_known (declared);
  if (told != NULL)
    return told;
  gboolean fits = said != NULL && (g_str_has_prefix (said, "zh") || g_str_equal (said, "ja"));
  return fits ? said : "zh-Hans";
}

static guint
row_score (const char *words, char **text)
{
  guint score = 0;
  for (; *text != NULL; text++) {
    g_autofree char *word = g_strconcat (" ", *text, " ", NULL);
    score += **text != '\0' && strstr (words, word) != NULL;
  }
  return score;
}

/* By small words: the language with most of them, the first of equals. Without any, what was declared. */
static const char *
name_latin (const char *text, const char *declared)
{
  const char *best = NULL, *said = zb_language_known (declared);
  guint most = 0;
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit_set (lower, " \t\r\n.,;:!?()[]\"'/", -1);
  for (guint i = 0; i < G_N_ELEMENTS (latin); i++) {
    guint score = row_score (latin[i].words, words);
    gboolean better =
        score > most || (score == most && score > 0 && g_strcmp0 (latin[i].language, said) == 0);
    best = better ? latin[i].language : best;
    most = MAX (most, score);
  }
  if (best != NULL)
    return best;
  return said != NULL && !g_str_has_prefix (said, "zh") && !g_str_equal (said, "ja") ? said : "en";
}

static const char *
name_other (const Counts *counts, const char *text, const char *declared)
{
  const char *said = zb_language_known (declared);
  guint best = 0;
  for (guint i = 1; i < G_N_ELEMENTS (scripts); i++)
    best = counts->other[i] > counts->other[best] ? i : best;
  for (guint i = 0; i < G_N_ELEMENTS (declared_only); i++)
    if (declared_only[i].script == scripts[best].script && g_strcmp0 (declared_only[i].language, said) == 0)
      return said;
  if (scripts[best].script == G_UNICODE_SCRIPT_CYRILLIC && strpbrk (text, "іїєґ") != NULL)
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
      if (is_one_of (g_utf8_get_char (p), "іїєґІЇЄҐ"))
        return "uk";
  return scripts[best].language;
}

const char *
zb_language_of (const char *text, gssize length, const char *declared)
{
  Counts counts = {0};
  g_autofree char *valid = g_utf8_make_valid (text, length);
  char *p = valid;
  for (guint i = 0; i < CHARACTERS && *p != '\0'; i++, p = g_utf8_next_char (p))
    count_char (&counts, g_utf8_get_char (p));
  *p = '\0';
  guint other = 0;
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    other = MAX (other, counts.other[i]);
  /* A Chinese character says as much as three letters. */
  guint east = (counts.han + counts.kana + counts.hangul) * 3;
  if (east == 0 && counts.latin == 0 && other == 0)
    return zb_language_known (declared) != NULL ? zb_language_known (declared) : "und";
  if (east >= counts.latin && east >= other)
    return counts.hangul > counts.han + counts.kana ? "ko" : name_han (&counts, declared);
  return counts.latin >= other ? name_latin (valid, declared) : name_other (&counts, valid, declared);
}

static const char *
known_chinese (const char *lower)
{
  static const char *const hant[] = {"hant", "tw", "hk", "mo", "cht"};
  g_auto (GStrv) parts = g_strsplit (lower, "-", -1);
  for (guint i = 0; i < G_N_ELEMENTS (hant); i++)
    if (g_strv_contains ((const char *const *)parts + 1, hant[i]) &&
        !g_strv_contains ((const char *const *)parts + 1, "hans"))
      return "zh-Hant";
  return "zh-Hans";
}

const char *
zb_language_known (const char *declared)
{
  static const char *const plain[] = {"ja", "ko", "uk", "und"};
  g_autofree char *lower = g_ascii_strdown (declared != NULL ? declared : "", -1);
  g_strdelimit (g_strstrip (lower), "_", '-');
  gsize primary = strcspn (lower, "-");
  if (strncmp (lower, "zh", primary) == 0 && primary == 2)
    return known_chinese (lower);
  lower[primary] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (lower, plain[i]))
      return plain[i];
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (g_str_equal (lower, scripts[i].language))
      return scripts[i].language;
  for (guint i = 0; i < G_N_ELEMENTS (declared_only); i++)
    if (g_str_equal (lower, declared_only[i].language))
      return declared_only[i].language;
  for (guint i = 0; i < G_N_ELEMENTS (latin); i++)
    if (g_str_equal (lower, latin[i].language))
      return latin[i].language;
  return NULL;
}
