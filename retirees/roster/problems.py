"""Every fault a roster row can have: how grave it is, its name in a list, and the sentence that the user reads.

A message is "第 37 行身份证号" + sentence: what happened, why it matters, what to do.
No sentence carries an identity number, a telephone number or a birth date taken from one.
"""

# ruff: noqa: E501 (a table of sentences reads best with one row each)

from typing import NamedTuple

ERROR, WARNING, NOTE = "error", "warning", "note"


class Kind(NamedTuple):
    severity: str
    title: str
    sentence: str


class Finding(NamedTuple):
    """What a cleaner says about one cell, before it is known in which row the cell stands."""

    severity: str
    code: str
    text: str


class Problem(NamedTuple):
    column_index: int | None
    column_label: str
    field: str
    code: str
    severity: str
    message: str


class Note(NamedTuple):
    """A normalisation, shown and not asked: before → after. Values that are stored sealed are masked here."""

    column_index: int | None
    column_label: str
    field: str
    before: str
    after: str
    message: str


# fmt: off
KINDS = {
    # any cell
    "missing":               Kind(ERROR,   "必填项未填",           "没有填写。这是必填项，缺少时无法办理移交。请补填。"),
    "broken_cell":           Kind(ERROR,   "单元格有错误",         "读不出内容：单元格显示为公式错误或乱码（{shown}）。请改为直接填写的内容。"),
    "ditto":                 Kind(ERROR,   "填写了“同上”",         "填写的是“{shown}”。排序或筛选后会指向别人，系统不作推断。请填写完整内容。"),
    "too_long":              Kind(ERROR,   "内容过长",             "共 {length} 个字，最多 {limit} 个字。超出部分无法保存。请精简，或移到备注列。"),
    "choice_unknown":        Kind(ERROR,   "不在可选范围",         "填写的是“{shown}”，不在可选范围内，系统无法归类。请改为下列之一：{allowed}。"),
    "choice_unclear":        Kind(WARNING, "未能归类，留空",       "填写的是“{shown}”，不在可选范围内，该项将留空，不影响导入。可改为下列之一：{allowed}。"),
    # name
    "name_digits":           Kind(ERROR,   "姓名含数字",           "含有数字。姓名须与身份证一致，同名的人以身份证号区分。请删去数字。"),
    "name_placeholder":      Kind(ERROR,   "姓名有缺字",           "含有“{shown}”，可能是生僻字没有打出来，或姓名已被遮盖。姓名须与身份证一致。请补全。"),
    "name_several":          Kind(ERROR,   "姓名栏不止一人",       "含有“{shown}”，像是填了不止一个人。一行只能登记一人。请拆成多行，或删去多余内容。"),
    "name_latin":            Kind(WARNING, "姓名含字母",           "含有字母，可能是用拼音代替了生僻字。姓名须与身份证一致。请核对。"),
    "name_odd_sign":         Kind(ERROR,   "姓名含符号",           "含有符号“{shown}”。姓名须与身份证一致。请删去符号。"),
    "name_private":          Kind(WARNING, "姓名含自造字",         "含有自造字或部首，换一台电脑可能显示为空白或别的字。请改用国家标准（GB 18030）中的字。"),
    "name_short":            Kind(WARNING, "姓名只有一个字",       "只有一个字，可能没有填全。请核对。"),
    "name_long":             Kind(WARNING, "姓名偏长",             "共 {length} 个字，可能混入了其他内容。请核对。"),
    "name_bracket":          Kind(WARNING, "姓名带括号",           "带有括号内容“{shown}”，姓名须与身份证一致，导入时已去掉括号部分。请核对，必要时写入备注列。"),
    "name_deceased":         Kind(WARNING, "姓名注明已去世",       "注有“{shown}”，导入时已去掉，并按已去世登记。请核对，并填写死亡日期。"),
    # identity number
    "id_as_number":          Kind(ERROR,   "身份证号存成了数字",   "存成了数字。Excel 只保留 15 位，后面的数字已经变成 0，系统无法恢复。请将该列设为文本格式后重新录入。"),
    "id_masked":             Kind(ERROR,   "身份证号被遮盖",       "含有星号，是遮盖过的号码，无法核对。请填写完整号码。"),
    "id_length":             Kind(ERROR,   "身份证号位数不对",     "是 {length} 位，应为 18 位（旧证 15 位）。位数不对无法核对。请对照身份证补正。"),
    "id_sign":               Kind(ERROR,   "身份证号有其他字符",   "第 {position} 位是“{shown}”，该位应为数字。可能是字母与数字混淆。请对照身份证改正。"),
    "id_check_digit":        Kind(ERROR,   "身份证号校验位不对",   "校验位不对，应为 {right}，说明号码中至少有一位填错。请对照身份证改正。"),
    "id_check_zeros":        Kind(ERROR,   "身份证号末三位为 0",   "末三位是 000 且校验位不对，应为 {right}，很可能已被 Excel 截断。请将该列设为文本格式后重新录入。"),
    "id_birth":              Kind(ERROR,   "身份证号中日期不存在", "第 7 至 14 位不是一个存在的日期，说明号码填错。请对照身份证改正。"),
    "id_future":             Kind(ERROR,   "身份证号中日期在将来", "第 7 至 14 位的出生日期在今天之后，说明号码填错。请对照身份证改正。"),
    "id_too_old":            Kind(ERROR,   "年龄超过 120 岁",      "按第 7 至 14 位推算年龄超过 120 岁，说明号码填错。请对照身份证改正。"),
    "id_of_foreigner":       Kind(ERROR,   "像是外国人证件",       "像是外国人永久居留身份证，而证件类型没有注明。系统会按居民身份证校验。请在“证件类型”列填写“其他证件”。"),
    "id_not_permit":         Kind(ERROR,   "不是居住证号码",       "证件类型为港澳台居民居住证，号码应以 81、82 或 83 开头。请核对证件类型和号码。"),
    "id_other_length":       Kind(ERROR,   "证件号码长度不对",     "是 {length} 位，其他证件的号码应为 5 至 30 位。请对照证件改正。"),
    # identity number against other cells
    "sex_contradicts_id":    Kind(ERROR,   "性别与身份证号不一致", "与身份证号不一致：身份证号第 17 位表示{right}，本列填写{shown}。两者必有一处填错。请对照身份证改正。"),
    "birth_contradicts_id":  Kind(ERROR,   "出生日期与身份证号不一致", "与身份证号第 7 至 14 位不一致：{parts}不同。两者必有一处填错。请对照身份证改正。"),
    "duplicate_in_file":     Kind(ERROR,   "文件内重复",           "与{first}的相同。同一人只能登记一次，两行都请核对。请删去重复的一行，或改正填错的号码。"),
    # dates
    "date_unreadable":       Kind(ERROR,   "日期无法识别",         "填写的是“{shown}”，无法识别为日期。请改为 1958-03-01 或 1958-03 的形式。"),
    "date_impossible":       Kind(ERROR,   "日期不存在",           "填写的是“{shown}”，没有这一天。请改为实际的日期。"),
    "date_future":           Kind(ERROR,   "日期在将来",           "在今天之后，尚未发生。请核对年份。"),
    "date_year_only":        Kind(WARNING, "日期只有年份",         "只有年份，暂按当年 1 月 1 日登记。请补上月份。"),
    "date_incomplete":       Kind(ERROR,   "日期只有年份",         "只有年份，无法确定移交期限。请补上月份。"),
    "date_month_ambiguous":  Kind(WARNING, "1 月还是 10 月不明",   "存成了小数，1 月和 10 月都会显示为“{shown}”，暂按 1 月登记。请核对，并改为 1958-10 的形式。"),
    "date_order_ambiguous":  Kind(WARNING, "月日顺序不明",         "填写的是“{shown}”，月和日的顺序不明，暂按月、日、年登记。请改为 1958-03-01 的形式。"),
    "date_serial_ambiguous": Kind(WARNING, "日期是一个数字",       "填写的是数字“{shown}”，暂按 Excel 日期序号登记为 {read}，也可能是漏写了分隔符。请核对。"),
    # the order of a life
    "retired_too_early":     Kind(WARNING, "退休年龄偏小",         "退休时约 {age} 岁，早于{sex}最早可能的 {limit} 岁。请核对出生日期和退休时间，属实请说明原因。"),
    "retired_late":          Kind(WARNING, "退休年龄偏大",         "退休时约 {age} 岁，明显晚于法定年龄。请核对出生日期和退休时间，属实请说明原因。"),
    "retired_off_age":       Kind(WARNING, "退休时间与法定年龄不符", "退休类别为正常退休，退休时间不在法定年龄对应的 {earliest} 至 {latest} 之间。请核对退休时间、退休类别，属实请说明原因。"),
    "retired_in_future":     Kind(WARNING, "退休时间在将来",       "在今天之后。尚未办理退休的人员不在移交范围。请核对，已批准退休的请说明原因。"),
    "retired_before_work":   Kind(WARNING, "退休早于参加工作",     "不晚于参加工作时间，两者至少有一处填错。请核对。"),
    "work_too_early":        Kind(WARNING, "参加工作时年龄偏小",   "参加工作时不满 14 岁。请核对参加工作时间和出生日期。"),
    "party_too_early":       Kind(WARNING, "入党时年龄偏小",       "入党时不满 16 岁。请核对入党时间和出生日期。"),
    "party_order":           Kind(WARNING, "转正早于入党",         "早于入党时间，两者至少有一处填错。请核对。"),
    "party_contradiction":   Kind(ERROR,   "党员身份前后不一致",   "与“{other}”列不一致，无法判断是否需要转接党组织关系。请核对后统一。"),
    "party_not_member":      Kind(WARNING, "非党员填有党务信息",   "已填写，而政治面貌为{shown}。如为中共党员，将漏转组织关系。请核对。"),
    "out_of_scope":          Kind(ERROR,   "不在移交范围",         "为{shown}，不在移交范围。{why}请从本花名册中删去。"),
    "death_contradiction":   Kind(ERROR,   "生存状态前后不一致",   "已填写，而“{other}”列表示健在。两者必有一处填错。请核对后统一。"),
    "survival_contradiction": Kind(ERROR,  "生存状态前后不一致",   "与“{other}”列不一致。两者必有一处填错。请核对后统一。"),
    "death_date_missing":    Kind(WARNING, "缺死亡日期",           "为已去世，没有填写死亡日期。死亡日期用于核定待遇和档案处理。请补填。"),
    "death_before_birth":    Kind(ERROR,   "死亡早于出生",         "早于出生日期，两者必有一处填错。请核对。"),
    "death_before_retired":  Kind(WARNING, "死亡早于退休",         "早于退休时间。在职去世的人员不在移交范围。请核对。"),
    # where the person lives
    "address_missing":       Kind(WARNING, "没有任何地址",         "户口所在地、常年居住地和接收地都没有填写，上报后无法分配到镇街。请至少补填一项。"),
    "residence_doubt":       Kind(WARNING, "居住地类别存疑",       "像是在{shown}，而居住地类别为本市或未填。市外居住的人员办理方式不同。请核对居住地类别。"),
    "elsewhere_not_used":    Kind(WARNING, "两个居住地址",         "与常年居住地同时填写，已采用常年居住地。请确认此人实际住在哪里。"),
    # telephone
    "phone_short":           Kind(WARNING, "电话位数不足",         "{which}只有 {length} 位，可能漏了数字，接收方将联系不上本人。请核对。"),
    "phone_long":            Kind(WARNING, "电话位数过多",         "{which}有 {length} 位，可能多了数字或连写了两个号码。请核对，多个号码用“、”隔开。"),
    "phone_odd":             Kind(WARNING, "电话号码存疑",         "{which}不像有效的电话号码。请核对。"),
    "phone_none":            Kind(WARNING, "电话栏没有号码",       "没有填写号码，只有文字，导入时该项留空。请填写电话号码，文字可移到备注列。"),
    "phone_with_words":      Kind(WARNING, "电话栏夹有文字",       "除号码外还有文字，导入时只保留号码。如需说明是谁的电话，请移到备注列。"),
    "phone_is_id":           Kind(ERROR,   "电话栏填了身份证号",   "像是身份证号，不是电话号码，可能与相邻的列错位。请核对整行。"),
    # numbers
    "number_unreadable":     Kind(ERROR,   "数字无法识别",         "填写的是“{shown}”，无法识别为数字。请只填写数字。"),
    "number_negative":       Kind(ERROR,   "数字为负",             "是负数。该项不能小于 0。请改正。"),
    "number_too_big":        Kind(ERROR,   "数字过大",             "超过允许的最大值 {limit}，可能单位不对。请核对后改正。"),
    "dossier_contradiction": Kind(WARNING, "有无档案前后不一致",   "为无档案，而又填写了档案存放地、册数或编号，将不建立档案移交。请核对。"),
    "special_unclear":       Kind(WARNING, "特殊群体未能归类",     "“{shown}”不在可选范围内，未予归类，不影响导入。可选：{allowed}。"),
}
# fmt: on


def found(code, **facts):
    kind = KINDS[code]
    return Finding(kind.severity, code, kind.sentence.format(**facts) if facts else kind.sentence)


def noted(code, text):
    return Finding(NOTE, code, text)


def shortened(text, limit=20):
    """A piece of the user's own text inside a sentence; long digit runs could be a person's number."""
    if sum(character.isdigit() for character in text) > 8:
        return f"{text[:3]}…（共 {len(text)} 个字符）"
    return text if len(text) <= limit else text[:limit] + "…"
