"""Items 统筹外项目: the list, one of them, entering, changing, taking back, and deciding by the table."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.duties import Duty
from accounts.scope import holds
from accounts.views.guard import attempt, needs
from benefits.desk import ITEMS, decide_action, rules_of
from benefits.forms.items import ItemChangeForm, ItemForm, RemoveForm
from benefits.lists import items as listing
from benefits.lists.money import in_words
from benefits.models import OutOfPoolItem
from benefits.path import item_entries
from benefits.services import deciding, items
from benefits.treatment_states import State
from benefits.views.forms import form_page
from retirees.models import Retiree
from tracks import desk
from tracks.forms import KeyForm
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
MONEY = (Duty.SUBMIT, Duty.COORDINATE)
CLAUSE = "国有企业不再新增统筹外项目，原则上不再提高发放标准（二(六)）。录入的应是 2020-03-30 已经发放的项目和标准。"
FACTS = (
    "kind",
    "name",
    "rate",
    "period",
    "times",
    "since",
    "basis",
    "payer",
    "met_old_rules",
    "lump_agreed",
    "raise_approval",
)


@require_safe
@needs(*MONEY)
def show_items(request):
    user = request.user
    page = listing.items_page(request)
    context = {
        "title": f"统筹外项目（{page.count:,} 项）",
        "crumbs": [("统筹外项目", "")],
        "list": page,
        "bulk": listing.bulk_buttons(user),
        "chosen": desk.left_over(request, ITEMS),
        "sums": listing.sums(page.queryset),
        "mine": holds(user, Duty.SUBMIT),
        "undecided": OutOfPoolItem.objects.open_to(user, Duty.SUBMIT).filter(treatment=None).count(),
        "decide_url": f"{reverse('benefits:item_bulk')}?state={listing.UNDECIDED}",
    }
    return render(request, "benefits/items.html", context)


@require_POST
@needs(Duty.SUBMIT)
def bulk(request):
    """Decide the items that are ticked, or all that nobody has decided yet."""
    return desk.act_on_many(request, ITEMS, listing.items_page(request), decide_action(request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, ITEMS, key, summary=rules_of, onward=_onward)


def _onward(moved):
    if not moved:
        return []
    url = f"{reverse('benefits:treatments')}?state={State.PROPOSED}"
    return [("办理已判定的项目", url), ("查看判定表", reverse("benefits:table"))]


def _seen(request, pk):
    rows = OutOfPoolItem.objects.visible_to(request.user).select_related("retiree", "enterprise", "treatment")
    return get_object_or_404(rows, pk=pk)


def _own(request, pk):
    """The item, if it is this user's to write: 404 when he does not see it, 403 when he only sees it."""
    one = _seen(request, pk)
    if not OutOfPoolItem.objects.open_to(request.user, Duty.SUBMIT).filter(pk=pk).exists():
        raise PermissionDenied
    return one


@require_safe
def show_item(request, pk):
    one, user = _seen(request, pk), request.user
    mine = OutOfPoolItem.objects.open_to(user, Duty.SUBMIT).filter(pk=pk).exists()
    treatment = listing.treatment_of(one)
    context = {
        "title": f"{one.retiree.name}，{one}",
        "crumbs": [("统筹外项目", back_url(request, reverse(ITEMS.list))), (str(one), "")],
        "person": desk.header_of(one, user),
        "badge": listing.badge_of(one, user),
        "treatment": treatment,
        "actions": _actions(one, treatment, user) if mine else [],
        "facts": [(OutOfPoolItem._meta.get_field(name).verbose_name, _shown(one, name)) for name in FACTS]
        + [("年标准（元）", in_words(one.yearly))],
        "retiree": one.retiree_id,
        "entries": item_entries(one),
    }
    return render(request, "benefits/item.html", context)


def _shown(one, name):
    if name == "rate":
        return in_words(one.rate)
    if name == "times":
        return one.times or None
    return getattr(one, f"get_{name}_display", lambda: getattr(one, name))()


def _actions(one, treatment, user):
    """Deciding, changing, taking back; what cannot be done now says why."""
    stopped = deciding.preview([one.pk], actor=user).refused.get(one.pk)
    found = [
        {
            "label": "判定" if treatment is None else "重新判定",
            "url": reverse("benefits:decide", args=[one.pk]),
            "post": True,
            "primary": not stopped,
            "reasons": (stopped,) if stopped else (),
            "name": "key",
            "value": str(KeyForm()["key"].value()),
        }
    ]
    changing = items.fault_of_state(one, treatment.state if treatment else None)
    found.append(
        {
            "label": "修改",
            "url": reverse("benefits:change", args=[one.pk]),
            "reasons": (changing,) if changing else (),
        }
    )
    if treatment is None:
        found.append({"label": "移去", "url": reverse("benefits:remove", args=[one.pk]), "danger": True})
    return found


@require_POST
def decide(request, pk):
    one = _own(request, pk)
    form = KeyForm(request.POST)
    if form.is_valid():
        done = attempt(request, None, lambda: _decided(one, request.user, form), "已按判定表判定。")
        if done:
            return redirect("benefits:treatment", pk)
    return redirect("benefits:item", pk)


def _decided(one, user, form):
    outcome = deciding.decide([one.pk], actor=user, key=form.cleaned_data["key"])
    if one.pk in outcome.refused:
        raise Refused(outcome.refused[one.pk])
    return outcome


@require_http_methods(METHODS)
def add(request, pk):
    person = get_object_or_404(Retiree.objects.open_to(request.user, *MONEY), pk=pk)
    if not Retiree.objects.open_to(request.user, Duty.SUBMIT).filter(pk=pk).exists():
        raise PermissionDenied
    form = ItemForm(request.POST or None)

    def act():
        return items.add(person, **form.values, actor=request.user, key=form.cleaned_data["key"])

    if form.is_valid() and (done := attempt(request, form, act, "已录入统筹外项目。")):
        return redirect("benefits:item", done.result.pk) if done.result else redirect("benefits:person", pk)
    back = reverse("benefits:person", args=[pk])
    return form_page(
        request,
        form,
        title=f"录入统筹外项目（{person.name}）",
        crumbs=[("统筹外费用人员", reverse("benefits:people")), (person.name, back), ("录入项目", "")],
        submit="录入",
        back=back,
        intro=CLAUSE,
    )


@require_http_methods(METHODS)
def change(request, pk):
    one = _own(request, pk)
    form = ItemChangeForm(one, request.POST or None)

    def act():
        given = dict(form.values)
        return items.change(
            one,
            **given,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            actor=request.user,
            key=form.cleaned_data["key"],
        )

    if form.is_valid() and attempt(request, form, act, "已修改统筹外项目。"):
        return redirect("benefits:item", pk)
    return _form(request, one, form, "修改", CLAUSE)


@require_http_methods(METHODS)
def remove(request, pk):
    one = _own(request, pk)
    person = one.retiree_id
    form = RemoveForm(request.POST or None)

    def act():
        given = form.cleaned_data
        items.remove(one, reason=given["reason"], actor=request.user, key=given["key"])

    if form.is_valid() and attempt(request, form, act, "已移去误录的项目。"):
        return redirect("benefits:person", person)
    return _form(
        request, one, form, "移去", "只移去误录、还没有判定的项目。不再发放的，请判定后办理停发。", danger=True
    )


def _form(request, one, form, label, intro, danger=False):
    back = reverse("benefits:item", args=[one.pk])
    return form_page(
        request,
        form,
        title=f"{label}统筹外项目（{one.retiree.name}，{one}）",
        crumbs=[("统筹外项目", reverse(ITEMS.list)), (str(one), back), (label, "")],
        submit=label,
        back=back,
        danger=danger,
        intro=intro,
    )
