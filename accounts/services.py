"""Appointing and dismissing; moving offices. Nobody grants himself, nobody holds two of the three administrations."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.duties import ADMINISTRATION, POSITIONS, Place
from accounts.models import EnterpriseGrant, Office, OfficeGrant, ReceiverLink, User
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused


def _grants_at(place):
    return EnterpriseGrant if place._meta.model_name == Place.ENTERPRISE else OfficeGrant


def appoint(user, position, place, *, actor):
    """Give `user` the position (a code of POSITIONS) at an office or enterprise; giving it twice changes nothing."""
    named = POSITIONS[position]
    if named.place != place._meta.model_name:
        raise Refused(f"“{named.label}”不能设在{place}。请选择{Place(named.place).label}。")
    if user == actor:
        raise Refused("不能给自己任职。请由另一名安全管理员办理。")
    grants = _grants_at(place)
    with operation("accounts.appoint", actor=actor, reason=f"{user.name}：{place} {named.label}") as act:
        User.objects.select_for_update().get(pk=user.pk)
        _refuse_two_administrations(user, named)
        permissions = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(place), codename__in=named.duties
        )
        held = grants.objects.filter(user=user, content_object=place, position=position).values("permission")
        act.insert(
            grants(user=user, content_object=place, permission=permission, position=position)
            for permission in permissions.exclude(pk__in=held)
        )


def _refuse_two_administrations(user, named):
    wanted = set(named.duties).intersection(ADMINISTRATION)
    if not wanted:
        return
    held = set(
        OfficeGrant.objects.filter(user=user, permission__codename__in=ADMINISTRATION).values_list("permission__codename", flat=True)
    )
    if held - wanted:
        raise Refused("系统管理、安全管理、审计管理须由三人分任。请先解除该用户现有的管理岗位。")


def dismiss(user, position, place, *, actor, reason):
    """Take a position back; from the next request on it gives nothing."""
    if user == actor:
        raise Refused("不能解除自己的岗位。请由另一名安全管理员办理。")
    grants = _grants_at(place)
    with operation("accounts.dismiss", actor=actor, reason=reason) as act:
        rows = grants.objects.filter(user=user, content_object=place, position=position)
        act.remove(grants, list(rows.values_list("pk", flat=True)))


@transaction.atomic
def relink(office, receiver, *, since, basis, actor):
    """Let an office belong to another receiver from a day on; the whole subtree goes along."""
    if since > timezone.localdate():
        raise Refused("开始日期不能晚于今天。请在生效当天办理。")
    if receiver.path.startswith(office.path):
        raise Refused(f"{receiver}在{office}之下，不能作为它的上级。请另选上级单位。")
    with operation("accounts.relink", actor=actor, reason=basis) as act:
        current = ReceiverLink.objects.filter(office=office, until=None).first()
        if current and since < current.since:
            raise Refused(f"开始日期不能早于现有隶属关系的开始日期 {current.since}。")
        if current:
            act.change(ReceiverLink, [current.pk], until=since)
        act.insert([ReceiverLink(office=office, receiver=receiver, since=since, basis=basis)])
        moved = {office.pk: {"parent": receiver, "path": office.path_below(receiver)}}
        for below in Office.objects.filter(path__startswith=office.path).exclude(pk=office.pk):
            moved[below.pk] = {"path": office.path_below(receiver) + below.path.removeprefix(office.path)}
        act.change_each(Office, moved)
