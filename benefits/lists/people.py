"""The list of people with out-of-pool items: what each one is paid in a year, and what is to be reckoned."""

from django.db.models import CharField, Count, DecimalField, Exists, OuterRef, Subquery, Sum
from django.urls import reverse

from accounts.duties import Duty
from accounts.scope import holds
from benefits.decision import Outcome
from benefits.lists.items import enterprises_of
from benefits.lists.money import in_words, yearly_of
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.treatment_states import State
from retirees.models import Retiree
from tracks.desk import Button
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage

UNSETTLED, SETTLED = "unsettled", "settled"
LUMP = (
    (UNSETTLED, "一次性支付待核算"),
    (SETTLED, "一次性支付已核算"),
)


def _lump(person, user):
    return Treatment.objects.visible_to(user).filter(retiree=OuterRef("pk"), outcome=Outcome.LUMP_SUM, **person)


def _narrowed(rows, code, user):
    if code == UNSETTLED:
        return rows.filter(Exists(_lump({"state": State.PROPOSED, "settlement": None}, user)))
    return rows.filter(Exists(Settlement.objects.visible_to(user).standing().filter(retiree=OuterRef("pk"))))


def people_page(request):
    user = request.user
    items = OutOfPoolItem.objects.visible_to(user).filter(retiree=OuterRef("pk")).order_by().values("retiree")
    money = DecimalField(max_digits=13, decimal_places=2)
    sums = Settlement.objects.visible_to(user).unpaid().filter(retiree=OuterRef("pk"))
    rows = Retiree.objects.visible_to(user).filter(Exists(items)).select_related("enterprise")
    return ListPage(
        request,
        rows.annotate(
            count_of_items=Subquery(items.annotate(found=Count("pk")).values("found")),
            a_year=Subquery(items.annotate(found=Sum(yearly_of())).values("found"), output_field=money),
            reckoned=Subquery(sums.values("amount")[:1], output_field=money),
            reckoned_by=Subquery(sums.values("number")[:1], output_field=CharField()),
        ),
        columns=[
            Column("name", "姓名", sort="pinyin", link=True),
            Column("masked", "身份证号", "masked_id"),
            Column("enterprise", "企业", sort="enterprise__path"),
            Column("retired_on", "退休时间", sort="retired_on"),
            Column("items", "项目数", "count_of_items", sort="count_of_items", number=True),
            Column("yearly", "年标准（元）", lambda one: in_words(one.a_year), sort="a_year", number=True),
            Column("reckoned", "核算金额（元）", lambda one: in_words(one.reckoned), sort="reckoned", number=True),
            Column("reckoned_by", "核算编号"),
        ],
        filters=[
            Filter("lump", "一次性支付", LUMP, narrow=lambda found, code: _narrowed(found, code, user)),
            Filter("enterprise", "企业", lambda: enterprises_of(rows)),
        ],
        order=("enterprise__path", "pinyin", "pk"),
        row_url=lambda one: reverse("benefits:person", args=[one.pk]),
    )


def bulk_buttons(user):
    if not holds(user, Duty.SUBMIT):
        return []
    return [Button("核算一次性支付", reverse("benefits:settle"), primary=True)]
