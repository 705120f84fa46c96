"""Coming in and going out (security.md B1, B2, B6, A8). Sad ones first."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import people as accounts
from accounts.middleware import IDLE_MINUTES, MARK_SECONDS
from audit.models import SecurityEvent

PASSWORD = "Weihai-2026"
LOGIN = "/login/"
CHANGE = "/password/"


@pytest.fixture
def clerk(people):
    user = people["huancui_clerk"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def is_in(client):
    """Asked of a page that everybody who is logged in may open."""
    return client.get(CHANGE).status_code == 200


def the_text(response):
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_the_sixth_try_is_refused_even_with_the_right_password(client, clerk):
    for _ in range(4):
        assert sign_in(client, clerk.username, "wrong").status_code == 200
    assert sign_in(client, clerk.username, "wrong").status_code == 429
    answer = sign_in(client, clerk.username)
    assert answer.status_code == 429
    assert "账号暂时锁定" in answer.content.decode()
    assert not is_in(client)
    assert SecurityEvent.objects.filter(kind="login_locked", actor_name=clerk.username).count() == 2


def test_another_address_in_a_header_does_not_lift_the_lock(client, clerk):
    for number in range(5):
        sign_in(client, clerk.username, "wrong", headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert sign_in(client, clerk.username, headers={"X-Forwarded-For": "10.9.9.9"}).status_code == 429


def test_an_unknown_account_is_locked_like_a_known_one(client, clerk):
    answers = {name: [sign_in(client, name, "wrong") for _ in range(6)] for name in (clerk.username, "nosuchclerk")}
    known, unknown = (
        ([one.status_code for one in answers[name]], [the_text(one) for one in answers[name]]) for name in answers
    )
    assert known == unknown


def test_the_lock_of_one_account_leaves_the_others_alone(client, clerk):
    for _ in range(6):
        sign_in(client, "nosuchclerk", "wrong")
    assert sign_in(client, clerk.username).status_code == 302


def test_the_security_administrator_lifts_the_lock(client, clerk, people):
    for _ in range(6):
        sign_in(client, clerk.username, "wrong")
    assert accounts.is_locked(clerk)
    accounts.unlock(clerk, actor=people["secadmin"], reason="本人来电")
    assert not accounts.is_locked(clerk)
    assert sign_in(client, clerk.username).status_code == 302


def test_unknown_wrong_and_disabled_read_the_same(client, clerk, people):
    unknown = sign_in(client, "nosuchclerk")
    wrong = sign_in(client, clerk.username, "wrong")
    accounts.disable(clerk, actor=people["secadmin"], reason="离岗")
    disabled = sign_in(client, clerk.username)
    assert unknown.status_code == wrong.status_code == disabled.status_code == 200
    assert the_text(unknown) == the_text(wrong) == the_text(disabled)
    assert "账号或密码不正确" in unknown.content.decode()


def test_a_disabled_person_is_out_at_the_next_request_and_an_old_session_stays_dead(client_of, clerk, people):
    client = client_of(clerk)
    assert is_in(client)
    accounts.disable(clerk, actor=people["secadmin"], reason="离岗")
    assert not is_in(client)
    accounts.enable(clerk, actor=people["secadmin"], reason="返岗")
    assert not is_in(client)


def test_a_reset_password_ends_the_open_sessions(client_of, clerk, people):
    client = client_of(clerk)
    accounts.reset_password(clerk, actor=people["secadmin"], reason="遗忘密码")
    assert not is_in(client)


def test_a_login_without_token_is_refused(clerk):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, clerk.username).status_code == 403


def test_nobody_is_led_to_another_site_after_the_login(client, clerk):
    data = {"username": clerk.username, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(LOGIN, data).url == reverse("oversight:workbench")


def test_the_page_that_was_asked_for_opens_after_the_login(client, clerk):
    data = {"username": clerk.username, "password": PASSWORD, "next": "/password/"}
    assert client.post(LOGIN, data).url == "/password/"


def test_login_changes_the_session_key_and_logout_kills_it(client, clerk):
    client.get(LOGIN)
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client, clerk.username)
    key = client.cookies["sessionid"].value
    assert key != planted
    assert is_in(client)
    answer = client.post("/logout/")
    assert "storage" in answer["Clear-Site-Data"]
    client.cookies["sessionid"] = key
    assert not is_in(client)


def test_logout_by_a_link_does_nothing(client_of):
    client = client_of("huancui_clerk")
    assert client.get("/logout/").status_code == 405
    assert is_in(client)


def test_twenty_idle_minutes_end_the_session(client_of):
    client = client_of("huancui_clerk")
    _age(client, seen=IDLE_MINUTES * 60 + 5)
    assert not is_in(client)
    assert "自动退出" in client.get(LOGIN).content.decode()
    assert SecurityEvent.objects.filter(kind="timeout").count() == 1


def test_nineteen_idle_minutes_do_not(client_of):
    client = client_of("huancui_clerk")
    _age(client, seen=IDLE_MINUTES * 60 - 60)
    assert is_in(client)


def test_eight_hours_end_the_session_however_busy_it_was(client_of):
    client = client_of("huancui_clerk")
    _age(client, seen=0, since=8 * 3600 + 5)
    assert not is_in(client)


def test_a_form_sent_too_late_leads_back_to_its_page(client_of):
    client = client_of("huancui_clerk")
    _age(client, seen=IDLE_MINUTES * 60 + 5)
    answer = client.post("/large-type/", headers={"Referer": "http://testserver/password/"})
    assert answer.url == "/login/?next=http%3A//testserver/password/"


def test_the_sign_of_life_is_written_once_a_minute(client_of, django_assert_num_queries):
    client = client_of("huancui_clerk")
    _age(client, seen=MARK_SECONDS - 10)
    marked = client.session["seen"]
    assert is_in(client)
    assert client.session["seen"] == marked
    _age(client, seen=MARK_SECONDS + 1)
    assert is_in(client)
    assert client.session["seen"] > marked


def _age(client, *, seen, since=None):
    is_in(client)
    session, now = client.session, int(timezone.now().timestamp())
    session["seen"], session["since"] = now - seen, now - (since or seen)
    session.save()


def test_every_login_and_every_failure_is_an_event(client, clerk):
    sign_in(client, clerk.username, "wrong")
    sign_in(client, clerk.username)
    client.post("/logout/")
    events = SecurityEvent.objects.order_by("at").values_list("kind", "actor", "actor_name")
    assert list(events) == [
        ("login_failed", None, clerk.username),
        ("login", clerk.pk, clerk.name),
        ("logout", clerk.pk, clerk.name),
    ]


def test_an_event_never_holds_the_password(client, clerk):
    sign_in(client, clerk.username, "Geheim-0815-x")
    row = SecurityEvent.objects.values().get(kind="login_failed")
    assert "Geheim" not in str(row)


class TestPasswords:
    NEW = "Rongcheng-77"

    def change(self, client, old, new, again=None):
        return client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again or new})

    def test_the_first_password_is_changed_before_anything_else(self, client, people):
        user, first = accounts.create_user("newclerk", "示例新人", actor=people["secadmin"])
        sign_in(client, "newclerk", first)
        assert client.get(reverse("accounts:offices")).url == CHANGE
        assert "修改密码后才能办理业务" in client.get(CHANGE).content.decode()
        assert self.change(client, first, self.NEW).status_code == 302
        assert client.get(reverse("accounts:offices")).status_code == 403

    def test_after_ninety_days_it_must_be_changed(self, client_of, clerk):
        clerk.password_set_at = timezone.now() - timedelta(days=91)
        clerk.save()
        assert client_of(clerk).get(reverse("accounts:offices")).url == CHANGE

    @pytest.mark.parametrize(
        "new",
        ["Short-1", "alllowercase", "lower12345678", "UPPER12345678", "Password123", "huancui_clerk-7A", PASSWORD],
    )
    def test_a_weak_password_is_refused(self, client_of, clerk, new):
        answer = self.change(client_of(clerk), PASSWORD, new)
        assert answer.status_code == 200
        clerk.refresh_from_db()
        assert clerk.check_password(PASSWORD)

    def test_the_last_five_are_refused_and_the_sixth_is_free_again(self, client_of, clerk):
        client = client_of(clerk)
        used = [PASSWORD, *(f"Rongcheng-{number}" for number in range(71, 76))]
        for old, new in zip(used, used[1:], strict=False):
            assert self.change(client, old, new).status_code == 302
        for one in used[1:]:
            assert "最近 5 次" in self.change(client, used[-1], one).content.decode()
        assert self.change(client, used[-1], PASSWORD).status_code == 302

    def test_a_wrong_old_password_changes_nothing(self, client_of, clerk):
        assert "原密码不正确" in self.change(client_of(clerk), "wrong", self.NEW).content.decode()

    def test_a_change_ends_the_other_sessions_and_keeps_this_one(self, client_of, clerk):
        here, there = client_of(clerk), client_of(clerk)
        before = here.cookies["sessionid"].value
        self.change(here, PASSWORD, self.NEW)
        assert is_in(here)
        assert here.cookies["sessionid"].value != before
        assert not is_in(there)

    def test_a_change_does_not_bring_a_disabled_account_back(self, client_of, clerk, people):
        """The form saves what belongs to the password only."""
        from accounts.forms.sessions import NewPasswordForm

        data = {"old_password": PASSWORD, "new_password1": self.NEW, "new_password2": self.NEW}
        form = NewPasswordForm(clerk, data)
        accounts.disable(type(clerk).objects.get(pk=clerk.pk), actor=people["secadmin"], reason="离岗")
        assert form.is_valid()
        form.save()
        clerk.refresh_from_db()
        assert not clerk.is_active


class TestPosts:
    def test_a_post_of_somebody_else_cannot_be_chosen(self, client_of, town):
        client = client_of("huancui_clerk")
        key = f"soe_hr:enterprise:{town.mill.pk}"
        assert client.post(reverse("accounts:switch_post"), {"post": key}).status_code == 404

    def test_the_chosen_post_is_worn_and_a_withdrawn_one_forgotten(self, client_of, town, people):
        from accounts.services import appoint, dismiss

        clerk = people["huancui_clerk"]
        appoint(clerk, "archivist", town.huancui_archive, actor=people["secadmin"])
        client = client_of(clerk)
        key = f"archivist:office:{town.huancui_archive.pk}"
        before = client.cookies["sessionid"].value
        assert client.post(reverse("accounts:switch_post"), {"post": key}).status_code == 302
        assert client.cookies["sessionid"].value != before
        assert client.get(CHANGE).wsgi_request.user.post.key == key
        dismiss(clerk, "archivist", town.huancui_archive, actor=people["secadmin"], reason="调整分工")
        assert client.get(CHANGE).wsgi_request.user.post.position.code == "district"

    def test_large_type_stays_with_the_person(self, client_of, people):
        client = client_of("huancui_clerk")
        assert client.post(reverse("accounts:large_type"), {"next": CHANGE}).url == CHANGE
        assert 'class="large-type"' in client.get(CHANGE).content.decode()
        people["huancui_clerk"].refresh_from_db()
        assert people["huancui_clerk"].large_type
