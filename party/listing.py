"""The list of memberships: columns, filters, the chase list, bulk buttons."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise
from party import chasing
from party.ends import SENDING
from party.models import Membership, PartyOrganisation
from party.models.letters import Way
from party.papers import Kind as PaperKind
from party.states import MACHINE, ON_THE_WAY, State
from party.summary import badge, ends_of
from tracks.desk import Button, step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

CHASE = [(kind.code, kind.label) for kind in chasing.KINDS.values()]
# Done in bulk; the rest is judged member by member.
USUAL = ("issue", "arrive", "place", "refuse", "reissue", "void", "issue_outside", "confirm_outside", "move")


def memberships_page(request):
    rows = Membership.objects.visible_to(request.user).select_related("retiree", "enterprise", "office").with_letter()
    chased = bool(request.GET.get("chase"))
    return ListPage(
        request,
        rows,
        columns=_columns(request.user, timezone.localdate()),
        filters=_filters(request.user),
        order=("letter__valid_until", "pk")
        if chased
        else ("state_since", "pk")
        if request.GET.getlist("state")
        else ("pk",),
        unit="人",
        row_url=lambda membership: reverse("party:membership", args=[membership.pk]),
    )


def _columns(user, today):
    return [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("id_number", "公民身份号码", "retiree.masked_id"),
        Column("status", "政治面貌", "retiree.get_political_status_display", optional=True, hidden=True),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("office", "转入单位", sort="office__path"),
        Column("state", "状态", lambda membership: badge(membership, user, today), sort="state"),
        Column(
            "since",
            "进入状态时间",
            lambda membership: membership.state_since.date(),
            sort="state_since",
            optional=True,
            hidden=True,
        ),
        Column("letter", "介绍信编号", "letter.number"),
        Column("reference", "灯塔转接编号", "letter.reference", optional=True, hidden=True),
        Column("way", "转接方式", "letter.get_way_display", optional=True, hidden=True),
        Column("until", "有效期至", "letter.valid_until", sort="letter__valid_until"),
        Column("branch", "所在党支部", "branch_name"),
        Column("arrived", "接收日期", "letter.arrived_on", optional=True, hidden=True),
        Column("receipt", "回执日期", "letter.receipt_on", optional=True, hidden=True),
        Column("dues", "党费交至", "retiree.dues_paid_until", optional=True, hidden=True),
        Column("floating", "外出流向", "floating_to", optional=True, hidden=True),
    ]


def _filters(user):
    return [
        Filter("state", "状态", State.choices, MANY),
        Filter("enterprise", "企业", lambda: _enterprises(user)),
        Filter("way", "转接方式", Way.choices, narrow=lambda rows, way: rows.filter(letter__way=way)),
        Filter("chase", "追踪", CHASE, narrow=_chased),
        Filter("organisation", "编入党组织", lambda: _organisations(user), narrow=_placed_under),
        Filter("floating", "流动党员", kind=FLAG, narrow=lambda rows, _: rows.filter(floating=True)),
    ]


def _enterprises(user):
    with_members = Exists(Membership.objects.visible_to(user).filter(enterprise=OuterRef("pk")))
    return [(one.pk, one.name) for one in Enterprise.objects.filter(with_members)]


def _organisations(user):
    return PartyOrganisation.objects.visible_to(user).order_by("path").values_list("pk", "name")


def _placed_under(rows, pk):
    """Placed in the organisation or in one below it: what the tree counts."""
    below = PartyOrganisation.objects.filter(pk=pk).values("path")[:1]
    return rows.filter(state=State.PLACED, branch__path__startswith=Subquery(below))


def _chased(rows, kind):
    return chasing.chased(rows, kind, timezone.localdate())


def bulk_buttons(user, states, chase):
    """The steps that this user may take with many, from the chosen states or from any, the first one filled."""
    url, held = reverse("party:bulk"), ends_of(user)
    states = chasing.KINDS[chase].states if chase in chasing.KINDS else states
    steps = [step for step in MACHINE.steps if step.name in USUAL and chase != "receipt"]
    found = step_buttons(steps, states, url, lambda step: held.intersection(step.duties))
    if SENDING in held and (chase == "receipt" or not states or {State.ARRIVED, State.PLACED} & set(states)):
        found.append(Button("登记回执", url, "receipt", primary=not found))
    if SENDING in held and (not states or set(ON_THE_WAY) & set(states)):
        found.append(Button("生成纸质介绍信", url, f"paper-{PaperKind.LETTER.value}"))
    return sorted(found, key=lambda button: button.danger)
