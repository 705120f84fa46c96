"""Every scoped model × every person of the cast → exactly these rows, decided by hand."""

import pytest
from django.apps import apps

from accounts.scope import Scoped
from accounts.services import appoint, dismiss
from handover.models import Case
from handover.services import take
from retirees.models import Retiree
from tests import scene as scenes

# Who is who: tests/cast.py. Which person is where: tests/scene.py. Nobody of the last line sees any person.
NOBODY = dict.fromkeys(("sysadmin", "secadmin", "auditor", "nobody"), "")
PEOPLE = {
    "mill_hr": "安白于",
    "port_hr": "崔丁",
    "dyeworks_hr": "于",
    "group": "安白于",
    "mill_party": "",
    "huancui_clerk": "安崔丁",
    "gaoqu_clerk": "",
    "zhudao_clerk": "安",
    "jingyuan_clerk": "丁",
    "yiyuan_clerk": "",
    "community_clerk": "",
    "archivist": "",
    "gaoqu_archivist": "",
    "zhudao_party": "",
    "approver": "",
    "medical": "",
    "finance": "",
    "member": "",
    "watchdog": "安白崔丁于",
    **NOBODY,
}
NONE = dict.fromkeys(PEOPLE, "")
SEEN = {
    "retirees.Retiree": PEOPLE,
    "handover.Case": PEOPLE,
    "handover.DeathNotice": NONE | {"port_hr": "丁", "huancui_clerk": "丁", "jingyuan_clerk": "丁", "watchdog": "丁"},
    # Seen from both ends of the move.
    "handover.Relocation": NONE
    | dict.fromkeys(("port_hr", "huancui_clerk", "gaoqu_clerk", "jingyuan_clerk", "yiyuan_clerk", "watchdog"), "丁"),
    # 三(三): what a community does for its people is its own; what it organises, and where somebody moved, is told further.
    **dict.fromkeys(
        ("handover.Confirmation", "handover.EligibilityCheck", "handover.ServiceRecord"),
        NONE | {"jingyuan_clerk": "丁"},
    ),
    "handover.Activity": NONE | dict.fromkeys(("huancui_clerk", "jingyuan_clerk", "watchdog"), "丁"),
    "handover.MoveNotice": NONE | dict.fromkeys(("port_hr", "huancui_clerk", "jingyuan_clerk", "watchdog"), "丁"),
    # Raised by 竹岛街道 about 安 and given to a bureau; by the port about 崔, not given to anybody yet.
    "handover.Problem": NONE
    | {"zhudao_clerk": "安", "huancui_clerk": "安", "member": "安", "port_hr": "崔", "watchdog": "安崔"},
    "handover.ProblemAnswer": NONE | {"zhudao_clerk": "安", "huancui_clerk": "安", "member": "安", "watchdog": "安"},
    # To the area, about 安; to the mill, about nobody (it stands for 白).
    "handover.Notice": NONE | {"huancui_clerk": "安", "mill_hr": "白", "group": "白", "watchdog": "安白"},
    "handover.NoticePerson": NONE | {"huancui_clerk": "安", "watchdog": "安"},
    # Employees who will retire: their enterprise's, and the city office's.
    "retirees.ExpectedRetirement": NONE
    | {"mill_hr": "于", "group": "于", "dyeworks_hr": "于", "port_hr": "丁", "watchdog": "丁于"},
    # No receiving office sees a batch, a receipt of another place, or a file of an enterprise.
    "handover.Batch": NONE | {"mill_hr": "安", "group": "安", "port_hr": "崔丁", "watchdog": "安崔丁"},
    # 安's letter is seen by whoever sees her, the receipt of 白, who was never received here, by the enterprise and the city.
    "handover.CasePaper": NONE
    | {"mill_hr": "安白", "group": "安白", "huancui_clerk": "安", "zhudao_clerk": "安", "watchdog": "安白"},
    "handover.BatchPaper": NONE | {"mill_hr": "安", "group": "安", "watchdog": "安"},
    # An agreement of the group: not the subsidiary's; the area's from the proposal on; a street's never.
    "handover.Agreement": NONE
    | {
        "mill_hr": "安白",
        "group": "安白",
        "mill_party": "安白",
        "port_hr": "崔",
        "huancui_clerk": "安崔",
        "watchdog": "安白崔",
    },
    "handover.AgreementRound": NONE | {"mill_hr": "安", "group": "安", "huancui_clerk": "安", "watchdog": "安"},
    "handover.AgreementPerson": NONE | {"mill_hr": "安", "group": "安", "huancui_clerk": "安", "watchdog": "安"},
    # The party worker sees one of the papers: the frozen roster of members.
    "handover.AgreementPaper": NONE
    | {"mill_hr": "安", "group": "安", "mill_party": "安", "huancui_clerk": "安", "watchdog": "安"},
    "handover.Asset": NONE | {"mill_hr": "安白", "group": "安白", "huancui_clerk": "安", "watchdog": "安白"},
    "retirees.Roster": NONE
    | {"mill_hr": "安于", "group": "安于", "dyeworks_hr": "于", "port_hr": "崔", "watchdog": "安崔于"},
    # A dossier is seen by those who send it, by the archive that it is sent to, by those who watch; by no district or street.
    "archives.Dossier": NONE
    | {
        "mill_hr": "安白于",
        "group": "安白于",
        "dyeworks_hr": "于",
        "port_hr": "崔丁",
        "archivist": "安",
        "gaoqu_archivist": "丁",
        "watchdog": "安白崔丁于",
    },
    "archives.Shipment": NONE
    | {"mill_hr": "安", "group": "安", "port_hr": "丁", "archivist": "安", "gaoqu_archivist": "丁", "watchdog": "安丁"},
    # What stands in a dossier is seen by those who see the dossier.
    "archives.Material": NONE | {"mill_hr": "安", "group": "安", "archivist": "安", "watchdog": "安"},
    "archives.MissingPaper": NONE | {"mill_hr": "白", "group": "白", "watchdog": "白"},
    "archives.LeaderFinding": NONE | {"mill_hr": "白", "group": "白", "watchdog": "白"},
    "archives.DossierPaper": NONE | {"mill_hr": "白", "group": "白", "watchdog": "白"},
    # A list names everybody in it: for the two sides alone.
    "archives.ShipmentPaper": NONE | {"mill_hr": "安", "group": "安", "archivist": "安"},
    # Money only with the duty that needs it.
    "archives.FilingFee": NONE | {"port_hr": "崔", "archivist": "崔", "watchdog": "崔"},
    "archives.FeePaper": NONE | {"port_hr": "崔", "archivist": "崔", "watchdog": "崔"},
    # Party data with the party duty alone: not even the leading group's office.
    "party.Membership": NONE | {"mill_party": "安白于", "zhudao_party": "崔"},
    "party.Letter": NONE | {"mill_party": "安", "zhudao_party": "崔"},
    "party.MembershipPaper": NONE | {"mill_party": "安"},
    "party.SearchRecord": NONE | {"mill_party": "白"},
    "party.VoidNotice": NONE | {"zhudao_party": "崔"},
    # Each place keeps its own party organisations; addressees are offered by name in the form of a letter.
    "party.PartyOrganisation": NONE | {"mill_party": "安", "zhudao_party": "崔"},
    # 二(五): the area from the proposal on, the medical-insurance bureau everywhere; no street, no watcher of anything else.
    "benefits.MedicalTransfer": NONE
    | {
        "mill_hr": "安于",
        "group": "安于",
        "dyeworks_hr": "于",
        "port_hr": "崔",
        "huancui_clerk": "安",
        "medical": "安崔于",
        "watchdog": "安崔于",
    },
    "benefits.MedicalPaper": NONE | dict.fromkeys(("mill_hr", "group", "huancui_clerk", "medical", "watchdog"), "安"),
    # What stays with its original channel is the enterprise's and the city's.
    **dict.fromkeys(
        (
            "benefits.SupplementaryPlan",
            "benefits.SupplementaryLevel",
            "benefits.SupplementaryCover",
            "benefits.SupplementaryPaper",
        ),
        NONE | {"mill_hr": "安", "group": "安", "watchdog": "安"},
    ),
    # Out-of-pool money: the enterprise's own, the city's, and what its competent body was asked about.
    "benefits.OutOfPoolItem": NONE | {"mill_hr": "安于", "group": "安于", "dyeworks_hr": "于", "watchdog": "安于"},
    "benefits.Treatment": NONE
    | {"mill_hr": "安于", "group": "安于", "dyeworks_hr": "于", "approver": "安", "watchdog": "安于"},
    "benefits.Settlement": NONE | dict.fromkeys(("mill_hr", "group", "dyeworks_hr", "watchdog"), "于"),
    "benefits.SettlementPaper": NONE | dict.fromkeys(("mill_hr", "group", "dyeworks_hr", "watchdog"), "于"),
    "benefits.TreatmentPaper": NONE | dict.fromkeys(("mill_hr", "group", "approver", "watchdog"), "安"),
    "benefits.TaperingPlan": NONE | {"mill_hr": "安", "group": "安", "port_hr": "崔", "watchdog": "安崔"},
    # Service funding: money and who is counted, for finance, the leading group's office and the area. 丁 was received.
    **dict.fromkeys(
        ("oversight.FundingBudget", "oversight.FundingPayment"),
        NONE | {"finance": "安", "watchdog": "安", "huancui_clerk": "安"},
    ),
    "oversight.FundedPerson": NONE | {"finance": "丁", "watchdog": "丁", "huancui_clerk": "丁"},
    # One's own export and nobody else's; who answers it reads what is asked for, by a query of its own.
    "oversight.Export": NONE | {"mill_hr": "安"},
    # 应移交人数: the heads of both sides; recorded changes are the leading group's office's alone.
    "oversight.Baseline": NONE
    | dict.fromkeys(("mill_hr", "group", "dyeworks_hr", "port_hr", "huancui_clerk", "gaoqu_clerk", "watchdog"), "安"),
    "oversight.BaselinePerson": NONE | dict.fromkeys(("mill_hr", "group", "huancui_clerk", "watchdog"), "安"),
    **dict.fromkeys(("oversight.BaselineChange", "oversight.ChangedPerson"), NONE | {"watchdog": "白"}),
    "oversight.DuePerson": NONE
    | {
        "mill_hr": "安白于",
        "group": "安白于",
        "dyeworks_hr": "于",
        "port_hr": "崔丁",
        "huancui_clerk": "安崔丁",
        "watchdog": "安白崔丁于",
    },
    # It tells of every area and enterprise: the leading group's office alone.
    "oversight.Bulletin": NONE | {"watchdog": "安白"},
    # One's own morning and nobody else's.
    "oversight.Digest": NONE | {"mill_hr": "安"},
    # One's own choice and nobody else's, not that of a colleague at the same enterprise.
    "handover.BulkSelection": NONE | {"mill_hr": "安"},
}
CASES = [(model, who) for model, row in SEEN.items() for who in row]


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def test_each_person_sees_exactly_these_rows(scene, people):
    found = {model: {} for model in SEEN}
    for model, who in CASES:
        found[model][who] = scene.names_in(apps.get_model(model).objects.visible_to(people[who]))
    assert found == SEEN


def test_the_table_names_every_scoped_model_and_every_person(people):
    scoped = {
        model._meta.label
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), Scoped) or hasattr(model._default_manager, "visible_to")
    }
    assert scoped == set(SEEN)
    assert all(set(row) == set(people) for row in SEEN.values())


def test_nobody_may_act_on_what_he_does_not_see(scene, people):
    """Each duty of each machine opens no more than is visible."""
    for label, row in SEEN.items():
        model = apps.get_model(label)
        machine = getattr(model, "machine", None)
        for who in row if machine else ():
            seen = set(model.objects.visible_to(people[who]).values_list("pk", flat=True))
            for step in machine.steps:
                opened = set(model.objects.open_to(people[who], *step.duties).values_list("pk", flat=True))
                assert opened <= seen, (label, who, step.name)


def test_somebody_who_is_no_user_sees_nothing(scene, people):
    from django.contrib.auth.models import AnonymousUser

    people["watchdog"].is_active = False
    for label in SEEN:
        if label == "handover.BulkSelection":
            continue
        for one in (AnonymousUser(), people["watchdog"]):
            assert not apps.get_model(label).objects.visible_to(one).exists(), (label, one)


def test_a_post_that_is_taken_away_is_gone_with_the_next_request(scene, people, town, client_of):
    client, url = client_of("zhudao_clerk"), f"/people/{scene.people['安'].pk}/"
    assert client.get(url).status_code == 200
    dismiss(people["zhudao_clerk"], "street", town.zhudao, actor=people["secadmin"], reason="示例：调离")
    assert client.get(url).status_code == 404
    appoint(people["zhudao_clerk"], "street", town.jingyuan, actor=people["secadmin"])
    assert client.get(url).status_code == 404
    assert client.get(f"/people/{scene.people['丁'].pk}/").status_code == 200


def test_a_disabled_account_is_out_with_the_next_request(scene, people, client_of):
    client = client_of("mill_hr")
    assert client.get("/people/").status_code == 200
    people["mill_hr"].is_active = False
    people["mill_hr"].save()
    assert client.get("/people/").url.startswith("/login/")


def test_scope_is_asked_again_when_a_chosen_set_is_carried_out(scene, people, town):
    """The selection was made while the post was held; the job runs after it was taken away."""
    from handover import bulk_running

    selection = scene.selections["安"]
    bulk_running.start(selection, reason="示例：材料有误")
    dismiss(people["mill_hr"], "soe_hr", town.mill, actor=people["secadmin"], reason="示例：调离")
    bulk_running.run(selection.pk)
    selection.refresh_from_db()
    assert selection.moved == []
    assert Case.objects.get(pk=scene.people["安"].pk).state == "assigned"


def test_who_returned_a_person_keeps_his_act_and_loses_sight(scene, people):
    person = scene.people["安"]
    take("return", [person.pk], actor=people["zhudao_clerk"], reason_code="wrong_address", reason="示例：地址不符")
    assert not Retiree.objects.visible_to(people["zhudao_clerk"]).filter(pk=person.pk).exists()
    assert not Retiree.objects.visible_to(people["huancui_clerk"]).filter(pk=person.pk).exists()
    assert Retiree.objects.visible_to(people["mill_hr"]).filter(pk=person.pk).exists()
    assert person.history.model.objects.filter(id=person.pk, operation__actor=people["zhudao_clerk"]).exists()


def test_two_administrations_and_a_post_of_the_business_do_not_meet_in_one_person(people, town):
    from weihai_transfer.lib.refusals import Refused

    positions = {"system_admin": "sysadmin", "security_admin": "secadmin", "auditor": "auditor"}
    steward = people["watchdog"]
    for held, who in positions.items():
        for wanted in (*positions, "sasac"):
            if wanted != held:
                with pytest.raises(Refused):
                    appoint(people[who], wanted, town.city, actor=steward)
