"""The list of assets, the page of one, and what is done with them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.scope import holds
from accounts.views.guard import attempt
from handover.agreements import listing, timeline, viewers
from handover.agreements.desk import ASSET_DESK, asset_action, asset_has_form
from handover.forms.assets import COLUMNS, AssetForm
from handover.models import Agreement, Asset
from handover.models.agreements import BUSINESS
from handover.services import assets
from handover.states.agreements import EDITABLE, ENTERPRISE
from handover.states.assets import MACHINE
from handover.states.assets import State as AssetState
from tracks import desk
from tracks.forms import KeyForm
from tracks.taking import offers
from weihai_transfer.lib.pages import back_url

METHODS = ["GET", "HEAD", "POST"]

FACTS = ("serial", *COLUMNS[:-1], "handed_over_on", "remark")


@require_safe
def show_assets(request):
    user = request.user
    if not holds(user, *BUSINESS):
        raise PermissionDenied
    page = listing.assets_page(request)
    states = [state for state in request.GET.getlist("state") if state in AssetState.values]
    one = _agreement_of(request)
    context = {
        "title": f"资产清单（{page.count:,} {page.unit}）",
        "crumbs": [("协议", reverse("handover:agreements")), *_crumb(one), ("资产清单", "")],
        "list": page,
        "bulk": listing.asset_buttons(user, states),
        "chosen": desk.left_over(request, ASSET_DESK),
        "sums": listing.sums(page.queryset),
        "agreement": one,
        "editable": one is not None and one.state in EDITABLE and ENTERPRISE in viewers.sides_of(one, user),
    }
    return render(request, "handover/assets.html", context)


def _agreement_of(request):
    """The agreement whose list is shown, when the address names one."""
    try:
        pk = Agreement._meta.pk.to_python(request.GET.get("agreement") or None)
    except ValidationError:
        return None
    return Agreement.objects.visible_to(request.user).select_related("enterprise", "area").filter(pk=pk).first()


def _crumb(one):
    return [(one.number, reverse("handover:agreement", args=[one.pk]))] if one else []


@require_safe
def show_asset(request, pk):
    one, user = _seen(request, pk), request.user
    actions = desk.actions_of(ASSET_DESK, one, offers(one, user), asset_has_form)
    if _may_change(one, user):
        actions.append({"label": "修改", "url": reverse("handover:asset_change", args=[pk])})
    context = {
        "title": one.name,
        "crumbs": [
            ("资产清单", back_url(request, f"{reverse('handover:assets')}?agreement={one.agreement_id}")),
            (one.name, ""),
        ],
        "asset": one,
        "badge": listing.asset_badge(one, user),
        "actions": actions,
        "facts": [(Asset._meta.get_field(name).verbose_name, _shown(one, name)) for name in FACTS],
        "removable": one.agreement.state in EDITABLE and ENTERPRISE in viewers.sides_of(one.agreement, user),
        "key_form": KeyForm(),
        "entries": timeline.of_asset(one),
    }
    return render(request, "handover/asset.html", context)


def _shown(one, name):
    return one.get_category_display() if name == "category" else getattr(one, name)


def _seen(request, pk):
    rows = Asset.objects.visible_to(request.user).select_related("agreement__enterprise", "agreement__area")
    return get_object_or_404(rows, pk=pk)


def _may_change(one, user):
    mine = ENTERPRISE in viewers.sides_of(one.agreement, user)
    return mine and (one.agreement.state in EDITABLE or one.state == AssetState.REFUSED)


@require_http_methods(METHODS)
def change(request, pk):
    one = _seen(request, pk)
    if ENTERPRISE not in viewers.sides_of(one.agreement, request.user):
        raise PermissionDenied
    page = reverse("handover:asset", args=[pk])
    form = AssetForm(request.POST if request.method == "POST" else None, asset=one)

    def save():
        return assets.change(one, form.values, actor=request.user, key=form.cleaned_data["key"])

    if form.is_valid() and attempt(request, form, save, "资产信息已保存。"):
        return redirect(page)
    crumbs = [("资产清单", reverse("handover:assets")), (one.name, page), ("修改", "")]
    return _form(request, f"修改资产（{one.name}）", crumbs, form, page)


@require_http_methods(METHODS)
def add(request, pk):
    one = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise", "area"), pk=pk)
    if ENTERPRISE not in viewers.sides_of(one, request.user):
        raise PermissionDenied
    page = f"{reverse('handover:assets')}?agreement={pk}"
    form = AssetForm(request.POST if request.method == "POST" else None)

    def save():
        values = {**form.values, "handed_over_on": None}
        return assets.add(one, values, actor=request.user, key=form.cleaned_data["key"])

    if form.is_valid() and attempt(request, form, save, "已列入资产清单。"):
        return redirect(page)
    return _form(
        request, "新增资产", [("协议", reverse("handover:agreements")), *_crumb(one), ("新增资产", "")], form, page
    )


def _form(request, title, crumbs, form, cancel_url):
    context = {"title": title, "crumbs": crumbs, "form": form, "submit": "保存", "cancel_url": cancel_url}
    return render(request, "accounts/form.html", context)


@require_POST
def remove(request, pk):
    one = _seen(request, pk)
    if ENTERPRISE not in viewers.sides_of(one.agreement, request.user):
        raise PermissionDenied
    form = KeyForm(request.POST)

    def remove():
        return assets.remove(one, actor=request.user, key=form.cleaned_data["key"])

    if form.is_valid() and not attempt(request, None, remove, f"已从清单中移去：{one.name}。"):
        return redirect("handover:asset", pk)
    return redirect(f"{reverse('handover:assets')}?agreement={one.agreement_id}")


@require_http_methods(METHODS)
def step(request, pk, step):
    if step not in MACHINE.by_name:
        raise Http404
    one = _seen(request, pk)
    return desk.step_on_one(request, ASSET_DESK, one, MACHINE[step], asset_action(step, request.user))


@require_POST
def bulk(request):
    name = request.POST.get("step", "")
    if name not in MACHINE.by_name:
        return HttpResponseBadRequest()
    if not listing.may(request.user, MACHINE[name]):
        raise PermissionDenied
    return desk.act_on_many(request, ASSET_DESK, listing.assets_page(request), asset_action(name, request.user))


@require_safe
def outcome(request, key):
    return desk.show_outcome(request, ASSET_DESK, key)
