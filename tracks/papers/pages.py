"""Pages of papers: making, bringing, attaching the stamped scan, printing. The same for every owner of papers.

An app gives a `PaperDesk` (tracks.papers) and puts `patterns(desk)` among its addresses.
"""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from audit import events
from audit.models import Operation
from audit.operations import AlreadyDone
from tracks import papers
from tracks.desk import Action
from tracks.forms import KeyForm
from weihai_transfer.lib import scans
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.refusals import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ScanForm(KeyForm):
    file = forms.FileField(
        label="扫描件",
        error_messages={
            "required": "没有选择文件。请选择扫描件后再上传。",
            "empty": "选择的文件是空的，没有内容。请重新扫描或另选文件。",
        },
    )


def papers_of(desk, owner, user):
    """What `tracks/_papers.html` shows on the owner's page: the papers that stand, and what may be made or brought."""
    rows = desk.model.objects.visible_to(user).filter(**{desk.model.owner: owner}).order_by("-made_at", "-pk")
    mine = {kind.code: kind for kind in desk.kinds if _may(desk, owner.pk, kind, user)}
    shown = [
        {
            "label": paper.label,
            "number": paper.number,
            "on": paper.made_at,
            "print": desk.url("paper", paper.pk) if paper.template else "",
            "scan": desk.url("scan", paper.pk) if paper.sha256 else "",
            "filename": paper.filename,
            "sha256": paper.sha256,
            "attach": desk.url("attach", paper.pk) if paper.template and paper.kind in mine else "",
        }
        for paper in rows
    ]
    offers = [_offer(desk, owner, kind, user) for kind in mine.values()]
    # An upload that is not asked for now is no work that waits; a paper that cannot be made yet says why.
    return {"rows": shown, "offers": [one for one in offers if one["post"] or not one["reasons"]]}


def _offer(desk, owner, kind, user):
    """A button: making is done at once, bringing opens the page of the upload."""
    stopped = papers.may_make(desk, kind.code, [owner.pk], actor=user).refused
    return {
        "label": f"生成{kind.label}" if kind.template else f"上传{kind.label}",
        "url": desk.url("make", owner.pk, kind.code),
        "post": bool(kind.template),
        "reasons": list(stopped.values()),
        "name": "key" if kind.template else "",
        "value": str(new_id()) if kind.template else "",
    }


def _may(desk, pk, kind, user):
    return kind.by_hand and desk.owner.objects.filter(pk=pk).open_to(user, *kind.duties).exists()


def make_action(desk, code, user):
    """Making papers of many owners, as an action of the owners' list (tracks.desk)."""
    return Action(
        f"生成{desk[code].label}",
        form=KeyForm,
        preview=lambda ids, form: papers.may_make(desk, code, ids, actor=user),
        run=lambda ids, form: papers.make(desk, code, ids, actor=user, key=form.cleaned_data["key"]),
    )


# --- addresses


def patterns(desk):
    """The addresses of one owner's papers; their names begin with the desk's."""
    at, given = desk.name, {"desk": desk}
    key = "int" if isinstance(desk.owner._meta.pk, models.AutoField) else "uuid"
    return [
        path(f"{at}-papers/of/<uuid:key>/", print_many, given, name=f"{at}_papers_of"),
        path(f"{at}-papers/<uuid:pk>/", print_one, given, name=f"{at}_paper"),
        path(f"{at}-papers/<uuid:pk>/scan/", download, given, name=f"{at}_scan"),
        path(f"{at}-papers/<uuid:pk>/attach/", attach, given, name=f"{at}_attach"),
        path(f"{at}-papers/<{key}:owner>/make/<str:code>/", make, given, name=f"{at}_make"),
    ]


def _own(view):
    """Give the view the owner itself: 404 when it is not seen, 403 when the kind is not this user's to make."""

    @wraps(view)
    def wrapped(request, desk, owner, code):
        kind = next((kind for kind in desk.kinds if kind.code == code and kind.by_hand), None)
        if kind is None:
            raise Http404
        row = get_object_or_404(desk.owner.objects.visible_to(request.user), pk=owner)
        if not _may(desk, row.pk, kind, request.user):
            raise PermissionDenied
        return view(request, desk, row, kind)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def make(request, desk, owner, kind):
    """Make a paper from its template, or bring one from outside."""
    back = reverse(desk.page, args=[owner.pk])
    if stopped := papers.may_make(desk, kind.code, [owner.pk], actor=request.user).refused:
        messages.error(request, stopped[owner.pk])
        return redirect(back)
    if not kind.template:

        def save(file, key):
            papers.bring(desk, kind.code, owner, file, actor=request.user, key=key)

        return _upload(request, f"上传{kind.label}", back, save)
    if request.method != "POST":
        return redirect(back)
    form = KeyForm(request.POST)
    if form.is_valid():
        _make(request, desk, owner, kind, form.cleaned_data["key"])
    return redirect(back)


def _make(request, desk, owner, kind, key):
    try:
        outcome = papers.make(desk, kind.code, [owner.pk], actor=request.user, key=key)
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if outcome.refused:
            messages.error(request, outcome.refused[owner.pk])
        else:
            messages.success(request, f"{kind.label}已生成，可在“文书”中下载打印；盖章后请上传扫描件。")


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request, desk, pk):
    """Attach the stamped scan to a paper that was made here."""
    paper = _seen(request, desk, pk)
    if not paper.template or not _may(desk, paper.owner_id, desk[paper.kind], request.user):
        raise PermissionDenied
    back = reverse(desk.page, args=[paper.owner_id])
    title = f"上传{paper.label}（{paper.number}）的扫描件"

    def save(file, key):
        papers.attach(desk, paper, file, actor=request.user, key=key)

    return _upload(request, title, back, save)


def _upload(request, title, back, save):
    posted = request.method == "POST"
    form = ScanForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            save(form.cleaned_data["file"], form.cleaned_data["key"])
        except AlreadyDone:
            messages.info(request, "这份文件已经上传过，没有重复保存。")
            return redirect(back)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "扫描件已上传。")
            return redirect(back)
    context = {
        "title": title,
        "crumbs": [("返回", back), (title, "")],
        "form": form,
        "hidden": [("key", form["key"].value())],
        "accept": scans.ACCEPT,
        "words": scans.WORDS,
        "limits": scans.LIMITS,
        "upload_url": request.path,
        "back": back,
    }
    return render(request, "tracks/upload.html", context)


def _seen(request, desk, pk):
    return get_object_or_404(desk.model.objects.visible_to(request.user), pk=pk)


@require_safe
def print_one(request, desk, pk):
    paper = _seen(request, desk, pk)
    if not paper.template:
        raise Http404
    events.note(request, "download", subject=f"{desk.model._meta.label} {paper.pk}", field=paper.label)
    return private_file(papers.render([paper]), paper.printed_name(), WORD)


@require_safe
def print_many(request, desk, key):
    """All papers that one's own act made or found standing, as far as they are still seen, in one file."""
    done = get_object_or_404(Operation, pk=key, actor=request.user, kind=f"{desk.track}.paper", rows__isnull=False)
    rows = desk.model.objects.visible_to(request.user).in_bulk(done.outcome.get("papers", []))
    ordered = [rows[pk] for pk in map(desk.model._meta.pk.to_python, done.outcome["papers"]) if pk in rows]
    if not ordered:
        raise Http404
    events.note(request, "download", subject=f"{desk.model._meta.label} {key}", field=f"{len(ordered)} 份")
    return private_file(papers.render(ordered), f"{ordered[0].label}-{len(ordered)}份.docx", WORD)


@require_safe
def download(request, desk, pk):
    """The file that was attached."""
    paper = _seen(request, desk, pk)
    if not paper.sha256:
        raise Http404
    events.note(request, "download", subject=f"{desk.model._meta.label} {paper.pk}", field=paper.label)
    return private_file(papers.read(paper), paper.filename, paper.content_type)
