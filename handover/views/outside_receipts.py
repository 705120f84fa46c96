"""The receipt of a place outside the city: taken in sealed, handed out to those who see the person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from audit import events
from audit.operations import AlreadyDone
from handover import files
from handover.forms.receipts import ReceiptForm
from handover.models import Case, OutsideReceipt
from handover.states.cases import State
from handover.viewers import holds_over
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, pk):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("retiree", "enterprise"), pk=pk)
    if not holds_over(case, request.user, Duty.SUBMIT):
        raise PermissionDenied
    person = reverse("handover:person", args=[case.pk])
    if case.state != State.OUTSIDE:
        messages.error(
            request,
            f"当前状态为“{case.get_state_display()}”，不能上传市外接收回执。"
            "只有市外移交中的人员需要回执；请核对状态后再办理。",
        )
        return redirect(person)
    posted = request.method == "POST"
    form = ReceiptForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid() and _attached(request, case, form):
        return redirect(person)
    context = {
        "title": "上传市外接收回执",
        "crumbs": [("退休人员", reverse("handover:people")), (case.retiree.name, person), ("上传市外接收回执", "")],
        "case": case,
        "form": form,
        "hidden": [("key", form["key"].value())],
        "receipts": case.receipts.all(),
        "accept": files.ACCEPT,
        "words": files.WORDS,
        "limits": files.LIMITS,
        "back": person,
    }
    return render(request, "handover/outside_receipt.html", context)


def _attached(request, case, form):
    try:
        files.attach(case, form.cleaned_data["file"], actor=request.user, key=form.cleaned_data["key"])
    except AlreadyDone:
        messages.info(request, "这份回执已经上传过，没有重复保存。")
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    else:
        messages.success(request, "回执已上传。核对无误后，请办理“提交市外接收回执”。")
    return True


@require_safe
def download(request, pk):
    receipt = get_object_or_404(OutsideReceipt.objects.visible_to(request.user), pk=pk)
    events.note(request, "download", subject=f"handover.OutsideReceipt {receipt.pk}")
    return private_file(files.read(receipt), receipt.filename, receipt.content_type)
