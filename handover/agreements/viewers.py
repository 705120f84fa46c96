"""An agreement as one viewer sees it: whose turn it is, how far it has come, how long until the target of signing."""

from django.db.models import Q

from accounts import campaign
from accounts.duties import Duty
from accounts.scope import reach_of
from handover.states.agreements import AREA, AREA_SIGNS, ENTERPRISE, GROUP_SIGNS, MEANINGS, OPEN, SIDES, State
from weihai_transfer.lib import clock
from weihai_transfer.lib.words import Badge

PATH = (State.DRAFT, State.PROPOSED, State.AGREED, State.SIGNED)
SHORT = {State.DRAFT: "起草方案", State.PROPOSED: "提出和协商", State.AGREED: "双方签订", State.SIGNED: "已签订"}
# Where on the path an agreement stands that goes back and forth.
HERE = {
    State.COMMENTED: State.PROPOSED,
    State.SIGNED_BY_ENTERPRISE: State.AGREED,
    State.SIGNED_BY_AREA: State.AGREED,
    State.SUPERSEDED: State.SIGNED,
}
NEXT = {
    State.DRAFT: "填写方案，向接收方提出",
    State.PROPOSED: "同意方案，或提出修改意见",
    State.COMMENTED: "按意见修改方案后再次提出",
    State.AGREED: "在商定的文本上盖章，上传扫描件并签订",
    State.SIGNED_BY_ENTERPRISE: "盖章，上传扫描件并签订",
    State.SIGNED_BY_AREA: "盖章，上传扫描件并签订",
}


def sides_of(agreement, user):
    """For which sides of this agreement the user may sign."""
    held = reach_of(user, Duty.SIGN)
    found = set()
    if agreement.enterprise_id in held.enterprises:
        found.add(ENTERPRISE)
    if agreement.office_id and (held.everywhere or agreement.office_id in held.offices):
        found.add(AREA)
    return found


def ends_of(user):
    """At which ends the user signs for anybody: the pseudo-duties of the machine."""
    held = reach_of(user, Duty.SIGN)
    ends = {GROUP_SIGNS: bool(held.enterprises), AREA_SIGNS: held.everywhere or bool(held.offices)}
    return {duty for duty, holds in ends.items() if holds}


def badge_of(agreement, user):
    side = SIDES[agreement.state]
    mine = side is not None and side.acts in sides_of(agreement, user)
    return Badge(agreement.get_state_display(), "mine" if mine else MEANINGS[agreement.state])


def name_of_side(agreement, side):
    return str(agreement.enterprise if side == ENTERPRISE else agreement.area)


def track_of(agreement, user):
    """What `_steps.html` draws."""
    side = SIDES[agreement.state]
    return {
        "heading": "移交协议",
        "badge": badge_of(agreement, user),
        "steps": _steps(agreement),
        "responsible": name_of_side(agreement, side.answers) if side else "",
        "next_words": f"{name_of_side(agreement, side.acts)}{NEXT[agreement.state]}。" if side else "",
    }


def _steps(agreement):
    if agreement.state == State.ENDED:
        return [{"label": SHORT[one], "status": "off", "note": ""} for one in PATH]
    at, done = PATH.index(HERE.get(agreement.state, agreement.state)), agreement.state not in OPEN
    return [
        {
            "label": SHORT[one],
            "status": "done" if place < at or done else "now" if place == at else "ahead",
            "note": agreement.get_state_display() if place == at and agreement.state in HERE else "",
        }
        for place, one in enumerate(PATH)
    ]


def signing_target(user):
    """The target, read once a request however many rows a page has."""
    if "_signing_target" not in user.__dict__:
        user.__dict__["_signing_target"] = campaign.signing_target()
    return user.__dict__["_signing_target"]


def target_badge(agreement, user):
    """How far the target is. It concerns the first agreement of a pair; a new version has none."""
    target = signing_target(user)
    if target is None or agreement.version > 1 or agreement.state == State.ENDED:
        return None
    if agreement.state not in OPEN:
        late = (agreement.signed_on - target).days
        return Badge(f"晚 {late:,} 天签订", "idle") if late > 0 else Badge("按期签订", "done")
    left = (target - clock.today()).days
    if left < 0:
        return Badge(f"逾期 {-left:,} 天", "late")
    return Badge(f"还有 {left:,} 天" if left else "今日到期", "away")


def late(agreements, user):
    """The agreements of a query set that are past the target and not signed."""
    return agreements.filter(past_target(signing_target(user), clock.today()))


def past_target(target, today):
    """The condition of first agreements that are past the target (None: there is no target) and not signed."""
    if target is None or today <= target:
        return Q(pk__in=[])
    return Q(state__in=OPEN, version=1)
