"""The ways through the audit pages, as chips above each of them: only those that the reader's duty opens."""

from django.urls import reverse

from accounts.duties import Duty
from accounts.scope import holds

TABS = (
    ("oversight:audit", "操作记录", (Duty.AUDIT,)),
    ("oversight:audit_events", "安全事件", (Duty.AUDIT,)),
    ("oversight:audit_people", "一人全程", (Duty.AUDIT,)),
    ("oversight:audit_readers", "谁看了多少", (Duty.AUDIT,)),
    ("oversight:audit_taken", "导出和下载", (Duty.AUDIT,)),
    ("oversight:why", "为何能看见", (Duty.AUDIT, Duty.MANAGE_SECURITY)),
    ("oversight:access", "权限复核", (Duty.AUDIT, Duty.MANAGE_SECURITY)),
)


def tabs(request, here):
    """(label, url, is this page)"""
    return [(label, reverse(name), name == here) for name, label, duties in TABS if holds(request.user, *duties)]
