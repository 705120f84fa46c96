"""The catalogue of one dossier, its missing papers, and the schemes of classes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.views.guard import attempt, needs
from archives import catalogue_files
from archives.forms.catalogue import MaterialForm, MissingForm, SchemeForm
from archives.models import CatalogueScheme, Dossier, Material, MissingPaper
from archives.schemes import DEFAULT, schemes
from archives.services import catalogue
from archives.services.schemes import add_scheme, use_scheme
from archives.views.forms import act_at_once, form_page
from audit import events
from tracks import sheets
from tracks.forms import KeyForm
from tracks.sheets import SheetForm
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.faults import Fault
from weihai_transfer.lib.workbooks.output import XLSX

FORM = ("GET", "HEAD", "POST")


def _seen(request, pk):
    rows = Dossier.objects.visible_to(request.user).select_related("retiree", "enterprise")
    return get_object_or_404(rows, pk=pk)


def _mine(request, pk):
    """The dossier, if it is in this user's hands now or may come into them: 403 for who has no such duty over it."""
    dossier = _seen(request, pk)
    if not Dossier.objects.open_to(request.user, Duty.SUBMIT, Duty.ARCHIVES).filter(pk=pk).exists():
        raise PermissionDenied
    return dossier


@require_http_methods(FORM)
def show_catalogue(request, pk):
    """The catalogue, and the form for one more material."""
    dossier = _seen(request, pk) if request.method != "POST" else _mine(request, pk)
    form = MaterialForm(request.POST or None)

    def act():
        catalogue.add(dossier, [form.values], actor=request.user, key=form.cleaned_data["key"])

    if form.is_valid() and attempt(request, form, act, f"已登记“{form.cleaned_data['title']}”。"):
        return redirect("archives:catalogue", pk)
    if request.method != "POST":
        events.note(request, "open_person", subject=str(pk), field="档案目录")
    return render(request, "archives/catalogue.html", _context(request, dossier, form, SheetForm()))


def _context(request, dossier, form, upload, faults=()):
    names = {(scheme.code, code): name for scheme in schemes(active=False).values() for code, name in scheme.classes}
    rows = catalogue.materials_of(dossier)
    groups = []
    for one in rows:
        if not groups or groups[-1][0] != one.class_code:
            groups.append((one.class_code, names.get((one.scheme, one.class_code), ""), []))
        groups[-1][2].append(one)
    pages = sum(one.pages for one in rows)
    return {
        "title": f"档案目录（{dossier.retiree.name}，{len(rows)} 份）",
        "crumbs": [
            ("档案", reverse("archives:dossiers")),
            (dossier.retiree.name, reverse("archives:dossier", args=[dossier.pk])),
            ("目录", ""),
        ],
        "dossier": dossier,
        "groups": groups,
        "pages": pages,
        "differs": bool(rows) and dossier.pages is not None and pages != dossier.pages,
        "may_write": catalogue.may_write(dossier, request.user),
        **sheets.context_of(upload, faults),
        "form": form,
        "upload": upload,
        "key": str(new_id()),
        "print_words": f"{dossier.retiree.name}。",
    }


@require_POST
def remove_material(request, pk, material):
    dossier = _mine(request, pk)
    row = (
        Material.objects.visible_to(request.user).filter(pk=material, dossier=dossier).select_related("dossier").first()
    )
    if row is None:
        raise Http404
    form, back = KeyForm(request.POST), reverse("archives:catalogue", args=[pk])
    return act_at_once(
        request,
        form,
        lambda: catalogue.remove(row, actor=request.user, key=form.cleaned_data["key"]),
        f"已从目录中删除“{row.title}”。",
        back,
    )


@require_safe
def catalogue_workbook(request, pk):
    dossier = _seen(request, pk)
    events.note(request, "download", subject=f"archives.Dossier {pk}", field="档案目录")
    with sealed_files.clear_folder() as folder:
        target = folder / "catalogue.xlsx"
        catalogue_files.write(target, catalogue.materials_of(dossier))
        return private_file(target, "人事档案目录.xlsx", XLSX)


@require_POST
def upload_catalogue(request, pk):
    """The whole catalogue anew from a workbook; with one fault nothing is changed."""
    dossier = _mine(request, pk)
    form, faults = SheetForm(request.POST, request.FILES), []
    if form.is_valid() and (found := sheets.read(form, catalogue_files.read)):
        rows, faults = found
        if not faults and attempt(
            request,
            form,
            lambda: catalogue.add(dossier, rows, actor=request.user, key=form.cleaned_data["key"], instead=True),
            f"已按文件登记 {len(rows):,} 份材料，原目录保留在历史记录中。",
        ):
            return redirect("archives:catalogue", pk)
    # The form lies at the foot of a long page, so that what is wrong with the file is said at its head too.
    faults = faults or [Fault(0, "", sentence) for said in form.errors.values() for sentence in said]
    context = _context(request, dossier, MaterialForm(), form, faults)
    return render(request, "archives/catalogue.html", context, status=422)


@require_http_methods(FORM)
def note_missing(request, pk):
    dossier = _mine(request, pk)
    form, back = MissingForm(request.POST or None), reverse("archives:dossier", args=[pk])
    if form.is_valid() and attempt(
        request,
        form,
        lambda: catalogue.note_missing(dossier, actor=request.user, **form.cleaned_data),
        "已登记缺少的材料。登记完后请生成缺件说明。",
    ):
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"登记缺少的材料（{dossier.retiree.name}）",
        crumbs=[("档案", reverse("archives:dossiers")), (dossier.retiree.name, back), ("缺少的材料", "")],
        submit="登记",
        back=back,
        intro="逐份写明缺少的材料和原因；能补的先补，确实不能补的附缺件说明移交。",
    )


@require_POST
def supply(request, pk, paper):
    dossier = _mine(request, pk)
    row = (
        MissingPaper.objects.visible_to(request.user)
        .filter(pk=paper, dossier=dossier)
        .select_related("dossier")
        .first()
    )
    if row is None:
        raise Http404
    form, back = KeyForm(request.POST), reverse("archives:dossier", args=[pk])
    return act_at_once(
        request,
        form,
        lambda: catalogue.supply(row, actor=request.user, key=form.cleaned_data["key"]),
        "已登记补齐。",
        back,
    )


# --- the schemes


@require_http_methods(FORM)
@needs(Duty.MANAGE_SYSTEM)
def show_schemes(request):
    form = SchemeForm(request.POST or None)
    if form.is_valid() and attempt(
        request, form, lambda: add_scheme(actor=request.user, **form.cleaned_data), "已增加分类方案。"
    ):
        return redirect("archives:schemes")
    active = set(CatalogueScheme.objects.filter(active=True).values_list("code", flat=True))
    pks = dict(CatalogueScheme.objects.values_list("code", "pk"))
    context = {
        "title": "档案材料分类方案",
        "crumbs": [("参数", reverse("accounts:parameters")), ("分类方案", "")],
        "schemes": [
            (one, pks.get(one.code), one.code in active or one.code == DEFAULT)
            for one in schemes(active=False).values()
        ],
        "form": form,
        "key": str(new_id()),
    }
    return render(request, "archives/schemes.html", context)


@require_POST
@needs(Duty.MANAGE_SYSTEM)
def switch_scheme(request, pk):
    row = get_object_or_404(CatalogueScheme.objects.all(), pk=pk)
    form = KeyForm(request.POST)
    said = f"已{'停用' if row.active else '启用'}“{row.name}”。"
    return act_at_once(
        request,
        form,
        lambda: use_scheme(row, not row.active, actor=request.user, key=form.cleaned_data["key"]),
        said,
        reverse("archives:schemes"),
    )
