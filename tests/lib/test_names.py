"""How names are spelt for searching: surnames as surnames, every likely reading, nothing longer than its column."""

import pytest

from weihai_transfer.lib import names
from weihai_transfer.lib.names import spell

# Surname → its readings, the likeliest first. Each is tried as 〈surname〉示例.
SURNAMES = """
    单 shan dan|仇 qiu chou|曾 zeng ceng|解 xie jie|查 zha cha|翟 zhai di|朴 piao pu|区 ou qu|乐 yue le|盖 ge gai
    任 ren|华 hua|尉 wei yu|缪 miao mou|员 yun yuan|贠 yun yuan|宓 mi fu|冼 xian|洗 xian xi|覃 qin tan|纪 ji|黑 he hei|秘 bi mi
    费 fei bi|贲 ben|哈 ha|逄 pang|召 shao zhao|郇 huan xun|繁 po fan|种 chong zhong|折 she zhe|厍 she|薄 bo bao|燕 yan
    牟 mu mou|能 nai neng|俞 yu|葛 ge|沈 shen|祭 zhai ji|佴 nai er|乜 nie mie|车 che|訾 zi|殷 yin|阚 kan han|邸 di|亓 qi
    晁 chao|谌 chen shen|谯 qiao|郏 jia|褚 chu|都 du dou|钭 tou|那 na nuo|曲 qu|卜 bu bo|石 shi|占 zhan|相 xiang|宁 ning
    过 guo|干 gan|强 qiang|盛 sheng|莘 shen xin|臧 zang|藏 zang cang|瞿 qu|邵 shao|佘 she|逯 lu|昝 zan|荀 xun|郝 hao|郦 li
    芮 rui|粘 nian zhan|虢 guo|仉 zhang|尹 yin|丛 cong|鞠 ju|戚 qi|蔺 lin|赵 zhao|钱 qian|孙 sun|李 li|周 zhou|吴 wu|郑 zheng
    王 wang|冯 feng|陈 chen|卫 wei|蒋 jiang|韩 han|杨 yang|朱 zhu|秦 qin|许 xu|何 he|吕 lv|施 shi|张 zhang|孔 kong|曹 cao
    严 yan|金 jin|魏 wei|陶 tao|姜 jiang|谢 xie|邹 zou|窦 dou|章 zhang|云 yun|苏 su|潘 pan|范 fan|彭 peng|鲁 lu|马 ma
    苗 miao|方 fang|袁 yuan|柳 liu|唐 tang|薛 xue|雷 lei|贺 he|倪 ni|汤 tang|罗 luo|毕 bi|安 an|常 chang|于 yu|傅 fu
    齐 qi|康 kang|伍 wu|余 yu|顾 gu|孟 meng|黄 huang|穆 mu|萧 xiao|姚 yao|汪 wang|毛 mao|狄 di|戴 dai|宋 song|庞 pang
    熊 xiong|项 xiang|祝 zhu|董 dong|梁 liang|杜 du|蓝 lan|闵 min|季 ji|贾 jia|路 lu|江 jiang|童 tong|颜 yan|郭 guo
    梅 mei|林 lin|钟 zhong|徐 xu|邱 qiu|骆 luo|高 gao|夏 xia|蔡 cai|田 tian|樊 fan|胡 hu|凌 ling|霍 huo|虞 yu|万 wan
    柯 ke|管 guan|卢 lu|莫 mo|房 fang|裘 qiu|丁 ding|宣 xuan|邓 deng|洪 hong|包 bao|左 zuo|崔 cui|吉 ji|龚 gong|程 cheng
    邢 xing|裴 pei|陆 lu|荣 rong|翁 weng|段 duan|侯 hou|武 wu|刘 liu|景 jing|龙 long|叶 ye|白 bai|温 wen|庄 zhuang|晏 yan
    柴 chai|阎 yan|连 lian|习 xi|艾 ai|容 rong|向 xiang|古 gu|易 yi|廖 liao|耿 geng|满 man|匡 kuang|文 wen|关 guan|岳 yue
"""

# Whole names → full spellings / initials.
WHOLE = """
    单雄信     shanxiongxin danxiongxin / sxx dxx
    仇和       qiuhe chouhe / qh ch
    曾国藩     zengguofan cengguofan / zgf cgf
    解晓东     xiexiaodong jiexiaodong / xxd jxd
    查良镛     zhaliangyong chaliangyong / zly cly
    翟天临     zhaitianlin ditianlin / ztl dtl
    朴树       piaoshu pushu / ps
    区小明     ouxiaoming quxiaoming / oxm qxm
    乐嘉       yuejia lejia / yj lj
    盖叫天     gejiaotian gaijiaotian / gjt
    尉迟恭     yuchigong weichigong / ycg wcg
    万俟卨     moqixie wanqixie / mqx wqx
    长孙无忌   zhangsunwuji / zswj
    单于示例   chanyushili danyushili / cysl dysl
    澹台灭明   tantaimieming dantaimieming / ttmm dtmm
    乐正示例   yuezhengshili lezhengshili / yzsl lzsl
    令狐冲     linghuchong / lhc
    欧阳修     ouyangxiu / oyx
    诸葛亮     zhugeliang / zgl
    上官婉儿   shangguanwaner / sgwe
    朱重八     zhuzhongba zhuchongba / zzb zcb
    王乐乐     wanglele wangyuele wangleyue wangyueyue / wll wyl wly wyy
    李长春     lichangchun lizhangchun / lcc lzc
    尉健行     weijianxing yujianxing weijianhang yujianhang / wjx yjx wjh yjh
    张朝阳     zhangchaoyang zhangzhaoyang / zcy zzy
    王茜       wangqian wangxi / wq wx
    李娜       lina linuo / ln
    刘晟       liusheng liucheng / ls lc
    黄柏       huangbai huangbo / hb
    单示例     shanshili danshili / ssl dsl
    吕绿       lvlv / ll
    仓央嘉措   cangyangjiacuo / cyjc
    李A        lia / la
    㐂示例     shili / sl
"""


def surnames():
    for entry in SURNAMES.replace("\n", "|").split("|"):
        if entry.strip():
            yield entry.split()


def whole():
    for line in WHOLE.strip().splitlines():
        name, _, rest = line.strip().partition(" ")
        if "/" in rest:
            full, _, initials = rest.partition("/")
            yield name, full.strip(), initials.strip()


@pytest.mark.parametrize("entry", list(surnames()), ids=lambda entry: entry[0])
def test_a_surname_is_spelt_as_a_surname(entry):
    surname, *readings = entry
    full, initials = spell(surname + "示例")
    assert full.split() == [f"{reading}shili" for reading in readings]
    assert initials.split() == list(dict.fromkeys(f"{reading[0]}sl" for reading in readings))


@pytest.mark.parametrize(("name", "full", "initials"), list(whole()))
def test_a_name_is_spelt_in_all_likely_ways(name, full, initials):
    assert spell(name) == (full, initials)


def test_the_corpus_is_large():
    assert len(list(surnames())) + len(list(whole())) >= 200


def test_signs_and_characters_without_a_reading_are_left_out():
    assert spell("示例古丽·买买提")[0] == "shiligulimaimaiti"
    assert spell("\uf0ff示例")[0] == "shili"
    assert spell("") == ("", "")


def test_the_longest_name_fits_the_columns():
    full, initials = spell("乐" + "长" * 59)
    assert len(full) <= names.LONGEST
    assert len(initials) <= names.LONGEST_INITIALS
    assert full.startswith("yuechang")
    short = spell("曾长乐行")
    assert len(short[0].split()) == names.MOST_SPELLINGS
