"""Keeping the tree: add, change, close, open again. Nothing is deleted; letters and members name what was closed."""

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from accounts.duties import Duty
from audit.history import history_of
from audit.operations import operation
from party.models import Letter, Membership, PartyOrganisation
from party.models.organisations import BELOW, COMMITTEES, OrganisationKind
from party.states import WITH_RECEIVER
from weihai_transfer.lib.refusals import Refused

CONTACT = ("address", "phone", "fax", "postcode")
LONGEST_PATH = PartyOrganisation._meta.get_field("path").max_length


def add(*, name, kind, parent=None, office=None, enterprise=None, nationwide=False, actor, key=None, **contact):
    """A new organisation at a place whose PARTY duty the actor holds; `contact`: address, phone, fax, postcode."""
    with operation("party.add_organisation", actor=actor, key=key) as act:
        one = insert(
            act,
            name=name,
            kind=kind,
            parent=parent,
            office=office,
            enterprise=enterprise,
            nationwide=nationwide,
            **contact,
        )
        if not PartyOrganisation.objects.filter(pk=one.pk).open_to(actor, Duty.PARTY).exists():
            raise Refused(f"{one.place}不在您管理的范围内，没有新增。请选择本单位或下级单位。")
        act.outcome = {"about": f"{one.place}的{one.name}"}
    return one


def insert(act, *, name, kind, parent=None, office=None, enterprise=None, nationwide=False, **contact):
    """Within the caller's operation."""
    name = name.strip()
    place = office or enterprise
    if not name:
        raise Refused("没有填写党组织名称，没有办理。请填写全称。")
    _refuse_wrong_parent(parent, kind, place)
    if _same(name, office, enterprise).exists():
        raise Refused(f"{place}已有在用的“{name}”，没有重复新增。请核对名称。")
    one = PartyOrganisation(
        name=name,
        kind=kind,
        parent=parent,
        office=office,
        enterprise=enterprise,
        nationwide=nationwide and kind in COMMITTEES,
        **contact,
    )
    one.path = _next_path(parent)
    try:
        with transaction.atomic():
            return act.insert([one])[0]
    except IntegrityError as clash:
        raise Refused("同时有人在新增党组织，没有办理。请重新提交一次。") from clash


def _same(name, office, enterprise):
    return QuerySet(PartyOrganisation).filter(name=name, office=office, enterprise=enterprise, active=True)


def _refuse_wrong_parent(parent, kind, place):
    if kind not in BELOW[parent.kind if parent else None]:
        raise Refused(
            f"{parent}（{parent.get_kind_display()}）之下不能设{OrganisationKind(kind).label}。请另选类别或上级党组织。"
        )
    if parent is None:
        return
    if not parent.active:
        raise Refused(f"{parent}已停用，不能新增下级党组织。请先启用，或另选上级党组织。")
    if type(parent.place) is not type(place) or not place.path.startswith(parent.place.path):
        raise Refused(f"{place}不在{parent.place}之下，不能隶属{parent}。请另选所在单位或上级党组织。")


def _next_path(parent):
    """Numbers by level, so that the order of the paths is the order of the tree and no key is needed beforehand."""
    rows = QuerySet(PartyOrganisation).filter(parent=parent)
    last = rows.aggregate(last=Max("path"))["last"]
    number = int(last.strip("/").split("/")[-1]) + 1 if last else 1
    path = f"{parent.path if parent else ''}{number:05}/"
    if len(path) > LONGEST_PATH:
        raise Refused("党组织层级过多，没有新增。请另选上级党组织。")
    return path


def version_of(one):
    rows = history_of(PartyOrganisation).objects.filter(id=one.pk)
    return rows.aggregate(newest=Max("history_id"))["newest"] or 0


def _locked(one, actor):
    rows = PartyOrganisation.objects.open_to(actor, Duty.PARTY).select_related(None)
    return rows.select_for_update(of=("self",)).get(pk=one.pk)


def change(one, *, name, nationwide, actor, version=None, key=None, **contact):
    with operation("party.change_organisation", actor=actor, key=key) as act:
        now = _locked(one, actor)
        if version is not None and version != version_of(now):
            raise Refused(f"您打开页面后，{now}已由他人修改，本次没有保存。请刷新后核对当前内容，再重新填写。")
        if _same(name, now.office, now.enterprise).exclude(pk=now.pk).exists():
            raise Refused(f"{now.place}已有在用的“{name}”，没有保存。请换一个名称。")
        act.outcome = {"about": str(now)}
        act.change(PartyOrganisation, [now.pk], name=name, nationwide=nationwide and now.is_committee, **contact)


def set_active(one, active, *, reason, actor, key=None):
    kind = "party.open_organisation" if active else "party.close_organisation"
    with operation(kind, actor=actor, reason=reason, key=key) as act:
        now = _locked(one, actor)
        if now.active == active:
            raise Refused(f"{now}已是{'在用' if active else '停用'}状态，没有重复办理。")
        if stopped := (_hindrance_to_open(now) if active else hindrance_to_close(now)):
            raise Refused(stopped)
        act.outcome = {"about": str(now)}
        act.change(PartyOrganisation, [now.pk], active=active)


def _hindrance_to_open(one):
    if one.parent and not one.parent.active:
        return f"上级党组织{one.parent}已停用，{one}不能单独启用。请先启用上级党组织。"
    if _same(one.name, one.office, one.enterprise).exists():
        return f"{one.place}已有在用的“{one.name}”，不能启用同名党组织。请先更名。"
    return ""


def hindrance_to_close(one):
    """Why it cannot be closed now; "" when it can."""
    if count := QuerySet(PartyOrganisation).filter(parent=one, active=True).count():
        return f"{one}之下还有 {count} 个在用的党组织，不能停用。请先停用下级党组织。"
    if count := QuerySet(Membership).filter(branch=one, state__in=WITH_RECEIVER).count():
        return f"{one}还编有 {count} 名党员，不能停用。请先把党员调整到其他党支部。"
    addressed = QuerySet(Letter).filter(committee=one, voided_at=None, arrived_on=None).count()
    if addressed:
        return f"还有 {addressed} 份有效的介绍信开往{one}，不能停用。请先办理接收，或由转出党组织作废重开。"
    return ""
