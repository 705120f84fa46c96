"""How each address of the site is called in tests: what stands in it, and what a POST would say.

Every POST says everything that its form asks for, so that a refusal is a refusal of the person and not of the form.
"""

import io
import re
import uuid
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from audit.models import Operation
from handover.agreements import plan
from handover.models import Agreement
from oversight.reports.bulletins import EDITED, version_of
from party.organisations import keeping
from tests import agreements as arranged
from tests.conftest import ALLOWED_BY_GET, WRITING
from weihai_transfer.lib import identity

MISSING = {"uuid": uuid.UUID("00000000-0000-4000-8000-00000000dead"), "int": 2**31 - 7}
REASON = "示例说明"
PERSON = (
    "handover:person handover:correct handover:death handover:relocate handover:compare handover:acknowledge_death "
    "handover:reveal handover:step handover:care_act archives:dossier archives:record archives:step archives:catalogue "
    "archives:catalogue_workbook archives:upload_catalogue archives:note_missing "
    "party:membership party:receipt party:step party:search party:facts party:contact "
    "benefits:transfer benefits:medical_step benefits:person benefits:add "
    "oversight:due_spent"
).split()
OUT_OF_POOL = (
    "benefits:treatment benefits:step benefits:item benefits:decide benefits:change benefits:remove "
    "benefits:settlement benefits:settlement_make benefits:settlement_paper benefits:settlement_scan "
    "benefits:settlement_attach benefits:treatment_make benefits:treatment_paper benefits:treatment_scan "
    "benefits:treatment_attach"
).split()
LISTS_OF_AGREEMENTS = ("handover:asset_add", "handover:asset_import", "handover:asset_export")
SHIPMENT = (
    "archives:shipment archives:describe archives:shipment_step archives:annex archives:shipment_list archives:check "
    "archives:rest archives:shipment_make"
).split()
ARCHIVE_PAPERS = {
    f"archives:{owner}_{view}": f"{owner}_paper"
    for owner in ("shipment", "dossier", "fee")
    for view in ("paper", "scan", "attach")
}
EXPORT = [
    f"oversight:{view}"
    for view in ("export", "cancel_export", "export_file", "export_request", "export_approve", "export_refuse")
]
SECOND = {"handover:reveal": "field", "handover:step": "step", "archives:step": "step", "party:step": "step"}
SECOND["benefits:medical_step"] = "step"
SECOND["handover:care_act"] = "act"
# 二(五): which row of the scene stands in the address.
MEDICAL = {
    **{f"benefits:medical_{view}": "paper" for view in ("paper", "scan", "attach")},
    **{f"benefits:supplementary_{view}": "plan_paper" for view in ("paper", "scan", "attach")},
    **dict.fromkeys(("benefits:supplementary_plan", "benefits:supplementary_level", "benefits:import_covers"), "plan"),
    "benefits:cover": "cover",
}


def url_names(patterns=None, prefix=""):
    """Every name of the URL configuration, with its namespace."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield prefix + one.name
        else:
            yield from url_names(one.url_patterns, prefix + (f"{one.namespace}:" if one.namespace else ""))


def address(name, words, scene, town, people):
    """The URL of one line of the table; `words` are what follows the name there."""
    return reverse(name, kwargs=_arguments(name, words, scene, town, people))


def address_of_nothing(url):
    """The same address with ids that no row has."""
    url = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(MISSING["uuid"]), url)
    return re.sub(r"/\d+/", f"/{MISSING['int']}/", url)


def _arguments(name, words, scene, town, people):
    if not words:
        return {}
    first, *rest = words
    if name in OUT_OF_POOL:
        key = "owner" if name.endswith("_make") else "pk"
        return {key: _money(name, scene)[first].pk} | _of_money(name, rest)
    if name in PERSON:
        return {"pk": scene.people[first].pk} | ({SECOND[name]: rest[0]} if rest else {})
    if name in ("handover:bulk", "handover:receive_bulk"):
        return {"step": first}
    if name.startswith("handover:bulk_"):
        return {"step": first, "pk": scene.selections[rest[0]].pk}
    if name == "handover:make_papers":
        return {"code": first}
    if name == "handover:batch_make":
        return {"owner": scene.batches[first].pk, "code": rest[0]}
    if name == "handover:relocation_step":
        return {"pk": scene.relocations[first].pk, "step": rest[0]}
    if name in ("handover:move", "handover:move_step"):
        return {"pk": scene.moves[first].pk} | ({"step": rest[0]} if rest else {})
    if name == "handover:agreement_make":
        return {"owner": scene.agreements[first].pk, "code": rest[0]}
    if name == "retirees:forecast_choose":
        return {"pk": scene.expected[first].pk}
    if name == "retirees:forecast_roster":
        return {"month": first}
    if name in ("handover:problem", "handover:problem_step", "handover:notice", "handover:notice_step"):
        rows = scene.problems if "problem" in name else scene.pressed
        return {"pk": rows[first].pk} | ({"step": rest[0]} if rest else {})
    if name in ("handover:agreement_step", "handover:asset_step"):
        return {"pk": _row(name, first, scene, town, people).pk, "step": rest[0]}
    if name == "benefits:supplementary_make":
        return {"owner": scene.medical["plan"].pk, "code": rest[0]}
    if name in ("handover:case_make", "archives:dossier_make", "party:membership_make", "benefits:medical_make"):
        return {"owner": scene.people[first].pk, "code": rest[0]}
    if name in ("archives:shipment_make", "archives:fee_make"):
        return {"owner": _row(name, first, scene, town, people).pk, "code": rest[0]}
    if name in ("archives:remove_material", "archives:supply"):
        kind = {"archives:remove_material": "material", "archives:supply": "paper"}[name]
        return {"pk": scene.people[first].pk, kind: scene.archives[rest[0]].pk}
    if name.endswith(("outcome", "_papers_of")):
        return {"key": scene.acts[first]}
    if name == "oversight:audit_operation":
        return {"pk": Operation.objects.get(pk=scene.acts[first]).pk}
    if name in ("oversight:audit_person", "oversight:audit_seen", "oversight:why_own"):
        return {"pk": scene.people[first].pk}
    if name == "oversight:why_answer":
        return {"user": people[first].pk, "pk": scene.people[rest[0]].pk}
    if name == "oversight:ask_export":
        return {"what": first}
    if name in EXPORT:
        return {"pk": scene.exports[first].pk}
    if name == "accounts:set_target":
        return {"code": first, "measure": rest[0]}
    if name == "oversight:baseline_change":
        return {"pk": scene.baseline["change"].pk}
    if name == "oversight:bulletin" or name.startswith("oversight:bulletin_"):
        return {"pk": scene.bulletins[first].pk}
    if name.startswith("oversight:funding_"):
        return _of_funding(name, first, scene, town)
    return (
        {"pk": _row(name, first, scene, town, people).pk} | _more(name, words, scene, town)
        if _has_pk(name)
        else {"code": first}
    )


def _of_funding(name, word, scene, town):
    year = {"year": timezone.localdate().year}
    if name == "oversight:funding_workbook":
        return year
    if name in ("oversight:funding_area", "oversight:funding_people"):
        month = {"month": 12} if name.endswith("people") else {}
        return year | {"pk": getattr(town, word).pk} | month
    return {"pk": scene.funding[name.rsplit("_", 1)[1]].pk}


def _money(name, scene):
    """The rows of out-of-pool money that an address is about."""
    made = name.removeprefix("benefits:")
    if made in ("settlement_paper", "settlement_scan", "settlement_attach"):
        return scene.money["settlement_papers"]
    if made in ("treatment_paper", "treatment_scan", "treatment_attach"):
        return scene.money["treatment_papers"]
    return scene.money["settlements" if made.startswith("settlement") else "items"]


def _of_money(name, rest):
    return {"code" if name.endswith("_make") else "step": rest[0]} if rest else {}


def _has_pk(name):
    return name not in ("accounts:set_parameter", "accounts:set_stage")


def _row(name, word, scene, town, people):
    if name.startswith("handover:relocation"):
        return scene.relocations[word]
    if name in ("archives:fee", "archives:fee_step", "archives:fee_make"):
        return scene.archives["fee"]
    if name in MEDICAL:
        return scene.medical[MEDICAL[name]]
    if name in ARCHIVE_PAPERS:
        return scene.archives[ARCHIVE_PAPERS[name]]
    if name in SHIPMENT:
        return scene.shipments[word]
    if name.startswith("party:membership_"):
        return scene.member_papers[word]
    if name.startswith("handover:case_"):
        return scene.papers[word]
    if name in ("handover:batch_paper", "handover:batch_scan", "handover:batch_attach"):
        return scene.batch_papers[word]
    if name in ("handover:agreement_paper", "handover:agreement_scan", "handover:agreement_attach"):
        return scene.agreement_papers[word]
    if name.startswith("handover:agreement") or name in LISTS_OF_AGREEMENTS:
        return scene.agreements[word]
    if name.startswith("handover:asset"):
        return scene.assets[word]
    if name in ("handover:batch", "handover:batch_roster"):
        return scene.batches[word]
    if name.startswith("retirees:"):
        return scene.rosters[word]
    if word in scene.reference:
        return scene.reference[word]
    return people[word] if word in people else getattr(town, word)


def _more(name, words, scene, town):
    if name in ("archives:shipment_step", "archives:fee_step"):
        return {"step": words[1]}
    if name == "accounts:remove_alias":
        return {"alias": scene.reference[words[1]].pk}
    if name == "accounts:dismiss":
        position, kind, place = words[1:]
        return {"position": position, "kind": kind, "place": getattr(town, place).pk}
    return {}


def data_of(name, words, scene, town):
    """What a POST says. Beside it everything that nobody may say (security.md A5): none of it may have an effect."""
    given = {"key": str(uuid.uuid4()), "reason": REASON, **FORBIDDEN, **_own(name, words, scene, town)}
    return given


def today():
    return str(timezone.localdate())


def money(town):
    year = timezone.localdate().year
    return {"area": town.huancui.pk, "year": year, "finance": "city", "line": "general", "amount": "10"}


def words_of(bulletin):
    texts = {name: getattr(bulletin, name) for name in EDITED}
    return texts | {"seen": version_of(bulletin)}


def scan():
    return SimpleUploadedFile("示例.pdf", b"%PDF-1.4 %%EOF")


DECIDED = {"ended_on": "2024-01-01", "decided_by": "示例单位", "decision_number": "示例1号"}
FORBIDDEN = {
    "state": "completed",
    "last_step": "complete",
    "office": "",
    "is_superuser": "1",
    "is_staff": "1",
    "actor": "1",
    "roster": "",
    "created_by": "1",
}


def _own(name, words, scene, town):
    person = str(scene.people["安"].pk)
    ticked = {"id": [person], "seen": "1"}
    own = {
        "login": {"username": "nobody", "password": "示例错误密码"},
        "password_change": {"old_password": "x", "new_password1": "y", "new_password2": "z"},
        "accounts:switch_post": {"post": f"soe_hr:enterprise:{town.mill.pk}"},
        "accounts:add_office": {"kind": "street", "name": "示例新街道", "since": "2024-01-01", "basis": "示例文件"},
        "accounts:change_office": {"name": "示例改名街道", "version": ""},
        "accounts:relink_office": {"receiver": town.gaoqu.pk, "since": "2024-01-01", "basis": "示例文件"},
        "accounts:use_office": {"wanted": "0"},
        "accounts:use_enterprise": {"wanted": "0"},
        "accounts:use_user": {"wanted": "0"},
        "accounts:add_alias": {"name": "示例别名"},
        "accounts:add_enterprise": {"code": "DEMO77", "name": "示例新企业", "level": "city"},
        "accounts:change_enterprise": {"name": "示例改名企业", "level": "city", "version": ""},
        "accounts:add_user": {"username": "demo.new", "name": "示例新人"},
        "accounts:appoint": {"q": "示例纺织厂", "place": f"enterprise-{town.mill.pk}", "position": "soe_hr"},
        "accounts:set_parameter": {"value": "20", "since": "2026-01-01", "source": "示例文件"},
        "accounts:holidays": {"day": "2031-05-06", "working": "0", "note": "示例通知"},
        "retirees:upload": {"enterprise": town.mill.pk, "file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "retirees:import": {"rows": "good"},
        "archives:bulk": {"step": "receive", "confirm": "1", **ticked},
        "party:bulk": {"step": "arrive", "confirm": "1", "arrived_on": str(timezone.localdate()), **ticked},
        "party:import": {"file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "party:note_notices": {"id": [str(scene.notices["崔"].pk)], "seen": "1"},
        "party:add_organisation": {
            "kind": "branch",
            "name": "中共示例新支部委员会",
            "place": f"enterprise-{town.mill.pk}",
            "parent": town.mill_committee.pk,
        },
        "party:change_organisation": {"name": "中共示例改名委员会", "version": keeping.version_of(town.mill_committee)},
        "party:search": {"searched_on": str(timezone.localdate()), "way": "visit", "note": "示例：走访未遇"},
        "party:facts": {"floating": "1", "floating_to": "示例市", "papers_complete": "true"},
        "party:membership_make": {"file": scan()},
        "party:membership_attach": {"file": scan()},
        "party:receipt": {"receipt_on": "2024-06-01"},
        "archives:upload_register": {"file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "archives:upload_catalogue": {"file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "archives:catalogue": {"cls": "ten:一", "title": "示例履历表", "copies": "1", "pages": "2"},
        "archives:note_missing": {"title": "示例工资表", "why": "never_made"},
        "archives:schemes": {"code": "newone", "name": "示例新方案", "classes": "1 示例"},
        "archives:add_shipment": {
            "enterprise": town.mill.pk,
            "addressee": town.huancui_archive.pk,
            "way": "confidential",
        },
        "archives:shipment_bulk": {"step": "finish", "confirm": "1", **ticked},
        "archives:fee_bulk": {"step": "acknowledge", "confirm": "1", **ticked},
        "archives:describe": {"way": "confidential", "carrier": "示例"},
        "archives:check": {"code": "1", "outcome": "received"},
        "archives:add_fee": {
            "enterprise": town.mill.pk,
            "office": town.huancui_archive.pk,
            "assessor": scene.archives["assessor"].pk,
        },
        "archives:dossier_make": {"file": scan()},
        "archives:shipment_attach": {"file": scan()},
        "archives:fee_make": {"file": scan()},
        # 二(五)
        "benefits:medical_bulk": {"step": "agree", "confirm": "1", "agreed_on": today(), **ticked},
        "benefits:medical_step": {
            "agreed_on": today(),
            "scheme": "own",
            "amount": "0",
            "amount_kind": "once",
            "payer": "enterprise",
            "bureau": town.medical_bureau.pk,
        },
        "benefits:medical_make": {"file": scan()},
        "benefits:supplementary_make": {"file": scan()},
        "benefits:add_supplementary": {
            "enterprise": town.mill.pk,
            "kind": "mutual",
            "name": "示例互助",
            "since": "2020-01-01",
            "amount": "100",
            "document": "示例文件",
        },
        "benefits:supplementary_level": {"since": "2024-01-01", "amount": "1300", "document": "示例文件"},
        "benefits:import_covers": {"since": "2024-01-01", "file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "benefits:cover_bulk": {"id": [str(scene.medical["cover"].pk)], "seen": "1", "confirm": "1", **DECIDED},
        "benefits:cover": DECIDED,
        "archives:record": {"volumes": "3", "place": "示例库房"},
        "handover:bulk": ticked,
        "handover:receive_bulk": ticked,
        "handover:bulk_selection": {"reason_code": ""},
        "handover:reveal": {"purpose": "contact"},
        "handover:death": {"died_on": "2024-06-01", "note": REASON},
        "handover:search": {"q": "示例"},
        "handover:distribute": {"act": "page", f"to-{scene.people['崔'].pk}": town.jingyuan.pk},
        "handover:relocate": {"office": town.yiyuan.pk, "note": REASON},
        "handover:relocation_come": {
            # What is typed comes back with the form; a number that is nobody's cannot be taken for somebody's.
            "id_number": "371002190001010000",
            "name": "示例查无此人",
            "office": town.yiyuan.pk,
            "note": REASON,
        },
        "handover:relocation_bulk": {"step": "accept", "confirm": "1", **ticked},
        "retirees:forecast_import": {
            "enterprise": town.mill.pk,
            "way": "append",
            "file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n"),
        },
        "retirees:explain": {"kind": "retired_late", "text": "示例说明"},
        "retirees:forecast_choose": {"choice": "none"},
        "handover:eligibility_import": {"file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "handover:care_bulk": {"step": "serve", "confirm": "1", "on": today(), "kind": "visit", **ticked},
        "handover:care_act": {"on": today(), "kind": "advice", "text": "示例"},
        "handover:activity_record": {
            "on": today(),
            "title": "示例",
            "kind": "culture",
            "office": town.zhudao.pk,
            "participants": "5",
        },
        "handover:move_bulk": {"confirm": "1", **ticked},
        "handover:death_bulk": {"confirm": "1", **ticked},
        "handover:problem_raise": {"title": "示例事由", "kind": "contact", "text": "示例困难"},
        "handover:problem_bulk": {"step": "assign", "confirm": "1", "to": f"office-{town.civil_bureau.pk}", **ticked},
        "handover:notice_issue": {
            "to": f"office-{town.huancui.pk}",
            "title": "示例督办",
            "text": "示例要求",
            "due_on": "2099-12-31",
        },
        "handover:notice_people": {"confirm": "1", "title": "示例", "text": "示例", "due_on": "2099-12-31", **ticked},
        "handover:notice_bulk": {"step": "close", "confirm": "1", **ticked},
        "handover:case_make": {"file": scan()},
        "handover:case_attach": {"file": scan()},
        "handover:batch_attach": {"file": scan()},
        "handover:agreement_make": {"file": scan()},
        "handover:agreement_attach": {"file": scan()},
        "handover:agreement_draft": {"enterprise": town.mill.pk, "area": town.wendeng.pk},
        "handover:agreement_bulk": {"step": "agree", "confirm": "1", **ticked},
        "handover:agreement_step": {"reason_code": "other"},
        "handover:agreement_plan": {
            "version": plan.version_of(Agreement.objects.get(pk=scene.agreements[(words or "白")[0]].pk))
            if name == "handover:agreement_plan"
            else "",
            "people": "5",
            "contingency": "示例预案",
        },
        "handover:asset_add": arranged.asset(handed_over_on=""),
        "handover:asset_change": arranged.asset(handed_over_on="", title_number="示例新证号"),
        "handover:asset_import": {"way": "append", "file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "handover:asset_bulk": {"step": "receive", "confirm": "1", "handed_over_on": today(), **ticked},
        "handover:asset_step": {"handed_over_on": today()},
        # Exports
        "oversight:ask_export": {"columns": ["name"]},
        # Reports
        "oversight:bulletin_draft": {"month": "2024-05"},
        "oversight:bulletin_edit": words_of(scene.bulletins["安"]),
        "oversight:bulletin_issue": {"checked": "on"},
        # Service funding
        "oversight:audit_people": {"q": scene.people["安"].id_number},
        "oversight:why": {"account": "mill_hr", "number": scene.people["安"].id_number},
        "oversight:funding_set_rate": {
            "level": "city",
            "since": today(),
            "per_head": "120",
            "source": "示例文件",
            **{"central": "0", "province": "0", "city": "50", "area": "50"},
        },
        "oversight:funding_add_budget": money(town) | {"document": "示例文件"},
        "oversight:funding_add_payment": money(town) | {"paid_on": today(), "voucher": "示例凭证"},
        "benefits:bulk": {
            "step": "approve",
            "confirm": "1",
            "proof": "示例函〔2026〕1号",
            "proof_on": today(),
            "id": [str(scene.money["items"]["安"].pk)],
            "seen": "1",
        },
        "benefits:item_bulk": {"confirm": "1", "id": [str(scene.money["items"]["安"].pk)], "seen": "1"},
        "benefits:settle": {"confirm": "1", "settled_on": today(), **ticked},
        "benefits:import": {"file": SimpleUploadedFile("示例.csv", b"a,b\n1,2\n")},
        "benefits:change": ITEM | {"version": "{}"},
        "benefits:add": ITEM | {"kind": "property"},
        "benefits:set_plan": {
            "enterprise": town.mill.pk,
            "first_day": "2021-01-01",
            "years": "1",
            "first_percent": "50",
            "document": "示例〔2021〕9号",
        },
        "benefits:expectancy": {"since": "2026-01-01", "years": "79.5", "year": "2024", "source": "示例统计公报"},
        "benefits:step": {"proof": "示例〔2026〕2号", "proof_on": today()},
        "benefits:settlement_attach": {"file": scan()},
        "benefits:treatment_make": {"file": scan()},
        # Baseline
        "oversight:baseline_freeze": {"source": "示例调查摸底", "reason": "示例理由"},
        "accounts:set_target": {"percent": "90", "due_on": "2030-06-30", "source": "示例文件"},
        "accounts:set_stage": {"first_day": "2021-01-01", "source": "示例文件"},
    }
    return own.get(name, {}) | (_of_step(name, words, scene, town) if name.endswith("step") else {})


def _of_step(name, words, scene, town):
    if name == "handover:step":
        return {
            "return": {"reason_code": "wrong_address"},
            "assign": {"target": town.jingyuan.pk},
            "contact": CARD,
        }.get(words[1], {})
    return {
        "return": {"reason_code": "not_sorted"},
        "decline": {"reason_code": "not_living_here"},
        "arrive": {"arrived_on": str(timezone.localdate())},
        "assign": {"to": f"office-{town.civil_bureau.pk}", "due_on": "2099-12-31"},
        "reply": {"reply": "示例办理情况"},
        "void": {"reason_code": "lost"},
    }.get(words[1], {})


ITEM = {
    "rate": "100",
    "period": "monthly",
    "since": "2018-01-01",
    "met_old_rules": "on",
}
CARD = {"contact_card": "示例-0001", "contacted_on": "2024-07-01"}


def everything_of(answer):
    """Head and body of an answer as text; of a workbook what is packed in it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(one) for one in packed.namelist())
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{head}\n{body.decode(errors='replace')}"


# Not part of a longer word: a timestamp, a token and an id are no number of anybody.
ID_NUMBER = re.compile(r"(?<![0-9A-Za-z-])\d{17}[\dXx](?![0-9A-Za-z-])")
PHONE = re.compile(r"(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z-])")


def clear_numbers(text):
    """Whole ID numbers and mobile numbers in a text."""
    return [one for one in ID_NUMBER.findall(text) if identity.is_valid(one.upper())] + PHONE.findall(text)


NOT_THE_SAME_TWICE = (
    (r'name="csrfmiddlewaretoken" value="\w+"', ""),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d", "NOW"),
    (rf"/({MISSING['int']}|\d+)/", "/ID/"),
)


def without_ids(answer):
    text = answer.content.decode()
    for pattern, word in NOT_THE_SAME_TWICE:
        text = re.sub(pattern, word, text)
    return answer.status_code, text, sorted(name for name in answer.headers if name != "Content-Length")


class Changes:
    """What a request changed in the database. A write that was undone (a refusal inside its operation) is none."""

    TABLE = re.compile(r'(?:INTO|UPDATE|FROM|TRUNCATE|COPY)\s+"?(\w+)"?', re.IGNORECASE)

    def __enter__(self):
        self.before, self.reading = {}, False
        self.wrapper = connection.execute_wrapper(self.watch)
        self.wrapper.__enter__()
        return self

    def watch(self, execute, sql, params, many, context):
        if WRITING.match(sql) and not self.reading:
            table = self.TABLE.search(sql).group(1)
            if table not in ALLOWED_BY_GET and table not in self.before:
                self.before[table] = self.rows(table)
        return execute(sql, params, many, context)

    def rows(self, table):
        self.reading = True
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            found = sorted(map(repr, cursor.fetchall()))
        self.reading = False
        return found

    def __exit__(self, *raised):
        self.wrapper.__exit__(*raised)
        if not raised[0]:
            self.tables = [table for table, before in self.before.items() if self.rows(table) != before]
