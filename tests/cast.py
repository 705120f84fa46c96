"""One town, one cast: the real divisions, two invented enterprises with a subsidiary, and the people who work there."""

from datetime import date
from types import SimpleNamespace

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from audit.operations import operation
from handover.opening import open_tracks
from party.models import PartyOrganisation
from party.organisations import keeping
from retirees.models import SEALED, Retiree
from weihai_transfer.lib import identity, names
from weihai_transfer.lib.sealing import blind_index

ENTERPRISES = (
    # name of the attribute, code, name, code of the group above it
    ("mill", "DEMO01", "示例纺织厂", None),
    ("dyeworks", "DEMO02", "示例纺织厂印染分厂", "DEMO01"),
    ("port", "DEMO03", "示例港务公司", None),
)
OFFICES = {
    "city": "371000",
    "huancui": "HC",
    "gaoqu": "GQ",
    "wendeng": "WD",
    "zhudao": "371002003",
    "jingyuan": "371002002",
    "zhudao_community": "371002003012",
    "yiyuan": "371071004",
    "huancui_archive": "HC-DA",
    "gaoqu_archive": "GQ-DA",
    "sasac_bureau": "GZW",
    "medical_bureau": "YBJ",
    "finance_bureau": "CZJ",
    "civil_bureau": "MZJ",
}
ORGANISATIONS = {
    # attribute: (place, kind, name, parent)
    "mill_committee": ("mill", "committee", "中共示例纺织厂委员会", None),
    "port_committee": ("port", "committee", "中共示例港务公司委员会", None),
    "zhudao_committee": ("zhudao", "working", "中共示例竹岛街道工作委员会", None),
    "zhudao_branch": ("zhudao_community", "branch", "中共示例社区第一支部委员会", "zhudao_committee"),
}
CAST = {
    # user: (name, position, place)
    "mill_hr": ("示例纺织厂人事", "soe_hr", "mill"),
    "port_hr": ("示例港务公司人事", "soe_hr", "port"),
    "dyeworks_hr": ("示例印染分厂人事", "soe_hr", "dyeworks"),
    "group": ("示例纺织集团经办", "soe_group", "mill"),
    "mill_party": ("示例纺织厂党务", "soe_party", "mill"),
    "huancui_clerk": ("示例环翠经办", "district", "huancui"),
    "gaoqu_clerk": ("示例高区经办", "district", "gaoqu"),
    "zhudao_clerk": ("示例竹岛经办", "street", "zhudao"),
    "jingyuan_clerk": ("示例鲸园经办", "street", "jingyuan"),
    "yiyuan_clerk": ("示例怡园经办", "street", "yiyuan"),
    "community_clerk": ("示例社区经办", "community", "zhudao_community"),
    "archivist": ("示例环翠档案员", "archivist", "huancui_archive"),
    "gaoqu_archivist": ("示例高区档案员", "archivist", "gaoqu_archive"),
    "zhudao_party": ("示例竹岛党务", "street_party", "zhudao"),
    "approver": ("示例主管部门审批", "approver", "sasac_bureau"),
    "medical": ("示例医保部门", "medical", "medical_bureau"),
    "finance": ("示例财政部门", "finance", "finance_bureau"),
    "member": ("示例民政部门", "member", "civil_bureau"),
    "watchdog": ("示例领导小组办公室", "sasac", "city"),
    "sysadmin": ("示例系统管理员", "system_admin", "city"),
    "secadmin": ("示例安全管理员", "security_admin", "city"),
    "auditor": ("示例审计管理员", "auditor", "city"),
    "nobody": ("示例无岗位人员", None, None),
}


def found():
    """Build the town in an empty database: once for a session, and again after a test that emptied it."""
    divisions.load()
    steward = divisions.steward()
    with operation("test.found", actor=steward) as act:
        for _, code, name, group in ENTERPRISES:
            parent = Enterprise.objects.get(code=group) if group else None
            one = Enterprise(code=code, name=name, parent=parent)
            one.path = one.path_below(parent)
            act.insert([one])
        found_organisations(act)
    town = find_town()
    for username, (name, position, place) in CAST.items():
        user = User.objects.create_user(username, name)
        if position:
            appoint(user, position, getattr(town, place), actor=steward)


def found_organisations(act):
    """Who speaks for the mill, the port and 竹岛街道, with one branch; the other streets have registered nobody."""
    places, made = vars(find_places()), {}
    for attribute, (place, kind, name, parent) in ORGANISATIONS.items():
        at = {"office" if isinstance(places[place], Office) else "enterprise": places[place]}
        made[attribute] = keeping.insert(
            act, name=name, kind=kind, parent=made.get(parent), nationwide=place == "mill", **at
        )


def find_town():
    """The places, and the party organisations by their names here."""
    town = find_places()
    known = {one.name: one for one in PartyOrganisation.objects.select_related("office", "enterprise")}
    for attribute, (_, _, name, _) in ORGANISATIONS.items():
        setattr(town, attribute, known.get(name))
    return town


def find_places():
    offices = {office.code: office for office in Office.objects.filter(code__in=OFFICES.values())}
    enterprises = {enterprise.code: enterprise for enterprise in Enterprise.objects.all()}
    return SimpleNamespace(
        **{name: offices[code] for name, code in OFFICES.items()},
        **{attribute: enterprises[code] for attribute, code, _, _ in ENTERPRISES},
    )


def find_people():
    return {user.username: user for user in User.objects.filter(username__in=CAST)}


def id_number(serial, *, born_on=date(1962, 3, 8), area="371002"):
    """A valid invented number: its sequence part is the serial."""
    first17 = f"{area}{born_on:%Y%m%d}{serial % 1000:03}"
    return first17 + identity.check_digit(first17)


def person(enterprise, name, serial, **facts):
    """An unsaved retiree with everything a complete roster row has."""
    born_on = facts.pop("born_on", date(1962, 3, 8) if serial < 1000 else date(1950 + serial // 1000 % 40, 3, 8))
    number = facts.pop("id_number", None) or id_number(serial, born_on=born_on)
    phone = facts.pop("phone", f"1380631{serial % 10000:04}")
    pinyin, initials = names.spell(name)
    values = {
        "name": name,
        "pinyin": pinyin,
        "initials": initials,
        "id_index": blind_index("id", number),
        "id_tail_index": blind_index("id_tail", number[-4:]),
        "phone_tail_index": blind_index("phone_tail", phone[-4:]),
        "sex": identity.sex(number),
        "born_on": born_on,
        "retired_on": date(2024, 5, 31),
        "retirement_kind": "normal",
        "political_status": "13",
        "former_unit": enterprise.name,
        "hukou_address": "山东省威海市环翠区竹岛街道示例路1号",
        "residence_address": "山东省威海市环翠区竹岛街道示例路1号",
        **facts,
    }
    one = Retiree(enterprise=enterprise)
    # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
    for field, value in {**values, "id_number": number, "phone": phone}.items():
        setattr(one, field, value)
    assert set(SEALED).isdisjoint(set(values) - {"hukou_address", "residence_address"} - set(facts))
    return one


def bring_in(people, *, actor):
    """Insert people and open their tracks, as a roster import does."""
    with operation("roster.import", actor=actor) as act:
        made = act.insert(people)
        open_tracks(act, Retiree.objects.filter(pk__in=[one.pk for one in made]))
    return made
