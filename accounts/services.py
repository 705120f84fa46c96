"""Appointing and dismissing. Nobody grants himself; the three administrations are three people who see no person."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from accounts.duties import ADMINISTRATION, POSITIONS, Place
from accounts.models import EnterpriseGrant, OfficeGrant, User
from accounts.scope import CITY_WIDE
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused


def _grants_at(place):
    return EnterpriseGrant if place._meta.model_name == Place.ENTERPRISE else OfficeGrant


def appoint(user, position, place, *, actor, reason="", key=None):
    """Give `user` the position (a code of POSITIONS) at an office or enterprise; giving it twice changes nothing."""
    named = POSITIONS[position]
    if named.place != place._meta.model_name:
        raise Refused(f"“{named.label}”不能设在{place}。请选择{Place(named.place).label}。")
    if user == actor:
        raise Refused("不能给自己任职。请由另一名安全管理员办理。")
    if not place.active:
        raise Refused(f"{place}已停用，不能在此任职。请另选。")
    if _is_administration(named) and place.kind not in CITY_WIDE:
        raise Refused(f"{named.label}管理全市的系统，只能设在市级单位。请另选单位。")
    grants = _grants_at(place)
    with operation("accounts.appoint", actor=actor, reason=reason, key=key) as act:
        act.outcome = {"user": user.pk, "about": f"{user.name}：{place} {named.label}"}
        # Two appointments at the same moment: the second waits here and then sees what the first gave.
        if not User.objects.select_for_update().get(pk=user.pk).is_active:
            raise Refused(f"{user}的账号已停用，不能任职。请先启用账号。")
        _refuse_two_administrations(user, named)
        permissions = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(place), codename__in=named.duties
        )
        held = grants.objects.filter(user=user, content_object=place, position=position).values("permission")
        act.insert(
            grants(user=user, content_object=place, permission=permission, position=position)
            for permission in permissions.exclude(pk__in=held)
        )


def _is_administration(position):
    return bool(set(position.duties).intersection(ADMINISTRATION))


def _refuse_two_administrations(user, named):
    held = {
        POSITIONS[code]
        for grants in (OfficeGrant, EnterpriseGrant)
        for code in grants.objects.filter(user=user).values_list("position", flat=True)
    } - {named}
    managing = [one for one in held if _is_administration(one)]
    if _is_administration(named) and managing:
        raise Refused("系统管理、安全管理、审计管理须由三人分任。请先解除该用户现有的管理岗位。")
    if _is_administration(named) and held:
        raise Refused(f"{named.label}不得兼任业务岗位。请先解除该用户现有的业务岗位，或另行指定人员。")
    if managing:
        raise Refused(f"该用户是{managing[0].label}，不得兼任业务岗位。请先解除其管理岗位，或另行指定人员。")


def dismiss(user, position, place, *, actor, reason, key=None):
    """Take a position back; from the next request on it gives nothing."""
    if user == actor:
        raise Refused("不能解除自己的岗位。请由另一名安全管理员办理。")
    grants = _grants_at(place)
    with operation("accounts.dismiss", actor=actor, reason=reason, key=key) as act:
        act.outcome = {"user": user.pk, "about": f"{user.name}：{place} {POSITIONS[position].label}"}
        User.objects.select_for_update().get(pk=user.pk)
        held = list(
            grants.objects.filter(user=user, content_object=place, position=position).values_list("pk", flat=True)
        )
        if not held:
            raise Refused(f"{user}已不在{place}担任{POSITIONS[position].label}，没有重复解除。请刷新页面核对。")
        act.remove(grants, held)
