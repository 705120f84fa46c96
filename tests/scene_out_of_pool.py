"""Out-of-pool money in the scene (二(六)).

安 (mill) is vulnerable: what she is paid stays, and the competent body was asked. 于 (dyeworks) retired after the
transition: his heating money is paid once, the sum is reckoned and lies ready to be signed. The mill and the port have
a tapering plan each, the mill's group 安's item as what it paid before the document.
"""

import uuid
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Enterprise
from audit.operations import operation
from benefits.models import Settlement, SettlementPaper, Treatment, TreatmentPaper
from benefits.papers import SETTLEMENT_PAPERS, TREATMENT_PAPERS
from benefits.services import deciding, expectancy, items, plans, settling, steps
from retirees.models import Retiree
from tracks import papers
from weihai_transfer.lib import clock


def build(step):
    """What Scene.money holds, by kind and by name; `step` is tests.scene_steps.Steps."""
    town, people, found = step.town, step.people, step.found
    hr = people["mill_hr"]
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.change(Enterprise, [town.mill.pk], supervisor=town.sasac_bureau)
        act.change(Retiree, [found["安"].pk], special_groups=["work_injury"])
    expectancy.set_expectancy(date(2020, 1, 1), Decimal(81), 2019, "示例统计公报", actor=people["sysadmin"])
    entered = {name: _item(found[name], name, hr) for name in "安于"}
    planned = {"安": _plan(town.mill, "安", hr), "崔": _plan(town.port, "崔", people["port_hr"])}
    step.acts |= {"money": uuid.uuid4(), "sum": uuid.uuid4()}
    ids = [one.pk for one in entered.values()]
    assert len(deciding.decide(ids, actor=hr, key=step.acts["money"]).moved) == 2
    assert steps.take("ask_approval", [entered["安"].pk], actor=hr).moved
    given = {"settled_on": clock.today(), "actor": hr, "key": step.acts["sum"]}
    assert settling.settle([found["于"].pk], **given).moved
    assert steps.take("offer", [entered["于"].pk], actor=hr).moved
    step.acts["sum_paper"] = uuid.uuid4()
    reckoned = papers.make(
        SETTLEMENT_PAPERS,
        SettlementPaper.Kind.RECKONING,
        [Settlement.objects.get().pk],
        actor=hr,
        key=step.acts["sum_paper"],
    )
    opinion = papers.bring(
        TREATMENT_PAPERS,
        TreatmentPaper.Kind.OPINION,
        Treatment.objects.get(pk=entered["安"].pk),
        SimpleUploadedFile("示例安字保留意见.pdf", b"%PDF-1.4 \xe7\xa4\xba %%EOF"),
        actor=hr,
    )
    return {
        "settlement_papers": {"于": SettlementPaper.objects.get(pk=reckoned.papers[0])},
        "treatment_papers": {"安": opinion},
        "items": entered,
        "treatments": {name: Treatment.objects.get(pk=one.pk) for name, one in entered.items()},
        "settlements": {"于": Settlement.objects.get()},
        "plans": planned,
    }


def _item(person, name, hr):
    return items.add(
        person,
        kind="heating",
        rate=Decimal("1231.00") if name == "安" else Decimal("1232.00"),
        period="season",
        since=date(2018, 11, 1) if name == "安" else date(2024, 11, 1),
        basis=f"示例{name}字发放依据",
        payer=f"示例{name}字发放渠道",
        actor=hr,
    )


def _plan(enterprise, name, hr):
    return plans.set_plan(
        enterprise,
        first_day=date(2021, 1, 1),
        years=3,
        percents=[Decimal(75), Decimal(50), Decimal(25)],
        document=f"示例{name}字过渡方案",
        actor=hr,
    )


def canaries(name):
    yield "benefits.OutOfPoolItem", name, [f"示例{name}字发放依据", f"示例{name}字发放渠道"]
    yield "benefits.TreatmentPaper", name, [f"示例{name}字保留意见.pdf"]
    if name == "崔":
        # The mill's plan is told wherever it decided: to its subsidiary, and to the competent body.
        yield "benefits.TaperingPlan", name, [f"示例{name}字过渡方案"]
