"""Rows that no table holds as they are shown, in the form that a ListPage reads."""


class Computed(list):
    """A list that can be narrowed and ordered as a query set is. Each row has a `pk`, which settles the order."""

    def keep(self, wanted):
        return type(self)(row for row in self if wanted(row))

    def none(self):
        return type(self)()

    def order_by(self, *names):
        rows = type(self)(self)
        for name in reversed(names):
            rows.sort(key=lambda row, name=name: getattr(row, name.lstrip("-")), reverse=name.startswith("-"))
        return rows
