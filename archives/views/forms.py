"""A form page of the house: filled again when it fails, sent on when it is done."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts.views.guard import attempt


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
    else:
        attempt(request, None, act, said)
    return redirect(back)
