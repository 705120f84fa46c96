"""What the pages do with dossiers: each step and the writing down of facts as an action of the desk."""

from archives import services
from archives.forms import DossierStepForm, FactsForm
from archives.models import Dossier
from archives.states import MACHINE
from tracks.desk import Action, Desk

DESK = Desk(
    kind="dossier",
    model=Dossier,
    noun="档案",
    list="archives:dossiers",
    row="archives:dossier",
    step="archives:step",
    outcome="archives:outcome",
    unit="卷",
)


def has_form(step):
    return DossierStepForm(step).asks


def step_action(step_name, user):
    step = MACHINE[step_name]

    def preview(ids, form):
        targets = form.arguments()["targets"] if form.is_bound and form.is_valid() else None
        return services.preview(step_name, ids, actor=user, targets=targets)

    return Action(
        step.label,
        form=lambda data: DossierStepForm(step, data),
        preview=preview,
        run=lambda ids, form: services.take(step_name, ids, actor=user, **form.arguments()),
        danger=step.danger,
    )


def record_action(names, user, dossier=None):
    """`names` of the fields to fill in; start_number stands for the number of each."""

    def run(ids, form):
        values = form.values
        start_number = values.pop("start_number", "")
        return services.record(ids, values=values, start_number=start_number, actor=user, key=form.cleaned_data["key"])

    written = {"number" if name == "start_number" else name for name in names}
    return Action(
        "登记档案情况",
        form=lambda data: FactsForm(names, data, dossier=dossier),
        preview=lambda ids, form: services.preview_record(ids, names=written, actor=user),
        run=run,
    )
