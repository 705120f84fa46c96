"""The list of treatments: the enterprise's steps, the competent body's answers."""

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.scope import holds
from benefits.codes import ItemKind
from benefits.explaining import SHORT, ground_in_words
from benefits.lists.badges import badge
from benefits.lists.items import filters_of
from benefits.lists.money import in_words, two_places
from benefits.models import Treatment
from benefits.treatment_states import MACHINE, State
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

# Taken by no hand.
IN_BULK = tuple(step for step in MACHINE.steps if step.duties)


def treatments_page(request):
    user = request.user
    rows = Treatment.objects.visible_to(user)
    # The competent body looks at the ground on which something stays; to the others it is one fact of many.
    agrees = holds(user, Duty.APPROVE)
    return ListPage(
        request,
        rows.select_related("retiree", "enterprise", "item", "approver"),
        columns=[
            Column("name", "姓名", "retiree.name", sort=("retiree__pinyin",), link=True),
            Column("masked", "身份证号", "retiree.masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("item", "项目", sort=("item__kind", "item__name")),
            Column("yearly", "年标准（元）", lambda one: in_words(one.yearly), sort="yearly", number=True),
            Column("outcome", "处理方式", lambda one: SHORT[one.outcome], sort="outcome"),
            Column("rule", "规则", sort="rule", number=True),
            Column("state", "状态", lambda one: badge(one, user), sort="state"),
            Column("ground", "弱势群体", lambda one: ground_in_words(one.grounds), optional=True, hidden=not agrees),
            Column("since", "进入状态时间", lambda one: timezone.localdate(one.state_since), sort="state_since"),
            Column("proof", "凭证（文号）", optional=True, hidden=True),
            Column("proof_on", "凭证日期", optional=True, hidden=True),
            Column("approver", "主管部门（单位）", optional=True, hidden=True),
        ],
        filters=[
            Filter("state", "状态", State.choices, MANY),
            *filters_of(rows, ""),
            Filter("kind", "项目", ItemKind.choices, MANY, "item__kind__in"),
        ],
        order=("state_since", "pk") if request.GET.getlist("state") else ("enterprise__path", "retiree__pinyin", "pk"),
        unit="项",
        row_url=lambda one: reverse("benefits:treatment", args=[one.pk]),
    )


def bulk_buttons(user, states):
    """The steps that may be taken with many at once, out of the chosen states."""
    if not states:
        return []
    return step_buttons(IN_BULK, states, reverse("benefits:bulk"), lambda step: holds(user, *step.duties))


def sums(rows):
    found = rows.order_by().aggregate(items=Count("pk"), people=Count("retiree", distinct=True), yearly=Sum("yearly"))
    return found | {"yearly": two_places(found["yearly"])}
