"""The files of papers, sealed on disk: a scan that is attached or brought, an annex that the system froze."""

import hashlib

from cryptography.exceptions import InvalidTag
from django.db import models

from tracks.advancing import lock_rows
from tracks.papers.making import AT_ONCE, Made, may_make
from tracks.taking import carry_out
from weihai_transfer.lib import scans, sealed_files
from weihai_transfer.lib.refusals import Refused


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
