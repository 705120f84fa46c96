"""Opening the tracks of people who were just brought in, and taking them away again with a withdrawn roster.

`retirees` lies below this app and calls both by the names in settings.OPEN_TRACKS and CLOSE_TRACKS.
"""

from datetime import date

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Value, When

from archives.opening import open_dossiers, unopen_dossiers
from audit import history
from benefits.opening import open_medical_transfers, unopen_medical_transfers
from handover.models import Case, DeathNotice, Suggestion
from handover.states.cases import State
from party.opening import open_memberships, unopen_memberships
from retirees.models import Retiree
from weihai_transfer.lib import bulk

# 一: who had retired by the end of 2020 belongs to the campaign, everybody later to the normal phase.
STOCK_UNTIL = date(2020, 12, 31)
AT_ONCE = 5000


def open_tracks(act, people):
    """Open case, dossier, membership and medical transfer of `people` (a query set of Retiree) within the operation `act`."""
    text, number = models.CharField(), models.IntegerField()
    act.insert_select(
        Case,
        people,
        retiree="pk",
        enterprise="enterprise_id",
        id_index="id_index",
        stock=Choose(When(retired_on__lte=STOCK_UNTIL, then=Value(True)), default=Value(False)),
        state=Value(State.DRAFT.value, output_field=text),
        state_since=Value(act.operation.at, output_field=models.DateTimeField()),
        last_step=Value("", output_field=text),
        round=Value(0, output_field=number),
        returns=Value(0, output_field=number),
        basis=Value("", output_field=text),
        outside_place=Value("", output_field=text),
        contact_card=Value("", output_field=text),
    )
    open_dossiers(act, people)
    open_memberships(act, people)
    open_medical_transfers(act, people)


def unopen_tracks(act, ids):
    """Remove the tracks of people on whom nobody acted; returns the ids of the others, for whom the caller has to
    undo the whole: of one of them the dossier may have gone before the membership was found to stay."""
    acted = []
    for chunk in bulk.chunks(ids, AT_ONCE):
        touched = _acted_on(chunk)
        for unopen in (unopen_dossiers, unopen_memberships, unopen_medical_transfers):
            touched.update(unopen(act, [pk for pk in chunk if pk not in touched]))
        untouched = [pk for pk in chunk if pk not in touched]
        # A suggestion is worked out from the facts and leaves no trace of its own.
        Suggestion.objects.filter(pk__in=untouched).delete()
        act.remove(Case, untouched)
        acted += [pk for pk in chunk if pk in touched]
    return acted


def _acted_on(ids):
    """The people who were corrected or reported dead, or whose case took a step."""
    corrected = history.history_of(Retiree).objects.filter(id__in=ids, history_type=history.CHANGED)
    return {
        *DeathNotice.objects.filter(pk__in=ids).values_list("pk", flat=True),
        *Case.objects.filter(pk__in=ids).exclude(last_step="").values_list("pk", flat=True),
        *corrected.values_list("id", flat=True),
    }
