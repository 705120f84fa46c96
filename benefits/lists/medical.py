"""The list of medical-insurance transfers: columns, filters, bulk buttons."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.duties import Duty
from accounts.models import Enterprise, Office
from accounts.scope import holds
from benefits.medical_states import MACHINE, State
from benefits.medical_summary import badge
from benefits.medical_terms import overdue, term_for
from benefits.models import MedicalTransfer, Scheme
from tracks.desk import step_buttons
from weihai_transfer.lib.filters import FLAG, MANY, Filter
from weihai_transfer.lib.listing import Column, ListPage

# Nobody takes those without a duty by hand; a matter that was settled is undone one by one.
BY_HAND = tuple(step.name for step in MACHINE.steps if step.duties)
IN_BULK = tuple(name for name in BY_HAND if name not in ("undo", "undo_outside"))
USUAL = ("propose", "agree", "hand", "take_over", "confirm_outside", "object")


def transfers_page(request):
    user = request.user
    rows = MedicalTransfer.objects.visible_to(user).select_related("retiree", "enterprise", "office", "bureau")
    return ListPage(
        request,
        rows,
        columns=_columns(user),
        filters=_filters(user),
        order=("opened_on", "pk") if request.GET.getlist("state") else ("pk",),
        row_url=lambda transfer: reverse("benefits:transfer", args=[transfer.pk]),
    )


def _columns(user):
    term = term_for(user)
    return [
        Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
        Column("id_number", "公民身份号码", "retiree.masked_id"),
        Column("enterprise", "企业", sort="enterprise__path"),
        Column("office", "接收区市", sort="office__path"),
        Column("state", "状态", lambda transfer: badge(transfer, user), sort="state"),
        Column("last_day", "应办结日期", lambda transfer: term.last_day(transfer), sort="opened_on"),
        Column(
            "late",
            "逾期天数",
            lambda transfer: term.days_late(transfer) or None,
            number=True,
            optional=True,
            hidden=True,
        ),
        Column("scheme", "原参保方式", "get_scheme_display", sort="scheme"),
        Column("amount", "衔接费用（元）", sort="amount", number=True),
        Column("amount_kind", "费用方式", "get_amount_kind_display", optional=True, hidden=True),
        Column("payer", "费用承担", "get_payer_display", sort="payer", optional=True, hidden=True),
        Column("bureau", "经办部门", sort="bureau__path", optional=True, hidden=True),
        Column("agreed_on", "商定日期", sort="agreed_on", optional=True, hidden=True),
        Column("contribution_proof_on", "缴费年限证明移交日期", optional=True, hidden=True),
        Column("insurance_proof_on", "参保凭证移交日期", optional=True, hidden=True),
        Column("application_form_on", "转移接续申请表移交日期", optional=True, hidden=True),
        Column("taken_over_on", "接续日期", sort="taken_over_on", optional=True, hidden=True),
        Column("insured_place", "接续后参保地", optional=True, hidden=True),
    ]


def _filters(user):
    return [
        Filter("state", "状态", State.choices, MANY),
        Filter("scheme", "原参保方式", Scheme.choices),
        Filter("enterprise", "企业", lambda: _places(user, Enterprise, "enterprise")),
        Filter("office", "接收区市", lambda: _places(user, Office, "office")),
        Filter("bureau", "经办部门", lambda: _places(user, Office, "bureau")),
        Filter("overdue", "只看逾期的", kind=FLAG, narrow=lambda rows, on: overdue(rows, term_for(user))),
    ]


def _places(user, model, name):
    """The places that stand in the rows that this user sees."""
    mine = Exists(MedicalTransfer.objects.visible_to(user).filter(**{name: OuterRef("pk")}))
    return [(one.pk, one.name) for one in model.objects.filter(mine).order_by("path")]


def bulk_buttons(user, states):
    """The steps that this user may take with many, from the chosen states or from any, the first one filled."""
    names = IN_BULK if states else USUAL
    steps = [step for step in MACHINE.steps if step.name in names]
    may = lambda step: holds(user, *step.duties)  # noqa: E731
    buttons = step_buttons(steps, states, reverse("benefits:medical_bulk"), may)
    return sorted(buttons, key=lambda button: button.danger)


def may_act(user):
    return holds(user, Duty.SUBMIT, Duty.DISTRIBUTE, Duty.COORDINATE)
