"""Security events: noted during a request, written after it, so that a rollback cannot take them away."""

from django.utils import timezone

from audit.models import SecurityEvent

LABELS = {
    "login": "登录",
    "login_failed": "登录失败",
    "login_locked": "账号锁定期间登录",
    "logout": "退出",
    "timeout": "超时自动退出",
    "password_change": "修改密码",
    "read_audit": "查阅审计记录",
    "denied": "无权办理",
    "not_found": "查找不到或无权查看",
    "reveal": "查看完整信息",
    "open_person": "打开人员页面",
    "search": "查询人员",
    "export": "导出",
    "download": "下载文件",
}


def note(request, kind, *, subject="", field="", reason="", actor_name=""):
    """Remember that something happened in this request; the middleware writes it when the answer is ready."""
    request.noted.append((kind, subject, field, reason, actor_name))


def write_for(user, kind, *, subject="", field="", reason=""):
    """What a job did for a user: it stands outside every request, in a transaction of its own."""
    SecurityEvent.objects.create(
        at=timezone.now(),
        kind=kind,
        actor=user,
        actor_name=user.name,
        office=user.acting_for,
        position=user.acting_as,
        subject=subject,
        field=field,
        reason=reason,
    )


def write(request):
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    for kind, subject, field, reason, actor_name in request.noted:
        SecurityEvent.objects.create(
            at=timezone.now(),
            kind=kind,
            actor=user if known else None,
            actor_name=user.name if known else actor_name,
            office=user.acting_for if known else "",
            position=user.acting_as if known else "",
            address=request.META.get("REMOTE_ADDR") or None,
            path=request.path[:200],
            subject=subject,
            field=field,
            reason=reason,
            request_id=request.id,
        )
    request.noted.clear()
