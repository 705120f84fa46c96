"""What the pages do with dossiers: each step and the writing down of facts as an action of the desk."""

from accounts.duties import Duty
from archives import services
from archives.forms.dossiers import DossierStepForm, FactsForm, PackForm
from archives.models import Dossier, Shipment
from archives.papers import DOSSIER_PAPERS
from archives.states import MACHINE
from tracks import desk
from tracks.desk import Action, Desk
from tracks.forms import KeyForm

DESK = Desk(
    kind="dossier",
    model=Dossier,
    noun="档案",
    list="archives:dossiers",
    row="archives:dossier",
    step="archives:step",
    outcome="archives:outcome",
    unit="卷",
    papers_of=DOSSIER_PAPERS.papers_of,
)


def has_form(step):
    return DossierStepForm(step).asks


def step_action(step_name, user):
    return desk.step_action(MACHINE[step_name], DossierStepForm, services, user)


def pack_action(user):
    def chosen(form):
        return form.arguments() if form.is_bound and form.is_valid() else {}

    return Action(
        "装入批次",
        form=lambda data: PackForm(Shipment.objects.open_to(user, Duty.SUBMIT), data),
        preview=lambda ids, form: services.preview_pack(ids, actor=user, **chosen(form)),
        run=lambda ids, form: services.pack(ids, actor=user, key=form.cleaned_data["key"], **form.arguments()),
        intro="人事档案装入批次，由两名专人或机要通信移交，不得由退休人员本人携带（二(四)）。",
    )


def unpack_action(user):
    return Action(
        "移出批次",
        form=KeyForm,
        preview=lambda ids, form: services.preview_unpack(ids, actor=user),
        run=lambda ids, form: services.unpack(ids, actor=user, key=form.cleaned_data["key"]),
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
