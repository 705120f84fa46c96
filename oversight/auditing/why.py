"""Why can, or cannot, this user see this? Every answer is asked of the scope itself (accounts.scope): once for the
user, and once for each of his posts alone. There is no second rule here, only words for what the first one says."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist

from accounts.duties import POSITIONS, Duty
from accounts.models import Enterprise, EnterpriseGrant, Office, OfficeGrant
from accounts.scope import CITY_WIDE, InPost, reach_of
from archives.models import Dossier, FilingFee, Shipment
from audit import history
from benefits.models import MedicalTransfer, Treatment
from handover.models import Agreement, Case, Notice, Problem, Relocation
from handover.models.notices import SEES_NOTICES
from handover.models.problems import SEES_PROBLEMS
from oversight.auditing import nouns
from party.models import Membership
from retirees.models import Retiree
from weihai_transfer.lib.words import shown

# The tracks of one person, by the column that names him.
OF_PERSON = (
    (Retiree, "pk"),
    (Case, "pk"),
    (Dossier, "pk"),
    (Membership, "pk"),
    (MedicalTransfer, "pk"),
    (Treatment, "retiree"),
    (Relocation, "retiree"),
    (Problem, "retiree"),
)
# Rows that stand by themselves and have a number of their own.
BY_NUMBER = (Agreement, Shipment, FilingFee, Problem, Notice)
# Duties that a machine asks for at one end only; in words the ordinary ones.
OPENED_BY = {Notice: SEES_NOTICES, Problem: SEES_PROBLEMS}


@dataclass(frozen=True)
class Held:
    """One post with its duties as they were granted, and who gave it, or took it back."""

    position: object
    place: object
    duties: tuple[str, ...]
    giver: str
    given: datetime
    basis: str = ""
    taker: str = ""
    taken: datetime | None = None

    @property
    def words(self):
        return f"{self.place} {self.position.label}"

    @property
    def alone(self):
        return InPost(self.place, self.duties)

    @property
    def reach(self):
        if isinstance(self.place, Enterprise):
            return f"{self.place}及其下级企业"
        return "全市" if self.place.kind in CITY_WIDE else f"{self.place}及其下级单位"


@dataclass(frozen=True)
class Answer:
    label: str
    seen: bool
    # The posts that open the row, each by itself.
    by: tuple[Held, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Grounds:
    """The posts of one user, now and before."""

    user: object
    now: tuple[Held, ...]
    before: tuple[Held, ...]


def grounds_of(user):
    now, before = {}, {}
    for grants in (EnterpriseGrant, OfficeGrant):
        trail = history.history_of(grants).objects.filter(user_id=user.pk).order_by("history_id")
        versions = list(trail.select_related("operation", "content_object", "permission"))
        taken = {one.id: one.operation for one in versions if one.history_type == history.REMOVED}
        for one in versions:
            if one.history_type != history.CREATED:
                continue
            by, end = one.operation, taken.get(one.id)
            key = (one.position, grants, one.content_object_id, end and end.pk)
            kept = (before if end else now).setdefault(key, [one.content_object, [], by, end])
            kept[1].append(one.permission.codename)
    return Grounds(user, _posts(now), _posts(before))


def _posts(found):
    return tuple(
        Held(
            POSITIONS[key[0]],
            place,
            tuple(duties),
            by.actor_name,
            by.at,
            by.reason,
            end.actor_name if end else "",
            end.at if end else None,
        )
        for key, (place, duties, by, end) in found.items()
    )


def answers_for(grounds, rows):
    """One answer for each of `rows` (of one model), for an administrator: by which posts, or why by none; also by which
    posts of before. Never where the row hangs that the user does not see."""
    if not rows:
        return []
    model, keys = type(rows[0]), [row.pk for row in rows]
    seen = set(_opened(model, grounds.user, keys))
    now = [(post, set(_opened(model, post.alone, keys))) for post in grounds.now] if grounds.user.is_active else []
    before = [(post, set(_opened(model, post.alone, keys))) for post in grounds.before]
    found = []
    for row in rows:
        by = tuple(post for post, opened in now if row.pk in opened)
        lost = tuple(post for post, opened in before if row.pk in opened)
        said = [_because(post, row) for post in by] if row.pk in seen else _why_not(grounds, row, lost)
        found.append(Answer(nouns.noun_of(model), row.pk in seen, by, tuple(said)))
    return found


def own_answers(grounds, number):
    """For the user himself about one person: what he sees and by which post. Of a track that he does not see he is not
    told whether there is one."""
    found = []
    for model, column in OF_PERSON:
        rows = model.objects.visible_to(grounds.user).filter(**{column: number}).select_related(*_places(model))
        if shown_rows := list(rows):
            found += answers_for(grounds, shown_rows)
            continue
        wanted = duties_of(model)
        said = [_not_by(post, model, wanted) for post in grounds.now]
        found.append(Answer(nouns.noun_of(model), False, (), tuple(said)))
    return found


def counted(answers):
    """[(answer, of how many rows)]: rows of one kind with the same answer are told once."""
    return list(Counter(answers).items())


def _opened(model, viewer, keys):
    return model.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)


def _because(post, row):
    given = f"这一岗位由{post.giver}于 {shown(post.given)} 任命{f'（依据：{post.basis}）' if post.basis else ''}"
    if reach_of(post.alone, *post.duties).everywhere:
        return f"凭“{post.words}”看到：该岗位的范围是全市。{given}。"
    said = "、".join(f"{label}（{place}）" for label, place in columns_met(post, row))
    return f"凭“{post.words}”看到：这条记录的{said}在{post.reach}之内。{given}。"


def columns_met(post, row):
    """(label, place) of the row's columns that lie in the reach of the post; those that the scope names come first."""
    reach = reach_of(post.alone, *post.duties)
    scope = row._meta.default_manager.all()
    named = [_place_at(row, lookup) for lookup in (scope.office, scope.enterprise) if lookup]
    met = [(label, place) for label, place in named if _within(place, reach)]
    if met:
        return met
    others = [
        _place_at(row, one.name) for one in row._meta.concrete_fields if one.related_model in (Office, Enterprise)
    ]
    return [(label, place) for label, place in others if _within(place, reach)]


def _place_at(row, lookup):
    *way, last = lookup.split("__")
    for name in way:
        row = getattr(row, name)
    try:
        field = row._meta.get_field(last)
    except FieldDoesNotExist:
        return "", None
    label = nouns.field_words(field) or last
    return label, getattr(row, last)


def _within(place, reach):
    if isinstance(place, Office):
        return place.pk in reach.offices
    return isinstance(place, Enterprise) and place.pk in reach.enterprises


def _why_not(grounds, row, lost):
    """Without a word about where the row hangs or how far it is."""
    model = type(row)
    if not grounds.user.is_active:
        return ["账号已停用，看不到任何业务数据。"]
    wanted = duties_of(model)
    said = [_not_by(post, model, wanted) for post in grounds.now] or ["现在没有任何岗位，看不到任何业务数据。"]
    if _is_with_no_office(row) and any(isinstance(post.place, Office) for post in grounds.now):
        said.append("这条记录目前没有交给任何接收单位，区市、镇街、社区和各机构都看不到。")
    return said + [_formerly(post) for post in lost]


def duties_of(model):
    return OPENED_BY.get(model, model.objects.all().seen_with)


def _not_by(post, model, wanted):
    if set(post.duties).isdisjoint(wanted):
        labels = "、".join(Duty(duty).label for duty in wanted)
        return f"“{post.words}”没有查看“{nouns.noun_of(model)}”所需的职责（{labels}之一）。"
    return f"“{post.words}”有所需的职责，但没有这样的记录在{post.reach}之内并向该岗位开放。"


def _is_with_no_office(row):
    office = row._meta.default_manager.all().office
    return bool(office) and _place_at(row, office)[0] != "" and _place_at(row, office)[1] is None


def _formerly(post):
    return (
        f"曾任“{post.words}”（{post.giver}于 {shown(post.given)} 任命），{shown(post.taken)} 由{post.taker}解除；"
        "如仍在任，现在可以看到这条记录。"
    )


def rows_of(number):
    """[(rows of one model)] behind an internal number: all tracks of a person, or one row that stands by itself."""
    found = [
        list(model.objects.filter(**{column: number}).select_related(*_places(model))) for model, column in OF_PERSON
    ]
    found += [list(model.objects.filter(pk=number).select_related(*_places(model))) for model in BY_NUMBER]
    return [rows for rows in found if rows]


def _places(model):
    return [one.name for one in model._meta.concrete_fields if one.related_model in (Office, Enterprise)]


def key_of(number):
    """The internal number behind the number of an agreement, a shipment, a fee, a problem or a notice."""
    for model in BY_NUMBER:
        if key := model.objects.filter(number=number).values_list("pk", flat=True).first():
            return key
    return None
