"""What a viewer is to a problem or a notice, and the badge that he sees."""

from accounts.duties import Duty
from accounts.models import Office
from accounts.scope import reach_of
from handover.deadlines import terms_for
from handover.models.notices import AT_AREA
from handover.models.notices import AT_ENTERPRISE as NOTICE_AT_ENTERPRISE
from handover.models.problems import AT_ENTERPRISE, AT_OFFICE
from handover.problems import due
from handover.states import notices, problems
from weihai_transfer.lib.words import Badge

CITY_OFFICE = "领导小组办公室"


def sides_of(problem, user):
    """The sides of a problem on which this user works."""
    found = {problems.CITY} if reach_of(user, Duty.COORDINATE).everywhere else set()
    workers = (Duty.PARTY,) if problem.of_party else None
    raising = reach_of(user, *(workers or AT_OFFICE)).offices, reach_of(user, *(workers or AT_ENTERPRISE)).enterprises
    if problem.raised_office_id in raising[0] or problem.raised_enterprise_id in raising[1]:
        found.add(problems.RAISER)
    offices = (*reach_of(user, Duty.ANSWER).offices, *reach_of(user, Duty.DISTRIBUTE).offices)
    if problem.unit_id in offices or problem.unit_enterprise_id in reach_of(user, *AT_ENTERPRISE).enterprises:
        found.add(problems.UNIT)
    return found


def badge(problem, user):
    side = problem.side
    terms = terms_for(user)
    late = due.days_late(due.last_day(problem, terms), terms)
    note = f"逾期 {late} 个工作日" if late else ""
    mine = side is not None and side.acts in sides_of(problem, user)
    meaning = "late" if late else "mine" if mine else problems.MEANINGS[problem.state]
    return Badge(problem.get_state_display(), meaning, note)


def name_of_side(problem, side):
    return str({problems.CITY: CITY_OFFICE, problems.RAISER: problem.raised_by, problems.UNIT: problem.given_to}[side])


def is_addressee(notice, user):
    areas, enterprises = reach_of(user, *AT_AREA).offices, reach_of(user, *NOTICE_AT_ENTERPRISE).enterprises
    return notice.area_id in areas or notice.enterprise_id in enterprises


def notice_badge(notice, user):
    side = notice.side
    late = due.days_late(notice.due_on, terms_for(user)) if notice.state == notices.State.ISSUED else 0
    note = f"逾期 {late} 个工作日" if late else ""
    if side is None:
        return Badge(notice.get_state_display(), notices.MEANINGS[notice.state])
    mine = is_addressee(notice, user) if side.acts == notices.ADDRESSEE else reach_of(user, Duty.COORDINATE).everywhere
    meaning = "late" if late else "mine" if mine else notices.MEANINGS[notice.state]
    return Badge(notice.get_state_display(), meaning, note)


def place_name(place):
    """An area or a bureau by its full name, an enterprise by its short one."""
    return place.name if isinstance(place, Office) else str(place)
