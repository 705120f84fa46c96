from datetime import timedelta

import pytest
from django.utils import timezone

from party import services
from party.states import State
from party.timeline import entries

pytestmark = pytest.mark.django_db


def test_the_story_tells_steps_and_letters_newest_first(member_in, town, people, letter_values):
    member, today = member_in(State.PENDING), timezone.localdate()
    sender, receiver = people["mill_party"], people["zhudao_party"]
    services.issue_letters([member.pk], actor=sender, targets=town.zhudao, **letter_values("示例-1"))
    services.void_and_reissue([member.pk], actor=sender, reason_code="lost", **letter_values("示例-2"))
    services.arrive([member.pk], actor=receiver)
    services.place([member.pk], actor=receiver, branch="示例党支部")
    services.record_receipts([member.pk], actor=sender)
    told = entries(member.retiree, sender)
    until = today + timedelta(days=60)
    assert [entry.sentence for entry in told][:5] == [
        "登记介绍信回执。",
        "编入示例党支部。",
        "确认接收组织关系。",
        f"原介绍信作废，重新开具介绍信（编号 示例-2），转入中共示例竹岛街道工作委员会，有效期至 {until}。",
        f"开具介绍信（编号 示例-1），转入中共示例竹岛街道工作委员会，有效期至 {until}。",
    ]
    assert told[3].reason == "遗失"
    assert any(change.label == "介绍信（编号 示例-1）作废时间" for change in told[3].changes)
    assert [(one.label, one.after) for one in told[0].changes] == [("介绍信（编号 示例-2）回执日期", today)]
    assert (told[2].who, told[2].office, told[2].position) == ("示例竹岛党务", "竹岛街道", "镇街党务干部")
