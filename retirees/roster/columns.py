"""Every column that a roster may have, what it is called, and what reads its cells.

`fills` names the facts of `PersonFacts` that a column ends in; most columns are the fact of the same name.
Headings are compared without blanks, signs and brackets, so one variant of each is enough.
"""

# ruff: noqa: E501 (a table of words reads best with one row each)

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from retirees.roster import cells, choices, dates, ids, person_names, phones


@dataclass(frozen=True, slots=True)
class Column:
    field: str
    label: str
    aliases: tuple[str, ...]
    cleaner: Callable  # (today) → function raw → (value, findings)
    group: str
    required: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    as_text: bool = False  # must be a text cell in a workbook that we write
    several: bool = False  # more than one column of a roster may fill it
    fills: tuple[str, ...] = ()
    shape: str = ""  # what its cells look like: id, phone, date, name, choice

    @property
    def is_fact(self):
        """Stands for a fact of its own, so belongs into the template that we offer."""
        return self.fills == (self.field,)


def column(field, label, aliases, cleaner, group, fills=None, **more):
    if cleaner.func is cells.choice_cleaner or cleaner.func is cells.groups_cleaner:
        more = {"choices": tuple(choices.LABELS[cleaner.keywords["field"]]), "shape": "choice"} | more
    fills = (field,) if fills is None else tuple(fills.split())
    return Column(field, label, (label, *aliases.split()), cleaner, group, fills=fills, **more)


def text(limit):
    return partial(cells.text_cleaner, limit=limit)


def choice(field, unclear="choice_unknown"):
    return partial(cells.choice_cleaner, field=field, unclear=unclear)


def groups(field):
    return partial(cells.groups_cleaner, field=field)


def money(limit):
    return partial(cells.money_cleaner, limit=limit)


DATE = partial(dates.date_cleaner)
BIRTH = partial(dates.birth_cleaner)
RETIREMENT_DATE = partial(dates.date_cleaner, year_only="date_incomplete")
NAME = partial(person_names.name_cleaner)
IDENTITY = partial(ids.id_cleaner)
PHONE = partial(phones.phone_cleaner)
YES_NO = partial(cells.yes_no_cleaner)
TICK = partial(cells.tick_cleaner)
COUNT = partial(cells.count_cleaner)
HEALTH = partial(cells.health_cleaner)
UNIT_AND_POST = partial(cells.unit_and_post_cleaner)

PERSON, WORK, HOME, PARTY, DOSSIER, INSURANCE, SPECIAL, MONEY, OTHER = (
    "基本信息", "工作与退休", "联系与居住", "党组织关系", "人事档案", "社会保险", "特殊情况", "统筹外待遇", "其他",
)  # fmt: skip
UNCLEAR = "choice_unclear"
ANY_DATE = "1958-03-01 或 1958-03"

# fmt: off
COLUMNS = (
    # who
    column("name", "姓名", "退休人员姓名 职工姓名 人员姓名 员工姓名 名字 退休职工姓名 本人姓名 党员姓名 姓名全称 离退休人员姓名", NAME, PERSON,
           required=True, note="与身份证一致，不加空格；少数民族姓名用间隔号“·”", shape="name"),
    column("id_type", "证件类型", "证件种类 证件类别 身份证件类型 有效证件类型 有效证件名称 证件名称", choice("id_type"), PERSON,
           note="不填按居民身份证"),
    column("id_number", "身份证号", "身份证号码 公民身份号码 公民身份证号码 居民身份证号码 居民身份证号 居民身份证 证件号码 证件号 身份证 身份证件号码 "
           "社会保障号码 社会保障号 身份号码 身份证编号 有效证件号码 公民身份证号 身份证号码18位 二代身份证号码 公民身份证 ID 身份证证号", IDENTITY, PERSON,
           required=True, note="18 位，单元格须为文本格式", as_text=True, shape="id"),
    column("sex", "性别", "男女 性別", choice("sex"), PERSON, note="不填按身份证号"),
    column("born_on", "出生日期", "出生年月 出生时间 出生年月日 生日 出生日 出生 出生日月 身份证出生日期", BIRTH, PERSON,
           note="不填按身份证号", shape="date"),
    column("ethnic_group", "民族", "族别", choice("ethnic_group", UNCLEAR), PERSON),
    column("native_place", "籍贯", "祖籍 出生地", text(60), PERSON),
    column("political_status", "政治面貌", "政治面目 党派 政治身份 党员情况 政治面貌情况 党派情况", choice("political_status"), PERSON),
    column("party_member", "是否党员", "是否中共党员 是否为党员 是否是党员 党员 是否为中共党员 是否党员身份 党员标识 是不是党员", YES_NO, PERSON,
           fills="political_status"),
    column("marital_status", "婚姻状况", "婚姻 婚否 婚姻情况 婚姻状态", choice("marital_status", UNCLEAR), PERSON),
    column("education", "文化程度", "最高学历 学历 文化水平 教育程度 学历层次 受教育程度 文化 第一学历 学历情况", choice("education", UNCLEAR), PERSON),

    # work
    column("worked_since", "参加工作时间", "参加工作日期 参加工作年月 工作时间 参工时间 参加工作 参加工作年月日 工作日期 入职时间 参加革命工作时间 "
           "首次参加工作时间 何时参加工作", DATE, WORK, note=ANY_DATE, shape="date"),
    column("retired_on", "退休时间", "退休年月 退休日期 应退休年月 退休手续办理时间 办理退休时间 批准退休时间 离岗时间 退休年月日 离退休时间 离退休日期 "
           "离退休年月 正式退休时间 退休批准时间 办理退休手续时间 退休审批时间 实际退休时间 核准退休时间 退休时间年月 退休 应退休时间 应退休日期 "
           "退休批准日期 何时退休", RETIREMENT_DATE, WORK, required=True, note=ANY_DATE, shape="date"),
    column("retirement_kind", "退休类别", "离退休类别 退休性质 退休类型 退休方式 离退休类型 退休种类 人员类别 离退休性质 退休原因 退休形式",
           choice("retirement_kind", UNCLEAR), WORK),
    column("retirement_note", "退休时间说明", "提前退休原因 延迟退休原因 退休时间备注 退休情况说明 提前或延迟退休说明", text(200), WORK,
           note="退休时间早于或晚于法定年龄的，写明原因"),
    column("former_unit", "原工作单位", "所属单位 企业名称 原单位 单位名称 工作单位 所在企业 二级单位 退休时单位 退休前单位 原单位名称 原所在单位 退休单位 "
           "退休前工作单位 所在单位 单位 所属企业 原所属单位 退休时所在单位 部门 退休时所在部门 原企业名称 移交单位 移交企业 移交企业名称 所属公司 "
           "三级单位 原工作企业 车间 所在部门 原工作单位名称 国有企业名称", text(120), WORK),
    column("unit_and_post", "退休时单位及岗位", "原工作单位及职务 单位及职务 单位及岗位 原单位及岗位 原单位及职务 退休前单位及职务 退休时单位及职务 "
           "退休前单位及岗位 工作单位及职务 原工作单位及岗位 单位职务 退休时单位和岗位", UNIT_AND_POST, WORK, fills="former_unit post"),
    column("soe_level", "隶属关系", "企业性质 企业层级 企业类别 企业隶属关系 企业级别 单位隶属关系 企业类型 单位性质 国企层级 国有企业类别", choice("soe_level", UNCLEAR), WORK),
    column("level_central", "央企", "中央企业 是否央企 中央", TICK, WORK, fills="soe_level"),
    column("level_province", "省企", "省属企业 省属 是否省属", TICK, WORK, fills="soe_level"),
    column("level_city", "市企", "市属企业 市属 是否市属", TICK, WORK, fills="soe_level"),
    column("level_district", "区企", "区属企业 区属 区市属企业 县属企业", TICK, WORK, fills="soe_level"),
    column("post", "退休时职务（岗位）", "原任职务 退休时职务职级 退休时职务 职务 职级 岗位 退休前职务 原职务 工种 退休岗位 原岗位 职务职级 退休时岗位 "
           "原职务职级 退休前岗位 职务岗位 岗位职务 工作岗位 行政职务 退休时职级 原任职务职级 岗位名称 从事工种", text(80), WORK, several=True),
    column("title", "职称（技能等级）", "资格职称 职称 技能等级 专业技术职称 专业技术职务 职称等级 技术职称 职业资格 技术等级 资格 职称资格 "
           "专业技术资格 职称或技能等级 职业技能等级", text(80), WORK, several=True),
    column("city_managed_leader", "市委管理的退休领导人员", "是否市管干部 市管干部 是否市委管理 市管领导 市管领导人员 是否市管 是否市委管理的退休领导人员 "
           "是否市管领导人员 市委管理领导人员 是否市委管理领导人员", YES_NO, WORK, choices=("是", "否")),

    # home
    column("phone", "联系电话", "电话 手机 手机号码 手机号 本人电话 联系方式 本人联系电话 电话号码 联系手机 移动电话 本人手机 固定电话 住宅电话 家庭电话 "
           "宅电 座机 联系电话1 联系电话2 本人联系方式 手机电话 个人电话 备用电话", PHONE, HOME, note="多个号码用“、”隔开", as_text=True, several=True, shape="phone"),
    column("hukou_address", "户口所在地", "户口所在地址 户籍所在地 户籍地址 户籍地 户口地址 户口所在地详细地址 户籍所在地址 户籍 户籍详细地址 户口 "
           "户籍所在地详细地址 户口登记地 户口所在地住址 身份证地址 身份证住址 户口簿地址", text(200), HOME, note="写到街道、社区、楼栋"),
    column("residence_address", "常年居住地", "常住地 现居住地详细地址 居住地 现住址 家庭住址 现居住地址 居住地址 常住地址 现居住地 住址 现住地址 实际居住地 "
           "实际居住地址 家庭地址 详细地址 现家庭住址 居住地详细地址 常年居住地址 住所 家庭详细地址 现在住址 门牌地址 通讯地址 现居地 地址 "
           "现居住地点 常住地详细地址 经常居住地 联系地址 家庭居住地址 目前居住地", text(200), HOME, note="写到街道、社区、楼栋"),
    column("residence_elsewhere", "异地居住地", "异地居住地址 异地住址 异地居住详细地址 外地居住地址 异地常住地", text(200), HOME, fills="residence_address"),
    column("residence", "居住地类别", "居住类别 居住地类型 居住地分类 常住地类别 居住状况 居住地性质", choice("residence"), HOME, note="不填按本市"),
    column("declared_receiver", "花名册填写的接收地", "接收地 移交接收地 拟接收地 移交地 接收单位 接收地名称 接收地区 移交接收单位 拟移交地 移交去向 拟移交接收地 "
           "接收区市街道社区 移交社区街道 社会化管理服务接收地 社会化管理接收地 接收地区市街道社区 接收地点 属地", text(160), HOME, note="区市、镇街、社区"),
    column("receiver_district", "接收区市", "移交区市 接收区县 移交区县 接收地区县 接收县市区 接收地区市 所属区市 所在区市 居住地区市 区市 区县 县市区 所属区县 "
           "居住地县区 居住地区县 居住地县市区 市区 移交县市区", text(60), HOME, fills="declared_receiver"),
    column("receiver_street", "接收镇街", "接收街道 移交街道 所属街道 居住地乡镇街道 街道 镇街 街道乡镇 乡镇街道 接收地街道 接收街道乡镇 移交镇街 所在街道 "
           "街道镇 镇街道 居住地街道 街镇 接收街镇 街道办事处 接收乡镇街道 所属镇街 所在镇街", text(60), HOME, fills="declared_receiver"),
    column("receiver_community", "接收社区", "移交社区 居住地社区村 社区 社区村 接收地社区 所属社区 社区居委会 接收社区村 移交社区村 所在社区 居委会 村居 "
           "村社区 居住地社区 社区村居 居住社区 接收村居", text(60), HOME, fills="declared_receiver"),
    column("contact_name", "联系人", "家庭联系人 其他联系人 紧急联系人 联系人姓名 紧急联系人姓名 家庭联系人姓名 其他联系人姓名 亲属姓名 家属姓名 亲属联系人 "
           "家属联系人 第一联系人 子女联系人 家属 联络人", NAME, HOME),
    column("contact_relation", "与本人关系", "与联系人关系 联系人关系 关系 与退休人员关系 紧急联系人关系 与联系人的关系 与紧急联系人关系 家庭联系人关系 "
           "亲属关系 联系人与本人关系", text(20), HOME),
    column("contact_phone", "联系人电话", "紧急联系人电话 家庭联系人电话 其他联系人电话 联系人联系电话 家属电话 亲属电话 子女电话 联系人手机 "
           "紧急联系电话 联系人联系方式 家属联系电话 亲属联系电话 联系人手机号 联系人手机号码 紧急联系人联系电话 紧急联系人手机", PHONE, HOME,
           as_text=True, shape="phone"),

    # insurance
    column("pension_place", "养老保险所在地", "社保关系所在地 社会保险关系所在地养老 社会保险关系所在地 参保地 养老保险参保地 养老参保地 养老保险关系所在地 社保所在地 "
           "养老金发放地 养老保险缴纳地 社保参保地 养老保险", text(80), INSURANCE),
    column("medical_place", "医疗保险所在地", "社会保险关系所在地医疗 医保参保地 医疗保险关系所在地 医保所在地 医保关系所在地 医保类型 医疗保险参保地 "
           "医疗参保地 医疗保险 医保 医疗保险类型", text(80), INSURANCE),
    column("medical_local", "医保已纳入地方管理", "医保是否已纳入地方管理 医保是否纳入地方管理 医保是否属地管理 医保是否属地 是否纳入地方医保 是否参加地方医保 "
           "医疗保险是否纳入地方管理 是否参加属地医保 是否已纳入地方医保 医保是否在地方", YES_NO, INSURANCE, choices=("是", "否")),

    # special circumstances
    column("special_groups", "特殊群体", "特殊人员 特殊人群标示 特殊人群 人员标识 特殊人群标识 特殊人员类别 困难群体 特殊群体类别 特殊人员情况 重点人群 "
           "特殊人员标识 特殊情况", groups("special_groups"), SPECIAL, note="可填多项，用“、”隔开", several=True),
    column("preferential", "优抚类别", "优抚对象类别 优抚", groups("preferential"), SPECIAL, fills="special_groups"),
    column("tick_elderly", "八十岁以上高龄", "80岁以上高龄 高龄 高龄老人 是否高龄 80岁以上", TICK, SPECIAL, fills="special_groups"),
    column("tick_alone", "孤寡老人", "孤寡 是否孤寡 是否孤寡老人 是否空巢 独居 是否独居", TICK, SPECIAL, fills="special_groups"),
    column("tick_model_worker", "劳模", "劳动模范 劳模情况标识 是否劳模 劳模情况 劳模标识 是否劳动模范 劳模级别 劳模类别 劳动模范级别 劳模称号", TICK, SPECIAL,
           fills="special_groups"),
    column("tick_hardship", "特困", "是否特困 困难职工 是否困难职工 是否困难 特困职工 是否特困职工", TICK, SPECIAL, fills="special_groups"),
    column("tick_serious_illness", "重病", "是否重病 大病 重大疾病 是否大病 是否患重病", TICK, SPECIAL, fills="special_groups"),
    column("tick_disabled", "残疾", "是否残疾 残疾人 是否残疾人 残疾情况 残疾等级", TICK, SPECIAL, fills="special_groups"),
    column("tick_work_injury", "工伤", "是否工伤 工伤人员 因工致残 是否因工致残 是否工伤人员", TICK, SPECIAL, fills="special_groups"),
    column("tick_occupational", "职业病", "是否职业病 是否患职业病 职业病情况", TICK, SPECIAL, fills="special_groups"),
    column("tick_minimum_living", "是否享受低保", "低保 是否低保 享受低保 低保户 是否低保户", TICK, SPECIAL, fills="special_groups"),
    column("tick_veteran", "退役军人", "是否退役军人 军转干部 是否军转干部 复转军人 是否退伍军人 是否复转军人 企业军转干部 是否参战 参战人员", TICK, SPECIAL,
           fills="special_groups"),
    column("tick_pre_1949", "建国前参加工作", "是否建国前参加工作 建国前老工人 建国前参加革命工作", TICK, SPECIAL, fills="special_groups"),
    column("tick_special_work", "特殊工种", "是否特殊工种 特殊工种标识 是否从事特殊工种", TICK, SPECIAL, fills="special_groups"),
    column("health", "健康状况", "身体状况 健康情况 身体健康状况 健康 身体情况 患病情况 健康状态", HEALTH, SPECIAL),
    column("hardship", "困难情况", "困难说明 家庭困难情况 困难原因 特困情况 生活困难情况 家庭困难说明", text(300), SPECIAL),
    column("injury_grade", "工伤伤残等级（职业病）", "工伤伤残等级 伤残等级 工伤等级 工伤级别 伤残级别 工伤情况 工伤职业病等级", text(60), SPECIAL),

    # dossier
    column("has_dossier", "有人事档案", "是否有档案 有无档案 是否有人事档案 有无人事档案 人事档案有无 档案有无 档案情况 人事档案 是否存有档案", YES_NO, DOSSIER,
           choices=("是", "否"), note="不填按有"),
    column("dossier_place", "档案存放地", "档案存放地点 档案所在地 档案保管单位 人事档案存放地 档案存放单位 人事档案所在地 档案保管地 档案存放处 人事档案保管单位 "
           "档案现存放地 人事档案存放地点 档案位置 档案存放位置 档案管理单位", text(120), DOSSIER),
    column("dossier_volumes", "档案册数", "档案卷数 册数 卷数 档案数量 人事档案册数 档案本数 档案份数 档案册数册", COUNT, DOSSIER),
    column("dossier_number", "档案编号", "档案局档号 档号 人事档案编号 档案号 人事档案号 档案盒号 案卷号 档案序号", text(60), DOSSIER, as_text=True),

    # party
    column("party_branch", "所在党支部", "党组织关系所在地 党组织名称 所在党组织 党支部 所属党支部 所属党组织 原所在党支部 党组织关系所在党支部 组织关系所在地 "
           "党组织 原所在基层党委 所在支部 党组织关系所在单位 党支部名称 党组织关系所在支部 原党支部 组织关系所在单位 党关系所在地 所在党委 所属支部", text(120), PARTY,
           several=True),
    column("party_joined_on", "入党时间", "入党日期 入党年月 加入党组织时间 何时入党 入党年月日 加入中国共产党时间 加入党组织日期", DATE, PARTY, shape="date"),
    column("party_confirmed_on", "转正时间", "转正日期 党员转正时间 转为正式党员时间 转为正式党员日期 预备党员转正时间 转正年月", DATE, PARTY, shape="date"),
    column("dues_paid_until", "党费交至", "党费缴至年月 党费交至年月 党费缴至 党费缴纳至 党费交纳至 党费截止时间 党费交纳截止时间 党费缴至时间 党费缴纳截止年月 "
           "党费缴纳截止时间 党费交至时间 党费缴止年月 党费缴纳至年月", DATE, PARTY, shape="date"),
    column("dues_monthly", "月党费（元）", "党费月缴额 月党费 党费标准 每月党费 党费月交额 月缴党费 党费金额 党费月缴额元 月交党费 党费月标准 每月党费金额 党费基数",
           money(9_999), PARTY),

    # survival
    column("survival", "生存状态", "生存情况 生存状况 人员状态 生存认证 健在情况 生存状态标识 存活状态", choice("survival"), OTHER),
    column("is_alive", "是否健在", "健在 是否在世 是否生存 健在与否 是否存活", YES_NO, OTHER, fills="survival"),
    column("is_dead", "是否去世", "是否死亡 是否已死亡 是否已去世 去世 是否已故 已故 死亡标识 是否病故", YES_NO, OTHER, fills="survival"),
    column("died_on", "死亡日期", "去世时间 死亡时间 去世日期 亡故时间 去世年月 死亡年月 病故时间 逝世时间 亡故日期 病故日期", DATE, OTHER, shape="date"),

    # out-of-pool money
    column("annuity", "所在企业已实施企业年金", "是否实施企业年金 企业年金 是否有企业年金 是否建立企业年金 年金 是否年金 是否已实施企业年金 是否参加企业年金 "
           "有无企业年金 是否享受企业年金", YES_NO, MONEY, choices=("是", "否")),
    column("out_of_pool_items", "统筹外项目", "统筹外费用项目 统筹外待遇项目 统筹外补贴项目 统筹外费用名称 统筹外项目名称 统筹外费用", text(200), MONEY, several=True),
    column("out_of_pool_item", "统筹外分项", "", text(60), MONEY, fills="out_of_pool_items", several=True),
    column("out_of_pool_monthly", "统筹外月发放标准（元）", "统筹外月发放标准 月发放标准 统筹外月标准 月统筹外标准 统筹外费用月标准 统筹外按月发放标准 每月发放标准 "
           "统筹外费用月发放标准 统筹外每月金额 统筹外月金额", money(999_999), MONEY),
    column("out_of_pool_yearly", "统筹外年发放金额（元）", "统筹外年发放金额 年发放金额 年发放标准 统筹外年标准 统筹外年金额 全年发放金额 统筹外费用年金额 "
           "统筹外费用年发放金额 每年发放金额", money(9_999_999), MONEY),
    column("remark", "备注", "说明 备注说明 其他说明 备考 附注 其他需要说明的情况 需要说明的问题 其他备注 备注1 备注2", text(1000), OTHER, several=True),
)

# Known columns that are not imported, with what the user is told about each.
IGNORED = {
    "序号": "序号 序 编号 NO 行号 顺序号 排序 号 序列号 序列 自动编号 项次 流水号 num index 栏次",
    "年龄": "年龄 周岁 实足年龄 现年龄 岁数 年龄周岁 退休年龄 当前年龄 年龄段",
    "工龄": "工龄 连续工龄 工作年限 缴费年限 视同缴费年限 退休年限 党龄 本企业工龄 实际缴费年限 累计缴费年限 厂龄 退休年数",
    "养老金": "养老金 基本养老金 退休费 月养老金 养老金金额 退休金 基本养老金元月 月退休金 养老金标准 退休工资 养老待遇 养老金发放方式 地方基本养老金水平",
    "人员编号": "人员编号 工号 员工编号 职工编号 个人编号 社保编号 社保个人编号 员工号 人员编码 职工号 个人社保编号 户编号 养老保险个人编号 社保卡号 医保卡号",
    "银行账户": "银行卡号 开户行 银行账号 开户银行 工资卡号 银行名称 账号",
    "邮编与其他联系方式": "邮编 邮政编码 邮箱 电子邮箱 微信 微信号 QQ QQ号 email 传真",
    "兴趣特长": "兴趣爱好 兴趣及爱好 特长技能 特长 爱好 兴趣爱好特长 个人特长",
    "配偶情况": "配偶 配偶姓名 配偶出生年月 配偶联系电话 配偶工作单位 配偶健康状况 配偶情况 配偶工作状况 配偶电话 配偶身份证号 配偶身份证号码 配偶单位",
    "子女情况": "子女 子女情况 子女姓名 是否有子女在系统工作 子女数 子女数量 独生子女 是否独生子女 子女工作单位 子女人数",
    "用工形式与身份": "用工形式 用工性质 身份 干部工人 职工身份 人员身份 人员性质 户口性质 户籍性质 户口类别 户口类型 人员类型 干部或工人 编制 用工类型",
    "档案整理信息": "页数 保管期限 档案页数 整理状态 档案类别 档案出生日期 档案出生年月 档案出生时间 是否数字化 档案是否完整 档案是否齐全 档案是否移交 "
             "档案移交时间 党员档案 入党材料是否齐全 党员档案是否齐全",
    "党务附加信息": "党员类别 转入党委 转入党支部 拟转入党组织 介绍信编号 开具日期 有效期 回执日期 是否流动党员 是否失联 是否失联党员 失联时间 外出流向 "
              "关系转入时间 转入党委党支部 党内职务 党组织关系是否转出",
    "网格管理信息": "所属网格 现住小区建筑 户籍小区 是否重点人员 重点类别 是否人户分离 是否已迁出 迁出日期 迁往地 工作学习情况 现住小区 自管小组 网格 网格员 楼栋长",
    "工种明细": "工种名称 累计月数 特殊工种名称 特殊工种年限 从事特殊工种月数 特殊工种累计月数",
    "其他不导入的列": "照片 曾用名 血型 身高 签名 签字 本人签字 本人签名 经办人 填表人 填报人 填表日期 接收人 领取人签字 确认签字 指印 是否移交 移交时间 移交日期 "
               "核对情况 核查结果 审核意见 原因 错误原因 校验结果 错误说明 问题说明 不能导入的原因 导入结果 存在问题 毕业院校 专业 毕业时间 宗教信仰 国籍 居住证编号 街道确认 社区确认 "
               "与户主关系 户主 离世原因 死亡原因 去世原因",
}
# fmt: on

# Words that also head other columns: taken only if the cells below agree.
WEAK = frozenset(
    "人员类别 人员状态 工作时间 资格 医疗保险 医保 养老保险 人事档案 档案情况 特殊情况 市区 退休 出生 户口 ID".split()
)

BY_FIELD = {each.field: each for each in COLUMNS}
REQUIRED = tuple(each for each in COLUMNS if each.required)
TICKED_GROUP = {
    "tick_elderly": "elderly",
    "tick_alone": "alone",
    "tick_model_worker": "model_worker",
    "tick_hardship": "hardship",
    "tick_serious_illness": "serious_illness",
    "tick_disabled": "disabled",
    "tick_work_injury": "work_injury",
    "tick_occupational": "occupational_disease",
    "tick_minimum_living": "minimum_living",
    "tick_veteran": "veteran",
    "tick_pre_1949": "pre_1949",
    "tick_special_work": "special_work",
}
TICKED_LEVEL = {
    "level_central": "central",
    "level_province": "province",
    "level_city": "city",
    "level_district": "district",
}
RECEIVER_PARTS = ("receiver_district", "receiver_street", "receiver_community")
SEALED = frozenset(
    "id_number phone hukou_address residence_address contact_phone health hardship injury_grade remark".split()
)


@cache
def is_sealed(field):
    """Whether what a column holds is stored encrypted, so must not stand in the clear beside it."""
    each = BY_FIELD.get(field)
    return bool(each and SEALED.intersection(each.fills))
