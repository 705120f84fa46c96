"""Distribution in a receiving area: whom the addresses point where, accepted by group or changed in place."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import OfficeKind
from accounts.scope import holds, reach_of
from audit.operations import AlreadyDone
from handover import distribution, outcomes, receivers, suggesting
from handover.forms.distributing import ActKey, RedirectForm
from handover.listing import person_url
from handover.models import Case
from handover.services import take
from handover.services.effects import RECEIVERS
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.pages import paginate
from weihai_transfer.lib.refusals import Refused

NOT_OFFERED = "所选单位不在本区市范围内，未分配。请从列表中重新选择。"
LEFT = ""


@require_http_methods(["GET", "HEAD", "POST"])
def distribute(request):
    if not holds(request.user, Duty.DISTRIBUTE):
        raise PermissionDenied
    cases = distribution.waiting(request.user)
    form = RedirectForm()
    outcome, status = None, 200
    if request.method == "POST":
        form = RedirectForm(request.POST) if request.POST.get("act") == "redirect" else form
        outcome, status = _act(request, cases, form)
        if status == 302:
            return redirect(_here(request))
    groups, targets = distribution.groups(cases)
    group = _chosen(groups, request.GET.get("group"))
    page = paginate(request, group.ids if group else [])
    context = {
        "title": "待分配",
        "crumbs": [("待分配", "")],
        "total": sum(one.count for one in groups),
        "groups": groups,
        "group": group,
        "page": page,
        "rows": _rows(page.object_list, targets, request),
        "form": form,
        "key": new_id(),
        "as_of": timezone.now().isoformat(),
        "outcome": outcome,
        "here": _here(request),
    }
    return render(request, "handover/distribute.html", context, status=status)


def _here(request):
    query = request.GET.urlencode()
    return f"{request.path}?{query}" if query else request.path


def _chosen(groups, key):
    return next((group for group in groups if group.key == key), groups[0] if groups else None)


def _act(request, cases, form):
    """(an Outcome to show or None, status): 302 when everything went as it was asked for."""
    act = ActKey(request.POST)
    if not act.is_valid():
        messages.error(request, "页面内容不完整，没有办理。请在刷新后的页面上重新提交。")
        return None, 302
    try:
        if request.POST.get("act") == "redirect":
            return _redirect_group(request, cases, form, act.cleaned_data["key"])
        return _assign(request, cases, act.cleaned_data["key"])
    except AlreadyDone as done:
        moved = len((done.operation.outcome or {}).get("moved", []))
        messages.info(request, f"{done}当时办理了 {moved:,} 人。" if moved else str(done))
        return None, 302
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None, 302


def _assign(request, cases, key):
    targets, wrong = _posted_targets(request)
    if request.POST.get("act") == "group":
        targets = _rest_of_group(request, cases) | targets
    wanted = {pk: office for pk, office in targets.items() if office is not None}
    if not wanted and not wrong:
        messages.warning(request, "没有为任何人选择接收单位，没有分配。请选择后再提交。")
        return None, 302
    moved, refused = [], {}
    if wanted:
        outcome = take("assign", list(wanted), actor=request.user, key=key, targets=wanted)
        moved, refused = outcome.moved, outcome.refused
    return _told(request, moved, refused | wrong, "已分配")


def _posted_targets(request):
    """({case id: Office, or None where the clerk chose to leave the person}, {case id: sentence})."""
    asked = {}
    for name, value in request.POST.items():
        if name.startswith("to-") and (pk := _uuid(name.removeprefix("to-"))):
            asked[pk] = value
    areas = _areas_of(request.user)
    offices = {
        str(office.pk): office
        for office in Office.objects.active().under([area.path for area in areas]).filter(kind__in=RECEIVERS)
    }
    targets = {pk: offices.get(value) for pk, value in asked.items() if value == LEFT or value in offices}
    return targets, {pk: NOT_OFFERED for pk in asked if pk not in targets}


def _areas_of(user):
    """The areas in which this user distributes."""
    areas = Office.objects.active().filter(kind=OfficeKind.AREA)
    reach = reach_of(user, Duty.DISTRIBUTE)
    return list(areas if reach.everywhere else areas.filter(pk__in=reach.offices))


def _rest_of_group(request, cases):
    """The suggestions for the people of the group who are not on the page, as it was when the page was drawn."""
    seen = cases.filter(state_since__lte=_moment(request.POST.get("as_of", "")))
    groups, targets = distribution.groups(seen)
    group = next((one for one in groups if one.key == request.POST.get("group")), None)
    if group is None or group.kind != distribution.STREET:
        return {}
    return {pk: targets[pk] for pk in group.ids}


def _redirect_group(request, cases, form, key):
    if not form.is_valid():
        return None, 200
    seen = cases.filter(state_since__lte=_moment(request.POST.get("as_of", "")))
    groups, _ = distribution.groups(seen)
    group = next((one for one in groups if one.key == request.POST.get("group")), None)
    if group is None or group.kind != distribution.ELSEWHERE:
        raise Refused("这一组人员已有变动，没有办理。请在刷新后的页面上重新核对。")
    values = form.cleaned_data
    outcome = take(
        "redirect",
        group.ids,
        actor=request.user,
        key=key,
        targets=group.place,
        reason_code=values["reason_code"],
        reason=values["reason"],
    )
    return _told(request, outcome.moved, outcome.refused, f"已转{group.place}")


def _told(request, moved, refused, words):
    if refused:
        return outcomes.in_words(len(moved), refused, request.user), 200
    messages.success(request, f"{words} {len(moved):,} 人。")
    return None, 302


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise Refused("页面内容不完整，没有办理。请在刷新后的页面上重新提交。")
    return moment


def _rows(ids, targets, request):
    cases = Case.objects.visible_to(request.user).filter(pk__in=ids)
    known = {case.pk: case for case in cases.select_related("retiree", "enterprise", "area")}
    choices = _Choices({case.area for case in known.values()}, [targets[pk] for pk in known])
    found, divisions = [], suggesting.divisions()
    for case in (known[pk] for pk in ids if pk in known):
        why = distribution.explain(case.retiree, divisions)
        found.append(
            {
                "case": case,
                "url": f"{person_url(case)}?{urlencode({'back': _here(request)})}",
                "why": why,
                "sureness": distribution.sureness(why.confidence),
                "groups": choices.of(case, targets[case.pk], why.candidates),
                "redirect_url": reverse("handover:step", args=[case.pk, "redirect"]),
                "return_url": reverse("handover:step", args=[case.pk, "return"]),
                "assign_url": reverse("handover:step", args=[case.pk, "assign"]),
            }
        )
    return found


class _Choices:
    """What the list of one row offers: the suggestion, the candidates, the communities beside it, all streets."""

    def __init__(self, areas, suggested):
        self.streets = {area: receivers.streets_of([area]) for area in areas}
        below = {_street(office).pk for office in suggested if office}
        self.communities = {}
        rows = (
            Office.objects.active()
            .filter(kind=OfficeKind.COMMUNITY, parent__in=below)
            .select_related("parent")
            .order_by("path")
        )
        for office in rows:
            self.communities.setdefault(office.parent_id, []).append(office)

    def of(self, case, suggested, candidates):
        """[(heading, [(value, label, chosen)])]; a suggestion that lies in another area is not chosen."""
        if suggested and not suggested.path.startswith(case.area.path):
            suggested = None
        likely = [office for office in candidates if office.path.startswith(case.area.path)]
        near = self.communities.get(_street(suggested).pk, []) if suggested else []
        groups = [
            ("地址指向", [suggested] if suggested else likely),
            ("本区市各镇（街道）", self.streets[case.area]),
            (f"{_street(suggested)}的社区" if suggested else "", near),
        ]
        shown, found = set(), []
        for heading, offices in groups:
            fresh = [office for office in offices if office.pk not in shown]
            shown.update(office.pk for office in fresh)
            if fresh:
                found.append((heading, [(office.pk, _label(office), office == suggested) for office in fresh]))
        return found


def _street(office):
    return office.parent if office.kind == OfficeKind.COMMUNITY and office.parent.kind == OfficeKind.STREET else office


def _label(office):
    return f"{office.parent} {office}" if office.kind == OfficeKind.COMMUNITY else str(office)


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
