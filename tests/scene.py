"""One scene for the tables of policy: every kind of scoped row, in five people of two enterprises and a subsidiary.

安 (mill) waits at 竹岛街道; her dossier is on its way to 环翠区's archive and her party relation to 怡园街道: three
        offices of which none may see the other two.
白 (mill) is a draft that was once on its way outside the city, with a receipt from there; the dossier is ready, with a
        missing paper, and said to be a leader's.
崔 (port) lies with the area 环翠区; the party relation alone is on its way to 竹岛街道. The port has asked 环翠区's archive
        for a filing fee.
丁 (port) was accepted in 鲸园街道 and died there, when 怡园街道 had been asked to take him over; the dossier went to 高区's archive.
于 (dyeworks, a subsidiary of the mill) is a draft.
安, 崔 and 于 are not insured locally: 安's insurance was proposed to 环翠区. The mill's supplementary plan covers 安.
The mill has signed an agreement with 环翠区 that covers 安, who is of the stock; one with 高区 (白's) is a draft. That of
        the port with 环翠区 (崔's) lies with the area.
What is paid beside the pension: tests/scene_out_of_pool.py.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Holiday, OfficeAlias
from archives.models import (
    CatalogueScheme,
    Dossier,
    DossierPaper,
    FeePaper,
    FilingFee,
    LeaderFinding,
    Material,
    MissingPaper,
    Shipment,
    ShipmentPaper,
)
from audit.operations import operation
from benefits.models import (
    MedicalPaper,
    MedicalTransfer,
    OutOfPoolItem,
    Settlement,
    SettlementPaper,
    SupplementaryCover,
    SupplementaryLevel,
    SupplementaryPaper,
    SupplementaryPlan,
    TaperingPlan,
    Treatment,
    TreatmentPaper,
)
from handover.models import (
    Activity,
    Agreement,
    AgreementPaper,
    AgreementPerson,
    AgreementRound,
    Asset,
    Batch,
    BatchPaper,
    BulkSelection,
    Case,
    CasePaper,
    Confirmation,
    DeathNotice,
    EligibilityCheck,
    MoveNotice,
    Notice,
    NoticePerson,
    Problem,
    ProblemAnswer,
    Relocation,
    ServiceRecord,
)
from handover.services import record_death
from oversight.exports import asking as exporting
from oversight.models import (
    Baseline,
    BaselineChange,
    BaselinePerson,
    Bulletin,
    ChangedPerson,
    Digest,
    DuePerson,
    Export,
    FundedPerson,
    FundingBudget,
    FundingPayment,
)
from party.models import Letter, Membership, MembershipPaper, PartyOrganisation, SearchRecord, VoidNotice
from retirees.models import ExpectedRetirement, Retiree, Roster, RosterRow
from retirees.roster import checking, uploading
from tests import scene_out_of_pool
from tests.cast import ORGANISATIONS, id_number
from tests.retirees.pages.workbooks import person, workbook
from tests.scene_steps import Steps

NAMES = "安白崔丁于"
ENTERPRISE_OF = {"安": "mill", "白": "mill", "崔": "port", "丁": "port", "于": "dyeworks"}
# Of the rows of 安's roster, who are nobody's people yet.
STAGED = ("单示例", "仇示例")
STAGED_SERIAL = 700


def facts_of(name):
    """Words that belong to one person and stand nowhere else."""
    return {
        "political_status": "01",
        "dossier_volumes": 2,
        "party_branch": f"示例{name}字党支部",
        "dues_paid_until": date(2026, 6, 30),
        "former_unit": f"示例{name}字车间",
        "post": f"示例{name}字岗位",
        "contact_name": f"示例{name}字联系人",
        "contact_phone": f"1390631{ord(name) % 10000:04}",
        "remark": f"示例{name}字备注",
        "health": f"示例{name}字病史",
        "residence_address": f"山东省威海市环翠区竹岛街道示例{name}字小区1号楼",
        **({"retired_on": date(2018, 5, 31)} if name == "安" else {}),
        **({"medical_local": False} if name in "安崔于" else {}),
    }


@dataclass
class Scene:
    """people: {name: Retiree}, and the other rows by the name of the person (rosters: by the name on the file)."""

    people: dict
    batches: dict
    letters: dict
    rosters: dict
    papers: dict
    batch_papers: dict
    shipments: dict
    # Rows about dossiers by kind: {"material": {"安": Material}, …}
    archives: dict
    selections: dict
    deaths: dict
    relocations: dict
    moves: dict
    agreements: dict
    assets: dict
    agreement_papers: dict
    notices: dict
    problems: dict
    expected: dict
    pressed: dict
    member_papers: dict
    # Rows of 二(五) about 安: {"paper": MedicalPaper, "plan": …, "cover": …, "plan_paper": …}
    medical: dict
    # The keys of acts: mill_hr with 白's dossier and with papers about 安, mill_party with 安's membership and letter,
    # group with 安's agreement.
    acts: dict
    # Service funding: a budget and a payment of 环翠区, by the name 安.
    funding: dict
    # Exports: what mill_hr has asked for and nobody has answered yet.
    exports: dict
    # A change of the baseline about 白: {"change": BaselineChange}.
    baseline: dict
    # 进展情况通报: 安 a draft, 白 issued.
    bulletins: dict
    reference: dict
    # Out-of-pool money by kind: {"items": {"安": OutOfPoolItem, …}, …}
    money: dict

    def names_in(self, rows):
        """The people's names of a query set of any scoped model, in the order of NAMES."""
        found = {NAME_OF[rows.model](self, row) for row in rows}
        return "".join(name for name in NAMES if name in found)


IN_THE_CLEAR = {"masked": False, "reason": "示例用途"}


def _named(row):
    return row.name[0]


def _of_case(row):
    return row.retiree.name[0]


# Whose name stands for a party organisation: somebody of the same place.
ORGANISATION_OF = {"mill_committee": "安", "port_committee": "丁", "zhudao_committee": "崔", "zhudao_branch": "崔"}


def _of_organisation(scene, row):
    return ORGANISATION_OF[next(name for name, said in ORGANISATIONS.items() if said[2] == row.name)]


def _by_key(kind):
    return lambda scene, row: next(name for name, one in getattr(scene, kind).items() if one.pk == row.pk)


def _of_agreement(scene, row):
    return NAME_OF[Agreement](scene, row.agreement)


NAME_OF = {
    Retiree: lambda scene, row: _named(row),
    Case: lambda scene, row: _of_case(row),
    Dossier: lambda scene, row: _of_case(row),
    Membership: lambda scene, row: _of_case(row),
    DeathNotice: lambda scene, row: _of_case(row),
    Relocation: lambda scene, row: _of_case(row),
    # 三(三)
    **dict.fromkeys((Confirmation, EligibilityCheck, MoveNotice, ServiceRecord), lambda scene, row: _of_case(row)),
    Activity: lambda scene, row: "丁",
    ExpectedRetirement: _by_key("expected"),
    Problem: lambda scene, row: _of_case(row),
    ProblemAnswer: lambda scene, row: _of_case(row.problem),
    Notice: _by_key("pressed"),
    NoticePerson: lambda scene, row: _of_case(row),
    Letter: lambda scene, row: _of_case(row.membership),
    MembershipPaper: lambda scene, row: _of_case(row.membership),
    SearchRecord: lambda scene, row: _of_case(row.membership),
    VoidNotice: lambda scene, row: _of_case(row.letter.membership),
    PartyOrganisation: _of_organisation,
    CasePaper: lambda scene, row: _of_case(row.case),
    BatchPaper: _by_key("batch_papers"),
    Batch: _by_key("batches"),
    Roster: _by_key("rosters"),
    Shipment: _by_key("shipments"),
    ShipmentPaper: lambda scene, row: NAME_OF[Shipment](scene, row.shipment),
    FilingFee: lambda scene, row: "崔",
    FeePaper: lambda scene, row: "崔",
    **dict.fromkeys((DossierPaper, LeaderFinding, Material, MissingPaper), lambda scene, row: _of_case(row.dossier)),
    # 二(五)
    MedicalTransfer: lambda scene, row: _of_case(row),
    SupplementaryCover: lambda scene, row: _of_case(row),
    MedicalPaper: lambda scene, row: _of_case(row.transfer),
    **dict.fromkeys((SupplementaryPlan, SupplementaryLevel, SupplementaryPaper), lambda scene, row: "安"),
    BulkSelection: _by_key("selections"),
    **dict.fromkeys((OutOfPoolItem, Settlement, Treatment), lambda scene, row: _of_case(row)),
    SettlementPaper: lambda scene, row: _of_case(row.settlement),
    TreatmentPaper: lambda scene, row: _of_case(row.treatment),
    TaperingPlan: lambda scene, row: next(name for name, one in scene.money["plans"].items() if one.pk == row.pk),
    Agreement: _by_key("agreements"),
    AgreementRound: lambda scene, row: _of_agreement(scene, row),
    AgreementPaper: lambda scene, row: _of_agreement(scene, row),
    Asset: lambda scene, row: _of_agreement(scene, row),
    AgreementPerson: lambda scene, row: _of_case(row),
    # Service funding
    FundedPerson: lambda scene, row: _of_case(row),
    Export: _by_key("exports"),
    Digest: lambda scene, row: "安",
    **dict.fromkeys((FundingBudget, FundingPayment), lambda scene, row: "安"),
    # 应移交人数: 安 alone is of the stock; 白 stands for the change that names her.
    Baseline: lambda scene, row: "安",
    BaselineChange: lambda scene, row: "白",
    **dict.fromkeys((BaselinePerson, ChangedPerson), lambda scene, row: _of_case(row.case)),
    DuePerson: lambda scene, row: _of_case(row),
    Bulletin: _by_key("bulletins"),
}


def build(town, people, make_person, folder):
    """Everything through the services that people use, by the people who would."""
    found = {name: make_person(getattr(town, ENTERPRISE_OF[name]), f"{name}示例", **facts_of(name)) for name in NAMES}
    step = Steps(town, people, found)
    step.cases()
    moves = step.community()
    signed = step.agreements()
    step.dossiers()
    step.memberships()
    step.medical_insurance()
    money = scene_out_of_pool.build(step)
    deaths = {"丁": record_death(found["丁"], date(2024, 8, 1), actor=people["jingyuan_clerk"], reason="示例家属告知")}
    problems, pressed = step.problems()
    for one in found.values():
        one.refresh_from_db()
    due = {"label": "待上报", "unit": "人", "count": 1, "late": False, "url": "/due/"}
    Digest.objects.create(
        user=people["mill_hr"], day=timezone.localdate() - timedelta(days=1), lines=[due], made_at=timezone.now()
    )
    selection = BulkSelection.objects.create(
        user=people["mill_hr"], post=people["mill_hr"].post.key, step="withdraw", ids=[str(found["安"].pk)]
    )
    return Scene(
        people=found,
        batches={name: Case.objects.get(pk=found[name].pk).batch for name in "安崔丁"},
        letters={
            row.membership.retiree.name[0]: row
            for row in Letter.objects.standing().select_related("membership__retiree")
        },
        rosters=rosters(town, people, folder),
        papers={row.case.retiree.name[0]: row for row in CasePaper.objects.select_related("case__retiree")},
        batch_papers={"安": BatchPaper.objects.get()},
        shipments={"安": Shipment.objects.get(enterprise=town.mill), "丁": Shipment.objects.get(enterprise=town.port)},
        archives=step.archives,
        member_papers={"安": MembershipPaper.objects.get()},
        medical=step.medical,
        selections={"安": selection},
        deaths=deaths,
        relocations={"丁": Relocation.objects.get()},
        moves=moves,
        agreements=signed,
        agreement_papers={
            "people": AgreementPaper.objects.get(kind="annex_people"),
            "members": AgreementPaper.objects.get(kind="annex_members"),
        },
        assets={name: Asset.objects.get(agreement=signed[name]) for name in "安白"},
        notices={"崔": VoidNotice.objects.get()},
        problems=problems,
        expected=step.expected_retirements(),
        pressed=pressed,
        acts=step.acts,
        funding=step.funding(),
        exports={"安": exporting.ask("people", "", ["name", "id_number"], actor=people["mill_hr"], **IN_THE_CLEAR)},
        baseline=step.baseline(),
        bulletins=step.bulletins(),
        reference=reference(town, people),
        money=money,
    )


def rosters(town, people, folder):
    """安's is read and checked, with two people who are in no list yet; the others wait for a worker."""
    rows = [person(STAGED_SERIAL + at, name) for at, name in enumerate(STAGED)]
    rows[1]["身份证号码"] = rows[1]["身份证号码"][:-1] + "?"
    path = folder / "安.xlsx"
    path.write_bytes(workbook(rows))
    first = uploading.receive(town.mill, "示例安字名册.xlsx", path, by=people["mill_hr"]).roster
    checking.carry_out(first.pk)
    found = {"安": Roster.objects.get(pk=first.pk)}
    assert RosterRow.objects.filter(roster=first).count() == 2
    for name, place, who in (("崔", town.port, "port_hr"), ("于", town.dyeworks, "dyeworks_hr")):
        found[name] = Roster.objects.create(
            enterprise=place, by=people[who], filename=f"示例{name}字名册.xlsx", size=1, digest=name
        )
    return found


def reference(town, people):
    """Rows that hang on nobody and are changed by the administrators."""
    alias = OfficeAlias(office=town.zhudao, name="示例竹岛旧称")
    holiday = Holiday(day=date(2031, 5, 4), working=False, note="示例通知")
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.insert([alias])
        act.insert([holiday])
    scheme = CatalogueScheme(code="scene", name="示例方案", classes=[["1", "示例类"]])
    with operation("test.arrange", actor=people["sysadmin"]) as act:
        act.insert([scheme])
    return {"alias": alias, "holiday": holiday, "scheme": scheme}


def canaries(scene):
    """(circle, name, words): who does not see the rows of the circle may read none of the words. A circle is a model or
    several; "name" is the circle of everybody who sees the person, the dossier or the membership."""
    for name, one in scene.people.items():
        facts = facts_of(name)
        yield "name", name, [one.name]
        own = ("former_unit", "post", "contact_name", "contact_phone", "remark", "health")
        yield "handover.Case", name, [facts[word] for word in own]
        # A party worker writes letters and calls people up: the number, the telephone and where somebody lives.
        yield ("handover.Case", "party.Membership"), name, [one.id_number, one.phone, f"示例{name}字小区"]
        yield "archives.Dossier", name, [f"示例{name}字档号"]
        yield "archives.Shipment", name, [f"示例{name}字移交人", f"示例{name}字封签"]
        yield "archives.Material", name, [f"示例{name}字材料"]
        yield "archives.MissingPaper", name, [f"示例{name}字缺件", f"示例{name}字旧职"]
        yield "archives.DossierPaper", name, [f"示例{name}字任免"]
        yield "archives.FilingFee", name, [f"示例{name}字费用说明", f"示例{name}字凭证"]
        yield "party.Membership", name, [facts["party_branch"], f"示例{name}字-0001"]
        yield "party.SearchRecord", name, [f"示例{name}字查找"]
        yield ("party.VoidNotice", "party.Membership"), name, [f"示例{name}旧-0001"]
        yield "handover.CasePaper", name, [f"示例{name}字回执", f"示例{name}字扫描件"]
        yield "retirees.Roster", name, [f"示例{name}字名册"]
        yield from scene_out_of_pool.canaries(name)
        yield "benefits.MedicalPaper", name, [f"示例{name}字参保证明"]
        yield "benefits.SupplementaryPlan", name, [f"示例{name}字补充医疗", f"示例{name}字依据"]
    yield "benefits.MedicalTransfer", "安", ["3,651.07"]
    for name in scene.expected:
        yield "retirees.ExpectedRetirement", name, [f"示例{name}字职工"]
    for name in scene.problems:
        yield "handover.Problem", name, [f"示例{name}字困难"]
    yield "handover.ProblemAnswer", "安", ["示例安字答复"]
    for name in scene.pressed:
        yield "handover.Notice", name, [f"示例{name}字要求"]
    yield "oversight.BaselineChange", "白", ["示例白字变动"]
    yield "oversight.FundingBudget", "安", ["示例安字预算"]
    yield "oversight.FundingPayment", "安", ["示例安字拨款"]
    for name in scene.bulletins:
        yield "oversight.Bulletin", name, [f"示例{name}字通报"]
    yield "handover.Confirmation", "丁", ["示例丁字核实"]
    yield "handover.ServiceRecord", "丁", ["示例丁字走访"]
    yield "handover.Activity", "丁", ["示例丁字活动"]
    yield "handover.MoveNotice", "丁", ["示例丁字迁入地"]
    for name in scene.agreements:
        # The number and the state of an agreement are a label of the people that it covers, or does not cover.
        yield "handover.Agreement", name, [f"示例{name}字预案"]
        yield "handover.Asset", name, [f"示例{name}字活动中心", f"示例{name}字证号"]
        yield "handover.AgreementRound", name, [f"示例{name}字意见"]
    for name, batch in scene.batches.items():
        # A receiver sees a case's number of the batch, not the batch.
        yield "handover.Case", name, [batch.number]
    staged = [*STAGED, *(id_number(STAGED_SERIAL + at)[:17] for at in range(len(STAGED)))]
    yield "retirees.Roster", "安", staged
