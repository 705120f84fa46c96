"""Cells of one row against each other: the identity number, the order of a life, what excludes what."""

import re

from retirees import codes
from retirees.roster.assembly import DECEASED, MEMBERS
from retirees.roster.cells import label_of
from retirees.roster.dates import DAY, MONTH
from retirees.roster.ids import is_permit
from retirees.roster.problems import found
from retirees.statutory_age import IN_FORCE, range_of
from weihai_transfer.lib import identity

CARD, PERMIT, OTHER = (each.value for each in codes.IdType)
NORMAL = codes.RetirementKind.NORMAL.value
FEMALE = codes.Sex.FEMALE.value
# Earliest plausible retirement (病退, 特殊工种): women 45, men 50. Judgements about dates warn, they never refuse.
EARLIEST_RETIREMENT = {"1": 50, "2": 45}
LATEST_RETIREMENT = 70
OUT_OF_SCOPE = {
    codes.RetirementKind.CADRE.value: "离休人员保持现有管理方式不变。",
    codes.RetirementKind.INTERNAL.value: "内退人员尚未办理退休手续，仍由企业管理，正式退休后再移交。",
}
MUST_BE_PAST = ("worked_since", "party_joined_on", "party_confirmed_on", "died_on")

SHANDONG = "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 日照 莱芜 临沂 德州 聊城 滨州 菏泽".replace(" ", "|")
PROVINCES = "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海".replace(
    " ", "|"
)
# 青岛中路 and 北京路 are streets of Weihai, so the word 市 or 省 must follow.
ELSEWHERE = re.compile(
    rf"(?:山东省)?(?P<province>(?:{SHANDONG})市)|(?P<other>(?:北京|上海|天津|重庆)市|(?:{PROVINCES})省"
    r"|(?:内蒙古|广西|西藏|宁夏|新疆)[^路街]{0,4}自治区)|(?P<abroad>香港|澳门|台湾省|美国|加拿大|澳大利亚|日本|韩国|英国|法国|德国|新加坡)"
).match


def check(row, today):
    values = row.values
    agree_with_identity(row, values, today)
    born = values.get("born_on")
    retired = values.get("retired_on")
    for field in MUST_BE_PAST:
        if field in values and values[field] > today:
            row.say(field, "date_future")
    if retired:
        judge_retirement(row, values, born, retired, today)
    judge_life(row, values, born)
    judge_party(row, values)
    kind = values.get("retirement_kind")
    if kind in OUT_OF_SCOPE:
        row.say("retirement_kind", "out_of_scope", shown=label_of(kind), why=OUT_OF_SCOPE[kind])
    if values.get("has_dossier") is False and not {"dossier_place", "dossier_volumes", "dossier_number"}.isdisjoint(
        values
    ):
        row.say("has_dossier", "dossier_contradiction")
    judge_place(row, values)


def agree_with_identity(row, values, today):
    number = values.get("id_number")
    if number is None or values.get("id_type") == OTHER:
        settle_birth_alone(row, values, today)
        return
    if is_permit(number) and values.get("id_type") != PERMIT:
        values["id_type"] = PERMIT
        row.note("id_type", "", "港澳台居民居住证", "按号码开头识别")
    sex = identity.sex(number)
    if "sex" not in values:
        values["sex"] = sex
        row.note_filled("sex", label_of(sex))
    elif values["sex"] != sex:
        row.say("sex", "sex_contradicts_id", right=label_of(sex), shown=label_of(values["sex"]))
    settle_birth(row, values, identity.birth_date(number))


def settle_birth(row, values, right):
    """The identity number knows the day; the column may only confirm it."""
    reading = values.get("born_on")
    values["born_on"] = right
    if reading is None:
        row.note_filled("born_on", right.isoformat())
        return
    if reading.day is None:
        row.add("born_on", *reading.findings)
        return
    if reading.day == right or agrees(reading, right) or reading.other == right:
        return
    parts = [name for name, differs in zip("年份 月份 日".split(), differences(reading, right), strict=True) if differs]
    row.say("born_on", "birth_contradicts_id", parts="、".join(parts))


def agrees(reading, right):
    """A month or a year was written, or Excel made the first of the month of it."""
    for day in (reading.day, reading.other):
        if day is None or day.year != right.year:
            continue
        if reading.precision not in (DAY, MONTH) or (day.month == right.month and day.day == 1):
            return True
    return False


def differences(reading, right):
    day = reading.day
    return day.year != right.year, day.month != right.month, reading.precision == DAY and day.day != right.day


def settle_birth_alone(row, values, today):
    reading = values.pop("born_on", None)
    if reading is None:
        return
    row.add("born_on", *reading.findings)
    if reading.day and reading.day > today:
        row.add("born_on", found("date_future"))
    elif reading.day:
        values["born_on"] = reading.day


def months_between(earlier, later):
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def judge_retirement(row, values, born, retired, today):
    if retired > today:
        row.say("retired_on", "retired_in_future")
    if born:
        months = months_between(born, retired)
        sex = values.get("sex", FEMALE)
        limit = EARLIEST_RETIREMENT[sex]
        if months < limit * 12:
            row.say("retired_on", "retired_too_early", age=max(months // 12, 0), sex=f"{label_of(sex)}性", limit=limit)
        elif months > LATEST_RETIREMENT * 12:
            row.say("retired_on", "retired_late", age=months // 12)
        elif values.get("retirement_kind") == NORMAL:
            judge_age(row, born, retired, sex)
    worked = values.get("worked_since")
    if worked and worked >= retired:
        row.say("retired_on", "retired_before_work")


def judge_age(row, born, retired, sex):
    """Since the ages rise by law a normal retirement lies between the months that it gives this sex; the many ways of
    retiring before are history, and nobody is asked about them."""
    earliest, latest = range_of(sex, born)
    if retired >= IN_FORCE and not earliest <= retired.replace(day=1) <= latest:
        row.say("retired_on", "retired_off_age", earliest=f"{earliest:%Y-%m}", latest=f"{latest:%Y-%m}")


def judge_life(row, values, born):
    worked = values.get("worked_since")
    if worked and born and months_between(born, worked) < 14 * 12:
        row.say("worked_since", "work_too_early")
    died = values.get("died_on")
    if not died or values.get("survival") != DECEASED:
        return
    if born and died < born:
        row.say("died_on", "death_before_birth")
    elif "retired_on" in values and died < values["retired_on"]:
        row.say("died_on", "death_before_retired")


def judge_party(row, values):
    joined = values.get("party_joined_on")
    confirmed = values.get("party_confirmed_on")
    if joined:
        born = values.get("born_on")
        if born and months_between(born, joined) < 16 * 12:
            row.say("party_joined_on", "party_too_early")
        if confirmed and confirmed < joined:
            row.say("party_confirmed_on", "party_order")
    status = values.get("political_status")
    if (joined or values.get("dues_monthly")) and status and status not in MEMBERS:
        row.say("party_joined_on" if joined else "dues_monthly", "party_not_member", shown=label_of(status))


def judge_place(row, values):
    address = values.get("residence_address")
    if not address and "hukou_address" not in values and "declared_receiver" not in values:
        row.say("", "address_missing")
    if address and values.get("residence", "local") == "local" and (match := ELSEWHERE(address)):
        shown = "本省其他市" if match["province"] else "外省" if match["other"] else "境外或港澳台"
        row.say("residence_address", "residence_doubt", shown=shown)
