"""What every page's frame shows: the user's posts, and the navigation of the position in which he acts."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.duties import Duty
from accounts.passwords import must_change
from archives.models import Dossier
from benefits.models import Treatment
from benefits.models.medical import SEEN_WITH as SEES_MEDICAL
from handover.models.agreements import BUSINESS
from handover.models.problems import SEES_PROBLEMS
from handover.services.problems import may_raise
from oversight.dashboards.asked import SEES_PEOPLE
from oversight.models import Digest
from oversight.models.funding import SEES_FUNDING
from party.models import Membership


@dataclass(frozen=True)
class Item:
    """One noun of the navigation. It stands out on its own pages and on those whose address begins as `covers` do;
    `also` names positions that have it although their duty alone would not say so."""

    label: str
    name: str
    icon: str
    duties: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    label: str
    url: str
    icon: str
    active: bool


SEES_AGREEMENTS = (*BUSINESS, Duty.WATCH_PARTY)
ITEMS = (
    Item("工作台", "oversight:workbench", "layout-dashboard", covers=("oversight:due", "oversight:reminders")),
    Item(
        "退休人员",
        "handover:people",
        "users",
        SEES_PEOPLE,
        ("handover:deaths", "handover:moves", "handover:relocations"),
    ),
    Item("花名册", "retirees:rosters", "table", (Duty.SUBMIT,)),
    Item("月度移交", "handover:intake", "calendar", SEES_PEOPLE, ("retirees:forecast",)),
    Item("上报批次", "handover:batches", "stack-2", (Duty.SUBMIT,)),
    # Party workers of an enterprise find there the roster of its members; a street's have none to look at.
    Item("协议", "handover:agreements", "file-text", SEES_AGREEMENTS, ("handover:assets",), ("soe_party",)),
    Item("分配", "handover:distribute", "arrows-split-2", (Duty.DISTRIBUTE,)),
    Item("接收", "handover:receive", "inbox", (Duty.RECEIVE,)),
    # Its services, activities and sums lie below its address.
    Item("社区服务", "handover:care", "heart-handshake", (Duty.RECEIVE,)),
    Item(
        "档案", "archives:dossiers", "archive", Dossier.objects.all().seen_with, ("archives:shipments", "archives:fees")
    ),
    # The assessing body sees fees and no dossier.
    Item("档案整理费", "archives:fees", "receipt", (Duty.ASSESS,)),
    Item("党组织关系", "party:memberships", "flag", Membership.objects.all().seen_with),
    # 补充医疗和互助 is reached from there.
    Item("医保衔接", "benefits:medical", "shield-plus", SEES_MEDICAL, ("benefits:supplementary",)),
    Item("待遇", "benefits:treatments", "coins", Treatment.objects.all().seen_with),
    Item("经费", "oversight:funding", "coin", SEES_FUNDING),
    Item("问题与督办", "handover:problems", "message-report", SEES_PROBLEMS, ("handover:notices",)),
    # The bridge of the number due and the bulletins are reached from there.
    Item("进度", "oversight:progress", "chart-bar", SEES_PEOPLE, ("oversight:baseline", "oversight:bulletins")),
    Item("单位与人员", "accounts:offices", "building", (Duty.MANAGE_SYSTEM,), ("accounts:enterprises",)),
    Item(
        "单位与人员",
        "accounts:users",
        "user-cog",
        (Duty.MANAGE_SECURITY,),
        ("oversight:why", "oversight:access"),
    ),
    Item(
        "参数",
        "accounts:parameters",
        "adjustments",
        (Duty.MANAGE_SYSTEM,),
        ("accounts:holidays", "accounts:stages", "archives:schemes", "benefits:expectancy"),
    ),
    Item("审计", "oversight:audit", "shield-check", (Duty.AUDIT,)),
)


def frame(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "posts": user.posts,
        "post": user.post,
        "large_type": user.large_type,
        "may_raise_problems": may_raise(user),
        "may_search": bool(_duties(user).intersection(SEES_PEOPLE)),
        "navigation": navigation(user, request.path),
        "notices_url": reverse("oversight:reminders"),
        "notices_count": Digest.objects.visible_to(user).unread().count(),
    }


def _duties(user):
    return set(user.post.position.duties) if user.post else set()


def navigation(user, path):
    if must_change(user):
        return []
    duties = _duties(user)
    position = user.post.position.code if user.post else ""
    items = [item for item in ITEMS if not item.duties or duties.intersection(item.duties) or position in item.also]
    here = max(items, key=lambda item: _length_of_match(item, path))
    return [
        Shown(item.label, reverse(item.name), item.icon, item is here and _length_of_match(item, path) > 0)
        for item in items
    ]


def _length_of_match(item, path):
    """How much of the address leads to this item. The front page is the beginning of every address, so it counts alone."""
    found = 0
    for name in (item.name, *item.covers):
        url = reverse(name)
        if path == url or (url != "/" and path.startswith(url)):
            found = max(found, len(url))
    return found
