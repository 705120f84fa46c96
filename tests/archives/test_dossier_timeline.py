import pytest

from archives.services import record, take
from archives.timeline import entries

pytestmark = pytest.mark.django_db


def test_the_story_is_told_newest_first_with_who_why_and_what_changed(shipment_in, lines_of, town, people):
    shipment = shipment_in("in_transit", names=["安示例"])
    dossier = lines_of(shipment)[0]
    take("return", [dossier.pk], actor=people["archivist"], reason_code="damaged", reason="封面破损")
    take("take_back", [dossier.pk], actor=people["mill_hr"])
    record([dossier.pk], values={"volumes": 3}, actor=people["mill_hr"])
    told = entries(dossier.retiree, people["mill_hr"])
    assert [entry.sentence for entry in told] == [
        "登记档案情况。",
        "收回档案补正。",
        "将档案退回补正。",
        f"档案随批次 {shipment.number} 移交{town.huancui_archive}。",
        "装入批次。",
        "登记档案情况。",
        "登记人事档案，状态为整理中。",
    ]
    facts, _, back = told[:3]
    assert [(one.label, one.before, one.after) for one in facts.changes] == [("册数", 2, 3)]
    assert (back.who, back.office, back.position) == ("示例环翠档案员", str(town.huancui_archive), "档案管理员")
    assert back.reason == "档案破损、污损：封面破损"
    assert ("状态", "移交途中", "退回补正") in [(one.label, one.before, one.after) for one in back.changes]
