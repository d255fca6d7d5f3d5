/* Pinyin as the weekly prints it. */
#include "zhoubao/base/romanize.h"

typedef struct {
  const char *text, *pinyin;
} Row;

static void
assert_rows (const Row *rows, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    g_autofree char *out = zb_romanize (rows[i].text);
    if (g_strcmp0 (out, rows[i].pinyin) == 0)
      continue;
    g_test_message ("%s: expected «%s», got «%s»", rows[i].text, rows[i].pinyin, out);
    g_test_fail ();
  }
}

static void
test_titles_of_the_weekly (void)
{
  static const Row rows[] = {
      {"上海市社会信用条例", "Shanghaishi shehui xinyong tiaoli"},
      {"河北省社会信用信息条例", "Hebeisheng shehui xinyong xinxi tiaoli"},
      {"浙江省公共信用信息管理条例", "Zhejiangsheng gonggong xinyong xinxi guanli tiaoli"},
      {"国务院办公厅关于加强个人诚信体系建设的指导意见",
       "guowuyuan bangongting guanyu jiaqiang geren chengxin tixi jianshe de zhidao yijian"},
      {"关于对失信被执行人实施联合惩戒的合作备忘录",
       "guanyu dui shixin bei zhixingren shishi lianhe chengjie de hezuo beiwanglu"},
      {"最高人民法院关于公布失信被执行人名单信息的若干规定",
       "zuigao renmin fayuan guanyu gongbu shixin bei zhixingren mingdan xinxi de ruogan guiding"},
      {"国家发展改革委办公厅关于归集信用信息的通知",
       "guojia fazhan gaigewei bangongting guanyu guiji xinyong xinxi de tongzhi"},
      {"互联网金融风险专项整治", "hulianwang jinrong fengxian zhuanxiang zhengzhi"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_places_have_a_capital_and_their_own_readings (void)
{
  static const Row rows[] = {
      {"重庆市", "Chongqingshi"},
      {"厦门经济特区", "Xiamen jingji tequ"},
      {"六安市", "Lu'anshi"},
      {"长沙市", "Changshashi"},
      {"长春市", "Changchunshi"},
      {"西安市", "Xi'anshi"},
      {"陕西省", "Shaanxisheng"},
      {"山西省", "Shanxisheng"},
      {"西藏自治区", "Xizang zizhiqu"},
      {"内蒙古自治区", "Neimenggu zizhiqu"},
      {"成都市", "Chengdushi"},
      {"百色市", "Baiseshi"},
      {"乐山市", "Leshanshi"},
      {"乐清市", "Yueqingshi"},
      {"蚌埠市", "Bengbushi"},
      {"番禺区", "Panyuqu"},
      {"都江堰", "Dujiangyan"},
      {"闵行区", "Minhangqu"},
      {"哈尔滨市", "Ha'erbinshi"},
      {"江苏省睢宁县", "Jiangsusheng Suiningxian"},
      {"铅山县", "Yanshanxian"},
      {"泌阳县", "Biyangxian"},
      {"都匀市", "Duyunshi"},
      {"乐陵市", "Laolingshi"},
      {"葛洲坝集团", "Gezhouba jituan"},
      {"安徽省六安市金寨县", "Anhuisheng Lu'anshi Jinzhaixian"},
      {"广东省各部门", "Guangdongsheng ge bumen"},
      {"长三角地区", "Changsanjiao diqu"},
      {"粤港澳大湾区", "Yuegang'ao dawanqu"},
      {"中华人民共和国", "Zhonghua renmin gongheguo"},
      {"信用中国", "xinyong Zhongguo"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_counties_and_autonomous_places (void)
{
  static const Row rows[] = {
      {"费县", "Feixian"},
      {"耿马傣族佤族自治县", "Gengma daizu wazu zizhixian"},
      {"珙县", "Gongxian"},
      {"大厂回族自治县", "Dachang huizu zizhixian"},
      {"崆峒区", "Kongtongqu"},
      {"珲春市", "Hunchunshi"},
      {"莎车县", "Shachexian"},
      {"芷江侗族自治县", "Zhijiang dongzu zizhixian"},
      {"镇沅彝族哈尼族拉祜族自治县", "Zhenyuan yizu hanizu lahuzu zizhixian"},
      {"恩施土家族苗族自治州", "Enshi tujiazu miaozu zizhizhou"},
      {"延边朝鲜族自治州", "Yanbian chaoxianzu zizhizhou"},
      {"克孜勒苏柯尔克孜自治州", "Kezilesu ke'erkezi zizhizhou"},
      {"莫力达瓦达斡尔族自治旗", "Molidawa dawo'erzu zizhiqi"},
      {"长子县", "Zhangzixian"},
      {"大城县", "Daichengxian"},
      {"猇亭区", "Xiaotingqu"},
      {"蔚县", "Yuxian"},
      {"浒墅关", "Xushuguan"},
      {"朱家角镇", "Zhujiajiaozhen"},
      {"中国人民银行", "Zhongguo renmin yinhang"},
      {"财政部会计司", "caizhengbu kuaijisi"},
      {"阿图什市", "Atushishi"},
      {"塔什库尔干塔吉克自治县", "Tashiku'ergan tajike zizhixian"},
      {"曾都区", "Zengduqu"},
      {"柏林", "Bolin"},
      {"积石山保安族东乡族撒拉族自治县", "Jishishan bao'anzu dongxiangzu salazu zizhixian"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_words_are_joined_as_they_are_printed (void)
{
  static const Row rows[] = {
      {"会计师事务所", "kuaijishi shiwusuo"},
      {"供应商应收账款", "gongyingshang yingshou zhangkuan"},
      {"校长负责制", "xiaozhang fuzezhi"},
      {"都市圈专题组", "dushiquan zhuantizu"},
      {"惠及市民", "huiji shimin"},
      {"为什么新城市建设", "weishenme xin chengshi jianshe"},
      {"新型城镇化", "xinxing chengzhenhua"},
      {"全县各县贫困县", "quanxian gexian pinkunxian"},
      {"六合彩", "liuhecai"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_what_only_looks_like_a_place_has_none (void)
{
  static const Row rows[] = {
      {"诚信阳光", "chengxin yangguang"},
      {"朝阳产业", "chaoyang chanye"},
      {"重大理论", "zhongda lilun"},
      {"上海市场监管局长调研企业", "Shanghai shichang jianguan juzhang diaoyan qiye"},
      {"杭州市民", "Hangzhou shimin"},
      {"上海市政府", "Shanghaishi zhengfu"},
      {"武汉市长江大桥", "Wuhanshi Changjiang daqiao"},
      {"会同市场监管部门", "huitong shichang jianguan bumen"},
      {"特大城市信用", "teda chengshi xinyong"},
      {"平安建设", "ping'an jianshe"},
      {"永安市场", "yong'an shichang"},
      {"经济合作区", "jingji hezuo qu"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_characters_of_several_readings (void)
{
  static const Row rows[] = {
      {"银行行长", "yinhang hangzhang"},
      {"行业协会", "hangye xiehui"},
      {"执行", "zhixing"},
      {"银行业", "yinhangye"},
      {"长期增长", "changqi zengzhang"},
      {"重新认定重大案件", "chongxin rending zhongda anjian"},
      {"双重预防", "shuangchong yufang"},
      {"调查", "diaocha"},
      {"调整", "tiaozheng"},
      {"强调协调", "qiangdiao xietiao"},
      {"会计协会", "kuaiji xiehui"},
      {"还款", "huankuan"},
      {"偿还", "changhuan"},
      {"没收违法所得", "moshou weifa suode"},
      {"率先提高效率", "shuaixian tigao xiaolu"},
      {"给予", "jiyu"},
      {"参与", "canyu"},
      {"出差", "chuchai"},
      {"差异", "chayi"},
      {"校验", "jiaoyan"},
      {"了解", "liaojie"},
      {"着力", "zhuoli"},
      {"目的和标的", "mudi he biaodi"},
      {"土地", "tudi"},
      {"快速地发展", "kuaisu de fazhan"},
      {"首都的都市", "shoudu de dushi"},
      {"弹性", "tanxing"},
      {"音乐", "yinyue"},
      {"角色", "juese"},
      {"畜牧", "xumu"},
      {"著名", "zhuming"},
      {"开拓", "kaituo"},
      {"削减", "xuejian"},
      {"堵塞", "duse"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_latin_digits_and_marks (void)
{
  static const Row rows[] = {
      {"Credit rules, 2017: “new”", "Credit rules, 2017: “new”"},
      {"", ""},
      {"发改财金〔2017〕427号", "fagai caijin [2017] 427 hao"},
      {"5G网络和Big Data时代", "5G wangluo he Big Data shidai"},
      {"（2014—2020年）", "(2014-2020 nian)"},
      {"《办法（试行）》的通知", "\"banfa (shixing)\" de tongzhi"},
      {"《“健康中国2030”规划》、《通知》：好。", "\"'jiankang Zhongguo 2030' guihua\", \"tongzhi\": hao."},
      {"二〇一七年", "erlingyiqi nian"},
      {"第十三届", "dishisan jie"},
      {"信用(试行) \"信用\"体系", "xinyong (shixing) \"xinyong\" tixi"},
      {"信用/失信 3:00 ＡＢＣ", "xinyong/shixin 3:00 ABC"},
      {"關於印發社會信用體系", "guanyu yinfa shehui xinyong tixi"},
      {"ひらがな", "ひらがな"},
  };
  assert_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_a_title_begins_with_a_capital (void)
{
  static const Row rows[] = {
      {"关于加强诚信建设的意见", "Guanyu jiaqiang chengxin jianshe de yijian"},
      {"河北省社会信用信息条例", "Hebeisheng shehui xinyong xinxi tiaoli"},
      {"《关于失信》的通知", "\"Guanyu shixin\" de tongzhi"},
      {" 【通知】名单", "[Tongzhi] mingdan"},
      {"2017年信用", "2017 nian xinyong"},
      {"e租宝平台", "e zubao pingtai"},
      {"Credit rules", NULL},
      {"", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *pinyin = zb_romanize_title (rows[i].text);
    g_assert_cmpstr (pinyin, ==, rows[i].pinyin);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/romanize/titles_of_the_weekly", test_titles_of_the_weekly);
  g_test_add_func ("/romanize/places_have_a_capital_and_their_own_readings",
                   test_places_have_a_capital_and_their_own_readings);
  g_test_add_func ("/romanize/counties_and_autonomous_places", test_counties_and_autonomous_places);
  g_test_add_func ("/romanize/words_are_joined_as_they_are_printed",
                   test_words_are_joined_as_they_are_printed);
  g_test_add_func ("/romanize/what_only_looks_like_a_place_has_none",
                   test_what_only_looks_like_a_place_has_none);
  g_test_add_func ("/romanize/characters_of_several_readings", test_characters_of_several_readings);
  g_test_add_func ("/romanize/latin_digits_and_marks", test_latin_digits_and_marks);
  g_test_add_func ("/romanize/a_title_begins_with_a_capital", test_a_title_begins_with_a_capital);
  return g_test_run ();
}
