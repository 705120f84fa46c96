"""What waits for distribution in the viewer's areas, grouped by where the addresses point."""

import re
from collections import Counter
from dataclasses import dataclass, field

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import OfficeKind
from handover import suggesting
from handover.models import Case
from handover.states.cases import State
from handover.suggestion import suggest, suggest_for
from weihai_transfer.lib import identity

STREET, ELSEWHERE, UNDECIDED = "street", "area", "none"
SURE, FAIR = 0.9, 0.6
# House numbers tell where a person sleeps; the words before them are enough to tell the street.
NUMBER = re.compile(r"[0-9０-９A-Za-z]+|[一二三四五六七八九十百]+(?=[号楼栋幢单室户层排组])")
BASIS = {"declared": "花名册填写的接收地", "residence": "常年居住地", "hukou": "户口所在地"}


@dataclass
class Group:
    """People whose addresses point to one street, to another area, or nowhere. `ids`: the doubtful ones first."""

    kind: str
    place: object = None
    ids: list = field(default_factory=list)
    sure: Counter = field(default_factory=Counter)

    @property
    def key(self):
        return f"{self.kind}-{self.place.pk}" if self.place else self.kind

    @property
    def label(self):
        if self.kind == UNDECIDED:
            return "未能判断"
        return f"{self.place}（其他区市）" if self.kind == ELSEWHERE else str(self.place)

    @property
    def count(self):
        return len(self.ids)


@dataclass(frozen=True)
class Source:
    """One text of a person's, in pieces: (text, whether it led to the suggestion)."""

    label: str
    pieces: tuple


def waiting(user):
    return Case.objects.open_to(user, Duty.DISTRIBUTE).filter(state=State.SUBMITTED)


def sureness(confidence):
    return "把握大" if confidence >= SURE else "一般" if confidence >= FAIR else "不足"


def groups(cases):
    """(groups, {case id: the Office or None that is suggested}): streets by their path, the others after them."""
    rows = cases.order_by("state_since", "pk").values_list("pk", "area_id", "area__path")
    waits = {pk: (area, path) for pk, area, path in rows}
    suggested = suggesting.suggestions_for(waits)
    offices = _offices(suggested.values())
    found = {}
    for pk in sorted(waits, key=lambda pk: suggested[pk].confidence):
        one = suggested[pk]
        kind, place = _where(one, *waits[pk], offices)
        group = found.setdefault((kind, place), Group(kind, place))
        group.ids.append(pk)
        group.sure[sureness(one.confidence)] += 1
    ordered = sorted(found.values(), key=_order)
    targets = {pk: offices.get(one.office_id) for pk, one in suggested.items()}
    return ordered, targets


def _offices(suggested):
    ids = {pk for one in suggested for pk in (one.office_id, one.area_id) if pk}
    return Office.objects.select_related("parent__parent").in_bulk(ids)


def _where(one, area, path, offices):
    office = offices.get(one.office_id)
    if office and path and office.path.startswith(path):
        # A village without a street (two of them lie below an area) stands for itself.
        return STREET, office.parent if office.kind == OfficeKind.COMMUNITY and _in_street(office) else office
    if one.area_id and one.area_id != area:
        return ELSEWHERE, offices[one.area_id]
    return UNDECIDED, None


def _in_street(office):
    return office.parent.kind == OfficeKind.STREET


def _order(group):
    return (STREET, ELSEWHERE, UNDECIDED).index(group.kind), group.place.path if group.place else ""


@dataclass(frozen=True)
class Explained:
    """Why a person is suggested where he is: his texts with the words marked, and where else he might belong."""

    sources: tuple
    candidates: tuple
    confidence: float
    basis: str


def explain(person, known):
    """For the few people of one page; the engine is asked again because the words' places are not stored. `known`:
    suggesting.divisions(), read once for all of them."""
    answer = suggest_for(person.residence_address, person.hukou_address, person.declared_receiver, known.gazetteer)
    texts = {
        "residence": person.residence_address,
        "hukou": person.hukou_address,
        "declared": person.declared_receiver,
    }
    sources = []
    for name, text in texts.items():
        if text and (name == "residence" or name == answer.basis or text != person.residence_address):
            said = answer.sources.get(name)
            sources.append(Source(BASIS[name], tuple(_pieces(text, said.spans if said else ()))))
    # Two communities of one street are two candidates for the engine, and one choice less for the clerk.
    offices = (known.office_of.get(one.community or one.street) for one in answer.suggestion.candidates)
    return Explained(
        tuple(sources),
        tuple(dict.fromkeys(office for office in offices if office)),
        answer.suggestion.confidence,
        BASIS.get(answer.basis, ""),
    )


def place_of(person, known):
    """The residence as far as the words that name the street or community; a list needs no more."""
    text = person.residence_address or person.hukou_address
    spans = suggest(text, known.gazetteer).spans
    if not spans:
        return identity.mask_address(text)
    end = max(span.end for span in spans)
    return f"{NUMBER.sub('*', text[:end])}…" if end < len(text) else text


def _pieces(text, spans):
    """The text with the matched words as they are, and every number outside them starred out."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > at:
            yield NUMBER.sub("*", text[at : span.start]), False
        if span.end > at:
            yield text[max(at, span.start) : span.end], True
            at = span.end
    if at < len(text):
        yield NUMBER.sub("*", text[at:]), False
