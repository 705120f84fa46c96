"""What the browser is given: known files, strict headers on every kind of answer, no script or style inside a page."""

import hashlib
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from tests import scene as scenes
from tests.conftest import BACKEND

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# The files of @tabler/core 1.4.0, htmx.org 2.0.10 and echarts 5.6.0 as their npm packages have them; the wheels that
# carry them were compared byte for byte when they were chosen.
PINNED = {
    "tabler/css/tabler.min.css": "7ef750bd10546a695d0b12767ad8048bd8f3ec5de7daefb1067f9d0daa3d1c9a",
    "django_htmx/htmx-2.min.js": "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
    "echarts/echarts.min.js": "bf4a223524e40b77c304bec67e1222cf551f14880cf42c69dc046558e11c07b1",
}
OURS = ("css/", "js/", "img/")


# --- files


@pytest.mark.parametrize("name", PINNED)
def test_files_of_others_are_the_ones_that_were_checked(name):
    assert hashlib.sha256(Path(finders.find(name)).read_bytes()).hexdigest() == PINNED[name]


def test_of_the_package_that_carries_the_charts_one_file_is_served():
    carrier = Path(find_spec("django_layuix").origin).parent
    served = {
        str(Path(storage.path(name)).relative_to(carrier))
        for finder in finders.get_finders()
        for name, storage in finder.list([])
        if Path(storage.path(name)).is_relative_to(carrier)
    }
    assert served == {"static/layui/js/echarts.min.js"}
    assert [finders.find(f"{folder}/common.js") for folder in ("echarts", "layui/js", "js")] == [None] * 3
    assert not any("layui" in app for app in settings.INSTALLED_APPS)


def named_in_templates():
    return {found for path in TEMPLATES for found in re.findall(r"{% static '([^']+)' %}", path.read_text())}


def test_pages_use_no_file_that_is_neither_pinned_nor_ours():
    assert {name for name in named_in_templates() if not name.startswith(OURS)} == set(PINNED)


def test_every_file_of_ours_is_used_and_every_used_file_is_there():
    ours = {str(path.relative_to(ROOT / "static")) for path in (ROOT / "static").rglob("*") if path.is_file()}
    assert {name for name in named_in_templates() if name.startswith(OURS)} == ours


def test_no_page_and_no_file_of_ours_calls_another_host():
    found = []
    for path in [*TEMPLATES, *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        found += [f"{path.name}: {address}" for address in re.findall(r"""["'(](?:https?:)?//[^"')\s]+""", text)]
    assert found == []


# --- templates


class Inline(HTMLParser):
    """What a strict policy would block: scripts and styles in the page itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        for name, value in attributes:
            if (
                name == "style"
                or name.startswith(("on", "hx-on"))
                or (value or "").strip().lower().startswith("javascript:")
            ):
                self.found.append(f"{tag} {name}")
            if name.startswith("hx-") and (value or "").strip().startswith(("js:", "javascript:")):
                self.found.append(f"{tag} {name}")


def inline(text):
    parser = Inline()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_has_a_script_or_a_style_of_its_own(path):
    assert inline(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "x", path.read_text())) == []


def test_the_search_would_find_them():
    text = '<p style="x" onclick="y"></p><script>z</script><style></style><a href="javascript:0" hx-on:click="b">'
    assert len(inline(text)) == 6


def sources_and_templates():
    tops = (
        "accounts",
        "archives",
        "audit",
        "benefits",
        "handover",
        "oversight",
        "party",
        "retirees",
        "tracks",
        "weihai_transfer",
    )
    for top in tops:
        yield from (ROOT / top).rglob("*.py")
    yield from TEMPLATES


def test_every_template_is_used():
    everything = {path: path.read_text() for path in sources_and_templates()}
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        # A template's first comment names itself; that is no use of it.
        if not any(
            re.search(rf"""["']{re.escape(name)}["']""", text) for other, text in everything.items() if other != path
        ):
            unused.append(name)
    assert unused == []


def test_every_template_is_sound():
    for path in TEMPLATES:
        get_template(str(path.relative_to(ROOT / "templates")))


def test_every_piece_says_what_it_needs():
    pieces = [path for path in TEMPLATES if path.name.startswith("_") and path.name != "_page.html"]
    assert [str(path) for path in pieces if "{#" not in "".join(path.read_text().splitlines()[:2])] == []


# --- headers

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}


def directives(answer):
    text = answer.headers.get("Content-Security-Policy", "")
    return dict(
        part.strip().split(" ", 1) if " " in part.strip() else (part.strip(), "") for part in text.split(";") if part
    )


def broken(request):
    raise RuntimeError("示例")


@pytest.fixture
def answers(town, people, make_person, tmp_path, client_of, caplog):
    """One answer of every kind."""
    caplog.set_level("CRITICAL", "django")
    scene = scenes.build(town, people, make_person, tmp_path)
    hr, street, out = client_of("mill_hr"), client_of("yiyuan_clerk"), Client()
    person = scene.people["安"].pk
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["mill_hr"], backend=BACKEND)
    failing = Client(raise_request_exception=False)
    failing.force_login(people["mill_hr"], backend=BACKEND)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("oversight.workbench.tiles", broken)
        failed = failing.get(reverse("oversight:workbench"))
    return {
        "login": (out.get(reverse("login")), 200),
        "sent to the login": (out.get(reverse("handover:people")), 302),
        "wrong password": (out.post(reverse("login"), {"username": "nobody", "password": "示例"}), 200),
        "page": (hr.get(reverse("handover:person", args=[person])), 200),
        "list": (hr.get(reverse("handover:people")), 200),
        "piece": (
            hr.get(reverse("retirees:progress", args=[scene.rosters["于"].pk]), headers={"HX-Request": "true"}),
            200,
        ),
        "foreign": (street.get(reverse("handover:person", args=[person])), 404),
        "no such page": (hr.get("/nowhere/"), 404),
        "forbidden": (street.get(reverse("accounts:users")), 403),
        "wrong method": (hr.get(reverse("logout")), 405),
        "no token": (strict.post(reverse("handover:search"), {"q": "示例"}), 403),
        "bad request": (hr.post(reverse("retirees:import", args=[scene.rosters["安"].pk]), {}), 400),
        "wrong form": (hr.post(reverse("retirees:upload"), {"enterprise": ""}), 422),
        "broken": (failed, 500),
        "done": (hr.post(reverse("accounts:large_type")), 302),
    }


@pytest.fixture
def downloads(town, people, make_person, tmp_path, client_of):
    scene, hr = scenes.build(town, people, make_person, tmp_path), client_of("mill_hr")
    roster = [scene.rosters["安"].pk]
    return {
        "template": hr.get(reverse("retirees:template")),
        "annotated": hr.get(reverse("retirees:annotated", args=roster)),
        "original": hr.get(reverse("retirees:original", args=roster)),
        "receipt": hr.get(reverse("handover:case_scan", args=[scene.papers["白"].pk])),
    }


def test_every_answer_has_the_strict_policy_and_its_company(answers):
    assert {name: answer.status_code for name, (answer, _) in answers.items()} == {
        name: expected for name, (_, expected) in answers.items()
    }
    for name, (answer, _) in answers.items():
        assert directives(answer) == POLICY, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "no-store" in answer.headers["Cache-Control"], name


def test_no_answer_has_a_script_or_a_style_of_its_own(answers):
    for name, (answer, _) in answers.items():
        assert inline(answer.content.decode()) == [], name


def test_no_answer_tells_with_what_it_was_made(answers):
    for name, (answer, _) in answers.items():
        assert not {"Server", "X-Powered-By"} & set(answer.headers), name
        assert "Traceback" not in answer.content.decode(), name


def test_downloads_are_saved_and_never_run(downloads):
    for name, answer in downloads.items():
        b"".join(answer.streaming_content)
        assert answer.status_code == 200, name
        assert answer.headers["Content-Disposition"].startswith("attachment"), name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert "no-store" in answer.headers["Cache-Control"], name
        assert "sandbox" in answer.headers["Content-Security-Policy"], name
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], name
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", name


@pytest.mark.parametrize("name", ["css/house.css", "js/house.js", "img/mark.svg", *PINNED])
def test_static_files_have_the_same_guard(client, name):
    answer = client.get(f"/static/{name}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == Path(finders.find(name)).read_bytes()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # A drawing that is opened by itself is a document: it must not run anything either.
    assert directives(answer) == POLICY
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cookies_are_out_of_reach_of_scripts(client, people):
    people["nobody"].set_password("示例Abc-12345")
    people["nobody"].save()
    client.get(reverse("login"))
    client.post(reverse("login"), {"username": "nobody", "password": "示例Abc-12345"})
    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_login_changes_the_session_and_logout_clears_the_browser(client, people):
    people["nobody"].set_password("示例Abc-12345")
    people["nobody"].save()
    session = client.session
    session["before"] = 1
    session.save()
    first = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = first
    client.post(reverse("login"), {"username": "nobody", "password": "示例Abc-12345"})
    second = client.session.session_key
    assert second != first
    answer = client.post(reverse("logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies[settings.SESSION_COOKIE_NAME] = second
    assert client.get(reverse("oversight:workbench")).status_code == 302


def test_a_foreign_host_name_is_refused(client, caplog):
    caplog.set_level("CRITICAL", "django")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        assert client.get(reverse("login"), headers={"host": "evil.example"}).status_code == 400


def test_the_login_leads_nowhere_else(client, people):
    people["nobody"].set_password("示例Abc-12345")
    people["nobody"].save()
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        data = {"username": "nobody", "password": "示例Abc-12345", "next": target}
        assert Client().post(reverse("login"), data).url == reverse("oversight:workbench"), target


def test_the_error_page_needs_no_request_that_works():
    """The page of a broken server is drawn without a user and without a query."""
    answer = get_template("500.html").render({}, RequestFactory().get("/"))
    assert "500" in answer or "系统" in answer
    assert inline(answer) == []
