"""People with out-of-pool items, reckoning what is paid once, and the page of a reckoning."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import needs
from audit import events
from benefits.desk import PEOPLE, settle_action
from benefits.lists import items as item_list
from benefits.lists import people as listing
from benefits.lists.money import in_words
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.papers import SETTLEMENT_PAPERS
from benefits.path import entries_of_person
from benefits.services import settling
from benefits.treatment_states import State
from benefits.views.items import MONEY
from retirees.models import Retiree
from tracks import desk
from tracks.papers.pages import papers_of
from weihai_transfer.lib.numerals import money
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge


@require_safe
@needs(*MONEY)
def show_people(request):
    page = listing.people_page(request)
    context = {
        "title": f"统筹外费用人员（{page.count:,} 人）",
        "crumbs": [("统筹外费用处理", reverse("benefits:treatments")), ("人员", "")],
        "list": page,
        "bulk": listing.bulk_buttons(request.user),
        "chosen": desk.left_over(request, PEOPLE),
    }
    return render(request, "benefits/people.html", context)


@require_POST
@needs(Duty.SUBMIT)
def settle(request):
    return desk.act_on_many(request, PEOPLE, listing.people_page(request), settle_action(request.user))


@require_safe
def settle_outcome(request, key):
    return desk.show_outcome(request, PEOPLE, key, onward=_onward)


def _onward(moved):
    url = f"{reverse('benefits:treatments')}?state={State.PROPOSED}&outcome=lump_sum"
    return [("提交本人签字", url)] if moved else []


@require_safe
def show_person(request, pk):
    user = request.user
    person = get_object_or_404(Retiree.objects.open_to(user, *MONEY).select_related("enterprise"), pk=pk)
    events.note(request, "open_person", subject=f"retirees.Retiree {pk}")
    rows = OutOfPoolItem.objects.visible_to(user).filter(retiree=pk).select_related("enterprise", "treatment")
    items = [
        {
            "item": one,
            "treatment": item_list.treatment_of(one),
            "badge": item_list.badge_of(one, user),
            "rate": in_words(one.rate),
            "yearly": in_words(one.yearly),
        }
        for one in rows.order_by("kind", "name")
    ]
    context = {
        "title": f"{person.name}的统筹外项目（{len(items)} 项）",
        "crumbs": [("统筹外费用人员", back_url(request, reverse(PEOPLE.list))), (person.name, "")],
        "person": _header(person),
        "retiree": person,
        "items": items,
        "yearly": in_words(sum(one["item"].yearly for one in items)),
        "settlements": Settlement.objects.visible_to(user).filter(retiree=pk).order_by("-number"),
        "may_add": holds(user, Duty.SUBMIT) and Retiree.objects.open_to(user, Duty.SUBMIT).filter(pk=pk).exists(),
        "entries": entries_of_person(person, user),
    }
    return render(request, "benefits/person.html", context)


def _header(person):
    alive = person.survival == "alive"
    return {
        "name": person.name,
        "masked_id": person.masked_id,
        "age": person.age,
        "sex": person.get_sex_display(),
        "unit": person.enterprise,
        "street": None,
        "tags": [] if alive else [{"label": person.get_survival_display(), "meaning": "closed"}],
    }


@require_safe
def show_settlement(request, pk):
    user = request.user
    rows = Settlement.objects.visible_to(user)
    one = get_object_or_404(rows.select_related("retiree", "enterprise"), pk=pk)
    context = {
        "title": f"一次性支付核算 {one.number}",
        "crumbs": [
            ("统筹外费用人员", reverse(PEOPLE.list)),
            (one.retiree.name, reverse("benefits:person", args=[one.retiree_id])),
            (one.number, ""),
        ],
        "person": _header(one.retiree),
        "settlement": one,
        "badge": _badge(one),
        "example": settling.example(one),
        "capitals": money(one.amount),
        "treatments": Treatment.objects.visible_to(user).filter(settlement=pk).select_related("item", "enterprise"),
        "papers": papers_of(SETTLEMENT_PAPERS, one, user),
        "others": rows.filter(retiree=one.retiree_id).exclude(pk=pk).order_by("-number"),
    }
    return render(request, "benefits/settlement.html", context)


def _badge(one):
    if one.paid_on:
        return Badge("已支付", "done")
    return Badge("已被替代", "closed") if one.replaced else Badge("待签字、支付", "away")
