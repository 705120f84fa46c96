"""One list component: filters, columns, sorting and pages declared beside the view that uses them.

    page = ListPage(request, Case.objects.visible_to(request.user), columns=COLUMNS, filters=FILTERS, unit="人")

Text filters travel in the address, so they never take a name, an ID number or a phone; those go to the search page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from weihai_transfer.lib.filters import BoundFilter
from weihai_transfer.lib.pages import PAGE_SIZES, paginate
from weihai_transfer.lib.words import Badge, shown

WIDE_FROM = 11  # more columns than this scroll inside their own frame, so that the page itself never moves sideways


@dataclass(frozen=True)
class Column:
    """`value` is a dotted path or a function of the row; `template` draws it (given row, value) where text is too poor.

    `sort` names the ORM fields to order by. Optional columns are offered under “显示列”.
    """

    name: str
    label: str
    value: str | Callable = ""
    template: str = ""
    sort: str | tuple = ()
    link: bool = False
    number: bool = False
    optional: bool = False
    hidden: bool = False

    def of(self, row):
        source = self.value or self.name
        if callable(source):
            return source(row)
        value = row
        for part in source.split("."):
            if value is None:
                return None
            value = getattr(value, part)
            if callable(value):
                value = value()
        return value

    @property
    def order(self):
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)


@dataclass(frozen=True)
class Heading:
    label: str
    number: bool = False
    sort_query: str = ""
    direction: str = ""

    @property
    def aria(self):
        return {"up": "ascending", "down": "descending"}.get(self.direction, "none")


@dataclass(frozen=True)
class Cell:
    text: str
    value: object = None
    template: str = ""
    badge: Badge | None = None
    link: bool = False
    number: bool = False
    solid: bool = False


@dataclass(frozen=True)
class Row:
    object: object
    url: str
    label: str
    cells: list = field(default_factory=list)


class ListPage:
    """A scoped queryset bound to the address: filtered, sorted, paged, with its filters in words."""

    def __init__(
        self, request, queryset, *, columns, filters=(), order=("pk",), unit="人", per=PAGE_SIZES[0], row_url=None
    ):
        self.request = request
        self.unit = unit
        self.row_url = row_url
        # Every column that this viewer may have, chosen or not: what an export of the list can hold.
        self.offered = tuple(columns)
        self.columns = self._chosen(columns)
        self.choosable = [(c, c in self.columns) for c in columns if c.optional]
        self.filters = [BoundFilter(one, request.GET) for one in filters]
        self.faults = [bound.fault for bound in self.filters if bound.fault]
        self.sort = self._sort()
        self.queryset = self._narrowed(queryset).order_by(*self._order(order))
        self.page = paginate(request, self.queryset, per)
        self.count = self.page.paginator.count

    def _chosen(self, columns):
        asked = set(self.request.GET.getlist("col"))
        if asked:
            return [c for c in columns if not c.optional or c.name in asked]
        return [c for c in columns if not c.hidden]

    def _narrowed(self, queryset):
        # A condition that cannot be read must not silently widen the list that a bulk step may act on.
        if self.faults:
            return queryset.none()
        for bound in self.filters:
            queryset = bound.narrow(queryset)
        return queryset

    def _sort(self):
        asked = self.request.GET.get("sort", "")
        return asked if asked.lstrip("-") in {c.name for c in self.columns if c.order} else ""

    def _order(self, default):
        column = next((c for c in self.columns if c.name == self.sort.lstrip("-")), None) if self.sort else None
        if column is None:
            return tuple(default) if {"pk", "-pk"} & set(default) else (*default, "pk")
        turn = self.sort.startswith("-")
        return *(_turned(name) if turn else name for name in column.order), "pk"

    @property
    def rows(self):
        if not hasattr(self, "_rows"):
            self._rows = [self._row(item) for item in self.page.object_list]
        return self._rows

    def _row(self, item):
        cells = [_cell(column, item) for column in self.columns]
        label = next((cell.text for cell in cells if cell.link), cells[0].text if cells else "")
        return Row(item, self._way_to(item), label, cells)

    def _way_to(self, item):
        if self.row_url is None:
            return ""
        url = self.row_url(item)
        if not url:  # a row whose page is not this viewer's to open
            return ""
        back = urlencode({"back": self.request.get_full_path()})
        return f"{url}{'&' if '?' in url else '?'}{back}"

    @property
    def headings(self):
        for column in self.columns:
            direction = {column.name: "up", f"-{column.name}": "down"}.get(self.sort, "")
            wanted = f"-{column.name}" if direction == "up" else column.name
            query = self.query_with(sort=wanted, page=None) if column.order else ""
            yield Heading(column.label, column.number, query, direction)

    @property
    def is_wide(self):
        return len(self.columns) > WIDE_FROM

    @property
    def is_filtered(self):
        return any(bound.is_set for bound in self.filters)

    @property
    def words(self):
        """The filter in words, for the print head and the export's cover: “状态：待接收；区市：环翠区”."""
        return "；".join(bound.words for bound in self.filters if bound.is_set) or "全部"

    @property
    def chips(self):
        """What is set now, each with the query that takes it away."""
        return [
            (bound.words, self.query_with(**{bound.name: None, "page": None}))
            for bound in self.filters
            if bound.is_set or bound.fault
        ]

    @property
    def query(self):
        """The address without its page: what a bulk form needs to find the same set again."""
        return self.query_with(page=None)

    @property
    def cleared(self):
        return self.query_with(page=None, **{bound.name: None for bound in self.filters})

    @property
    def kept(self):
        """(name, value) pairs that a filter form carries along as hidden fields."""
        return [(name, value) for name in ("sort", "size") for value in self.request.GET.getlist(name)]

    def query_with(self, **changes):
        query = self.request.GET.copy()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return query.urlencode()


def _turned(name):
    return name[1:] if name.startswith("-") else f"-{name}"


def _cell(column, item):
    value = column.of(item)
    badge = value if isinstance(value, Badge) else None
    solid = isinstance(value, date) or (isinstance(value, str) and "*" in value)  # days and masked numbers do not break
    return Cell(shown(value), value, column.template, badge, column.link, column.number, solid)
