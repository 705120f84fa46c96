"""The pages and the workbook of the money: the same numbers, each with its list."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import SecurityEvent
from audit.operations import operation
from oversight.funding import workbook, year
from oversight.models import FinanceLevel, FundingPayment
from oversight.workbench import tiles
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
YEAR = 2025
ALL_LEVELS = ("central", "province", "city", "district")


def area_url(area, asked=YEAR):
    return reverse("oversight:funding_area", args=[asked, area.pk])


def people_url(area, month, asked=YEAR):
    return reverse("oversight:funding_people", args=[asked, area.pk, month])


@pytest.fixture
def three(accepted, moved, died):
    """甲 all year in 环翠区, 乙 died there in June, 丙 moved to 高区 in May."""
    accepted("示例甲", date(2024, 12, 1))
    died(accepted("示例乙", date(2024, 12, 1)), date(2025, 6, 20), told=date(2025, 7, 1))
    gone = accepted("示例丙", date(2024, 12, 1), street="jingyuan")
    moved(gone, "jingyuan", "yiyuan", date(2025, 5, 2))
    return gone


def test_without_a_rate_the_page_says_what_is_missing_and_what_to_do(three, client_of, town):
    for who, words in (("finance", "设定标准"), ("huancui_clerk", "请联系市财政局")):
        for url in (reverse("oversight:funding") + f"?year={YEAR}", area_url(town.huancui)):
            text = client_of(who).get(url).content.decode()
            assert "环翠区市属企业 2025-01、" in text
            assert words in text
    assert "缺标准" in client_of("finance").get(reverse("oversight:funding"), {"year": YEAR}).content.decode()


@pytest.mark.parametrize(
    "who", ["mill_hr", "zhudao_clerk", "archivist", "zhudao_party", "sysadmin", "auditor", "member"]
)
def test_money_is_shown_to_nobody_without_the_duty(client_of, town, who):
    client = client_of(who)
    for url in (reverse("oversight:funding"), area_url(town.huancui), people_url(town.huancui, 3)):
        assert client.get(url).status_code == 403


def test_a_foreign_area_and_a_year_that_is_none_do_not_exist(client_of, town):
    client = client_of("huancui_clerk")
    for url in (
        area_url(town.gaoqu),
        people_url(town.gaoqu, 3),
        area_url(town.huancui, 1999),
        people_url(town.huancui, 13),
    ):
        assert client.get(url).status_code == 404
    assert client.get(area_url(town.zhudao)).status_code == 404


def test_an_area_sees_its_own_line_alone(three, client_of):
    page = client_of("huancui_clerk").get(reverse("oversight:funding"), {"year": YEAR})
    assert [line.label for line in page.context["lines"]] == ["环翠区"]
    assert "高区" not in page.content.decode()


def test_every_number_of_people_is_a_list_with_that_many_rows(three, client_of, town):
    client = client_of("finance")
    page = client.get(area_url(town.huancui))
    for month in page.context["months"]:
        for number in (*month.numbers, month.total):
            assert client.get(number.url).context["list"].count == number.count, number.url
    assert [month.total.count for month in page.context["months"]] == [3] * 4 + [2] * 2 + [1] * 6
    top = client.get(reverse("oversight:funding"), {"year": YEAR}).context["lines"][0]
    assert client.get(top.people.url).context["list"].count == top.people.count


def test_the_list_says_from_when_to_when_and_nothing_else_of_a_person(three, client_of, town):
    text = client_of("finance").get(people_url(town.huancui, 3)).content.decode()
    for words in ("示例甲", "示例乙", "示例丙", "2024-12-01", "2025-06-20", "去世", "2025-05-02", "迁出"):
        assert words in text
    assert three.masked_id not in text
    assert "示例路" not in text


def test_an_area_keeps_the_line_of_who_moved_on_without_his_name(three, client_of, town):
    page = client_of("huancui_clerk").get(people_url(town.huancui, 3))
    assert page.context["list"].count == 3
    assert "示例丙" not in page.content.decode()
    assert "（已迁往其他区市）" in page.content.decode()
    assert "示例丙" in client_of("gaoqu_clerk").get(people_url(town.gaoqu, 6)).content.decode()


@pytest.fixture
def money(three, set_rate, entry, town):
    set_rate(since=date(2025, 1, 1), per_head="100")
    set_rate(since=date(2025, 7, 1), per_head="130")
    entry(finance="central", amount="80", line="2230105")
    entry(finance="city", amount="40")
    entry(FundingPayment, finance="central", amount="70.5", line="2230105")
    entry(area="gaoqu", finance="area", amount="20")


def test_the_page_names_due_budget_payment_and_the_budget_line(money, client_of, town):
    page = client_of("finance").get(area_url(town.huancui))
    finances = {line[0]: line[1] for line in page.context["finances"]}
    # 16 months of people at 100 and 6 at 130 a year.
    assert finances["合计"].due == Decimal("198.33")
    assert finances["中央财政"].due == Decimal("99.17")
    assert finances["中央财政"].unpaid == Decimal("28.67")
    assert finances["中央财政"].short == Decimal("19.17")
    text = page.content.decode()
    assert "2230105" in text
    assert "国有企业退休人员社会化管理补助支出" in text
    assert "2025-01-01 起 100.00；2025-07-01 起 130.00" in text


def test_a_number_of_money_leads_to_the_entries_that_it_sums(money, client_of, town):
    client = client_of("finance")
    for line in client.get(area_url(town.huancui)).context["finances"]:
        for url, amount in ((line[2], line[1].budgeted), (line[3], line[1].paid)):
            found = client.get(url).context["list"].queryset
            assert sum(row.amount for row in found) == amount


def read(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_workbook_says_what_the_page_says(money, client_of, town):
    client = client_of("finance")
    context = client.get(reverse("oversight:funding"), {"year": YEAR}).context
    book = read(client.get(reverse("oversight:funding_workbook", args=[YEAR])))
    assert book.sheetnames == ["汇总", "按月人数", "预算与拨付", "计算说明"]
    summary = {(row[0], row[1]): row[2:] for row in book["汇总"].iter_rows(min_row=4, values_only=True)}
    people = {(row[0], row[1]): row[2:] for row in book["按月人数"].iter_rows(min_row=4, values_only=True)}
    paid = {(row[0], row[1]): row[2:] for row in book["预算与拨付"].iter_rows(min_row=4, values_only=True)}
    for line in (*context["lines"], context["total"]):
        months, due, *_ = summary[line.label, "小计"]
        assert (months, Decimal(str(due)).quantize(Decimal("0.01"))) == (line.person_months.count, line.due)
        assert [Decimal(str(summary[line.label, label][1])) for _, label in context["levels"]] == line.dues
        found = [Decimal(str(value)) for value in paid[line.label, "小计"]]
        assert (found[0], found[1], found[3], found[5]) == (line.due, line.budgeted.count, line.paid.count, line.unpaid)
        assert people[line.label, "小计"][-1] == line.person_months.count
    area = client.get(area_url(town.huancui)).context
    assert list(people["环翠区", "小计"][:12]) == [month.total.count for month in area["months"]]
    for label, one, *_ in area["finances"][:4]:
        assert [Decimal(str(value)) for value in paid["环翠区", label][:2]] == [one.due, one.budgeted]


def test_the_workbook_explains_how_it_was_reckoned(money, client_of):
    book = read(client_of("finance").get(reverse("oversight:funding_workbook", args=[YEAR])))
    text = "\n".join(f"{row[0]} {row[1]}" for row in book["计算说明"].iter_rows(values_only=True))
    for words in ("2025-07-01 起每人每年 130.00 元", "示例文件", "2025-02-15", "取整", "市外", "室字〔2020〕10号"):
        assert words in text
    assert "2230105" in book["汇总"]["A2"].value
    event = SecurityEvent.objects.get(kind="download")
    assert "2025 年度经费表" in event.field


def test_the_workbook_holds_no_formula(money, people, set_rate, tmp_path, town):
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.change(type(town.huancui), [town.huancui.pk], short_name="=1+1")
    target = tmp_path / "x.xlsx"
    workbook.write(target, year.read(YEAR, year.areas_of(people["finance"])), "示例")
    cells = [row[0] for row in openpyxl.load_workbook(target)["汇总"].iter_rows(min_row=4)]
    cell = next(one for one in cells if one.value == "=1+1")
    assert cell.data_type == "s"


def test_pages_cost_the_same_queries_for_one_person_as_for_many(three, set_rate, entry, accepted, client_of, town):
    set_rate()
    entry()
    client = client_of("finance")
    urls = (area_url(town.huancui), people_url(town.huancui, 3), reverse("oversight:funding") + f"?year={YEAR}")

    def costs():
        client.get(reverse("oversight:funding_rates"))
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            yield len(captured)

    few = list(costs())
    for name in "丁戊己":
        accepted(f"示例{name}", date(2024, 12, 1), enterprise="port")
        entry(document=f"示例预{name}")
    assert list(costs()) == few


def test_an_areas_workbook_is_its_own_alone(money, client_of):
    answer = client_of("huancui_clerk").get(reverse("oversight:funding_workbook", args=[YEAR]))
    names = {row[0] for row in read(answer)["汇总"].iter_rows(min_row=4, values_only=True)}
    assert names == {"环翠区", "合计"}


# --- the workbench


def funding_tiles(user):
    return {tile.label: tile for tile in tiles(user) if "/funding/" in tile.url}


def test_a_tile_counts_the_areas_that_its_page_lists(accepted, set_rate, entry, people, client_of, area_finance):
    now = clock.today()
    accepted("示例甲", date(now.year - 1, 12, 1))
    accepted("示例乙", date(now.year - 1, 12, 1), street="yiyuan")
    for level in ALL_LEVELS:
        set_rate(level, since=date(now.year, 1, 1))
    entry(finance="city", amount="10", year=now.year)
    for user in (people["finance"], area_finance):
        for tile in funding_tiles(user).values():
            assert len(client_of(user).get(tile.url).context["lines"]) == tile.count, tile
    found = {label: tile.count for label, tile in funding_tiles(people["finance"]).items()}
    assert found == {"本年经费没有安排预算": 1, "本年经费尚未拨足": 2, "本年经费缺少标准": 0}
    assert funding_tiles(area_finance)["本年经费尚未拨足"].count == 1
    assert funding_tiles(people["watchdog"]) == {}


def test_all_levels_of_finance_stand_in_the_statement(money, town):
    found = year.read(YEAR, [town.huancui]).of[town.huancui.pk]
    assert list(found.finances) == list(FinanceLevel)
