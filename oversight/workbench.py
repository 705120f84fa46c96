"""What waits for whom: one table of tiles by position. A tile counts by the same query that its list shows."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from accounts.calendar import working_days_since
from accounts.duties import Duty
from accounts.scope import holds
from archives import terms as shipment_terms
from archives.fee_states import State as FeeState
from archives.models import Dossier, FilingFee, Shipment
from archives.shipment_states import State as ShipmentState
from archives.states import State as DossierState
from benefits import medical_terms
from benefits.medical_states import OPEN as MEDICAL_OPEN
from benefits.medical_states import State as MedicalState
from benefits.models import MedicalTransfer, OutOfPoolItem, Treatment
from benefits.treatment_states import State as TreatmentState
from handover import deadlines
from handover.agreements import viewers as agreement_viewers
from handover.community import terms as care_terms
from handover.figures import FIGURES
from handover.models import Agreement, Asset, Case, DeathNotice, MoveNotice, Notice, Problem, Relocation
from handover.problems import due
from handover.problems.desk import HELD
from handover.states.agreements import AREA_SIGNS, BOTH_SIGNED, GROUP_SIGNS
from handover.states.agreements import State as AgreementState
from handover.states.assets import State as AssetState
from handover.states.cases import State
from handover.states.deaths import State as DeathState
from handover.states.moves import State as MoveNoticeState
from handover.states.notices import ADDRESSED
from handover.states.notices import State as NoticeState
from handover.states.problems import ANSWERING, RAISING
from handover.states.problems import State as ProblemState
from handover.states.relocations import ARRIVING, LEAVING
from handover.states.relocations import State as MoveState
from oversight.baseline.tables import list_url as baseline_list
from oversight.baseline.waiting import waiting as baseline_waiting
from oversight.deadlines.counting import due_url, escalated_to
from oversight.deadlines.ladder import ESCALATED
from oversight.exports import asking as exports
from oversight.funding.waiting import waiting as funding_waiting
from oversight.models import Bulletin, Export, ExportState
from party import chasing
from party.ends import RECEIVING, SENDING
from party.models import Membership, VoidNotice
from party.notice_states import State as VoidNoticeState
from party.states import State as MembershipState
from party.summary import ends_of
from retirees.codes import Survival
from retirees.models import ExpectedRetirement, Roster
from retirees.models.rosters import RosterState
from weihai_transfer.lib import clock


@dataclass(frozen=True)
class Tile:
    label: str
    count: int
    url: str
    unit: str
    oldest: str = ""
    late: int = 0


@dataclass(frozen=True)
class Waiting:
    """One kind of waiting work: which rows, for whose duty, under which list."""

    label: str
    duty: str
    model: type
    states: tuple
    url: str
    unit: str = "人"
    # A further condition (one that changes with the day is a function), and the filter of the list that says the same.
    only: Q | Callable = Q()
    query: tuple = ()


def late_shipments():
    return shipment_terms.Term().late()


def late_medical():
    return medical_terms.Term().late()


CASES = "handover:people"
PROBLEMS, NOTICES = "handover:problems", "handover:notices"
MEDICAL, LATE = "benefits:medical", (("overdue", "1"),)
# 二(五): what the enterprise, and what the area has to do next.
MEDICAL_OF_ENTERPRISE = (MedicalState.TO_SETTLE, MedicalState.AGREED)
MEDICAL_OF_AREA = (MedicalState.PROPOSED, MedicalState.HANDED)
AGREEMENTS = "handover:agreements"
ASSETS = "handover:assets"
TO_SIGN = (AgreementState.AGREED, AgreementState.SIGNED_BY_AREA)
COUNTERSIGN = (AgreementState.SIGNED_BY_ENTERPRISE,)
SHIPMENTS, FEES = "archives:shipments", "archives:fees"
ON_THE_WAY = (ShipmentState.IN_TRANSIT, ShipmentState.CHECKING)
FEE_OF_ENTERPRISE = (FeeState.ASSESSED, FeeState.BY_ARCHIVE, FeeState.CONFIRMED)
TREATMENTS = "benefits:treatments"
# What the enterprise itself decides or does; a lump sum has a tile for the retiree's signature.
TO_DECIDE = (TreatmentState.PROPOSED, TreatmentState.REJECTED)
FEE_OF_ARCHIVE = (FeeState.ASSESSED, FeeState.BY_ENTERPRISE, FeeState.PAID)
WAITING = (
    Waiting("退回待处理", Duty.SUBMIT, Case, (State.RETURNED,), CASES),
    Waiting("待上报", Duty.SUBMIT, Case, (State.DRAFT,), CASES),
    Waiting("接收方提出核销，待答复", Duty.SUBMIT, Case, (State.CLOSING_BY_OFFICE,), CASES),
    Waiting("市外移交，待交回执", Duty.SUBMIT, Case, (State.OUTSIDE,), CASES),
    Waiting("死亡告知，待知悉", Duty.SUBMIT, DeathNotice, (DeathState.TOLD_TO_ENTERPRISE,), "handover:deaths"),
    Waiting("迁移告知，待知悉", Duty.SUBMIT, MoveNotice, (MoveNoticeState.TOLD_TO_ENTERPRISE,), "handover:moves"),
    Waiting("待分配", Duty.DISTRIBUTE, Case, (State.SUBMITTED,), "handover:distribute"),
    Waiting("待接收", Duty.RECEIVE, Case, (State.ASSIGNED,), "handover:receive"),
    Waiting("待首次联系", Duty.RECEIVE, Case, (State.ACCEPTED,), CASES),
    Waiting("待办结", Duty.RECEIVE, Case, (State.CONTACTED,), CASES),
    Waiting("死亡告知，待知悉", Duty.RECEIVE, DeathNotice, (DeathState.TOLD_TO_OFFICE,), "handover:deaths"),
    Waiting(
        "属地变更，待接收",
        ARRIVING,
        Relocation,
        (MoveState.ASKED_BY_OLD,),
        "handover:relocations",
        query=(("end", "coming"),),
    ),
    Waiting(
        "属地变更，待同意",
        LEAVING,
        Relocation,
        (MoveState.ASKED_BY_NEW,),
        "handover:relocations",
        query=(("end", "leaving"),),
    ),
    Waiting("协议起草中", GROUP_SIGNS, Agreement, (AgreementState.DRAFT,), AGREEMENTS, "份"),
    Waiting("协议待修改", GROUP_SIGNS, Agreement, (AgreementState.COMMENTED,), AGREEMENTS, "份"),
    Waiting("协议待签订", GROUP_SIGNS, Agreement, TO_SIGN, AGREEMENTS, "份"),
    Waiting("资产不接收，待处理", GROUP_SIGNS, Asset, (AssetState.REFUSED,), ASSETS, "项"),
    Waiting("移交方案待答复", AREA_SIGNS, Agreement, (AgreementState.PROPOSED,), AGREEMENTS, "份"),
    Waiting("协议待签订", AREA_SIGNS, Agreement, COUNTERSIGN, AGREEMENTS, "份"),
    Waiting(
        "资产待接收",
        AREA_SIGNS,
        Asset,
        (AssetState.LISTED,),
        ASSETS,
        "项",
        Q(agreement__state__in=BOTH_SIGNED),
        (("ready", "1"),),
    ),
    Waiting("督办，待答复", ADDRESSED, Notice, (NoticeState.ISSUED,), NOTICES, "件"),
    Waiting("问题，待答复", ANSWERING, Problem, (ProblemState.ASSIGNED,), PROBLEMS, "件", query=(("end", "given"),)),
    Waiting(
        "问题已答复，待确认", RAISING, Problem, (ProblemState.ANSWERED,), PROBLEMS, "件", query=(("end", "raised"),)
    ),
    Waiting("问题待交办", Duty.COORDINATE, Problem, (ProblemState.RAISED,), PROBLEMS, "件"),
    Waiting("问题已提请领导小组", Duty.COORDINATE, Problem, (ProblemState.ESCALATED,), PROBLEMS, "件"),
    Waiting("督办已答复，待核定", Duty.COORDINATE, Notice, (NoticeState.REPLIED,), NOTICES, "件"),
    Waiting("企业申请核销，待确认", Duty.COORDINATE, Case, (State.CLOSING_BY_ENTERPRISE,), CASES),
    Waiting("市外移交，待确认", Duty.COORDINATE, Case, (State.OUTSIDE_REPORTED,), CASES),
    Waiting("档案途中遗失，待查找", Duty.SUBMIT, Dossier, (DossierState.LOST,), "archives:dossiers", "卷"),
    Waiting("档案退回补正", Duty.SUBMIT, Dossier, (DossierState.RETURNED,), "archives:dossiers", "卷"),
    Waiting(
        "档案待装批次",
        Duty.SUBMIT,
        Dossier,
        (DossierState.READY,),
        "archives:dossiers",
        "卷",
        Q(shipment=None),
        (("packed", "no"),),
    ),
    Waiting("批次待发出", Duty.SUBMIT, Shipment, (ShipmentState.PACKING,), SHIPMENTS, "批"),
    Waiting("批次逾期未核收", Duty.SUBMIT, Shipment, ON_THE_WAY, SHIPMENTS, "批", late_shipments, (("overdue", "1"),)),
    Waiting("批次签收，待确认", Duty.SUBMIT, Shipment, (ShipmentState.SIGNED,), SHIPMENTS, "批"),
    Waiting("整理费待确认、支付", Duty.SUBMIT, FilingFee, FEE_OF_ENTERPRISE, FEES, "笔"),
    Waiting("领导人员界定争议，待研究", Duty.COORDINATE, Dossier, (DossierState.DISPUTED,), "archives:dossiers", "卷"),
    Waiting("批次待核收", Duty.ARCHIVES, Shipment, ON_THE_WAY, SHIPMENTS, "批"),
    Waiting("批次待签收", Duty.ARCHIVES, Shipment, (ShipmentState.CHECKED,), SHIPMENTS, "批"),
    Waiting("档案待核收", Duty.ARCHIVES, Dossier, (DossierState.IN_TRANSIT,), "archives:dossiers", "卷"),
    Waiting("档案途中遗失", Duty.ARCHIVES, Dossier, (DossierState.LOST,), "archives:dossiers", "卷"),
    Waiting("整理费待确认", Duty.ARCHIVES, FilingFee, FEE_OF_ARCHIVE, FEES, "笔"),
    Waiting("整理费待评估", Duty.ASSESS, FilingFee, (FeeState.REQUESTED,), FEES, "笔"),
    Waiting("档案待入库", Duty.ARCHIVES, Dossier, (DossierState.RECEIVED,), "archives:dossiers", "卷"),
    Waiting("统筹外费用待决定", Duty.SUBMIT, Treatment, TO_DECIDE, TREATMENTS, "项"),
    Waiting("一次性支付待本人签字", Duty.SUBMIT, Treatment, (TreatmentState.TO_SIGN,), TREATMENTS, "项"),
    Waiting("统筹外费用待落实", Duty.SUBMIT, Treatment, (TreatmentState.DECIDED,), TREATMENTS, "项"),
    Waiting("统筹外费用待同意", Duty.APPROVE, Treatment, (TreatmentState.WITH_APPROVER,), TREATMENTS, "项"),
    Waiting("组织关系待转出", SENDING, Membership, (MembershipState.PENDING,), "party:memberships"),
    Waiting("介绍信被退回，待补正", SENDING, Membership, (MembershipState.REFUSED,), "party:memberships"),
    Waiting("市外转接，待登记接收", SENDING, Membership, (MembershipState.OUTSIDE,), "party:memberships"),
    Waiting("失联党员，待查找", SENDING, Membership, (MembershipState.UNREACHABLE,), "party:memberships"),
    Waiting("组织关系待接收", RECEIVING, Membership, (MembershipState.ISSUED,), "party:memberships"),
    Waiting("待编入党支部", RECEIVING, Membership, (MembershipState.ARRIVED,), "party:memberships"),
    Waiting("医保衔接，待协商、交材料", Duty.SUBMIT, MedicalTransfer, MEDICAL_OF_ENTERPRISE, MEDICAL),
    Waiting("医保衔接，待答复、接续", Duty.DISTRIBUTE, MedicalTransfer, MEDICAL_OF_AREA, MEDICAL),
    Waiting("医保市外衔接，待确认", Duty.COORDINATE, MedicalTransfer, (MedicalState.OUTSIDE,), MEDICAL),
    Waiting("医保衔接逾期", Duty.COORDINATE, MedicalTransfer, MEDICAL_OPEN, MEDICAL, only=late_medical, query=LATE),
    Waiting("医保衔接逾期", Duty.WATCH_MEDICAL, MedicalTransfer, MEDICAL_OPEN, MEDICAL, only=late_medical, query=LATE),
    Waiting("医保衔接在办", Duty.WATCH_MEDICAL, MedicalTransfer, MEDICAL_OPEN, MEDICAL),
    Waiting("介绍信作废，待知悉", RECEIVING, VoidNotice, (VoidNoticeState.TOLD,), "party:notices", "份"),
)
# 二(六): notices that somebody has to take note of within the answering days.
TOLD = {
    DeathNotice: (DeathState.TOLD_TO_ENTERPRISE, DeathState.TOLD_TO_OFFICE),
    MoveNotice: (MoveNoticeState.TOLD_TO_ENTERPRISE,),
}
UNFINISHED_ROSTERS = (RosterState.HEADINGS, RosterState.CHECKED, RosterState.READING, RosterState.UPLOADED)


def tiles(user):
    """The tiles of this user's duties, those with something late first, empty ones last."""
    found = [_tile(waiting, user) for waiting in WAITING if _is_for(user, waiting.duty)]
    if holds(user, Duty.SUBMIT):
        found += [_rosters(user), *_this_month(user), _undecided(user)]
    if holds(user, Duty.RECEIVE):
        found += _care(user)
    found += [*_chased(user), *_escalated(user)]
    if holds(user, Duty.FUNDING):
        found += _funding(user)
    found += _exports(user)
    if holds(user, Duty.COORDINATE):
        found += _baseline(user)
    if holds(user, Duty.COORDINATE):
        found.append(_bulletins(user))
    return sorted(found, key=lambda tile: (-bool(tile.late), not tile.count))


def _is_for(user, duty):
    """The work of parties and of agreements is told apart by the end at which the duty is held."""
    if duty in (LEAVING, ARRIVING):
        return holds(user, Duty.RECEIVE)
    if duty in HELD:
        return holds(user, *HELD[duty])
    if duty in (SENDING, RECEIVING):
        return duty in ends_of(user)
    return duty in agreement_viewers.ends_of(user) if duty in (GROUP_SIGNS, AREA_SIGNS) else holds(user, duty)


def _tile(waiting, user):
    only = waiting.only() if callable(waiting.only) else waiting.only
    rows = waiting.model.objects.open_to(user, waiting.duty).filter(only, state__in=waiting.states)
    facts = rows.aggregate(count=Count("pk"), oldest=Min("state_since"))
    late = _late(waiting.model, rows, user) if facts["count"] else 0
    oldest = (
        f"最早一{'件' if waiting.unit == '人' else waiting.unit}已等 {working_days_since(facts['oldest'])} 个工作日"
        if facts["oldest"]
        else ""
    )
    query = urlencode([*(("state", state.value) for state in waiting.states), *waiting.query])
    return Tile(waiting.label, facts["count"], f"{reverse(waiting.url)}?{query}", waiting.unit, oldest, late)


def _late(model, rows, user):
    if model is Case:
        return deadlines.overdue(rows).count()
    if model is Shipment:
        return shipment_terms.overdue(rows).count()
    if model is Problem:
        return rows.filter(due.late_problems()).count()
    if model is Notice:
        return rows.filter(due.late_notices()).count()
    if model in TOLD:
        return rows.filter(care_terms.told_too_long(TOLD[model])).count()
    if model is MedicalTransfer:
        return medical_terms.overdue(rows).count()
    return agreement_viewers.late(rows, user).count() if model is Agreement else 0


def _chased(user):
    """Letters that are over, for both sides; what is late at one end alone is that end's."""
    ends, today = ends_of(user), timezone.localdate()
    if not ends:
        return []
    kinds = [("expired", ends), ("receipt", ends), ("branch", {RECEIVING}), ("pending", {SENDING})]
    mine = Membership.objects.visible_to(user)
    found = []
    for code, whose in kinds:
        if ends & whose:
            count = chasing.chased(mine, code, today).count()
            url = f"{reverse('party:chase')}?{urlencode({'kind': code})}"
            found.append(Tile(chasing.KINDS[code].label, count, url, "人", late=count))
    return found


def _escalated(user):
    """What others have let lie so long that it has moved up to this user; nothing where nothing has."""
    count = escalated_to(user)
    return [Tile("逾期提级到我", count, due_url(view=ESCALATED), "件", late=count)] if count else []


def _rosters(user):
    rows = Roster.objects.open_to(user, Duty.SUBMIT).filter(state__in=UNFINISHED_ROSTERS)
    query = urlencode([("state", state.value) for state in UNFINISHED_ROSTERS])
    return Tile("花名册未完成", rows.count(), f"{reverse('retirees:rosters')}?{query}", "份")


def _this_month(user):
    """The normal phase of this month (一): who retires and stands in no roster, who is entered and not submitted."""
    month = clock.today().replace(day=1)
    coming = ExpectedRetirement.objects.open_to(user, Duty.SUBMIT).in_month(month).entered(False)
    query = urlencode({"month": f"{month:%Y-%m}", "entered": "0"})
    retired = Q(retiree__retired_on__year=month.year, retiree__retired_on__month=month.month)
    drafts = Case.objects.open_to(user, Duty.SUBMIT).filter(retired, state=State.DRAFT, stock=False)
    asked = urlencode({"state": State.DRAFT.value, "stock": "0", "retired": f"{month:%Y-%m}"})
    return [
        Tile("本月预计退休，未登记", coming.count(), f"{reverse('retirees:forecast')}?{query}", "人"),
        Tile("本月新退休，待上报", drafts.count(), f"{reverse(CASES)}?{asked}", "人"),
    ]


def _funding(user):
    """Areas whose money of this year is not in order, for those who keep it."""
    url = reverse("oversight:funding")
    return [
        Tile(kind.label, count, f"{url}?{urlencode({'year': year, 'only': kind.code})}", "个区市")
        for kind, count, year in funding_waiting(user)
    ]


def _baseline(user):
    """应移交人数: who came or went since it was frozen, and nobody has said why."""
    return [Tile(label, count, baseline_list(line), "人") for label, line, count in baseline_waiting(user)]


def _bulletins(user):
    """四(一): drafts that the leading group's office has not issued yet."""
    count = Bulletin.objects.open_to(user, Duty.COORDINATE).drafts().count()
    return Tile("进展情况通报，待印发", count, f"{reverse('oversight:bulletins')}?state=draft", "份")


def _care(user):
    """三(三): what the community owes the people that it looks after, each tile counted by the list's own conditions."""
    mine = care_terms.looked_after().open_to(user, Duty.RECEIVE)
    late = mine.filter(care_terms.confirmed_too_late()).count()
    kinds = (
        ("待年度核实", ~care_terms.confirmed(), {"confirmed": "no"}, late),
        ("待走访", care_terms.to_visit(), {"visit": "1"}, 0),
        ("联系不上，待查找", Q(retiree__survival=Survival.UNREACHABLE), {"survival": Survival.UNREACHABLE.value}, 0),
    )
    care = reverse("handover:care")
    return [
        Tile(label, mine.filter(rows).count(), f"{care}?{urlencode(query)}", "人", late=behind)
        for label, rows, query, behind in kinds
    ]


def _undecided(user):
    """Items that nobody has decided by the table of 二(六) yet."""
    count = OutOfPoolItem.objects.open_to(user, Duty.SUBMIT).filter(treatment=None).count()
    return Tile("统筹外费用待判定", count, f"{reverse('benefits:items')}?state=none", "项")


def overview(user):
    """The headline numbers of everything in the user's reach, each with its list."""
    cases = Case.objects.visible_to(user)
    return [
        Tile(
            FIGURES[code].label,
            FIGURES[code].of(cases).count(),
            f"{reverse(CASES)}?{urlencode({'figure': code})}",
            "人",
        )
        for code in ("due", "submitted", "accepted", "returned", "overdue")
    ]


def _exports(user):
    """Requests of others that wait for this user's answer; one's own files that are there to be fetched."""
    if exports.may_answer(user):
        waiting = exports.to_answer(user).count()
        yield Tile("导出申请，待批准", waiting, f"{reverse('oversight:export_requests')}?state=waiting", "项")
    if ready := Export.objects.visible_to(user).filter(state=ExportState.READY).count():
        yield Tile("导出文件，可下载", ready, f"{reverse('oversight:exports')}?state=ready", "项")
