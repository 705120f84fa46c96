"""Error pages: a sentence and what to do, the same for a foreign and a missing record."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def broken(request):
    return render(request, "500.html", status=500)


def stale_form(request, reason=""):
    return render(request, "403_csrf.html", status=403)
