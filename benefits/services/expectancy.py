"""Setting the average life expectancy that the city has published: there is none by default."""

from accounts.duties import Duty
from accounts.scope import holds
from audit.operations import operation
from benefits.models import LifeExpectancy
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused


def set_expectancy(since, years, year, source, *, actor, key=None):
    """Let a life expectancy hold from a day on; a second one for the same day replaces the first."""
    if not holds(actor, Duty.MANAGE_SYSTEM):
        raise Refused("您的岗位不能设置人口平均预期寿命。请由系统管理员按市统计、卫生健康部门公布的数值设置。")
    if not source.strip():
        raise Refused("没有填写来源，没有设置。请写明公布机关和文件。")
    if not 50 <= years <= 110 or years.as_tuple().exponent < -2:
        raise Refused("预期寿命须在 50 岁至 110 岁之间，最多两位小数，没有设置。请核对公布的数值。")
    if not 1990 <= year <= clock.today().year:
        raise Refused("统计年份不对，没有设置。请填写该数值所属的年份。")
    values = {"years": years, "year": year, "source": source.strip()}
    with operation("expectancy.set", actor=actor, reason=source.strip(), key=key) as act:
        act.outcome = {"about": f"{since} 起 {years} 岁（{year} 年）"}
        row = LifeExpectancy.objects.select_for_update().filter(since=since).first()
        if row:
            act.change(LifeExpectancy, [row.pk], **values)
        else:
            act.insert([LifeExpectancy(since=since, **values)])
    return LifeExpectancy.objects.get(since=since)


def expectancy_on(day=None):
    """The LifeExpectancy that holds on a day, or None."""
    return LifeExpectancy.objects.filter(since__lte=day or clock.today()).order_by("-since").first()
