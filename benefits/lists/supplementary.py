"""The lists of supplementary plans, of the people whom one covers, and of those who may still be entered."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from accounts.models import Enterprise
from benefits.models import PlanKind, SupplementaryCover, SupplementaryLevel, SupplementaryPlan
from benefits.services.covering import candidates
from benefits.services.supplementary import current
from weihai_transfer.lib import clock
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.words import Badge

STANDING, OVER = "standing", "over"


def plans_page(request):
    today = clock.today()
    levels = Prefetch("levels", SupplementaryLevel.objects.order_by("since"))
    rows = SupplementaryPlan.objects.visible_to(request.user).select_related("enterprise").prefetch_related(levels)
    standing = Count("covers", filter=Q(covers__ended_on=None))
    return ListPage(
        request,
        rows.annotate(people=standing),
        columns=[
            Column("name", "名称", sort="name", link=True),
            Column("kind", "种类", "get_kind_display", sort="kind"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("channel", "解决渠道", "through"),
            Column("level", "现行待遇水平", lambda plan: current(plan.levels.all(), today)),
            Column("people", "参加人数", sort="people", number=True),
            Column("since", "实行日期", sort="since"),
        ],
        filters=[Filter("kind", "种类", PlanKind.choices)],
        order=("enterprise__path", "kind", "name"),
        unit="项",
        row_url=lambda plan: reverse("benefits:supplementary_plan", args=[plan.pk]),
    )


def covers_page(request):
    """Everybody who is covered; ?plan= narrows to one plan."""
    user = request.user
    rows = SupplementaryCover.objects.visible_to(user)
    return ListPage(
        request,
        rows.select_related("retiree__enterprise", "plan__enterprise"),
        columns=[
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("enterprise", "企业", "retiree.enterprise", sort="retiree__enterprise__path"),
            Column("plan", "项目", "plan.name", sort="plan__name"),
            Column("state", "状态", badge),
            Column("since", "起始日期", sort="since"),
            Column("ended_on", "终止日期", sort="ended_on"),
        ],
        filters=[
            Filter("plan", "项目", lambda: _plans(user)),
            Filter("standing", "状态", ((STANDING, "享受中"), (OVER, "已终止")), narrow=_standing),
            Filter("enterprise", "企业", lambda: _enterprises(user), lookup="retiree__enterprise"),
        ],
        order=("retiree__pinyin", "pk"),
        row_url=lambda cover: reverse("benefits:cover", args=[cover.pk]),
    )


def badge(cover):
    return Badge(cover.get_ended_why_display(), "closed") if cover.ended_on else Badge("享受中", "done")


def _plans(user):
    rows = SupplementaryPlan.objects.filter(covers__in=SupplementaryCover.objects.visible_to(user)).distinct()
    return [(one.pk, str(one)) for one in rows.select_related("enterprise").order_by("name", "pk")]


def _standing(rows, value):
    return rows.filter(ended_on=None) if value == STANDING else rows.exclude(ended_on=None)


def _enterprises(user):
    found = Enterprise.objects.filter(retirees__supplementary_covers__in=SupplementaryCover.objects.visible_to(user))
    return [(one.pk, one.name) for one in found.distinct().order_by("path")]


def plan_asked(request, rows):
    """The plan of ?plan=, of those rows; None when it is not among them."""
    try:
        asked = SupplementaryPlan._meta.pk.to_python(request.GET.get("plan") or None)
    except ValidationError:
        return None
    return rows.select_related("enterprise").filter(pk=asked).first() if asked else None


def candidates_page(request, plan):
    rows = candidates(plan, request.user).select_related("enterprise")
    return ListPage(
        request,
        rows,
        columns=[
            Column("name", "姓名", sort="pinyin", link=True),
            Column("id_number", "公民身份号码", "masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("retired_on", "退休时间", sort="retired_on"),
        ],
        filters=[
            Filter("plan", "项目", ((plan.pk, str(plan)),), narrow=lambda rows, value: rows),
            Filter("enterprise", "企业", lambda: _own(plan)),
        ],
        order=("pinyin", "pk"),
        row_url=lambda one: reverse("handover:person", args=[one.pk]),
    )


def _own(plan):
    rows = Enterprise.objects.filter(path__startswith=plan.enterprise.path).order_by("path")
    return list(rows.values_list("pk", "name"))
