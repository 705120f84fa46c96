"""Opening the medical-insurance transfers of newly registered people, undoing it, and following a corrected fact.

Only for those whose basic medical insurance is said not to be managed locally; where nothing is said nothing is opened.
"""

from django.db.models import CharField, DateField, DateTimeField, DecimalField, Exists, IntegerField, OuterRef, Q, Value
from django.utils import timezone

from audit import history
from benefits.medical_states import State
from benefits.models import MedicalTransfer, SupplementaryCover
from benefits.services.medical import BACK, ENDING
from retirees.models import Retiree
from tracks.advancing import follow
from weihai_transfer.lib import bulk

AT_ONCE = 5000
NO_DAY = ("agreed_on", "contribution_proof_on", "insurance_proof_on", "application_form_on", "other_document_on")
NO_WORDS = ("scheme", "amount_kind", "payer", "other_document", "insured_place", "last_step")


def open_medical_transfers(act, people):
    """Open one for each of `people` (a Retiree query set) who needs it and has none; returns how many were opened."""
    at = act.operation.at
    nobody = Value(None, output_field=IntegerField())
    return act.insert_select(
        MedicalTransfer,
        people.filter(medical_local=False),
        once=True,
        retiree="pk",
        enterprise="enterprise_id",
        office=nobody,
        bureau=nobody,
        state=Value(State.TO_SETTLE.value, output_field=CharField()),
        state_since=Value(at, output_field=DateTimeField()),
        opened_on=Value(timezone.localdate(at), output_field=DateField()),
        amount=Value(None, output_field=DecimalField()),
        taken_over_on=Value(None, output_field=DateField()),
        **dict.fromkeys(NO_DAY, Value(None, output_field=DateField())),
        **dict.fromkeys(NO_WORDS, Value("", output_field=CharField())),
    )


def unopen_medical_transfers(act, ids):
    """Remove the transfers among `ids` on which nobody has acted; returns the ids that stay.

    Somebody who was entered into a supplementary plan stays too: that is an act on the person.
    """
    ids = list(ids)
    stay = touched(ids) | _covered(ids)
    act.remove(MedicalTransfer, [pk for pk in ids if pk not in stay])
    return stay


def touched(ids):
    """Those of `ids` on whose transfers somebody has acted since they were opened."""
    changed = history.history_of(MedicalTransfer).objects.filter(
        retiree_id=OuterRef("pk"), history_type=history.CHANGED, history_date__gte=OuterRef("state_since")
    )
    found = set()
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = MedicalTransfer.objects.filter(~Q(last_step="") | Exists(changed), pk__in=chunk)
        found.update(rows.values_list("pk", flat=True))
    return found


def _covered(ids):
    found = set()
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = SupplementaryCover.objects.filter(retiree__in=chunk)
        found.update(rows.values_list("retiree_id", flat=True))
    return found


def follow_corrected(act, pk):
    """Let one person's transfer follow what is now said of his insurance: opened, taken up again, removed or ended."""
    if Retiree.objects.filter(pk=pk, medical_local=False).exists():
        if not open_medical_transfers(act, Retiree.objects.filter(pk=pk)):
            follow(act, MedicalTransfer, "resume", [pk], values=BACK)
        return
    mine = MedicalTransfer.objects.filter(pk=pk)
    if mine.exists() and not touched([pk]):
        act.remove(MedicalTransfer, [pk])
    else:
        follow(act, MedicalTransfer, "end_by_correction", [pk], values=ENDING)
