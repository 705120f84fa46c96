"""What the pages do with memberships: each step and the noting of receipts as an action of the desk."""

from party import services
from party.forms import MembershipStepForm, ReceiptForm
from party.models import Membership
from party.papers import PAPERS
from party.states import MACHINE
from tracks.desk import Action, Desk

DESK = Desk(
    kind="membership",
    model=Membership,
    noun="党组织关系",
    list="party:memberships",
    row="party:membership",
    step="party:step",
    outcome="party:outcome",
    papers_of=PAPERS.papers_of,
)


def has_form(step):
    return bool(MembershipStepForm.own.get(step.name)) or step.needs_reason


def step_action(step_name, user):
    step = MACHINE[step_name]

    def preview(ids, form):
        given = form.arguments() if form.is_bound and form.is_valid() else {}
        return services.preview(step_name, ids, actor=user, targets=given.get("targets"), values=given.get("values"))

    return Action(
        step.label,
        form=lambda data: MembershipStepForm(step, data, user=user),
        preview=preview,
        run=lambda ids, form: services.take(step_name, ids, actor=user, **form.arguments()),
        danger=step.danger,
    )


def receipt_action(user):
    return Action(
        "登记回执",
        form=ReceiptForm,
        preview=lambda ids, form: services.preview_receipts(
            ids, actor=user, receipt_on=form.cleaned_data["receipt_on"] if form.is_bound and form.is_valid() else None
        ),
        run=lambda ids, form: services.record_receipts(ids, actor=user, **form.cleaned_data),
    )
