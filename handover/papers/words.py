"""What stands in the papers about people: {id: context} for the templates, in full and as on the day of their making.

Full numbers and addresses leave the sealed columns here, for papers whose form demands them; making and downloading are
recorded one by one (tracks/papers). Party facts do not stand in them.
"""

from collections import defaultdict

from django.db.models import QuerySet

from accounts.models.places import OfficeKind
from handover.models import Batch, Case
from handover.states.cases import SEEN_BY_NO_OFFICE, State
from handover.viewers import full_name
from retirees.codes import Survival
from weihai_transfer.lib.words import on_paper

CITY = "威海市"
# A longer roster is no paper that anybody signs page by page; a workbook holds it.
MOST_ROWS = 1000


def confirmations(ids):
    return {case.pk: _confirmation(case) for case in _cases(ids)}


def introductions(ids):
    return {case.pk: _introduction(case) for case in _cases(ids)}


def cards(ids):
    return {case.pk: _card(case) for case in _cases(ids)}


def rosters(ids):
    """Of each batch the people who are in it now, by name."""
    people = defaultdict(list)
    for case in loaded(QuerySet(Case).filter(batch__in=ids).order_by("retiree__pinyin", "pk")):
        people[case.batch_id].append(case)
    batches = QuerySet(Batch).select_related("enterprise").in_bulk(ids)
    return {pk: roster(batch.enterprise, _areas(people[pk]), batch.number, people[pk]) for pk, batch in batches.items()}


def _areas(cases):
    return "、".join(dict.fromkeys(case.area.name for case in cases if case.area))


def _cases(ids):
    return loaded(QuerySet(Case).filter(pk__in=ids))


def loaded(cases):
    """With everything that a paper reads of them."""
    return cases.select_related("retiree", "enterprise", "area", "office__parent__parent")


def _confirmation(case):
    one = case.retiree
    return {
        **_person(one),
        **_sender(case.enterprise),
        "born_on": _day(one.born_on),
        "retired_on": _day(one.retired_on),
        "phone": one.phone,
        "retirement_kind": one.get_retirement_kind_display(),
        "former_unit": one.former_unit,
        "hukou_address": one.hukou_address,
        "residence_address": one.residence_address,
        "contact_name": one.contact_name,
        "contact_relation": one.contact_relation,
        "contact_number": one.contact_phone,
        "pension_place": one.pension_place,
        "medical_place": one.medical_place,
        "dossier": _dossier(one),
        "receiver": receiver_of(case),
    }


def _introduction(case):
    one, office = case.retiree, _public(case.office)
    return {
        **_person(one),
        **_sender(case.enterprise),
        "retired_on": _day(one.retired_on),
        "phone": one.phone,
        "residence_address": one.residence_address,
        "receiver": receiver_of(case),
        "receiver_address": office.address if office else "",
        "receiver_phone": office.phone if office else "",
        "report_by": "",
    }


def _card(case):
    office = _public(case.office)
    below_street = case.office.kind == OfficeKind.COMMUNITY
    return {
        "name": case.retiree.name,
        "receiver": place_in_full(case.office.parent if below_street else case.office),
        "community": case.office.name if below_street else "",
        "address": office.address,
        "phone": office.phone,
        "handler": "",
        "hours": "",
        "enterprise": case.enterprise.name,
        "contact_phone": case.enterprise.phone,
    }


def _public(office):
    """The office itself, or the street above it while the community has given no telephone."""
    if office and office.kind == OfficeKind.COMMUNITY and not office.phone:
        return office.parent
    return office


def roster(enterprise, receiver, number, cases):
    """What stands in a roster, of one batch or of one agreement."""
    return {
        **_sender(enterprise),
        "receiver": receiver,
        "batch": number,
        "count": f"{len(cases):,}",
        "rows": [_roster_row(serial, case) for serial, case in enumerate(cases, 1)],
    }


def _roster_row(serial, case):
    one = case.retiree
    return {
        "serial": str(serial),
        "name": one.name,
        "sex": one.get_sex_display(),
        "id_number": one.id_number,
        "retired_on": f"{one.retired_on:%Y-%m}" if one.retired_on else "",
        "phone": one.phone,
        "hukou_address": one.hukou_address,
        "residence_address": one.residence_address,
        "receiver": case.outside_place or ("待分配" if case.state == State.SUBMITTED else full_name(case.office)),
        "note": _note(case),
    }


def _note(case):
    """What keeps a person of the batch from being received."""
    if case.retiree.survival == Survival.DECEASED:
        return Survival.DECEASED.label
    return State(case.state).label if case.state in SEEN_BY_NO_OFFICE else ""


def batch_rows(batch):
    """The rows of one batch's roster, as the workbook holds them."""
    return rosters([batch.pk])[batch.pk]["rows"]


def receiver_of(case):
    return case.outside_place or place_in_full(case.office)


def place_in_full(office):
    """威海市环翠区竹岛街道示例社区: every level from the city down, as papers name a place."""
    names = []
    while office and office.kind != OfficeKind.CITY:
        names.append(office.name)
        office = office.parent if office.kind != OfficeKind.AREA else None
    place = "".join(reversed(names))
    # 环翠区 needs its city before it; 荣成市 does not, and the development zones bear it in their own names.
    return f"{CITY}{place}" if names and names[-1].endswith("区") and not place.startswith("威海") else place


def _person(one):
    return {
        "name": one.name,
        "sex": one.get_sex_display(),
        "id_number": one.id_number,
        "ethnic_group": one.get_ethnic_group_display(),
    }


def _sender(enterprise):
    # Who is asked for is written by hand: a name in the system would be out of date on a paper.
    return {"enterprise": enterprise.name, "contact": "", "contact_phone": enterprise.phone}


def _dossier(one):
    if not one.has_dossier:
        return "无"
    return f"有，{one.dossier_volumes} 册" if one.dossier_volumes else "有"


def _day(value):
    return on_paper(value) if value else ""
