"""A form page of the house."""

from django.shortcuts import render


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
    return render(request, "benefits/form.html", context)
