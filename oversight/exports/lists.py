"""The lists that can be exported: each by the code of its page, with the page's own filters, scope and columns."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from accounts.scope import holds
from archives.lists.dossiers import dossiers_page
from archives.models import Dossier
from benefits.lists.medical import transfers_page
from benefits.lists.treatments import treatments_page
from benefits.models import MedicalTransfer, Treatment
from handover.listing import people_page
from handover.models import Case, Problem
from handover.models.problems import SEES_PROBLEMS
from handover.problems.listing import problems_page
from oversight.exports import people
from oversight.exports.columns import ListColumn, plain
from party.listing import memberships_page
from party.models import Membership
from weihai_transfer.lib.among import among

# How a masked value of a list's row reads in full.
CLEAR = {"retiree.masked_id": lambda row: row.retiree.id_number}
# A filter that names a person: the second person, who may see nobody, is not told whom.
OF_ONE_PERSON = ("retiree",)


class Asked:
    """What a list's page reads of a request, long after the request: who asks, and the address's filters."""

    def __init__(self, user, query):
        self.user, self.GET = user, QueryDict(query, mutable=True)
        for name in ("page", "back"):
            self.GET.pop(name, None)

    def get_full_path(self):
        return f"?{self.GET.urlencode()}"


@dataclass(frozen=True)
class ExportList:
    """`page` makes the list's own ListPage out of a request (or what stands for one)."""

    code: str
    label: str
    model: type
    url: str
    page: Callable
    unit: str = "人"
    columns: Callable | None = None
    reader: Callable | None = None
    # Who may open the page, where the model does not say it by plain duties.
    opened_with: tuple = ()

    @property
    def duties(self):
        return self.opened_with or self.model.objects.all().seen_with

    def open_to(self, user):
        return holds(user, *self.duties)

    def page_of(self, user, query):
        return self.page(Asked(user, query))

    def columns_of(self, user, page):
        return self.columns(user, page) if self.columns else _columns(page)

    def reader_of(self, page, columns, user, *, masked):
        return (self.reader or ListReader)(page, columns, user, masked=masked)


def _people(request):
    order = ("state_since", "pk") if request.GET.getlist("state") else ("pk",)
    return people_page(request, Case.objects.visible_to(request.user), order=order)


EXPORTS = {
    one.code: one
    for one in (
        ExportList(
            "people", "退休人员", Case, "handover:people", _people, columns=people.columns, reader=people.Reader
        ),
        ExportList("dossiers", "人事档案", Dossier, "archives:dossiers", dossiers_page, "卷"),
        ExportList("memberships", "党组织关系", Membership, "party:memberships", memberships_page),
        ExportList("medical", "医保衔接", MedicalTransfer, "benefits:medical", transfers_page),
        ExportList("treatments", "统筹外待遇", Treatment, "benefits:treatments", treatments_page, "项"),
        ExportList(
            "problems", "问题台账", Problem, "handover:problems", problems_page, "件", opened_with=SEES_PROBLEMS
        ),
    )
}
ALL_DUTIES = tuple(dict.fromkeys(duty for one in EXPORTS.values() for duty in one.duties))


def list_url(export):
    return f"{reverse(EXPORTS[export.what].url)}?{export.query}"


def words_of(page):
    """The filters in words, for somebody who may not know a person's name."""
    said = [
        f"{bound.label}：指定的一人" if bound.name in OF_ONE_PERSON else bound.words
        for bound in page.filters
        if bound.is_set
    ]
    return "；".join(said) or "全部"


def _columns(page):
    shown = set(page.columns)
    return [_column(column, column in shown) for column in page.offered]


def _column(column, chosen):
    masks = isinstance(column.value, str) and "masked" in column.value
    clear = CLEAR.get(column.value) if masks else None
    return ListColumn(column.name, column.label, column.of, clear, chosen)


class ListReader:
    """Lines of the chosen columns, out of the rows as the list's page reads them."""

    def __init__(self, page, columns, user, *, masked):
        self._rows = page.queryset.order_by()
        self._model = page.queryset.model
        self._cells = [column.of if masked or column.clear is None else column.clear for column in columns]

    def lines(self, keys):
        found = {row.pk: row for row in self._rows.filter(pk__in=among(self._model, keys))}
        for key in keys:
            row = found.get(key)
            if row is not None:
                yield [plain(cell(row)) for cell in self._cells]
