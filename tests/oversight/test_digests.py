"""The daily digest: one a person and day, numbers only, read in the application, one mail where there is a mail server."""

from datetime import date, datetime, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import appoint
from audit.models import Operation
from handover.services import take
from oversight.deadlines import digests
from oversight.models import Digest
from tests import scene as scenes
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
# 安 waits since 8 September 2025 at 竹岛街道; this Tuesday it is the last day but one.
SINCE, DAY = date(2025, 9, 8), date(2025, 9, 23)
OFF = date(2025, 10, 2)


def on(day, hour=8):
    return clock.at(timezone.make_aware(datetime(day.year, day.month, day.day, hour)))


def run(day=DAY, hour=8):
    out = StringIO()
    with on(day, hour):
        call_command("send_digests", stdout=out)
    return out.getvalue()


@pytest.fixture
def waiting(town, people, make_person):
    with on(SINCE):
        one = make_person(town.mill, "安示例", has_dossier=False, political_status="13")
        take("submit", [one.pk], actor=people["mill_hr"], targets=town.huancui)
        assert take("assign", [one.pk], actor=people["huancui_clerk"], targets=town.zhudao).moved
    return one


@pytest.fixture
def server(settings):
    """A mail server is set up, and the address of the site."""
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.test", "weihai@example.test"
    settings.SITE_URL = "https://weihai.example.test/"


def address(user, email="zhudao@example.test"):
    User.objects.filter(pk=user.pk).update(email=email)


# --- written down


def test_a_day_off_has_no_digest(waiting):
    assert "休息日" in run(OFF)
    assert not Digest.objects.exists()


def test_who_has_nothing_due_gets_none(waiting, people):
    run()
    assert {one.user.username for one in Digest.objects.all()} == {"zhudao_clerk"}


def test_a_stopped_account_gets_none(waiting, people):
    User.objects.filter(username="zhudao_clerk").update(is_active=False)
    run()
    assert not Digest.objects.exists()


def test_twice_on_one_day_is_one_digest(waiting, people):
    assert "生成提醒 1 份" in run()
    before = Digest.objects.get()
    assert "生成提醒 0 份" in run(hour=10)
    assert Digest.objects.get() == before
    run(DAY + timedelta(days=1))
    assert [one.day for one in Digest.objects.all()] == [DAY + timedelta(days=1), DAY]


def test_the_database_holds_one_digest_a_person_and_day(waiting, people):
    run()
    own = {"day": DAY, "lines": [{"label": "示例", "count": 1, "late": False}], "made_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(user=people["zhudao_clerk"], **own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(user=people["jingyuan_clerk"], **(own | {"lines": []}))


def test_it_says_the_numbers_of_the_lists(waiting, people, client_of):
    run(date(2025, 10, 20))
    client = client_of("zhudao_clerk")
    for who in ("zhudao_clerk", "huancui_clerk", "watchdog"):
        lines = Digest.objects.get(user=people[who]).lines
        assert [line["count"] for line in lines] == [1]
        client = client_of(who)
        with on(date(2025, 10, 20)):
            assert client.get(lines[0]["url"]).context["list"].count == 1
        assert lines[0]["late"]
    assert Digest.objects.get(user=people["watchdog"]).lines[0]["label"] == "待接收（提级到我）"


# --- read


def test_everybody_reads_his_own_and_nobody_elses(waiting, people, client_of):
    run()
    for who, count in (("zhudao_clerk", 1), ("jingyuan_clerk", 0), ("secadmin", 0)):
        page = client_of(who).get(reverse("oversight:reminders"))
        assert len(page.context["page"].object_list) == count
        assert ("待接收（已逾期）" in page.content.decode()) == bool(count)
    stranger = client_of("jingyuan_clerk")
    stranger.post(reverse("oversight:reminders_read"), {"until": Digest.objects.get().pk})
    assert Digest.objects.get().read_at is None


def test_reading_is_a_post_and_reaches_as_far_as_was_seen(waiting, people, client_of):
    run()
    client, url = client_of("zhudao_clerk"), reverse("oversight:reminders")
    newest = client.get(url).context["newest"]
    assert Digest.objects.filter(read_at=None).count() == 1
    assert client.get(reverse("oversight:reminders_read")).status_code == 405
    run(DAY + timedelta(days=1))
    for wrong in ("", "示例", "-1", "9" * 30):
        assert client.post(reverse("oversight:reminders_read"), {"until": wrong}).url == url
    assert Digest.objects.filter(read_at=None).count() == 2
    client.post(reverse("oversight:reminders_read"), {"until": newest})
    assert [one.day for one in Digest.objects.filter(read_at=None)] == [DAY + timedelta(days=1)]


def test_the_top_bar_counts_what_is_unread_in_one_query(waiting, client_of):
    client = client_of("zhudao_clerk")
    assert "条未读" not in client.get(reverse("password_change")).content.decode()
    run()
    with CaptureQueriesContext(connection) as captured:
        text = client.get(reverse("password_change")).content.decode()
    assert '1<span class="visually-hidden"> 条未读</span>' in text
    assert len([one for one in captured if "oversight_digest" in one["sql"]]) == 1


# --- sent


def test_without_a_mail_server_it_stays_in_the_application(waiting, people):
    address(people["zhudao_clerk"])
    assert "没有设置邮件服务器" in run()
    assert mail.outbox == []
    assert Digest.objects.get().mailed_at is None


def test_without_an_address_nothing_is_sent(waiting, server):
    assert "发出邮件 0 封" in run()
    assert mail.outbox == []


def test_one_mail_a_day_however_many_posts_and_runs(waiting, server, people, town):
    user = people["zhudao_clerk"]
    address(user)
    appoint(user, "street", town.jingyuan, actor=people["secadmin"])
    appoint(user, "community", town.zhudao_community, actor=people["secadmin"])
    assert "发出邮件 1 封" in run()
    assert "发出邮件 0 封" in run(hour=10)
    assert [one.to for one in mail.outbox] == [["zhudao@example.test"]]
    assert "待接收（已逾期）：1 人" in mail.outbox[0].body
    assert "https://weihai.example.test/due/" in mail.outbox[0].body


def test_a_mail_that_fails_is_tried_again_and_never_sent_twice(waiting, server, people, monkeypatch):
    address(people["zhudao_clerk"])
    send = EmailMessage.send

    def down(self, *args, **kwargs):
        raise SMTPServerDisconnected("示例")

    monkeypatch.setattr(EmailMessage, "send", down)
    assert "1 封邮件没有发出" in run()
    assert Digest.objects.get().mailed_at is None
    monkeypatch.setattr(EmailMessage, "send", send)
    assert "发出邮件 1 封" in run(hour=9)
    assert "发出邮件 0 封" in run(hour=10)
    assert len(mail.outbox) == 1


def test_one_address_that_fails_keeps_nobody_else_from_his_mail(waiting, server, people, monkeypatch):
    address(people["zhudao_clerk"])
    address(people["huancui_clerk"], "huancui@example.test")
    send = EmailMessage.send

    def refuse_one(self, *args, **kwargs):
        if self.to == ["huancui@example.test"]:
            raise ConnectionRefusedError
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse_one)
    assert "发出邮件 1 封" in run(date(2025, 10, 20))
    assert [one.to for one in mail.outbox] == [["zhudao@example.test"]]


def test_yesterdays_digest_is_not_sent_today(waiting, server, people):
    run()
    address(people["zhudao_clerk"])
    run(DAY + timedelta(days=1))
    assert [one.body.splitlines()[0] for one in mail.outbox] == ["2025-09-24 待办提醒："]


def test_no_mail_and_no_digest_names_anybody(server, people, town, make_person, tmp_path):
    scene = scenes.build(town, people, make_person, tmp_path)
    for user in people.values():
        address(user, f"{user.username}@example.test")
    later = timezone.localdate() + timedelta(days=420)
    while later.weekday() > 4:
        later += timedelta(days=1)
    run(later)
    # The scene has a digest of its own, of another day.
    assert len(mail.outbox) == Digest.objects.filter(day=later).count() > 8
    text = "".join(
        [*(f"{one.subject}{one.body}" for one in mail.outbox), *(str(one.lines) for one in Digest.objects.all())]
    )
    canaries = [word for one in scene.people.values() for word in (one.name, one.id_number, one.phone, str(one.pk))]
    canaries += [user.name for user in people.values()] + [f"示例{name}字" for name in scenes.NAMES]
    assert [word for word in canaries if word in text] == []


# --- the address


def test_only_another_security_administrator_sets_an_address(people, client_of):
    own = reverse("accounts:user_email", args=[people["zhudao_clerk"].pk])
    assert client_of("zhudao_clerk").get(own).status_code == 403
    client = client_of("secadmin")
    key = client.get(own).context["form"]["key"].value()
    wrong = client.post(own, {"email": "示例", "key": key})
    assert wrong.status_code == 200
    assert "有效" in wrong.content.decode()
    client.post(own, {"email": "zhudao@example.test", "key": key})
    assert User.objects.get(username="zhudao_clerk").email == "zhudao@example.test"
    # The trail says whose address was set, and not which.
    assert "example.test" not in str(Operation.objects.get(kind="user.email").outcome)
    mine = reverse("accounts:user_email", args=[people["secadmin"].pk])
    refused = client.post(mine, {"email": "a@example.test", "key": client.get(mine).context["form"]["key"].value()})
    assert "由另一名安全管理员办理" in refused.content.decode()


def test_a_digest_of_nothing_but_soon_is_not_called_late(waiting, server, people):
    address(people["zhudao_clerk"])
    run(date(2025, 9, 19))
    digest = Digest.objects.get()
    assert [line["label"] for line in digest.lines] == ["待接收（3 个工作日内到期）"]
    assert digest.late == 0
    assert "逾期" not in mail.outbox[0].subject


def test_lines_are_made_of_the_kinds_of_the_due_list(waiting, people):
    with on(DAY):
        assert [line["url"] for line in digests.lines_of(people["zhudao_clerk"])] == ["/due/?kind=assigned&when=late"]
