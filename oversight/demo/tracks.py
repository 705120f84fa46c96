"""The party relations of the demo city, behind the people at their own pace; the dossiers are in shipments.py."""

from collections import defaultdict
from datetime import timedelta

import party.services
from accounts.models import Office
from handover.models import Case
from oversight.demo.shipments import Shipments
from party.models import Membership, PartyOrganisation
from party.states import State as MembershipState

# Every third letter goes on paper; of those some are void again, some are late.
PAPER = 3


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
        self._members_outside([pk for pk, fate in fates.items() if fate == "outside"], enterprise)

    def _goes_on(self, fates, pk, share):
        return fates[pk] == "completed" or self.dice.random() < share

    def _members(self, ids, fates, enterprise):
        cadre = self.story.clerks.of("soe_party", enterprise)
        members = list(
            Membership.objects.filter(pk__in=ids, state=MembershipState.PENDING).values_list("pk", flat=True)
        )
        if not members:
            return
        self._lose(members, cadre)
        self._issue(members, cadre, enterprise)
        for office, pks in self._by_office(Membership, members, MembershipState.ISSUED).items():
            if office.kind != "street":
                continue
            receiver = self.story.clerks.of("street_party", office)
            with self.story.on(5):
                arrived = [pk for pk in pks if self._goes_on(fates, pk, 0.6)]
                party.services.arrive(arrived, actor=receiver)
            with self.story.on(3):
                placed = [pk for pk in arrived if self._goes_on(fates, pk, 0.7)]
                self._place(placed, office, receiver)
        with self.story.on(1):
            party.services.record_receipts(
                [pk for pk in members if self._goes_on(fates, pk, 0.5)], actor=cadre, handler="示例经办"
            )

    def _members_outside(self, ids, enterprise):
        rows = Membership.objects.filter(pk__in=ids, enterprise=enterprise, state=MembershipState.PENDING)
        members, cadre = list(rows.values_list("pk", flat=True)), self.story.clerks.of("soe_party", enterprise)
        with self.story.on(20) as moment:
            party.services.issue_outside(
                members,
                actor=cadre,
                outside="中共烟台市芝罘区示例街道工作委员会",
                start_number=f"{enterprise.code}-2026-5001",
                way="paper",
                issued_on=moment.date(),
                valid_days=90,
            )
        with self.story.on(4) as moment:
            values = {"arrived_on": moment.date(), "receipt_on": moment.date(), "receipt_handler": "示例经办"}
            party.services.take("confirm_outside", members[::2], actor=cadre, values=values)

    def _lose(self, members, cadre):
        """One in forty cannot be reached; somebody went there."""
        lost = members[7::40]
        since = self.story.today - timedelta(days=self.dice.choice((40, 200)))
        with self.story.on(10):
            values = {"lost_since": since}
            gone = party.services.take("lose", lost, actor=cadre, reason="登记电话停机（示例）", values=values).moved
        with self.story.on(8):
            for one in Membership.objects.filter(pk__in=gone):
                party.services.record_search(
                    one,
                    searched_on=self.story.today - timedelta(days=12),
                    way="visit",
                    note="走访未遇（示例）",
                    actor=cadre,
                )

    def _issue(self, members, cadre, enterprise):
        """Most letters of late go online, some on paper; a few paper letters of long ago are nearly over, or over."""
        old, paper, online = members[::11], members[1::PAPER], members[2::PAPER]
        paper = [pk for pk in paper if pk not in old]
        online = [pk for pk in [*online, *members[::PAPER]] if pk not in old]
        letter = {"actor": cadre, "valid_days": 90}
        code = enterprise.code
        with self.story.on(28) as moment:
            party.services.issue_letters(
                old,
                start_number=f"{code}-2026-0001",
                way="paper",
                issued_on=moment.date(),
                **{**letter, "valid_days": 30},
            )
        with self.story.on(10) as moment:
            party.services.issue_letters(
                paper, start_number=f"{code}-2026-1001", way="paper", issued_on=moment.date(), **letter
            )
            party.services.issue_letters(
                online,
                start_number=f"{code}-2026-3001",
                way="online",
                reference=f"DT{code[-2:]}202600001",
                issued_on=moment.date(),
                **letter,
            )
        with self.story.on(6) as moment:
            party.services.void_and_reissue(
                paper[:2],
                reason_code="lost",
                start_number=f"{code}-2026-2001",
                way="paper",
                issued_on=moment.date(),
                **letter,
            )

    def _place(self, members, office, receiver):
        """Into the branches of the street, in turn."""
        branches = list(PartyOrganisation.objects.filter(office__path__startswith=office.path, kind="branch"))
        for at, branch in enumerate(branches):
            party.services.place(members[at :: len(branches)], actor=receiver, branch=branch)

    def _by_office(self, model, ids, state):
        found = defaultdict(list)
        for pk, office in model.objects.filter(pk__in=ids, state=state).values_list("pk", "office"):
            found[office].append(pk)
        offices = Office.objects.in_bulk(found)
        return {offices[key]: pks for key, pks in found.items()}
