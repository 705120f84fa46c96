"""What every page answer needs and no app owns: pieces for htmx, pages of a list, the way back, private files."""

from io import BytesIO
from pathlib import Path

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

PAGE_SIZES = (25, 50, 100)


def is_htmx(request):
    """Whether only a piece is wanted. A history restore asks for the whole page although htmx sends it."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def render_piece(request, full, piece, context=None, *, status=200):
    response = render(request, piece if is_htmx(request) else full, context, status=status)
    # Two answers live under one address; without Vary a cache or the back button shows the naked piece.
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def paginate(request, queryset, per=PAGE_SIZES[0]):
    """The page asked for by ?page= and ?size=, with an exact count. A page beyond the last answers with the last.

    The rows must come in a fixed order, or people would be seen twice and others never.
    """
    asked = request.GET.get("size", "")
    size = int(asked) if asked in {str(known) for known in PAGE_SIZES} else per
    page = Paginator(queryset, size).get_page(request.GET.get("page"))
    if isinstance(queryset, QuerySet):
        page.object_list = _rows_of(page.object_list, queryset)
    page.size = size
    page.sizes = PAGE_SIZES
    page.window = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page


def _rows_of(window, queryset):
    """The rows of one page. Their keys are sorted first, from an index where there is one; only the rows of the
    page itself are then read whole, instead of every wide row that the sorting passes by."""
    keys = list(window.values_list("pk", flat=True))
    found = {row.pk: row for row in queryset.order_by().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def back_url(request, default):
    """Where “返回” leads: the list the person came from, with its filters, if ?back= is an address of our own."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    # The leading slash refuses "javascript:" and relative tricks before the host is looked at.
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return default


def private_file(source, name, content_type):
    """Send a file that only this reader may have; `source` is a path, bytes or an open binary stream.

    The caller has already checked the scope. The browser saves it under `name` and never runs it.
    """
    if isinstance(source, bytes):
        stream = BytesIO(source)
    elif isinstance(source, str | Path):
        stream = Path(source).open("rb")  # noqa: SIM115  FileResponse closes it
    else:
        stream = source
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
