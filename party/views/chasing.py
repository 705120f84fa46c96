"""The chase list of both sides, on any day; printed or taken along as a workbook."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.values import values_on
from audit import events
from party import chasing
from party.ends import RECEIVER
from party.models import Membership
from party.path import name_of_side
from party.states import SIDES, State
from party.views.guard import for_party
from weihai_transfer.lib import sealed_files
from weihai_transfer.lib.filters import DATE, Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.words import Badge, shown
from weihai_transfer.lib.workbooks import writing
from weihai_transfer.lib.workbooks.output import XLSX

CHOICES = [(kind.code, kind.label) for kind in chasing.KINDS.values()]


class Chase:
    """The list that the address asks for: which kind, on which day, and its columns of that day."""

    def __init__(self, request):
        self.today = timezone.localdate()
        asked = Filter("on", "日期", kind=DATE, narrow=lambda rows, day: rows)
        kind = Filter("kind", "追踪", CHOICES, narrow=lambda rows, code: rows)
        self.request = request
        self.day = self._day_of(asked)
        self.terms = values_on(self.day)
        self.page = ListPage(
            request,
            self._rows(),
            columns=self._columns(),
            filters=[kind, asked],
            order=("then_until", "then_since", "pk"),
            row_url=lambda row: reverse("party:membership", args=[row.pk]),
        )

    def _day_of(self, asked):
        try:
            return timezone.datetime.fromisoformat(self.request.GET.get("on", "")).date()
        except ValueError:
            # The list itself says what is wrong with the day, and shows nobody.
            return self.today

    @property
    def code(self):
        code = self.request.GET.get("kind", "")
        return code if code in chasing.KINDS else ""

    def _rows(self):
        rows = Membership.objects.visible_to(self.request.user)
        rows = chasing.chased(rows, self.code, self.day) if self.code else chasing.chased_at_all(rows, self.day)
        return rows.select_related("retiree", "enterprise", "office")

    def kind_of(self, row):
        return chasing.KINDS[self.code] if self.code else chasing.kind_of(row, self.day, self.terms)

    def _columns(self):
        return [
            Column("name", "姓名", "retiree.name", sort="retiree__pinyin", link=True),
            Column("id_number", "公民身份号码", "retiree.masked_id"),
            Column("enterprise", "转出企业", sort="enterprise__path"),
            Column("office", "转入单位", sort="office__path"),
            Column("state", "当日状态", lambda row: State(row.then_state).label),
            Column("letter", "介绍信编号", "then_number"),
            Column("until", "应办截止", self._last_day),
            Column("late", "逾期", self._late),
            Column("what", "追踪事项", lambda row: self.kind_of(row).label),
            Column("who", "由谁办理", self._who),
        ]

    def _last_day(self, row):
        return self.kind_of(row).last_day(row, self.terms)

    def _late(self, row):
        last = self._last_day(row)
        if last is None:
            return Badge("没有介绍信", "late")
        late = (self.day - last).days
        return Badge(f"{late} 天", "late") if late > 0 else Badge(f"还有 {-late} 天", "away")

    def _who(self, row):
        # A receipt is the receiver's to send, whatever else it still has to do.
        if self.kind_of(row).code == "receipt":
            return name_of_side(row, RECEIVER)
        side = SIDES[row.then_state]
        return name_of_side(row, side.acts) if side else ""

    @property
    def words(self):
        when = "如不办理，届时" if self.day > self.today else "当日" if self.day < self.today else "今天"
        label = chasing.KINDS[self.code].label if self.code else "全部追踪事项"
        return f"截至 {shown(self.day)}，{when}应追踪的人员：{label}"


@require_safe
@for_party
def show_chase(request):
    chase = Chase(request)
    context = {
        "title": f"追踪（{shown(chase.day)}，{chase.page.count:,} 人）",
        "crumbs": [("党组织关系", reverse("party:memberships")), ("追踪", "")],
        "list": chase.page,
        "words": chase.words,
        "kinds": _kinds(chase),
        "act_url": f"{reverse('party:memberships')}?chase={chase.code}"
        if chase.code and chase.day == chase.today
        else "",
        "export_url": f"{reverse('party:export_chase')}?{chase.page.query}",
    }
    return render(request, "party/chase.html", context)


def _kinds(chase):
    """Each kind with its count on this day; the count is that of its own list."""
    mine = Membership.objects.visible_to(chase.request.user)
    return [
        {
            "label": kind.label,
            "count": chasing.chased(mine, kind.code, chase.day).count(),
            "url": f"?kind={kind.code}&on={chase.day}",
            "unit": "人",
            "late": 0,
        }
        for kind in chasing.KINDS.values()
    ]


@require_safe
@for_party
def export_chase(request):
    chase = Chase(request)
    columns = [writing.Column(column.label, 16) for column in chase.page.columns]
    lines = ([shown(column.of(row)) for column in chase.page.columns] for row in chase.page.queryset)
    events.note(request, "export", subject="party.Membership", field=f"追踪名单 {chase.page.count} 人")
    with sealed_files.clear_folder() as folder:
        target = folder / "chase.xlsx"
        title = "党组织关系转接追踪名单"
        writing.write_table(target, [writing.Sheet(title, columns, lines, (title, f"{chase.words}。"), footer=title)])
        return private_file(target, f"追踪名单-{chase.day}.xlsx", XLSX)
