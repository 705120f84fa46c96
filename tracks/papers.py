"""Papers 文书: made here from a template, or brought from outside as a scan, or both.

No tables here: each owner of papers (a case, a shipment, a letter …) has a table of its own that says by which way its
papers are seen. What stands in a paper is kept sealed with it, so that it can be printed again word for word however
the person's facts have changed since; the stamped scan is attached back to the paper that was made here.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from accounts.scope import ScopedQuerySet
from tracks.advancing import NOT_YOURS, UNSEEN, Outcome, lock_rows
from tracks.taking import carry_out
from weihai_transfer.lib import bulk, documents, scans, sealed_files, words
from weihai_transfer.lib.fields import SealedField, new_id
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index

AT_ONCE = 5000
# As many papers as one file holds without becoming a burden to Word and to the printer.
IN_ONE_FILE = 500
TOO_MANY = f"一次最多生成 {IN_ONE_FILE} 份文书，没有生成。请缩小选择范围，分几次办理。"


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper of one kind of owner; `code` is a member of the model's own choices, which name it.

    `duties` may make or bring it. `template` names a file of templates/papers without its ending; empty for a paper that
    only comes from outside. `content(ids)` answers {id: all that stands in it}, plain values only; `check(ids)` answers
    {id: sentence} for the owners of which it cannot be made. The number continues those of the enterprise or office that
    `numbered_by` names (a foreign key of the owner), with `mark`; `number(ids)` answers {id: number} where the paper
    brings its own, as a letter does.
    """

    code: models.TextChoices
    duties: tuple[str, ...]
    # Made or brought on the owner's page; False for what a step makes by itself, such as a frozen annex.
    by_hand: bool = True
    template: str = ""
    mark: str = ""
    numbered_by: str = "enterprise"
    content: Callable | None = None
    check: Callable | None = None
    number: Callable | None = None

    @property
    def label(self):
        return self.code.label


class PaperQuerySet(ScopedQuerySet):
    """A subclass says by `office` and `enterprise` how its owner is seen."""


class Paper(models.Model):
    """A subclass adds its kinds as choices, the foreign key of its owner, and says the name of that key in `owner`."""

    owner = ""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("编号", max_length=60, blank=True)
    # The template with its version: "letter-1".
    template = models.CharField("模板", max_length=40, blank=True)
    content = SealedField("内容")
    # A keyed digest of the content: the same again is not made twice.
    content_index = models.CharField(max_length=24, blank=True, editable=False)
    made_at = models.DateTimeField("生成时间", default=timezone.now, editable=False)
    made_by = models.UUIDField("办理编号", null=True, editable=False)
    # The scan that was attached, or the workbook that was frozen; empty until then.
    filename = models.CharField("文件名", max_length=200, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("大小", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.label} {self.number}".strip()

    @property
    def label(self):
        return self.get_kind_display()

    @property
    def owner_id(self):
        return getattr(self, self._meta.get_field(self.owner).attname)

    @property
    def path(self):
        """Where the file lies sealed. One that is replaced keeps its own place."""
        folder = Path(settings.UPLOADS) / "papers" / self._meta.label_lower
        return folder / f"{self.id}-{self.sha256[:16]}.sealed"

    def context(self):
        """What the template is given."""
        return {
            **json.loads(self.content),
            "number": self.number,
            "template": self.template,
            "operation": str(self.made_by)[-12:] if self.made_by else "",
            "made_on": words.on_paper(timezone.localdate(self.made_at)),
        }

    def printed_name(self):
        return f"{self.label}-{self.number}.docx"


@dataclass(frozen=True)
class PaperDesk:
    """The papers of one kind of owner: `name` stands in the names of their addresses (“shipment” →
    archives:shipment_paper …), `track` begins the kinds of their operations, `page` is the owner's own page."""

    name: str
    app: str
    track: str
    model: type
    page: str
    kinds: tuple[PaperKind, ...]

    def __getitem__(self, code):
        return next(kind for kind in self.kinds if kind.code == code)

    @property
    def owner(self):
        return self.model._meta.get_field(self.model.owner).related_model

    @property
    def papers_of(self):
        return f"{self.app}:{self.name}_papers_of"

    def url(self, view, *args):
        return reverse(f"{self.app}:{self.name}_{view}", args=args)


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


# --- files


def attach(desk, paper, upload, *, actor, key=None):
    """Attach the stamped scan to a paper that was made here; an earlier scan stays in the history. Raises Refused."""
    data = _checked(upload)

    def write(act):
        stored = _stored(paper, data)
        values = {"filename": scans.safe_name(upload.name), "content_type": scans.content_type(upload.name), **stored}
        act.change(type(paper), [paper.pk], **values)

    return _with_file(desk, paper, write, actor, key)


def bring(desk, code, owner, upload, *, actor, key=None):
    """Keep a paper that comes from outside; returns it. Raises Refused and AlreadyDone."""
    data, model = _checked(upload), desk.model
    paper = model(kind=code, filename=scans.safe_name(upload.name), content_type=scans.content_type(upload.name))
    setattr(paper, model.owner, owner)

    def write(act):
        lock_rows(desk.owner, [owner.pk])
        if stopped := may_make(desk, code, [owner.pk], actor=actor).refused:
            raise Refused(stopped[owner.pk])
        paper.made_at, paper.made_by = act.operation.at, act.operation.pk
        _stored(paper, data)
        same = models.QuerySet(model).filter(kind=code, sha256=paper.sha256, **{model.owner: owner})
        if same.exists():
            raise Refused("这份文件已经上传过，没有重复保存。如要更换，请另选文件。")
        act.insert([paper])

    return _with_file(desk, paper, write, actor, key)


def keep(act, paper, data, filename, content_type):
    """Give an unsaved paper a file that the system made, such as a frozen annex; the caller inserts it."""
    paper.filename, paper.content_type = filename, content_type
    paper.made_at, paper.made_by = act.operation.at, act.operation.pk
    _stored(paper, data)
    return paper


def read(paper):
    """The attached file in the clear."""
    return b"".join(sealed_files.read(paper.path, paper.id))


def damaged(model):
    """The papers of a model whose file is missing or is not what their digest says: an iterator."""
    for paper in models.QuerySet(model).exclude(sha256="").order_by("pk").iterator(AT_ONCE):
        try:
            whole = hashlib.sha256(read(paper)).hexdigest() == paper.sha256
        except (OSError, EOFError, InvalidTag):
            whole = False
        if not whole:
            yield paper


def _checked(upload):
    try:
        return scans.checked(upload)
    except scans.Unfit as unfit:
        raise Refused(str(unfit)) from unfit


def _stored(paper, data):
    """Seal the bytes under their own digest; a row without its file would be a paper that nobody can read."""
    paper.sha256, paper.size = hashlib.sha256(data).hexdigest(), len(data)
    if not paper.path.exists():
        sealed_files.write(paper.path, paper.id, [data])
    return {"sha256": paper.sha256, "size": paper.size}


def _with_file(desk, paper, write, actor, key):
    before = paper.path if paper.sha256 else None

    def work(act):
        write(act)
        return Made("scan", moved=[paper.owner_id], papers=[paper.pk])

    try:
        carry_out(f"{desk.track}.scan", work, actor=actor, reason_code=paper.kind, key=key)
    except BaseException:
        # What was undone leaves no file behind; the one that stood before stays.
        if paper.sha256 and paper.path != before:
            paper.path.unlink(missing_ok=True)
        raise
    return paper


def with_number_once(name):
    """The constraint of a model whose numbers are given by its places."""
    return models.UniqueConstraint(fields=["kind", "number"], condition=~Q(number=""), name=name)
