"""Bringing the official divisions into the tree of receivers (domain.md 9; policy 附件: nine receiving areas)."""

import csv
from datetime import date
from pathlib import Path

from accounts.models import Office, OfficeAlias, ReceiverLink, User
from accounts.models.places import OfficeKind
from audit.operations import operation

FOLDER = Path(__file__).parent / "reference"
CITY = "371000"
# 鲁 and city practice: parts of 文登区 that 南海新区 runs (domain.md 9.3). 小观镇 is general knowledge, to be confirmed.
RECEIVED_ELSEWHERE = (
    ("371003108", "NH", "小观镇由南海新区管理（待确认）"),
    ("371003105216", "NH", "南廒村 2011 年划归南海新区"),
    ("371003106211", "NH", "西海庄村 2011 年划归南海新区"),
    ("371003107210", "NH", "埠子场村 2011 年划归南海新区"),
    ("371003107209", "NH", "崔家庄村 2011 年划归南海新区"),
)
STREET_ALIASES = {
    "371073113": ("蔄山镇",),
    "371003400": ("文登经济开发区",),
}
SINCE = date(2020, 3, 30)
# Who brings the reference data in; he has no password and holds no duty.
STEWARD = "reference"


def steward():
    user, made = User.objects.get_or_create(username=STEWARD, defaults={"name": "基础数据导入"})
    if made:
        user.set_unusable_password()
        user.save()
    return user


def _rows(name):
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def load():
    """Insert the offices that are not there yet; never changes one that is. Returns how many were added."""
    with operation(
        "accounts.load_reference", actor=steward(), reason="国家统计局 2023 年区划代码；室字〔2020〕10号附件"
    ) as act:
        offices = {office.code: office for office in Office.objects.all()}
        before = len(offices)
        _add(act, offices, [_office(CITY, "威海市", "威海市", OfficeKind.CITY, None, "")])
        _add_areas(act, offices)
        elsewhere = {code: receiver for code, receiver, _ in RECEIVED_ELSEWHERE}
        area_of = {row["stats_code"]: row["code"] for row in _rows("weihai-receiving-units.csv") if row["stats_code"]}
        streets = [row for row in _rows("weihai-divisions.csv") if row["level"] != "district"]
        _add(
            act,
            offices,
            [
                _office(
                    row["code"],
                    row["name"],
                    "",
                    OfficeKind.STREET,
                    offices[elsewhere.get(row["code"], area_of[row["parent_code"]])],
                    row["parent_code"],
                )
                for row in streets
            ],
        )
        _add(
            act,
            offices,
            [
                _office(
                    row["code"],
                    row["name"],
                    "",
                    OfficeKind.COMMUNITY,
                    offices[elsewhere.get(row["code"], row["parent_code"])],
                    row["parent_code"],
                )
                for row in _rows("weihai-communities.csv")
            ],
        )
        _add_bodies(act, offices)
        _add_links_and_aliases(act, offices)
        return len(offices) - before


def _office(code, name, short_name, kind, parent, stats_parent):
    office = Office(code=code, name=name, short_name=short_name, kind=kind, parent=parent, stats_parent=stats_parent)
    office.path = office.path_below(parent)
    return office


def _add(act, offices, wanted):
    new = [office for office in wanted if office.code not in offices]
    for office in act.insert(new):
        offices[office.code] = office


def _add_areas(act, offices):
    _add(
        act,
        offices,
        [
            _office(row["code"], row["name"], row["short_name"], OfficeKind.AREA, offices[CITY], row["stats_code"])
            for row in _rows("weihai-receiving-units.csv")
        ],
    )


def _add_bodies(act, offices):
    """Each area's archive institution (二(四)) and party organisation; the city bureaus of 四(三)."""
    wanted = []
    for row in _rows("weihai-receiving-units.csv"):
        area = offices[row["code"]]
        wanted.append(_office(f"{row['code']}-DA", f"{area}档案管理机构", "", OfficeKind.ARCHIVE, area, ""))
    bureaus = (
        ("GZW", "市国资委"),
        ("ZZB", "市委组织部"),
        ("RSJ", "市人力资源社会保障局"),
        ("YBJ", "市医保局"),
        ("CZJ", "市财政局"),
        ("DAG", "市档案馆"),
        ("MZJ", "市民政局"),
        ("WJW", "市卫生健康委"),
        ("PGJG", "档案费用评估机构"),
    )
    for code, name in bureaus:
        kind = OfficeKind.ASSESSOR if code == "PGJG" else OfficeKind.BUREAU
        wanted.append(_office(code, name, "", kind, offices[CITY], ""))
    _add(act, offices, wanted)


def _add_links_and_aliases(act, offices):
    linked = set(ReceiverLink.objects.values_list("office__code", flat=True))
    act.insert(
        ReceiverLink(office=offices[code], receiver=offices[receiver], since=SINCE, basis=basis)
        for code, receiver, basis in RECEIVED_ELSEWHERE
        if code not in linked
    )
    known = set(OfficeAlias.objects.values_list("office__code", "name"))
    wanted = [
        (row["code"], alias)
        for row in _rows("weihai-receiving-units.csv")
        for alias in row["aliases"].split("|")
        if alias
    ]
    wanted += [(code, alias) for code, aliases in STREET_ALIASES.items() for alias in aliases]
    act.insert(OfficeAlias(office=offices[code], name=alias) for code, alias in wanted if (code, alias) not in known)
