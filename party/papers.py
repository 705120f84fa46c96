"""The papers about one member's relation: who may make or bring them, and what stands in the letter (domain.md 3.2)."""

from django.db.models import QuerySet

from party.ends import RECEIVING, SENDING
from party.models import Letter, MembershipPaper
from party.models.letters import Way
from party.states import ON_THE_WAY, State
from retirees.codes import PoliticalStatus
from tracks.papers import PaperDesk, PaperKind
from weihai_transfer.lib import bulk, numerals
from weihai_transfer.lib.words import on_paper

AT_ONCE = 5000
Kind = MembershipPaper.Kind
NO_LETTER = "没有有效的介绍信，不能打印。请先开具介绍信。"
ONLINE = "省内网上转接不用纸质介绍信，不能打印。需要纸质的，请作废重开，转接方式选择“纸质介绍信”。"
ARRIVED = "接收党组织已经接收，不再打印介绍信。"
NOT_ARRIVED = "组织关系还没有接收，没有回执可以上传。请等接收党组织接收后再上传。"
NOT_LOST = "此人没有登记失联，不需要查找证明。失联的，请先登记失联时间。"


def _standing(ids):
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Letter).filter(membership__in=chunk, voided_at=None)
        yield from rows.select_related("membership__retiree", "enterprise", "sender", "committee", "addressee")


def letter_to_print(ids):
    """{id: sentence} of those for whom there is no paper letter to print."""
    found = dict.fromkeys(ids, NO_LETTER)
    for letter in _standing(ids):
        if letter.membership.state not in ON_THE_WAY:
            found[letter.membership_id] = ARRIVED
        elif letter.way == Way.ONLINE:
            found[letter.membership_id] = ONLINE
        else:
            del found[letter.membership_id]
    return found


def receipt_to_bring(ids):
    found = dict.fromkeys(ids, NOT_ARRIVED)
    for letter in _standing(ids):
        if letter.arrived_on:
            del found[letter.membership_id]
    return found


def search_to_prove(ids):
    model = MembershipPaper._meta.get_field("membership").related_model
    rows = QuerySet(model).filter(pk__in=ids).values_list("pk", "state", "lost_since")
    return {pk: NOT_LOST for pk, state, since in rows if state != State.UNREACHABLE and not since}


def letter_numbers(ids):
    return {letter.membership_id: letter.number for letter in _standing(ids)}


def letter_contents(ids):
    """{id: what stands in the letter}; all three parts share it."""
    replaced = {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Letter).filter(membership__in=chunk, voided_at__isnull=False).order_by("voided_at")
        replaced.update(rows.values_list("membership", "number"))
    return {one.membership_id: _content(one, replaced.get(one.membership_id, "")) for one in _standing(ids)}


def _content(letter, replaced):
    person, sender = letter.membership.retiree, letter.sender
    to = letter.to_words
    return {
        "name": person.name,
        "sex": person.get_sex_display(),
        "id_number": person.id_number,
        "ethnic_group": person.get_ethnic_group_display(),
        "born_on": on_paper(person.born_on) if person.born_on else "",
        "retired_on": on_paper(person.retired_on) if person.retired_on else "",
        "phone": person.phone,
        "member_phone": person.phone,
        "age": str(person.age or ""),
        "probationary": person.political_status == PoliticalStatus.PROBATIONARY,
        "addressee": to,
        "from_organisation": person.party_branch or (sender.name if sender else f"{letter.enterprise.name}党组织"),
        "to_organisation": to,
        "dues_until": numerals.year_month(letter.dues_paid_until),
        "valid_days": numerals.capital(letter.valid_days),
        "issued_on": on_paper(letter.issued_on),
        "valid_until": on_paper(letter.valid_until),
        "sender": sender.name if sender else f"{letter.enterprise.name}党组织",
        "sender_address": (sender and sender.address) or letter.enterprise.address,
        "sender_phone": (sender and sender.phone) or letter.enterprise.phone,
        "sender_fax": sender.fax if sender else "",
        "sender_postcode": sender.postcode if sender else "",
        "replaces": replaced,
    }


PAPERS = PaperDesk(
    name="membership",
    app="party",
    track="membership",
    model=MembershipPaper,
    page="party:membership",
    kinds=(
        PaperKind(
            code=Kind.LETTER,
            duties=(SENDING,),
            template="letter-1",
            content=letter_contents,
            check=letter_to_print,
            number=letter_numbers,
        ),
        PaperKind(code=Kind.BROUGHT, duties=(SENDING, RECEIVING)),
        PaperKind(code=Kind.RECEIPT, duties=(SENDING,), check=receipt_to_bring),
        PaperKind(code=Kind.SEARCH, duties=(SENDING, RECEIVING), check=search_to_prove),
    ),
)
