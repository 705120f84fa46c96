"""Opening the dossiers of newly registered people, and undoing it while nobody has worked on them."""

from django.db.models import Case, DateTimeField, Exists, IntegerField, OuterRef, Q, Value, When

from archives.models import Dossier
from archives.states import State
from audit import history
from weihai_transfer.lib import bulk

AT_ONCE = 5000


def open_dossiers(act, people):
    """Open a dossier for each of `people` (a Retiree query set) who has none; returns how many were opened."""
    at = act.operation.at
    return act.insert_select(
        Dossier,
        people,
        once=True,
        retiree="pk",
        enterprise="enterprise_id",
        office=Value(None, output_field=IntegerField()),
        state=Case(When(has_dossier=False, then=Value(State.NONE.value)), default=Value(State.PREPARING.value)),
        last_step=Value(""),
        state_since=Value(at, output_field=DateTimeField()),
        volumes="dossier_volumes",
        pages=Value(None, output_field=IntegerField()),
        place="dossier_place",
        number="dossier_number",
        **dict.fromkeys(("shelf", "retention", "remark", "condition"), Value("")),
    )


def unopen_dossiers(act, ids):
    """Remove the dossiers among `ids` on which nobody has acted; returns the ids that stay."""
    ids = list(ids)
    stay = touched(ids)
    act.remove(Dossier, [pk for pk in ids if pk not in stay])
    return stay


def touched(ids):
    """Those of `ids` on whose dossiers somebody has acted since they were opened."""
    changed = history.history_of(Dossier).objects.filter(
        retiree_id=OuterRef("pk"), history_type=history.CHANGED, history_date__gte=OuterRef("state_since")
    )
    found = set()
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = Dossier.objects.filter(~Q(last_step="") | Exists(changed), pk__in=chunk)
        found.update(rows.values_list("pk", flat=True))
    return found
