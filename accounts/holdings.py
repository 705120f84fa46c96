"""What one user holds: guardian's rows, each a duty at an office or an enterprise."""

from typing import NamedTuple

from accounts.duties import ENTERPRISE_DUTIES, OFFICE_DUTIES

DUTIES = {"enterprise": ENTERPRISE_DUTIES, "office": OFFICE_DUTIES}


class Holding(NamedTuple):
    """One duty at one place; `kind` is that of the office, None at an enterprise."""

    duty: str
    path: str
    kind: str | None = None


def grants_of(user):
    """The user's grants with their places and permissions, enterprises first."""
    return [
        grant
        for grants in (user.enterprisegrant_set, user.officegrant_set)
        for grant in grants.select_related("content_object", "permission__content_type").order_by(
            "content_object__path", "position"
        )
    ]


def holdings_of(user):
    """Every duty of the user, whichever position gave it. A permission that was made for another model is none."""
    return tuple(
        Holding(grant.permission.codename, grant.content_object.path, getattr(grant.content_object, "kind", None))
        for grant in user.grants
        if _is_duty(grant.permission, grant.content_object._meta)
    )


def _is_duty(permission, place):
    of = permission.content_type
    return (of.app_label, of.model) == (place.app_label, place.model_name) and permission.codename in DUTIES[of.model]
