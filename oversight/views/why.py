"""Why somebody can, or cannot, see something: for administrators about anybody, for everybody about himself."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.models import User
from accounts.scope import holds
from accounts.views.guard import needs
from audit import events
from handover.models import Case
from oversight.auditing import finding, why
from oversight.auditing.tabs import tabs

HOME, TITLE = "oversight:why", "为何能看见"
ASKING = (Duty.AUDIT, Duty.MANAGE_SECURITY)


def _crumbs(request, *more):
    root = (
        ("审计", reverse("oversight:audit")) if holds(request.user, Duty.AUDIT) else ("用户", reverse("accounts:users"))
    )
    return [root, (TITLE, reverse(HOME) if more else ""), *more]


@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(*ASKING)
def ask(request):
    account = (request.POST.get("account") or request.GET.get("account") or "").strip()[:40]
    number = request.POST.get("number", "").strip()[:60]
    user = User.objects.filter(username=account).first() if account else None
    found, fault = [], ""
    if request.method == "POST":
        events.note(request, "search", field=TITLE)
        found = _numbers_like(number)
        fault = _fault(account, user, number, found)
        if not fault and len(found) == 1:
            return redirect("oversight:why_answer", user.pk, found[0].pk)
    context = {
        "title": TITLE,
        "crumbs": _crumbs(request),
        "tabs": tabs(request, HOME),
        "account": account,
        "user_found": user,
        "found": [] if fault else found,
        "fault": fault,
    }
    return render(request, "oversight/why.html", context)


def _numbers_like(text):
    key = why.key_of(text) if text else None
    if key is None and finding.as_number(text) and why.rows_of(finding.as_number(text)):
        key = finding.as_number(text)
    return [finding.Found(key, "")] if key else finding.people_like(text)


def _fault(account, user, number, found):
    if user is None:
        return f"没有账号“{account}”。请核对用户名后再查。" if account else "没有填写账号。请填写要查的用户名。"
    if not number:
        return "没有填写编号。请填写人员内部编号、身份证号，或协议、批次、费用、问题、督办的编号。"
    return "" if found else "没有查到这个编号对应的记录。请核对后再查；身份证号要写全。"


@require_safe
@needs(*ASKING)
def show_answer(request, user, pk):
    asked, rows = get_object_or_404(User, pk=user), why.rows_of(pk)
    if not rows:
        raise Http404
    events.note(
        request, "read_audit", field=f"{TITLE}：{asked.username}"[:40], subject=f"{rows[0][0]._meta.label} {pk}"
    )
    grounds = why.grounds_of(asked)
    context = {
        "title": f"{asked.name}（{asked.username}）{TITLE}",
        "crumbs": _crumbs(request, ("答复", "")),
        "tabs": tabs(request, ""),
        "asked": asked,
        "pk": pk,
        "posts": grounds.now,
        "answers": why.counted(one for group in rows for one in why.answers_for(grounds, group)),
    }
    return render(request, "oversight/why_answer.html", context)


@require_safe
def show_own(request, pk):
    if not holds(request.user, *Case.objects.all().seen_with):
        raise PermissionDenied
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree"), pk=pk)
    grounds = why.grounds_of(request.user)
    person = reverse("handover:person", args=[pk])
    context = {
        "title": "我为何能看见",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("我为何能看见", "")],
        "asked": request.user,
        "posts": grounds.now,
        "answers": why.counted(why.own_answers(grounds, pk)),
        "back": person,
    }
    return render(request, "oversight/why_answer.html", context)
