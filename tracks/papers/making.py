"""Making papers from their templates: which may be made, what stands in them, their numbers, the Word file."""

import json
from dataclasses import dataclass, field

from django.db import models
from django.db.models.functions import Length
from django.utils import timezone

from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import carry_out
from weihai_transfer.lib import bulk, documents
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index

AT_ONCE = 5000
# As many papers as one file holds without becoming a burden to Word and to the printer.
IN_ONE_FILE = 500
TOO_MANY = f"一次最多生成 {IN_ONE_FILE} 份文书，没有生成。请缩小选择范围，分几次办理。"


@dataclass
class Made(Outcome):
    """An Outcome that also says which papers stand now, new ones and those that are still right."""

    papers: list = field(default_factory=list)

    def as_json(self):
        return {**super().as_json(), "papers": [str(pk) for pk in self.papers]}


def may_make(desk, code, ids, *, actor):
    """Which owners `make` would make a paper of, or `bring` would keep one of."""
    ids = _owner_ids(desk, ids)
    if len(ids) > IN_ONE_FILE:
        return Made("paper", refused=dict.fromkeys(ids, TOO_MANY))
    return _sort_out(desk, desk[code], ids, actor)


def make(desk, code, ids, *, actor, key=None):
    """Make one paper of a kind for each owner of `ids`; returns Made. Raises Refused and AlreadyDone.

    A paper whose newest one says just the same stands as it is.
    """
    kind, ids = desk[code], _owner_ids(desk, ids)
    if len(ids) > IN_ONE_FILE:
        raise Refused(TOO_MANY)

    def work(act):
        lock_rows(desk.owner, ids)
        outcome = _sort_out(desk, kind, ids, actor)
        _write(act, desk.model, kind, outcome)
        return outcome

    return carry_out(f"{desk.track}.paper", work, actor=actor, reason_code=kind.code.value, key=key)


def _owner_ids(desk, ids):
    return list(dict.fromkeys(map(desk.owner._meta.pk.to_python, ids)))


def _sort_out(desk, kind, ids, actor):
    rows = desk.owner.objects.filter(pk__in=ids)
    visible = set(rows.visible_to(actor).values_list("pk", flat=True))
    mine = set(rows.open_to(actor, *kind.duties).values_list("pk", flat=True))
    stopped = kind.check([pk for pk in ids if pk in mine]) if kind.check else {}
    outcome = Made("paper")
    for pk in ids:
        if pk not in visible and pk not in mine:
            outcome.refused[pk] = UNSEEN
        elif pk not in mine:
            outcome.refused[pk] = NOT_YOURS
            outcome.forbidden.append(pk)
        elif pk in stopped:
            outcome.refused[pk] = stopped[pk]
        else:
            outcome.moved.append(pk)
    return outcome


def _write(act, model, kind, outcome):
    content = {pk: _as_text(said) for pk, said in kind.content(outcome.moved).items()}
    digests = {pk: blind_index("paper", f"{kind.template}{text}") for pk, text in content.items()}
    standing = _newest(model, kind, outcome.moved)
    new = [pk for pk in outcome.moved if standing.get(pk, ("", None))[0] != digests[pk]]
    numbers = kind.number(new) if kind.number else _next_numbers(model, kind, new, act.operation.at)
    papers = {pk: _paper(act, model, kind, pk, numbers[pk], content[pk], digests[pk]) for pk in new}
    act.insert(papers.values())
    outcome.papers = [papers[pk].pk if pk in papers else standing[pk][1] for pk in outcome.moved]


def _as_text(said):
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _paper(act, model, kind, pk, number, content, digest):
    paper = model(kind=kind.code, number=number, template=kind.template, content_index=digest)
    setattr(paper, model._meta.get_field(model.owner).attname, pk)
    paper.made_at, paper.made_by = act.operation.at, act.operation.pk
    # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
    paper.content = content
    return paper


def _newest(model, kind, ids):
    """{owner id: (digest, paper id)} of the newest paper of this kind."""
    found = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = models.QuerySet(model).filter(kind=kind.code, **{f"{model.owner}__in": chunk}).order_by("made_at", "pk")
        found.update(
            (pk, (digest, paper)) for pk, digest, paper in rows.values_list(model.owner, "content_index", "pk")
        )
    return found


def _next_numbers(model, kind, ids, at):
    """{owner id: number} such as 2026-DEMO01-介0003, in the order of `ids`."""
    year, last, numbers = timezone.localtime(at).year, {}, {}
    places = _locked_places(model, kind, ids)
    for pk in ids:
        begin = f"{year}-{places[pk].code}-{kind.mark}"
        if begin not in last:
            last[begin] = _last_serial(model, kind, begin)
        last[begin] += 1
        numbers[pk] = f"{begin}{last[begin]:04}"
    return numbers


def _locked_places(model, kind, ids):
    """{owner id: enterprise or office}; the row of the place is the lock on its numbers."""
    owner = model._meta.get_field(model.owner).related_model
    of = dict(models.QuerySet(owner).filter(pk__in=ids).values_list("pk", kind.numbered_by))
    place = owner._meta.get_field(kind.numbered_by).related_model
    rows = place.objects.filter(pk__in=set(of.values())).order_by("pk").select_for_update(no_key=True)
    known = {row.pk: row for row in rows}
    return {pk: known[key] for pk, key in of.items()}


def _last_serial(model, kind, begin):
    rows = models.QuerySet(model).filter(kind=kind.code, number__startswith=begin)
    last = (
        rows.annotate(length=Length("number")).order_by("-length", "-number").values_list("number", flat=True).first()
    )
    return int(last.removeprefix(begin)) if last else 0


def render(papers):
    """One .docx of papers that share a template."""
    papers = list(papers)
    return documents.render(papers[0].template, [paper.context() for paper in papers])
