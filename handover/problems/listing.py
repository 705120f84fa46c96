"""The lists of problems and of notices."""

from django.urls import reverse
from django.utils import timezone

from handover.deadlines import terms_for
from handover.models import Notice, Problem
from handover.models.problems import ProblemKind
from handover.problems import due, viewers
from handover.problems.desk import may
from handover.states import notices, problems
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

JOINED = ("raised_office", "raised_enterprise", "unit", "unit_enterprise", "retiree")
# Many problems may be given to one unit, or settled, at once; what is said in words is each problem's own.
PROBLEMS_IN_BULK = ("assign", "settle")
NOTICES_IN_BULK = ("close",)


def problems_page(request):
    user = request.user
    return ListPage(
        request,
        Problem.objects.visible_to(user).select_related(*JOINED),
        columns=[
            Column("number", "编号", sort="number", link=True),
            Column("title", "事由", lambda row: f"【紧急】{row.title}" if row.urgent else row.title),
            Column("kind", "类别", "get_kind_display", sort="kind"),
            Column("raised_by", "提出单位", lambda row: viewers.place_name(row.raised_by)),
            Column(
                "raised_on",
                "提出日期",
                lambda row: timezone.localdate(row.raised_at),
                sort="raised_at",
                optional=True,
                hidden=True,
            ),
            Column("retiree", "有关人员", "retiree.name", optional=True, hidden=True),
            Column("given_to", "承办单位", lambda row: viewers.place_name(row.given_to) if row.given_to else ""),
            Column("due", "期限", lambda row: due.last_day(row, terms_for(user))),
            Column("round", "轮次", sort="round", number=True),
            Column("state", "状态", lambda row: viewers.badge(row, user), sort="state"),
            Column("since", "进入状态时间", lambda row: timezone.localdate(row.state_since), sort="state_since"),
        ],
        filters=[
            Filter("state", "状态", problems.State.choices, MANY),
            Filter("kind", "类别", ProblemKind.choices),
            Filter(
                "end",
                "单位",
                (("raised", "本单位提出"), ("given", "本单位承办")),
                narrow=lambda rows, end: rows.open_to(
                    user, problems.RAISING if end == "raised" else problems.ANSWERING
                ),
            ),
            Filter("retiree", "人员", _people(request), lookup="retiree"),
            Filter("overdue", "只看逾期的", kind=FLAG, narrow=lambda rows, _: rows.filter(due.late_problems())),
            Filter("urgent", "只看紧急的", kind=FLAG, lookup="urgent"),
        ],
        order=("-urgent", "state_since", "pk") if request.GET.getlist("state") else ("-pk",),
        unit="件",
        row_url=lambda row: reverse("handover:problem", args=[row.pk]),
    )


def _people(request):
    """Offered where the address names one, as the page of a person does."""
    if "retiree" not in request.GET:
        return []
    rows = Problem.objects.visible_to(request.user).filter(retiree__isnull=False).select_related("retiree")
    return list({row.retiree_id: row.retiree.name for row in rows}.items())


def problem_buttons(user, states):
    if not states:
        return []
    steps = [problems.MACHINE[name] for name in PROBLEMS_IN_BULK]
    return step_buttons(steps, states, reverse("handover:problem_bulk"), lambda step: may(user, step))


def notices_page(request):
    user = request.user
    return ListPage(
        request,
        Notice.objects.visible_to(user).select_related("area", "enterprise"),
        columns=[
            Column("number", "编号", sort="number", link=True),
            Column("title", "事由"),
            Column("addressee", "督办对象", lambda row: viewers.place_name(row.addressee)),
            Column("due_on", "答复期限", sort="due_on"),
            Column("state", "状态", lambda row: viewers.notice_badge(row, user), sort="state"),
            Column("since", "进入状态时间", lambda row: timezone.localdate(row.state_since), sort="state_since"),
        ],
        filters=[
            Filter("state", "状态", notices.State.choices, MANY),
            Filter("overdue", "只看逾期的", kind=FLAG, narrow=lambda rows, _: rows.filter(due.late_notices())),
        ],
        order=("state_since", "pk") if request.GET.getlist("state") else ("-pk",),
        unit="件",
        row_url=lambda row: reverse("handover:notice", args=[row.pk]),
    )


def notice_buttons(user, states):
    if not states:
        return []
    steps = [notices.MACHINE[name] for name in NOTICES_IN_BULK]
    return step_buttons(steps, states, reverse("handover:notice_bulk"), lambda step: may(user, step))
