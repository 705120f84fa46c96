"""The audit administrator reads acts and events, and no personal data."""

import ast
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from accounts import people as accounts
from archives.desk import DESK as DOSSIERS
from archives.views.fees import DESK as FEES
from archives.views.shipments import DESK as SHIPMENTS
from audit import events
from audit.models import SecurityEvent
from audit.operations import operation
from benefits.desk import PEOPLE as SETTLEMENTS
from benefits.desk import TREATMENTS
from benefits.views.medical import DESK as MEDICAL
from handover.agreements.desk import AGREEMENTS, ASSET_DESK
from handover.community.acts import DESK as CARE
from handover.community.moves import DESK as MOVES
from handover.desk import PEOPLE
from handover.problems.desk import NOTICES_DESK, PROBLEMS
from handover.relocating import DESK as RELOCATIONS
from oversight import audit_words
from party.desk import DESK as MEMBERSHIPS

EVENTS, OPERATIONS = "/audit/events/", "/audit/"


def page(client, url):
    return client.get(url).content.decode()


def test_reading_the_audit_is_an_event(client_of, people):
    page(client_of("auditor"), OPERATIONS)
    assert SecurityEvent.objects.get(kind="read_audit").actor == people["auditor"]


def test_a_denial_is_read_there(client_of):
    client_of("mill_hr").get("/offices/")
    text = page(client_of("auditor"), EVENTS)
    assert "示例纺织厂人事（示例纺织厂 企业人事专员）自 127.0.0.1 无权办理。" in text


def test_no_personal_data_of_a_retiree_is_shown(client_of, people, make_person, town):
    one = make_person(town.mill, "鸳示例")
    reason = f"{one.name} {one.id_number} 退回"
    with operation("case.return", actor=people["zhudao_clerk"], reason_code="wrong_street", reason=reason) as act:
        act.change(type(one), [one.pk], former_unit="示例旧单位")
    client = client_of("auditor")
    for text in (page(client, OPERATIONS), page(client, f"/audit/{act.operation.pk}/")):
        assert "鸳示例" not in text
        assert one.id_number not in text
        assert "示例旧单位" not in text
    assert str(one.pk) in page(client, f"/audit/{act.operation.pk}/")


def test_an_act_about_an_account_is_told_with_its_reason(client_of, people):
    accounts.disable(people["nobody"], actor=people["secadmin"], reason="调离原单位")
    text = page(client_of("auditor"), OPERATIONS)
    assert "办理“停用账号”：示例无岗位人员（nobody）" in text
    assert "调离原单位" in text


def test_filters_by_day_person_and_kind(client_of, people):
    accounts.disable(people["nobody"], actor=people["secadmin"], reason="调离")
    client, today = client_of("auditor"), timezone.localdate()
    act = "停用账号”："
    assert act in page(client, f"{OPERATIONS}?since={today}&until={today}&account=secadmin&kind=user.disable")
    for query in (
        f"until={today - timedelta(days=1)}",
        f"since={today + timedelta(days=1)}",
        "account=sysadmin",
        "kind=user.enable",
    ):
        assert act not in page(client, f"{OPERATIONS}?{query}")


def test_events_of_one_subject_are_found(client_of, people):
    key = str(uuid.uuid4())
    for subject in (key, str(uuid.uuid4())):
        SecurityEvent.objects.create(at=timezone.now(), kind="reveal", actor_name="示例", subject=subject)
    text = page(client_of("auditor"), f"{EVENTS}?subject={key}")
    assert "共 1 条" in text


def _kinds_in_the_source():
    """Every kind that some module gives to operation(…) or note(…), as a literal; f-strings are steps of machines."""
    for path in Path(settings.BASE_DIR).glob("*/**/*.py"):
        if path.parts[len(settings.BASE_DIR.parts)] in (".venv", "tests", "bench", "var"):
            continue
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            noted = name == "note" and getattr(call.args[0], "id", "") == "request"
            kinds = call.args[:1] if name == "operation" else call.args[1:2] if noted else []
            for kind in ast.walk(kinds[0]) if kinds else []:
                if isinstance(kind, ast.Constant) and isinstance(kind.value, str) and not kind.value.endswith("."):
                    yield name, kind.value


@pytest.mark.parametrize(("call", "kind"), sorted(set(_kinds_in_the_source())))
def test_every_kind_has_its_words(call, kind):
    assert kind in (audit_words.OPERATIONS if call == "operation" else events.LABELS)


DESKS = [
    PEOPLE,
    RELOCATIONS,
    AGREEMENTS,
    ASSET_DESK,
    DOSSIERS,
    SHIPMENTS,
    FEES,
    MEMBERSHIPS,
    MEDICAL,
    TREATMENTS,
    SETTLEMENTS,
    PROBLEMS,
    NOTICES_DESK,
    MOVES,
    CARE,
]


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.kind)
def test_an_act_is_counted_in_the_unit_of_its_list(desk):
    assert audit_words.unit_of(f"{desk.kind}.accept") == desk.unit
    assert audit_words.unit_of(f"{desk.kind}.paper") == "份"
