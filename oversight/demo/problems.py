"""Problems of the demo city, one in each situation, and a notice to whoever is late."""

from datetime import timedelta

from accounts.models import Office
from handover import deadlines
from handover.models import Case
from handover.services import notices, problems
from handover.states.cases import State
from oversight.demo.cast import ENTERPRISES, HOME_STREET, home_community

# title, kind, what was written, how far it went
TOLD = (
    (
        "人户分离，登记地址无人居住",
        "lives_elsewhere",
        "走访三次未遇，邻居反映已随子女到外地居住（示例）。",
        ("assign", "answer", "settle"),
    ),
    ("缺少退休审批表", "dossier_papers", "档案中没有退休审批表，本人急需办理待遇核定（示例）。", ("assign", "answer")),
    ("社区只有一名专职人员", "staff", "辖区退休人员增加，走访力量不足（示例）。", ("assign",)),
    ("原企业联系人更换后无人答复", "enterprise", "多次联系未果，请协调（示例）。", ("assign", "answer", "escalate")),
    ("独居老人取暖补贴没有到账", "benefits", "本人多次反映（示例）。", ()),
)
ANSWER = "已会同有关单位核实，处理意见已告知提出单位（示例）。"


def tell(story):
    street = Office.objects.get(code=HOME_STREET)
    clerk, city = story.clerks.of("street", street), story.clerks.of("sasac", Office.objects.get(code="371000"))
    bureau = Office.objects.get(code="MZJ")
    unit = story.clerks.of("member", bureau)
    people = list(Case.objects.filter(office=street, state=State.CONTACTED).select_related("retiree").order_by("pk"))
    for at, (title, kind, text, steps) in enumerate(TOLD):
        about = {"retiree": people[at].retiree, "about": "case"} if at < len(people) else None
        with story.on(20 - at):
            row = problems.raise_problem(title=title, kind=kind, text=text, subject=about, actor=clerk)
        for days, step in zip((15, 8, 5), steps, strict=False):
            with story.on(days - at // 2):
                who = unit if step == "answer" else clerk if step == "settle" else city
                values = {"to": bureau, "text": ANSWER}
                reason = "涉及多个部门，提请研究（示例）。" if step == "escalate" else ""
                problems.take(step, [row.pk], actor=who, values=values, reason=reason)
    _press(story, city)
    with story.on(1):
        problems.raise_problem(
            title="辖区没有活动场所",
            kind="assets",
            text="原企业活动室没有随人员移交（示例）。",
            actor=story.clerks.of("community", home_community()),
        )


def _press(story, city):
    """Everybody overdue of the first enterprise and its subsidiaries: one notice for each side whose turn it is."""
    with story.on(2):
        cases = Case.objects.filter(enterprise__path__startswith=f"{ENTERPRISES[0][0]}/")
        late = list(deadlines.overdue(cases).order_by("pk").values_list("pk", flat=True))
        day = story.today + timedelta(days=10)
        notices.issue_for_overdue(
            late,
            title="督办逾期的移交事项",
            text="附后人员的移交事项已经逾期，请在期限内办理并答复（示例）。",
            due_on=day,
            actor=city,
        )
