"""Who must agree to an export, and who may not."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.values import set_value
from oversight.exports import asking, running
from oversight.models import Export
from tests.oversight.exporting import SOME
from weihai_transfer.lib.refusals import Refused

# --- the second person


def test_nobody_answers_his_own_request(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["watchdog"], masked=False, reason="示例")
    assert row.state == "waiting"
    for act in (asking.approve, lambda pk, actor: asking.refuse(pk, actor=actor, answer="示例")):
        with pytest.raises(Refused, match="不能由本人批准"):
            act(row.pk, actor=people["watchdog"])
    client = client_of("watchdog")
    assert client.post(reverse("oversight:export_approve", args=[row.pk])).status_code == 403
    assert client.get(reverse("oversight:export_request", args=[row.pk])).status_code == 403
    assert row.number not in client.get(reverse("oversight:export_requests")).content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"


def test_the_database_holds_the_four_eyes_too(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["watchdog"], masked=False, reason="示例")
    for values in ({"answered_by": people["watchdog"]}, {"state": "queued"}, {"needs": ""}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.filter(pk=row.pk).update(**values)


def test_who_has_no_such_office_does_not_answer(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例")
    for who in ("group", "huancui_clerk", "auditor", "sysadmin", "nobody"):
        assert client_of(who).post(reverse("oversight:export_approve", args=[row.pk])).status_code == 403
        with pytest.raises(Export.DoesNotExist):
            asking.approve(row.pk, actor=people[who])


def test_without_an_answer_nothing_is_made(on_the_list, people):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例")
    assert running.run(row.pk) is False
    asking.refuse(row.pk, actor=people["secadmin"], answer="示例：没有必要")
    assert running.run(row.pk) is False
    row.refresh_from_db()
    assert (row.state, row.answer) == ("refused", "示例：没有必要")
    with pytest.raises(Refused, match="已经答复"):
        asking.approve(row.pk, actor=people["watchdog"])


def test_clear_numbers_need_a_reason(on_the_list, people):
    with pytest.raises(Refused, match="没有填写用途"):
        asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="  ")
    assert not Export.objects.exists()


def test_above_the_rows_of_a_day_a_second_person_agrees(on_the_list, people):
    today = timezone.localdate()
    set_value("export_rows_per_day", today, 3, source="示例", actor=people["sysadmin"])
    assert asking.ask("people", "", SOME, actor=people["mill_hr"]).state == "queued"
    over = asking.ask("people", "", SOME, actor=people["mill_hr"])
    assert (over.state, over.needs) == ("waiting", "当日累计 4 行，超过每人每日 3 行")
    # What came to nothing takes nothing of the day, and another person has a day of his own.
    asking.cancel(over.pk, actor=people["mill_hr"])
    assert asking.rows_today(people["mill_hr"]) == 2
    assert asking.ask("people", "", SOME, actor=people["group"]).state == "queued"


def test_the_security_administrator_is_told_no_name(on_the_list, people, client_of):
    row = asking.ask("people", "", SOME, actor=people["mill_hr"], masked=False, reason="示例用途")
    page = client_of("secadmin").get(reverse("oversight:export_request", args=[row.pk])).content.decode()
    assert "示例用途" in page
    assert "示例纺织厂人事（示例纺织厂 企业人事专员）" in page
    assert "安示例" not in page
