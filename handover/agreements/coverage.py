"""Whom an agreement covers, and who of the stock cannot be received because none covers him (三(二)).

An agreement covers the people who were frozen with it on the day of the second signature, as long as they are handed
over to the area that signed. Who retired since 2021 needs none.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Enterprise, Office
from handover.models import Agreement, AgreementPerson, Asset, Case
from handover.states import agreements
from handover.states.cases import State
from weihai_transfer.lib.among import among

NONE = (
    "存量人员须先签订移交协议再接收（三(二)），{group}与{area}还没有签订移交协议，暂不能接收。"
    "请由{group}向{area}提出移交方案，双方签订后再接收。"
)
MAKING = (
    "存量人员须先签订移交协议再接收（三(二)），{group}与{area}的移交协议（{number}）为“{state}”，暂不能接收。"
    "请双方签订后再接收。"
)
NOT_IN_IT = (
    "{group}与{area}的移交协议（{number}）签订时没有列入此人，暂不能接收。"
    "请由{group}修订协议，双方签订新版本、列入此人后再接收。"
)
NO_AREA = "此人属于存量人员，接收区市未定，不能核对移交协议，暂不能接收。请先由区市分配。"


def group_of(enterprise):
    """The highest enterprise above this one: the counterpart of an agreement."""
    if enterprise.parent_id is None:
        return enterprise
    return Enterprise.objects.get(path=_root(enterprise.path))


def _root(path):
    return path.split("/", 1)[0] + "/"


def coming(agreement):
    """The cases that the agreement covers if it is signed now."""
    return QuerySet(Case).filter(
        ~Q(state=State.CLOSED),
        stock=True,
        area=agreement.area_id,
        enterprise__path__startswith=agreement.enterprise.path,
    )


def not_submitted(agreement):
    """People of the group's stock who are in no area's hands yet: they come into a later version."""
    return QuerySet(Case).filter(
        stock=True, state=State.DRAFT, area=None, enterprise__path__startswith=agreement.enterprise.path
    )


def people_of(agreement):
    """Ids of the people that the agreement covers: frozen once it is signed, else those of today."""
    if agreement.signed_on:
        return QuerySet(AgreementPerson).filter(agreement=agreement).values("retiree")
    return coming(agreement).values("pk")


def assets_of(agreement):
    """The assets of the agreement with those of the versions that it replaces."""
    return (
        QuerySet(Asset)
        .filter(
            agreement__enterprise=agreement.enterprise_id,
            agreement__area=agreement.area_id,
            agreement__version__lte=agreement.version,
        )
        .exclude(Q(agreement__state=agreements.State.ENDED) & ~Q(agreement=agreement))
    )


def _in_force(retiree, area):
    return Exists(
        QuerySet(AgreementPerson).filter(
            retiree=OuterRef(retiree), agreement__area=OuterRef(area), agreement__state=agreements.State.SIGNED
        )
    )


def covered(cases):
    """The cases of a query set that a signed agreement with their area covers."""
    return cases.filter(_in_force("pk", "area"))


def agreement_of(case):
    """The signed agreement that covers this person with his area, or None."""
    rows = QuerySet(Agreement).select_related("enterprise", "area")
    return rows.filter(state=agreements.State.SIGNED, area=case.area_id, covered__retiree=case.pk).first()


def lacking(ids):
    """{case id: sentence} for those of the stock whom no signed agreement with their area covers."""
    rows = QuerySet(Case).filter(pk__in=among(Case, ids), stock=True).exclude(_in_force("pk", "area"))
    pairs = defaultdict(list)
    for pk, path, area in rows.values_list("pk", "enterprise__path", "area"):
        pairs[_root(path), area].append(pk)
    if not pairs:
        return {}
    sentences = _sentences(pairs)
    return {pk: sentences[pair] for pair, people in pairs.items() for pk in people}


def _sentences(pairs):
    """{(path of the group, area): sentence}; three queries, however many pairs there are."""
    groups = {one.path: one for one in Enterprise.objects.filter(path__in={path for path, _ in pairs})}
    areas = Office.objects.in_bulk({area for _, area in pairs if area})
    rows = QuerySet(Agreement).filter(
        state__in=(*agreements.OPEN, agreements.State.SIGNED),
        enterprise__path__in=groups,
        area__in=areas,
    )
    known = defaultdict(dict)
    for one in rows.select_related("enterprise"):
        known[one.enterprise.path, one.area_id][one.state == agreements.State.SIGNED] = one
    return {pair: _sentence(groups[pair[0]], areas.get(pair[1]), known[pair]) for pair in pairs}


def _sentence(group, area, known):
    if area is None:
        return NO_AREA
    names = {"group": group.name, "area": area.name}
    if signed := known.get(True):
        return NOT_IN_IT.format(number=signed.number, **names)
    if making := known.get(False):
        return MAKING.format(number=making.number, state=making.get_state_display(), **names)
    return NONE.format(**names)
