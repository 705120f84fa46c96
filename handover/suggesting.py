"""Suggested receivers of people: the engine of handover/suggestion fed with our offices and people's addresses."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from accounts.models import Office, OfficeAlias, ReceiverLink
from accounts.models.places import OfficeKind
from audit.history import history_of
from handover.models import Suggestion
from handover.suggestion import Gazetteer, Place, suggest_for
from retirees.models import Retiree
from weihai_transfer.lib import bulk
from weihai_transfer.lib.fields import sealed

AT_ONCE = 2000
LEVELS = {OfficeKind.AREA: "area", OfficeKind.STREET: "street", OfficeKind.COMMUNITY: "community"}
ADDRESSES = ("residence_address", "hukou_address")
FACTS = ("id", "declared_receiver", *ADDRESSES)


@dataclass(frozen=True)
class Divisions:
    """The gazetteer of one moment, with the office behind each official code."""

    stamp: str
    gazetteer: Gazetteer
    office_of: dict


def divisions():
    """The divisions as they are now; built anew only when an office, an alias or a link has changed."""
    return _divisions(_stamp())


def _stamp():
    """The operations that last changed an office, an alias or a link."""
    newest = (history_of(model).objects.order_by("-history_id") for model in (Office, OfficeAlias, ReceiverLink))
    return ".".join(str(rows.values_list("operation_id", flat=True).first()) for rows in newest)


@lru_cache(maxsize=1)
def _divisions(stamp):
    offices = list(Office.objects.filter(kind__in=LEVELS, active=True).select_related("parent"))
    aliases = {}
    for office, name in OfficeAlias.objects.values_list("office_id", "name"):
        aliases.setdefault(office, []).append(name)
    areas = [office for office in offices if office.kind == OfficeKind.AREA]
    # The code of the receiver stands in the path below the city, whatever the statistics say.
    receiver_of = {office.pk: _receiver(office, areas) for office in offices}
    places = [_place(office, receiver_of[office.pk], aliases.get(office.pk, ())) for office in offices]
    return Divisions(
        stamp, Gazetteer(places), {place.code: office for place, office in zip(places, offices, strict=True)}
    )


def _receiver(office, areas):
    return next((area.code for area in areas if office.path.startswith(area.path)), "")


def _place(office, receiver, aliases):
    names = tuple(name for name in (office.short_name, *aliases) if name and name != office.name)
    if office.kind == OfficeKind.AREA:
        return Place(office.stats_parent or office.code, office.name, "area", "", office.code, names)
    # The statistics name the parent; a street or community that the city has added itself lies where it belongs.
    parent = office.stats_parent or office.parent.code
    return Place(office.code, office.name, LEVELS[office.kind], parent, receiver, names)


def suggestion_for(case):
    """The Suggestion of one case, fresh; not stored."""
    return suggestions_for([case.pk])[case.pk]


def suggestions_for(ids, *, store=False):
    """{case id: Suggestion}: the stored ones where nothing has changed since, the others worked out now."""
    found, known = {}, divisions()
    for chunk in bulk.chunks(ids, AT_ONCE):
        found |= _suggestions_for(chunk, known, store)
    return found


def work_out(ids):
    """Store the suggestions of these cases; returns how many had to be worked out."""
    known, count = divisions(), 0
    for chunk in bulk.chunks(ids, AT_ONCE):
        before = _fresh(chunk, known)
        count += len(_suggestions_for(chunk, known, True)) - len(before)
    return count


def _versions(ids, known):
    """{id: (person, digest)}: the digest tells whether addresses or divisions are others, without opening them."""
    found = {}
    for person in Retiree.objects.filter(pk__in=ids).only(*FACTS):
        digest = hashlib.sha256(known.stamp.encode())
        for part in (*(bytes(sealed(person, name)) for name in ADDRESSES), person.declared_receiver.encode()):
            digest.update(len(part).to_bytes(4) + part)
        found[person.pk] = person, digest.hexdigest()
    return found


def _suggestions_for(ids, known, store):
    versions = _versions(ids, known)
    stored = Suggestion.objects.filter(pk__in=ids).select_related("area", "office")
    found = {one.pk: one for one in stored if one.pk in versions and one.worked_from == versions[one.pk][1]}
    missing = {pk: _work_out(person, digest, known) for pk, (person, digest) in versions.items() if pk not in found}
    if store and missing:
        Suggestion.objects.bulk_create(
            missing.values(),
            batch_size=bulk.BATCH,
            update_conflicts=True,
            unique_fields=["case"],
            update_fields=["area", "office", "confidence", "words", "basis", "outside", "worked_from"],
        )
    return found | missing


def _fresh(ids, known):
    versions = _versions(ids, known)
    stored = Suggestion.objects.filter(pk__in=ids).values_list("pk", "worked_from")
    return [pk for pk, worked_from in stored if pk in versions and versions[pk][1] == worked_from]


def _work_out(person, digest, known):
    answer = suggest_for(person.residence_address, person.hukou_address, person.declared_receiver, known.gazetteer)
    one = answer.suggestion
    office = known.office_of.get(one.community or one.street)
    return Suggestion(
        case_id=person.pk,
        area=known.office_of.get(one.area),
        office=office,
        confidence=one.confidence,
        words=list(one.words),
        basis=answer.basis,
        outside=_outside(answer),
        worked_from=digest,
    )


def _outside(answer):
    """Whether the person belongs elsewhere: an address lies outside the city and no other one inside it."""
    sources = answer.sources.values()
    return any(one.outside for one in sources) and not any(one.area for one in sources)
