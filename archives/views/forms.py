"""A form page of the house: filled again when it fails, sent on when it is done."""

from django.contrib import messages
from django.shortcuts import redirect, render

from audit.operations import AlreadyDone
from weihai_transfer.lib.refusals import Refused


def attempt(request, form, act, said):
    """Carry out `act` and say so; False when it was refused, with the sentence on the form."""
    try:
        result = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    except AlreadyDone as done:
        messages.info(request, str(done))
        return True
    outcome_refused = getattr(result, "refused", None)
    if outcome_refused:
        form.add_error(None, next(iter(outcome_refused.values())))
        return False
    messages.success(request, said)
    return True


def form_page(request, form, *, title, crumbs, submit, back, danger=False, intro=""):
    context = {
        "title": title,
        "crumbs": crumbs,
        "form": form,
        "submit": submit,
        "danger": danger,
        "cancel_url": back,
        "intro": intro,
    }
    return render(request, "archives/form.html", context)


def act_at_once(request, form, act, said, back):
    """For buttons without a page of their own: what is refused is said where the user came from."""
    if not form.is_valid():
        messages.error(request, "表单已失效，没有办理。请刷新后再试。")
    elif not attempt(request, form, act, said):
        messages.error(request, form.non_field_errors()[0])
    return redirect(back)
