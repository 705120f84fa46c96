"""What is noted about a member beside the steps: searches, facts; and the list of those who cannot be reached."""

from django.db.models import Count, Max
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.guard import attempt
from party import services, unreachable
from party.forms import FactsForm, SearchForm, facts_of
from party.models import Membership
from party.summary import badge
from party.views.guard import BOTH_ENDS, for_party, seen
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

MARKS = {
    "six_months": Badge("满 6 个月", "late", "可研究停止党籍"),
    "two_years": Badge("停止党籍满 2 年", "late", "可研究除名"),
    "": "",
}


@require_http_methods(["GET", "HEAD", "POST"])
def search(request, pk):
    """Noting one search for a member."""
    membership = seen(request, pk, BOTH_ENDS)
    form = SearchForm(request.POST if request.method == "POST" else None)
    return _noted(
        request,
        membership,
        form,
        "登记查找记录",
        lambda said: services.record_search(membership, actor=request.user, **said),
        "已登记查找记录。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request, pk):
    """Noting whether he is away, lost, and whether his papers are complete."""
    membership = seen(request, pk, BOTH_ENDS)
    form = FactsForm(request.POST if request.method == "POST" else None, initial=facts_of(membership))
    return _noted(
        request,
        membership,
        form,
        "登记党员情况",
        lambda said: services.record_facts(membership, form.facts(), actor=request.user, key=said["key"]),
        "已登记党员情况。",
    )


def _noted(request, membership, form, title, act, said):
    page = reverse("party:membership", args=[membership.pk])
    if form.is_valid() and attempt(request, form, lambda: act(form.cleaned_data), said):
        return redirect(page)
    context = {
        "title": f"{title}（{membership.retiree.name}）",
        "crumbs": [("党组织关系", reverse("party:memberships")), (membership.retiree.name, page), (title, "")],
        "action": {"label": "保存", "danger": False, "intro": ""},
        "form": form,
        "row_url": page,
    }
    return render(request, "tracks/act.html", context)


@require_safe
@for_party
def show_unreachable(request):
    user, today = request.user, timezone.localdate()
    rows = Membership.objects.visible_to(user).unreachable().select_related("retiree", "enterprise", "office")
    page = ListPage(
        request,
        rows.annotate(times=Count("searches"), last=Max("searches__searched_on")),
        columns=[
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("enterprise", "转出企业", sort="enterprise__path"),
            Column("office", "转入单位", sort="office__path"),
            Column("state", "状态", lambda one: badge(one, user), sort="state"),
            Column("since", "失联时间", unreachable.since, sort="lost_since"),
            Column("times", "查找次数", number=True, sort="times"),
            Column("last", "最近查找", sort="last"),
            Column("stopped", "停止党籍日期", "stopped_on", sort="stopped_on"),
            Column("mark", "提示", lambda one: MARKS[unreachable.mark(one, today)]),
        ],
        order=("lost_since", "pk"),
        row_url=lambda one: reverse("party:membership", args=[one.pk]),
    )
    context = {
        "title": f"失联党员（{page.count:,} 人）",
        "crumbs": [("党组织关系", reverse("party:memberships")), ("失联党员", "")],
        "list": page,
    }
    return render(request, "party/unreachable.html", context)
