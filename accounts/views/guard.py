"""Before and after every act of the administrators' pages: the duty, and the answer to a refusal."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from accounts.places import version_of
from accounts.scope import holds
from audit.operations import AlreadyDone
from weihai_transfer.lib.refusals import Refused


def needs(*duties):
    """Only for people who hold one of the duties anywhere: 403 whatever the address says, 404 for a foreign row after."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not holds(request.user, *duties):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


@dataclass(frozen=True)
class Done:
    result: object = None
    again: bool = False


def attempt(request, form, act, said):
    """Carry out `act` and say so; None when it was refused, with the refusal on the form (or as a message)."""
    try:
        result = act()
    except Refused as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
        return None
    except AlreadyDone as done:
        messages.info(request, str(done))
        return Done(again=True)
    messages.success(request, said)
    return Done(result)


def as_it_is(form, row):
    """After a refusal: (label, value) of what stands in the table now, to be shown beside the form that stays filled.

    From here on the form carries the version that its reader has seen, so that he may send it again.
    """
    if not form.non_field_errors():
        return []
    row.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = version_of(row)
    names = [field.name for field in row._meta.concrete_fields if field.name in form.fields]
    return [(form.fields[name].label, _shown(row, name)) for name in names]


def _shown(row, name):
    return getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
