"""Asking for a relocation, answering it, and what follows from it on the person's case.

The other tracks find their own way: a dossier that was not sent yet goes to the archive of the new area, and a letter
that was not issued yet to the new street, because both look at the case when they are sent. What is on its way or has
arrived stays where it is.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import OfficeKind
from audit.operations import operation
from handover.models import Case, Relocation
from handover.services import moves
from handover.services.cases import follow_case
from handover.services.effects import RECEIVERS
from handover.states.cases import RECEIVED
from handover.states.relocations import MACHINE, OPEN, State
from retirees import correcting
from retirees.codes import Survival
from retirees.models import Retiree
from tracks import advancing
from tracks.taking import as_ids, carry_out, check_reason
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.sealing import blind_index

NOT_RECEIVED = "此人还没有接收，或已由其他单位管理，不能申请属地变更。请核对人员现状。"
NOT_FOUND = (
    "没有找到证件号码和姓名都相符、且已由其他镇（街道）、社区接收的人员。请核对号码和姓名；尚未接收的人员请由企业移交。"
)


def ask_to_leave(retiree, to_office, *, actor, address="", note="", key=None):
    """The office that has the person asks another one to take him over; returns the Relocation."""
    _refuse_office(to_office)
    with operation("relocation.ask", actor=actor, reason=note.strip(), key=key) as act:
        case = _locked(retiree.pk)
        if not Case.objects.filter(pk=case.pk).open_to(actor, Duty.RECEIVE).exists():
            if Case.objects.filter(pk=case.pk).visible_to(actor).exists():
                raise PermissionDenied
            raise Refused(advancing.UNSEEN)
        return _insert(act, case, to_office, State.ASKED_BY_OLD, address, note)


def ask_to_come(id_number, name, to_office, *, actor, address="", note="", key=None):
    """A new office asks for a person by number and name; whose he is now, it is not told. Returns the Relocation."""
    _refuse_office(to_office)
    with operation("relocation.request", actor=actor, reason=note.strip(), key=key) as act:
        index = blind_index("id", id_number.strip().upper())
        same = QuerySet(Case).filter(retiree__id_index=index, retiree__name=name.strip(), state__in=RECEIVED)
        found = same.exclude(office=None).values_list("pk", flat=True).first()
        if found is None:
            raise Refused(NOT_FOUND)
        return _insert(act, _locked(found), to_office, State.ASKED_BY_NEW, address, note)


def _refuse_office(office):
    if office.kind not in RECEIVERS or not office.active:
        raise Refused("所选单位不是在用的镇（街道）或社区，没有申请。请重新选择新单位。")


def _locked(pk):
    advancing.lock_rows(Case, [pk])
    return Case.objects.select_related("retiree", "office").get(pk=pk)


def _insert(act, case, to_office, state, address, note):
    if case.state not in RECEIVED or case.office is None:
        raise Refused(NOT_RECEIVED)
    if case.retiree.survival == Survival.DECEASED:
        raise Refused("此人登记为已去世，不能申请属地变更。请核对人员信息。")
    if to_office.pk == case.office_id:
        raise Refused(f"此人已由{to_office}管理，不需要变更。请核对新单位。")
    if QuerySet(Relocation).filter(retiree=case.pk, state__in=OPEN).exists():
        raise Refused("此人已有尚未答复的属地变更申请，没有重复申请。请等待答复，或先撤回原申请。")
    row = Relocation(
        retiree_id=case.pk,
        enterprise_id=case.enterprise_id,
        office=case.office,
        to_office=to_office,
        seen_by=to_office,
        state=state,
        state_since=act.operation.at,
        note=note.strip(),
    )
    # A sealed value is bound to the row's id, which the constructor sets after the fields that it is given.
    row.address = address.strip()
    return act.insert([row])[0]


def preview(step_name, ids, *, actor):
    return advancing.may_move(Relocation, step_name, as_ids(ids), actor=actor)


def take(step_name, ids, *, actor, reason_code="", reason="", key=None, community=None):
    """Take a step with every relocation of `ids` that may take it; `community` places whom `accept` takes in at once."""
    step, ids = MACHINE[step_name], as_ids(ids)
    check_reason(step, reason_code, reason)
    # Whoever declined a person keeps the record of his act, not sight of the person.
    leaving = {"seen_by": None} if step.name in ("decline", "recall") else {}

    def work(act):
        people = list(QuerySet(Relocation).filter(pk__in=ids).values_list("retiree", flat=True))
        advancing.lock_rows(Case, people)
        outcome = advancing.advance(act, Relocation, step.name, ids, actor=actor, values=leaving)
        if step.target == State.DONE:
            _move_people(act, outcome.moved, community)
        return outcome

    kind = f"relocation.{step.name}"
    return carry_out(kind, work, actor=actor, reason_code=reason_code, reason=reason.strip(), key=key)


def _move_people(act, ids, community):
    """The case and the person go to the new office, and the address that was given becomes his."""
    rows = list(QuerySet(Relocation).filter(pk__in=ids).select_related("office__parent", "to_office__parent"))
    areas = list(Office.objects.filter(kind=OfficeKind.AREA))
    places = {}
    for row in rows:
        office = _placed(row.to_office, community)
        area = next(one for one in areas if office.path.startswith(one.path))
        places[row.retiree_id] = {"office": office, "area": area}
    act.change_each(Case, places)
    follow_case(act, list(places))
    moves.tell_of_relocations(act, rows, {pk: place["office"] for pk, place in places.items()})
    for row in rows:
        if row.address:
            person = Retiree.objects.get(pk=row.retiree_id)
            version = correcting.version_of(person)
            correcting.write(act, person.pk, {"residence_address": row.address}, version=version)


def _placed(office, community):
    if community is None:
        return office
    if community.kind != OfficeKind.COMMUNITY or not community.path.startswith(office.path) or not community.active:
        raise Refused(f"{community}不是{office}所属的在用社区，没有办理。请选择本镇（街道）的社区。")
    return community
