"""Keeping the two trees: offices and enterprises. Nothing is deleted; what is no longer used is put out of use."""

from django.db.models import Max
from django.utils import timezone

from accounts.models import Enterprise, EnterpriseGrant, Office, OfficeAlias, OfficeGrant, ReceiverLink
from accounts.models.places import OfficeKind
from audit import history
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused

BELOW = {
    OfficeKind.CITY: (OfficeKind.AREA, OfficeKind.BUREAU, OfficeKind.ASSESSOR, OfficeKind.ARCHIVE, OfficeKind.PARTY),
    OfficeKind.AREA: (OfficeKind.STREET, OfficeKind.COMMUNITY, OfficeKind.ARCHIVE, OfficeKind.PARTY),
    OfficeKind.STREET: (OfficeKind.COMMUNITY, OfficeKind.PARTY),
    OfficeKind.COMMUNITY: (OfficeKind.PARTY,),
    OfficeKind.BUREAU: (OfficeKind.PARTY,),
}
LONGEST_PATH = 120
STALE = "您打开页面后，{place}的信息已由他人修改，本次没有保存。请核对下方当前内容后重新填写。"


def version_of(row):
    """The number of the newest history row: a form carries it to say which version its reader saw."""
    return history.history_of(type(row)).objects.filter(id=row.pk).aggregate(newest=Max("history_id"))["newest"] or 0


def kinds_below(office):
    return BELOW.get(office.kind, ())


def add_office(parent, *, kind, name, short_name="", code="", note="", since, basis, actor, key=None):
    """A local office that the official divisions do not list, such as a street of a development zone."""
    with operation("office.add", actor=actor, reason=basis, key=key) as act:
        parent = Office.objects.select_for_update().get(pk=parent.pk)
        if not parent.active:
            raise Refused(f"{parent}已停用，不能新增下级单位。请先启用上级单位，或另选上级单位。")
        if kind not in kinds_below(parent):
            raise Refused(f"{parent}之下不能设{OfficeKind(kind).label}。请另选类别或上级单位。")
        if parent.children.filter(name=name).exists():
            raise Refused(f"{parent}之下已有“{name}”，没有重复新增。请核对名称；原单位已停用的，请启用原单位。")
        code = code or _free_code(parent)
        if Office.objects.filter(code=code).exists():
            raise Refused(f"代码 {code} 已被其他单位使用。请换一个代码，或留空由系统编号。")
        office = Office(code=code, name=name, short_name=short_name, kind=kind, parent=parent, note=note)
        office.path = _checked_path(office, parent)
        act.outcome = {"about": f"{parent}之下的{name}"}
        (office,) = act.insert([office])
        act.insert([ReceiverLink(office=office, receiver=parent, since=since, basis=basis)])
    return office


def _free_code(parent):
    """Official codes are digits only, so a local one can never be taken for one of them."""
    number = Office.objects.filter(code__startswith=f"{parent.code}-X").count() + 1
    while Office.objects.filter(code=f"{parent.code}-X{number:02}").exists():
        number += 1
    return f"{parent.code}-X{number:02}"


def _checked_path(row, parent):
    path = row.path_below(parent)
    if len(path) > LONGEST_PATH:
        raise Refused("上下级层次过多，无法保存。请改用较短的代码，或另选上级单位。")
    return path


def _locked(model, row, version):
    """The row as it stands now, held until the operation ends; refused when the reader saw an older version."""
    now = model.objects.select_for_update().get(pk=row.pk)
    if version is not None and version != version_of(now):
        raise Refused(STALE.format(place=now))
    return now


def change_office(office, *, name, short_name, address, phone, note, reason, actor, version=None, key=None):
    with operation("office.change", actor=actor, reason=reason, key=key) as act:
        now = _locked(Office, office, version)
        if now.parent_id and Office.objects.filter(parent=now.parent_id, name=name).exclude(pk=now.pk).exists():
            raise Refused(f"{now.parent}之下已有“{name}”。请换一个名称。")
        act.outcome = {"about": str(now)}
        act.change(Office, [now.pk], name=name, short_name=short_name, address=address, phone=phone, note=note)


def set_office_active(office, active, *, reason, actor, key=None):
    """Put an office out of use or back into use. Out of use: nobody can be sent there any more."""
    with operation("office.enable" if active else "office.disable", actor=actor, reason=reason, key=key) as act:
        now = _locked(Office, office, None)
        if now.active == active:
            raise Refused(f"{now}已是{'在用' if active else '停用'}状态，没有重复办理。")
        if active and now.parent and not now.parent.active:
            raise Refused(f"上级单位{now.parent}已停用，{now}不能单独启用。请先启用上级单位。")
        if not active:
            _refuse_in_use(now, Office.objects.filter(parent=now, active=True), OfficeGrant)
        act.outcome = {"about": str(now)}
        act.change(Office, [now.pk], active=active)


def _refuse_in_use(place, below, grants):
    if count := below.count():
        raise Refused(f"{place}之下还有 {count} 个在用的下级单位，不能停用。请先停用下级单位，或把它们划转到其他单位。")
    if count := grants.objects.filter(content_object=place).values("user").distinct().count():
        raise Refused(f"{place}还有 {count} 人任职，不能停用。请先由安全管理员解除他们的岗位。")


def add_alias(office, name, *, actor, key=None):
    with operation("office.add_alias", actor=actor, key=key) as act:
        now = _locked(Office, office, None)
        if name in (now.name, now.short_name) or now.aliases.filter(name=name).exists():
            raise Refused(f"{now}已有名称“{name}”，没有重复新增。")
        act.outcome = {"about": f"{now}又称{name}"}
        act.insert([OfficeAlias(office=now, name=name)])


def remove_alias(alias, *, actor, key=None):
    with operation("office.remove_alias", actor=actor, key=key) as act:
        act.outcome = {"about": f"{alias.office}又称{alias.name}"}
        act.remove(OfficeAlias, [alias.pk])


def add_enterprise(
    *,
    code,
    name,
    short_name,
    credit_code,
    level,
    parent,
    address,
    phone,
    annuity,
    annuity_filing="",
    supervisor=None,
    actor,
    key=None,
):
    with operation("enterprise.add", actor=actor, key=key) as act:
        _refuse_same(Enterprise.objects.all(), name, credit_code)
        if Enterprise.objects.filter(code=code).exists():
            raise Refused(f"代码 {code} 已被其他企业使用。请换一个代码。")
        one = Enterprise(
            code=code,
            name=name,
            short_name=short_name,
            credit_code=credit_code,
            level=level,
            parent=parent,
            address=address,
            phone=phone,
            annuity=annuity,
            annuity_filing=annuity_filing,
            supervisor=supervisor,
        )
        one.path = _checked_path(one, parent)
        act.outcome = {"about": name}
        (one,) = act.insert([one])
    return one


def _refuse_same(others, name, credit_code):
    if others.filter(name=name).exists():
        raise Refused(f"已有名称为“{name}”的企业。请核对是否为同一企业；同名的不同企业请在名称后注明地区。")
    if credit_code and (same := others.filter(credit_code=credit_code).first()):
        raise Refused(f"统一社会信用代码 {credit_code} 已登记在{same}名下。请核对后改正。")


def change_enterprise(
    enterprise,
    *,
    name,
    short_name,
    credit_code,
    level,
    parent,
    address,
    phone,
    annuity,
    annuity_filing="",
    supervisor=None,
    reason,
    actor,
    version=None,
    key=None,
):
    """Change the facts of an enterprise; under another parent its subsidiaries go along."""
    with operation("enterprise.change", actor=actor, reason=reason, key=key) as act:
        # One move at a time, as for offices.
        Enterprise.objects.select_for_update().order_by("pk").first()
        now = _locked(Enterprise, enterprise, version)
        _refuse_same(Enterprise.objects.exclude(pk=now.pk), name, credit_code)
        if parent and parent.path.startswith(now.path):
            raise Refused(f"{parent}是{now}本身或其下级企业，不能作为上级企业。请另选。")
        values = {
            "name": name,
            "short_name": short_name,
            "credit_code": credit_code,
            "level": level,
            "parent": parent,
            "address": address,
            "phone": phone,
            "annuity": annuity,
            "annuity_filing": annuity_filing,
            "supervisor": supervisor,
        }
        path = _checked_path(now, parent)
        changes = {now.pk: {**values, "path": path}}
        if path != now.path:
            for below in Enterprise.objects.filter(path__startswith=now.path).exclude(pk=now.pk):
                changes[below.pk] = {"path": path + below.path.removeprefix(now.path)}
        act.outcome = {"about": str(now)}
        act.change_each(Enterprise, changes)


def set_enterprise_active(enterprise, active, *, reason, actor, key=None):
    with operation("enterprise.enable" if active else "enterprise.disable", actor=actor, reason=reason, key=key) as act:
        now = _locked(Enterprise, enterprise, None)
        if now.active == active:
            raise Refused(f"{now}已是{'在用' if active else '停用'}状态，没有重复办理。")
        if active and now.parent and not now.parent.active:
            raise Refused(f"上级企业{now.parent}已停用，{now}不能单独启用。请先启用上级企业。")
        if not active:
            _refuse_in_use(now, Enterprise.objects.filter(parent=now, active=True), EnterpriseGrant)
        act.outcome = {"about": str(now)}
        act.change(Enterprise, [now.pk], active=active)


def relink(office, receiver, *, since, basis, actor, key=None):
    """Let an office belong to another receiver from a day on; the whole subtree goes along."""
    if since > timezone.localdate():
        raise Refused("开始日期不能晚于今天。请在生效当天办理。")
    with operation("accounts.relink", actor=actor, reason=basis, key=key) as act:
        # One move at a time: two at once would each spell the paths below from what the other is changing.
        list(Office.objects.select_for_update().filter(parent=None))
        now, receiver = _locked(Office, office, None), Office.objects.get(pk=receiver.pk)
        _refuse_wrong_receiver(now, receiver)
        current = now.links.filter(until=None).first()
        if current and since < current.since:
            raise Refused(f"开始日期不能早于现有隶属关系的开始日期 {current.since}。请核对后重新填写。")
        if current:
            act.change(ReceiverLink, [current.pk], until=since)
        act.insert([ReceiverLink(office=now, receiver=receiver, since=since, basis=basis)])
        act.outcome = {"about": f"{now}由{now.parent}调整到{receiver}"}
        path = _checked_path(now, receiver)
        moved = {now.pk: {"parent": receiver, "path": path}}
        for below in Office.objects.filter(path__startswith=now.path).exclude(pk=now.pk):
            moved[below.pk] = {"path": path + below.path.removeprefix(now.path)}
        act.change_each(Office, moved)


def _refuse_wrong_receiver(office, receiver):
    if receiver.pk == office.parent_id:
        raise Refused(f"{office}现在就属于{receiver}，无需调整。请核对要调整到的单位。")
    if receiver.path.startswith(office.path):
        raise Refused(f"{receiver}在{office}之下，不能作为它的上级。请另选上级单位。")
    if office.kind not in kinds_below(receiver):
        raise Refused(f"{receiver}之下不能设{office.get_kind_display()}。请另选上级单位。")
    if not receiver.active:
        raise Refused(f"{receiver}已停用，不能作为上级单位。请先启用，或另选上级单位。")
