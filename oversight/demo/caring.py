"""The community's service in the demo city: confirmed, visited, missed and found, an activity each month."""

from accounts.models import Office
from handover.community import terms
from handover.services import care
from oversight.demo.cast import HOME_STREET

ACTIVITIES = (
    (40, "重阳节慰问座谈（示例）", "festival", 42),
    (25, "健康体检（示例）", "health", 67),
    (10, "书法活动（示例）", "culture", 18),
)


def tell(story):
    """At the street of the demo accounts and below it."""
    home = Office.objects.get(code=HOME_STREET)
    clerk = story.clerks.of("street", home)
    with story.on(12) as moment:
        before = moment
    # Who moved has his own story, which is told already.
    settled = {"accepted_at__lt": before, "retiree__relocations": None}
    rows = terms.looked_after().filter(office__path__startswith=home.path, **settled)
    people = list(rows.order_by("pk").values_list("pk", flat=True))
    with story.on(9) as moment:
        given = {"on": moment.date(), "way": "visit", "result": "alive", "contact": "correct"}
        care.confirm(people[::2], actor=clerk, given=given)
    with story.on(7) as moment:
        missed = {"on": moment.date(), "way": "visit", "result": "unreachable", "note": "两次上门无人应答（示例）。"}
        care.confirm(people[1:6:4], actor=clerk, given=missed)
    with story.on(6) as moment:
        care.check(people[::3], actor=clerk, given={"on": moment.date(), "way": "face", "result": "passed"})
    with story.on(5) as moment:
        visit = {"on": moment.date(), "kind": "visit", "text": "身体尚好，家中取暖正常（示例）。"}
        care.serve(people[::4], actor=clerk, given=visit)
    with story.on(4) as moment:
        festival = {"on": moment.date(), "kind": "festival", "text": "送米面油（示例）。"}
        care.serve(people[::5], actor=clerk, given=festival)
    for days, title, kind, participants in ACTIVITIES:
        with story.on(days) as moment:
            given = {"on": moment.date(), "title": title, "kind": kind, "participants": participants}
            care.record_activity(home, actor=clerk, place="街道活动室（示例）", **given)
