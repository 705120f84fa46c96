"""Into which branch: one of the tree of the receiving organisation, or a new one, made in the same act."""

from django.db.models import QuerySet

from party.models import Letter, Membership, PartyOrganisation
from party.models.organisations import OrganisationKind
from party.organisations import keeping
from party.organisations.nearest import committees_at
from weihai_transfer.lib import bulk
from weihai_transfer.lib.refusals import Refused

AT_ONCE = 5000
NO_BRANCH = "没有选择党支部，没有办理。请选择编入的党支部，或填写新建党支部的名称。"
ELSEWHERE = "所选党支部不属于此人的转入党组织。请另选党支部，或分开办理。"


def checked(values):
    """`branch` is an organisation or the name of one that may still have to be made."""
    branch = values.get("branch") or values.get("new_branch", "").strip()
    if isinstance(branch, str):
        branch = branch.strip()
    if not branch:
        raise Refused(NO_BRANCH)
    if isinstance(branch, PartyOrganisation):
        # As it is now, not as somebody held it.
        branch = QuerySet(PartyOrganisation).select_related("office").get(pk=branch.pk)
    if isinstance(branch, PartyOrganisation) and (branch.kind != OrganisationKind.BRANCH or not branch.active):
        raise Refused(f"{branch}不是在用的党支部，没有办理。请重新选择。")
    return branch


def elsewhere(ids, branch):
    """Those of `ids` who were not sent to the organisation that this branch belongs to."""
    if isinstance(branch, str):
        return []
    found = []
    for chunk in bulk.chunks(ids, AT_ONCE):
        letters = QuerySet(Letter).filter(membership__in=chunk, voided_at=None, committee__isnull=False)
        committees = dict(letters.values_list("membership", "committee__path"))
        for pk, path in QuerySet(Membership).filter(pk__in=chunk).values_list("pk", "office__path"):
            below = branch.office and path and branch.office.path.startswith(path)
            if not below and not (pk in committees and branch.path.startswith(committees[pk])):
                found.append(pk)
    return found


def columns(act, ids, branch, placed_on):
    """{id: what placement sets}; a branch that is only named is found or made at each receiving office."""
    if not isinstance(branch, str):
        return dict.fromkeys(ids, {"branch": branch, "branch_name": branch.name, "placed_on": placed_on})
    office_of, made = {}, {}
    for chunk in bulk.chunks(ids, AT_ONCE):
        rows = QuerySet(Membership).filter(pk__in=chunk).select_related("office").only("pk", "office")
        office_of.update({row.pk: row.office for row in rows})
    for office in dict.fromkeys(office_of.values()):
        one = found_or_made(act, office, branch)
        made[office.pk] = {"branch": one, "branch_name": one.name, "placed_on": placed_on}
    return {pk: made[office.pk] for pk, office in office_of.items()}


def found_or_made(act, office, name):
    branches = QuerySet(PartyOrganisation).filter(kind=OrganisationKind.BRANCH, name=name, active=True)
    known = branches.filter(office__path__startswith=office.path).order_by("path").first()
    if known:
        return known
    committee = committees_at([office]).get(office.pk)
    return keeping.insert(act, name=name, kind=OrganisationKind.BRANCH, parent=committee, office=office)
