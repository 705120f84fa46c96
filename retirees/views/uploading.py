"""Taking a file in. Reading it is a job's work; here it is only looked at from outside."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.duties import Duty
from accounts.scope import own_enterprises
from accounts.views.guard import needs
from retirees import jobs
from retirees.forms import ACCEPT, KINDS_IN_WORDS, LIMITS_IN_WORDS, UploadForm
from retirees.roster import uploading
from retirees.views.steps import steps_of
from weihai_transfer.lib.words import shown
from weihai_transfer.lib.workbooks import guard


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.SUBMIT)
def upload(request):
    enterprises = own_enterprises(request.user)
    form = UploadForm(enterprises, request.user.post.place, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (roster := _take_in(request, form)):
        return redirect("retirees:roster", roster.pk)
    context = {
        "title": "上传花名册",
        "crumbs": [("花名册", reverse("retirees:rosters")), ("上传", "")],
        "form": form,
        "steps": steps_of(None),
        "choice": form["enterprise"] if len(enterprises) > 1 else None,
        # With one enterprise there is nothing to choose.
        "hidden": [("enterprise", enterprises[0].pk)] if len(enterprises) == 1 else [],
        "accept": ACCEPT,
        "kinds": KINDS_IN_WORDS,
        "limits": LIMITS_IN_WORDS,
    }
    return render(request, "retirees/upload.html", context, status=422 if form.errors else 200)


def _take_in(request, form):
    """The roster, or None with the refusal on the form."""
    file, enterprise = form.cleaned_data["file"], form.cleaned_data["enterprise"]
    try:
        received = uploading.receive(enterprise, file.name, file.temporary_file_path(), by=request.user)
    except guard.Refused as refusal:
        form.add_error("file", refusal.message)
        return None
    if received.already:
        messages.info(
            request,
            f"这份文件已由{enterprise}于 {shown(received.roster.at)} 上传，没有重复上传。下面是当时的办理情况。",
        )
    else:
        jobs.enqueue(received.roster)
    return received.roster
