"""Accounts of the people who work with the system: opened, stopped, given a new first password."""

from datetime import timedelta

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from accounts.passwords import first_password
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused


def create_user(username, name, *, actor, key=None):
    """Returns the new user and his first password, which is told once and must be changed at the first login."""
    with operation("user.create", actor=actor, key=key) as act:
        if User.objects.filter(username=username).exists():
            raise Refused(f"账号 {username} 已存在。请换一个账号；同一人兼任多个岗位的，在原账号上任职即可。")
        user, password = User(username=username, name=name), first_password()
        _give(user, password)
        act.outcome = _about(user)
    return user, password


def _about(user):
    """By this the audit and the account's own page find the operation; users keep no history of their own."""
    return {"user": user.pk, "about": f"{user.name}（{user.username}）"}


def _give(user, password):
    user.set_password(password)
    user.must_change_password = True
    user.save()


def _locked(user, actor, refusal):
    if user == actor:
        raise Refused(refusal)
    return User.objects.select_for_update().get(pk=user.pk)


def disable(user, *, actor, reason, key=None):
    """Stop an account: whoever is logged in with it is out at the next request. Positions stay on record."""
    with operation("user.disable", actor=actor, reason=reason, key=key) as act:
        act.outcome = _about(user)
        now = _locked(user, actor, "不能停用自己的账号。请由另一名安全管理员办理。")
        if not now.is_active:
            raise Refused(f"{now}的账号已停用，没有重复办理。")
        now.is_active = False
        now.save(update_fields=["is_active"])


def enable(user, *, actor, reason, key=None):
    """Open a stopped account again. It gets a new first password, so that no session of before comes back to life."""
    with operation("user.enable", actor=actor, reason=reason, key=key) as act:
        act.outcome = _about(user)
        now = _locked(user, actor, "不能启用自己的账号。请由另一名安全管理员办理。")
        if now.is_active:
            raise Refused(f"{now}的账号已启用，没有重复办理。")
        now.is_active, password = True, first_password()
        _give(now, password)
    return password


def reset_password(user, *, actor, reason, key=None):
    with operation("user.reset_password", actor=actor, reason=reason, key=key) as act:
        act.outcome = _about(user)
        now = _locked(user, actor, "不能重置自己的密码。请使用“修改密码”，或由另一名安全管理员办理。")
        if not now.is_active:
            raise Refused(f"{now}的账号已停用，不能重置密码。请先启用账号，启用时会生成新的初始密码。")
        password = first_password()
        _give(now, password)
        # Whoever forgot his password has usually locked himself out as well.
        reset(username=now.username)
    return password


def is_locked(user):
    """Has this account been locked by wrong passwords from any address?"""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=since).order_by()
    failures = tries.values("ip_address").annotate(failures=Sum("failures_since_start"))
    return failures.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists()


def unlock(user, *, actor, reason, key=None):
    with operation("user.unlock", actor=actor, reason=reason, key=key) as act:
        act.outcome = _about(user)
        _locked(user, actor, "不能解除自己的登录锁定。请由另一名安全管理员办理。")
        if not reset(username=user.username):
            raise Refused(f"{user}的账号没有被锁定，无需解除。请核对账号。")


def set_email(user, email, *, actor, key=None):
    """Where the daily digest goes; an empty address ends it. The address itself stands in no trail."""
    with operation("user.email", actor=actor, key=key) as act:
        act.outcome = _about(user)
        now = _locked(user, actor, "不能登记自己的电子邮箱。请由另一名安全管理员办理。")
        now.email = email
        now.save(update_fields=["email"])
