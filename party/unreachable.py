"""Members who cannot be reached: how long, and what the regulation provides for then. The system decides nothing.

党员教育管理工作条例 24: no contact for six months in spite of every search: the party organisation may stop the
membership; two years after that, still no contact: it may strike the member off.
"""

from datetime import date

from party.states import State

HALF_A_YEAR, TWO_YEARS = 6, 24
SIX_MONTHS = "失联已满 6 个月（自 {since}）。经多方查找仍无联系的，党组织可按《中国共产党党员教育管理工作条例》第二十四条研究停止党籍。"
TWO_YEARS_ON = "停止党籍已满 2 年（自 {since}）。仍无联系的，党组织可按《中国共产党党员教育管理工作条例》第二十四条研究按自行脱党予以除名。"
ONLY_A_HINT = "以上为提示，由党组织研究决定后登记，系统不作处理。"
NOT_SEARCHED = "还没有查找记录。请登记已做的查找，作为研究的依据。"


def is_lost(membership):
    return membership.state == State.UNREACHABLE or membership.lost_since is not None


def since(membership):
    """The day of the last contact; of old rows the day on which the member was recorded as lost."""
    return membership.lost_since or membership.state_since.date()


def after_months(day, months):
    """The same day some months on, the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def mark(membership, today):
    """The gravest mark that is passed: "two_years", "six_months" or ""."""
    if not is_lost(membership):
        return ""
    if membership.stopped_on:
        return "two_years" if after_months(membership.stopped_on, TWO_YEARS) <= today else ""
    return "six_months" if after_months(since(membership), HALF_A_YEAR) <= today else ""


def hints(membership, today):
    """Sentences for the page of a member."""
    passed = mark(membership, today)
    if passed == "two_years":
        return [TWO_YEARS_ON.format(since=membership.stopped_on), ONLY_A_HINT]
    if passed == "six_months":
        searched = [] if membership.searches.exists() else [NOT_SEARCHED]
        return [SIX_MONTHS.format(since=since(membership)), *searched, ONLY_A_HINT]
    return []
