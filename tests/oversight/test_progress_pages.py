"""The dashboards through the door: every number that is a link leads to a list with as many rows."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from handover.services import take
from oversight.counting import keeping
from tests import scene as scenes
from tests.linked_numbers import Numbers
from tests.oversight.test_counting import WATCHING, later
from weihai_transfer.lib import clock

pytestmark = pytest.mark.django_db
PAGES = ("progress", "progress_waiting", "progress_risks")


@pytest.fixture
def scene(town, people, make_person, tmp_path):
    return scenes.build(town, people, make_person, tmp_path)


def numbers_on(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Numbers(answer.content.decode()).found


def wrong_on(client, address, known):
    """The numbers of a page that differ from the lists behind them."""
    for number, url in numbers_on(client, address):
        if url not in known:
            answer = client.get(url)
            assert answer.status_code == 200, url
            known[url] = answer.context["list"].count
        if known[url] != number:
            yield address, number, known[url], url


def addresses(town, day=None, **more):
    query = "&".join(f"{name}={value}" for name, value in {"day": day or "", **more}.items() if value)
    return [f"{reverse(f'oversight:{page}')}?{query}" for page in PAGES]


@pytest.mark.parametrize("who", WATCHING)
def test_every_number_is_its_list(scene, town, client_of, who):
    client, known = client_of(who), {}
    assert [one for page in addresses(town) for one in wrong_on(client, page, known)] == []
    assert len(known) > 10


def test_every_number_of_a_part_is_its_list(scene, town, client_of):
    client, known = client_of("watchdog"), {}
    parts = (
        {"area": town.huancui.pk},
        {"area": town.huancui.pk, "street": town.zhudao.pk},
        {"enterprise": town.mill.pk},
        {"area": town.huancui.pk, "enterprise": town.port.pk},
    )
    assert [one for part in parts for page in addresses(town, **part) for one in wrong_on(client, page, known)] == []


def test_every_number_of_a_past_day_is_its_list(scene, town, people, client_of):
    yesterday = clock.today()
    with later(3):
        assert take("accept", [scene.people["安"].pk], actor=people["zhudao_clerk"]).moved
        # From the history alone, then from the tallies.
        for who in ("huancui_clerk", "watchdog"):
            client, known = client_of(who), {}
            pages = [*addresses(town, yesterday), addresses(town, since=yesterday)[0]]
            assert [one for page in pages for one in wrong_on(client, page, known)] == []
            keeping.count()


def test_whoever_has_left_the_offices_sight_is_counted_without_a_name(scene, town, people, client_of):
    day, one = clock.today(), scene.people["安"]
    with later(2):
        assert take("return", [one.pk], actor=people["zhudao_clerk"], reason_code="other", reason="示例").moved
    with later(3):
        address = f"{reverse('oversight:progress_people')}?day={day}&figure=waiting"
        page = client_of("zhudao_clerk").get(address)
        assert page.context["list"].count == 1
        assert one.name not in page.content.decode()
        assert "已不在本单位范围" in page.content.decode()
        returned = client_of("zhudao_clerk").get(reverse("oversight:progress_returns"))
        assert returned.context["list"].count == 1
        assert one.name not in returned.content.decode()
        assert one.name in client_of("mill_hr").get(reverse("oversight:progress_returns")).content.decode()


def test_a_place_that_does_not_exist_is_not_found(scene, client_of):
    client = client_of("watchdog")
    for query in ("area=999999", "street=999999", "enterprise=999999", "area=x", "street=%00", "enterprise=-1"):
        assert client.get(f"{reverse('oversight:progress')}?{query}").status_code == 404, query


def test_a_foreign_place_is_as_missing_as_none(scene, town, client_of):
    client = client_of("zhudao_clerk")
    for query in (f"street={town.yiyuan.pk}", f"area={town.gaoqu.pk}"):
        assert client.get(f"{reverse('oversight:progress')}?{query}").status_code == 404
    foreign = client_of("mill_hr").get(f"{reverse('oversight:progress')}?enterprise={town.port.pk}")
    assert foreign.status_code == 404


def test_a_day_that_cannot_be_is_told(scene, client_of):
    for text in ("abc", "2026-13-40", "9999-01-01"):
        page = client_of("watchdog").get(reverse("oversight:progress"), {"day": text, "since": text})
        assert page.status_code == 200, text
        assert page.content.decode().count("请核对") == 2, text


def test_a_comparison_with_a_later_day_is_refused_in_words(scene, client_of):
    page = client_of("watchdog").get(
        reverse("oversight:progress"), {"day": clock.today() - timedelta(days=5), "since": clock.today()}
    )
    assert "起始日期晚于截止日期" in page.content.decode()


def test_the_worst_can_be_pressed_in_two_clicks(scene, town, client_of):
    client = client_of("watchdog")
    page = client.get(reverse("oversight:progress"))
    held = dict(page.context["worst"])
    assert held["按接收区市"][0].label == str(town.huancui)
    address = held["按接收区市"][0].notice_url
    form = client.get(address)
    assert form.context["form"]["to"].value() == f"office-{town.huancui.pk}"
    assert "轮到你单位办理" in form.context["form"]["text"].value()
    key = re.search(r'name="key" value="([^"]+)"', form.content.decode())[1]
    due = form.context["form"]["due_on"].value()
    sent = client.post(
        reverse("handover:notice_issue"),
        {
            "key": key,
            "to": f"office-{town.huancui.pk}",
            "title": "示例督办",
            "text": "示例要求",
            "due_on": due.isoformat() if hasattr(due, "isoformat") else due,
        },
    )
    assert sent.status_code == 302
    assert (
        "督办"
        not in client_of("huancui_clerk")
        .get(reverse("oversight:progress"))
        .content.decode()
        .split("<main")[1]
        .split("谁卡住了移交")[0]
    )


def test_heads_of_areas_press_nobody(scene, client_of):
    page = client_of("huancui_clerk").get(reverse("oversight:progress"))
    assert all(not one.notice_url for _, helds in page.context["worst"] for one in helds)


def test_who_sees_no_people_sees_no_progress(scene, client_of):
    for name in (*PAGES, "progress_returns"):
        assert client_of("nobody").get(reverse(f"oversight:{name}")).status_code == 403


def test_letters_are_numbers_without_names_for_the_leading_group(scene, people, client_of):
    with later(200):
        page = client_of("watchdog").get(reverse("oversight:progress_risks")).content.decode()
    main = page.split("<main")[1]
    assert "介绍信已过期" in main
    assert all(one.name not in main for one in scene.people.values())
