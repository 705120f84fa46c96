"""The page of one person: what waits for whom, what this viewer may do, the facts, and the whole story."""

from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import events
from benefits.standing import covers_of
from handover import bars, differences, facts, offers, reasons, rounds, timeline
from handover.agreements import coverage
from handover.community import standing
from handover.models import Agreement, Case, DeathNotice, Problem
from handover.papers.desk import PAPERS
from handover.states.cases import State
from handover.states.deaths import State as DeathState
from handover.viewers import full_name
from handover.views.deaths import badge_of as badge_of_death
from handover.views.deaths import is_mine as death_is_mine
from retirees.codes import Survival
from tracks.forms import KeyForm
from tracks.papers import pages as paper_pages
from weihai_transfer.lib.pages import back_url
from weihai_transfer.lib.words import Badge

# The pages of the other tracks, for those who see them.
PAGES = {
    "dossier": ("人事档案详情", "archives:dossier"),
    "membership": ("党组织关系详情", "party:membership"),
    "medical": ("医保衔接详情", "benefits:transfer"),
    "money": ("统筹外费用详情", "benefits:person"),
}


@dataclass(frozen=True)
class Returned:
    """The last return: who sent the person back, and why."""

    at: object
    office: str
    who: str
    reason: str


@require_safe
def show_person(request, pk):
    cases = Case.objects.visible_to(request.user)
    case = get_object_or_404(
        cases.select_related("retiree", "enterprise", "area", "office__parent", "returned_by", "batch"), pk=pk
    )
    user, retiree = request.user, case.retiree
    events.note(request, "open_person", subject=f"retirees.Retiree {pk}")
    back = back_url(request, reverse("handover:people"))
    notice = DeathNotice.objects.visible_to(user).select_related("enterprise", "office").filter(pk=pk).first()
    tracks = bars.bars_of(case, user)
    to_acknowledge = notice is not None and death_is_mine(notice, user)
    opened = {bar.get("opens") for bar in tracks}
    context = {
        "title": retiree.name,
        "crumbs": [("退休人员", back), (retiree.name, "")],
        "print_words": f"{retiree.name}（{case.enterprise}）。",
        "case": case,
        "person": _header(case, user),
        "reveal_url": reverse("handover:reveal", args=[pk, "id_number"])
        if "id_number" in facts.revealable(case, user)
        else "",
        "bars": tracks,
        "opens": [(label, reverse(name, args=[pk])) for one, (label, name) in PAGES.items() if one in opened],
        "actions": _outlined(offers.actions_of(case, user)) if to_acknowledge else offers.actions_of(case, user),
        "groups": facts.shown_to(case, user),
        "returned": _returned(case),
        "differences": _changed_since(case, user),
        "deceased": retiree.survival == Survival.DECEASED,
        "death": notice,
        "death_badge": notice and badge_of_death(notice, user),
        "death_form": KeyForm() if to_acknowledge else None,
        "told_to_enterprise": notice is not None and notice.state == DeathState.TOLD_TO_ENTERPRISE,
        "papers": paper_pages.papers_of(PAPERS, case, user),
        "problems": Problem.objects.visible_to(user).filter(retiree=pk).count(),
        "agreement": _agreement(case, user),
        "covers": covers_of(pk, user),
        "care": standing.of_person(case, user),
        "entries": timeline.entries(retiree, user),
    }
    return render(request, "handover/person.html", context)


def _agreement(case, user):
    """Which agreement covers somebody of the stock, in words, with its page for those who see it."""
    if not case.stock:
        return {"words": "2021年以后退休，不需签订移交协议", "url": ""}
    one = coverage.agreement_of(case)
    if one is None:
        return {"words": "没有已签订的协议列入此人", "url": ""}
    seen = Agreement.objects.visible_to(user).filter(pk=one.pk).exists()
    url = reverse("handover:agreement", args=[one.pk]) if seen else ""
    return {"words": f"{one.number}（{one.signed_on} 签订）", "url": url}


def _outlined(actions):
    """Taking note of the death is the one filled button."""
    return [replace(one, primary=False) for one in actions]


def _changed_since(case, user):
    """The lines of `_diff.html`: every one of them is a change."""
    found = differences.since_last_round(case, user)
    return [{"label": one.label, "before": one.before, "after": one.after, "changed": True} for one in found]


def _header(case, user):
    retiree = case.retiree
    return {
        "name": retiree.name,
        "masked_id": retiree.masked_id,
        "age": retiree.age,
        "sex": retiree.get_sex_display(),
        "unit": case.enterprise.name,
        "street": full_name(case.office) or case.outside_place,
        "tags": _tags(case, user),
    }


def _tags(case, user):
    retiree = case.retiree
    found = [Badge("存量" if case.stock else "新增", "idle")]
    if retiree.survival != Survival.ALIVE:
        meaning = "late" if retiree.survival == Survival.UNREACHABLE else "idle"
        found.append(Badge(retiree.get_survival_display(), meaning))
    if retiree.lives_outside:
        found.append(Badge(f"居住在{retiree.get_residence_display()}", "idle"))
    if "special_groups" in facts.names_for(case, user):
        found += [Badge(label, "idle") for label in retiree.special_group_labels]
    return found


def _returned(case):
    """Only while the enterprise still has to answer it."""
    if case.state not in (State.RETURNED, State.DRAFT) or not case.returned_by_id:
        return None
    done = rounds.last_return(case)
    if done is None:
        return None
    words = [reasons.LABELS.get(done.reason_code, ""), done.reason]
    return Returned(done.at, str(case.returned_by), done.actor_name, "：".join(word for word in words if word))
