"""The party relations of the demo city, behind the people at their own pace; the dossiers are in shipments.py."""

from collections import defaultdict

import party.services
from accounts.models import Office
from handover.models import Case
from oversight.demo.shipments import Shipments
from party.models import Membership
from party.states import State as MembershipState

BRANCH = "退休党员第一党支部（示例）"


class Tracks:
    """`fates`: {person id: fate}; a completed person's tracks are all at their end, the others' anywhere."""

    def __init__(self, story):
        self.story = story
        self.dice = story.dice

    def tell(self, enterprise, hr, fates):
        received = list(
            Case.objects.filter(enterprise=enterprise, state__in=("accepted", "contacted")).values_list("pk", flat=True)
        )
        going = [pk for pk in received if self._goes_on(fates, pk, 0.7)]
        Shipments(self.story).tell(enterprise, hr, going, {pk for pk in going if fates[pk] == "completed"})
        self._members([pk for pk in received if self._goes_on(fates, pk, 0.75)], fates, enterprise)

    def _goes_on(self, fates, pk, share):
        return fates[pk] == "completed" or self.dice.random() < share

    def _members(self, ids, fates, enterprise):
        cadre = self.story.clerks.of("soe_party", enterprise)
        members = list(
            Membership.objects.filter(pk__in=ids, state=MembershipState.PENDING).values_list("pk", flat=True)
        )
        if not members:
            return
        with self.story.on(10) as moment:
            party.services.issue_letters(
                members,
                actor=cadre,
                start_number=f"{enterprise.code}-2026-0001",
                way="online",
                issued_on=moment.date(),
                valid_days=90,
            )
        for office, pks in self._by_office(Membership, members, MembershipState.ISSUED).items():
            if office.kind != "street":
                continue
            receiver = self.story.clerks.of("street_party", office)
            with self.story.on(5):
                arrived = [pk for pk in pks if self._goes_on(fates, pk, 0.6)]
                party.services.arrive(arrived, actor=receiver)
            with self.story.on(3):
                placed = [pk for pk in arrived if self._goes_on(fates, pk, 0.7)]
                party.services.place(placed, actor=receiver, branch=f"{office}{BRANCH}")

    def _by_office(self, model, ids, state):
        found = defaultdict(list)
        for pk, office in model.objects.filter(pk__in=ids, state=state).values_list("pk", "office"):
            found[office].append(pk)
        offices = Office.objects.in_bulk(found)
        return {offices[key]: pks for key, pks in found.items()}
