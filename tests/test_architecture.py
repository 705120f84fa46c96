"""The house itself: which way imports point, who writes a state, how views begin their queries, what is forbidden."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from accounts.scope import Scoped
from retirees.models import PersonFacts

ROOT = Path(settings.BASE_DIR)
# From the ground up. Names on one line do not know each other.
LAYERS = (
    ("weihai_transfer.lib",),
    ("audit",),
    ("accounts",),
    ("tracks",),
    ("retirees",),
    ("archives", "party", "benefits"),
    ("handover",),
    ("oversight",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
APPS = tuple(name for name in LEVEL if (ROOT / name.replace(".", "/")).is_dir())
# The roof: it names everything and nothing of ours imports it.
ROOF = ("weihai_transfer.settings", "weihai_transfer.urls", "weihai_transfer.wsgi", "weihai_transfer.formats")


@dataclass(frozen=True)
class Source:
    module: str
    path: Path

    @property
    def layer(self):
        return layer_of(self.module)

    @property
    def text(self):
        return self.path.read_text()

    @property
    def nodes(self):
        return list(ast.walk(ast.parse(self.text)))


def layer_of(module):
    return next((name for name in LEVEL if module == name or module.startswith(f"{name}.")), None)


@cache
def sources():
    """Every module of ours; what Django wrote (migrations) is read too."""
    found = []
    for top in sorted({name.split(".")[0] for name in APPS}):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append(Source(".".join(parts).removesuffix(".__init__"), path))
    return found


@cache
def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def imported(source):
    """Each module that the file imports, at its head or inside a function, with `from x import y` as x.y too."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.module}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# An import in disguise: a model or a function that is asked for by name.
NAMED = re.compile(rf"^({'|'.join(sorted({name.split('.')[0] for name in APPS}))})\.[A-Za-z_.]+$")


def named(source):
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.match(node.value):
            yield node.value


def test_all_layers_are_looked_at():
    """A package that stands in no layer would be free to import what it likes."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools", "bench"}
    assert packages == {name.split(".")[0] for name in APPS}
    assert len(sources()) > 100


def test_imports_point_downwards():
    upwards = [
        f"{source.module} → {target}"
        for source in sources()
        if source.layer
        for target in [*imported(source), *named(source)]
        if layer_of(target) and not may_know(source.layer, layer_of(target))
    ]
    assert upwards == []


def may_know(layer, other):
    return layer == other or LEVEL[other] < LEVEL[layer]


def test_nothing_imports_the_roof():
    found = [
        f"{source.module} → {target}"
        for source in sources()
        if source.module not in ROOF
        for target in imported(source)
        if target.startswith(ROOF)
    ]
    assert found == []


def test_the_product_imports_no_test_and_no_tool():
    foreign = [
        f"{source.module} → {target}"
        for source in sources()
        for target in imported(source)
        if target.split(".")[0] in ("tests", "tools", "bench", "pytest", "selenium", "deploy")
    ]
    assert foreign == []


# --- who writes a state


def written_states(nodes):
    """Places that give a `state` to rows that are stored: act.change(…, state=…), {"state": …} in an act, update(state=…)."""
    for node in nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in ("change", "change_each", "update", "update_or_create", "bulk_update"):
            continue
        keys = {keyword.arg for keyword in node.keywords}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Dict):
                keys |= {key.value for key in inner.keys if isinstance(key, ast.Constant)}
        if "state" in keys:
            yield node


# A roster and a selection are jobs and no tracks: their state says how far a worker is.
JOBS = {"Roster", "BulkSelection", "Export"}
OPENING = {"handover.opening", "archives.opening", "party.opening", "handover.services.deaths"}


def root_of(node):
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_only_advancing_writes_the_state_of_a_track():
    found = {
        source.module
        for source in sources()
        for node in written_states(source.nodes)
        if not (node.func.attr == "update" and root_of(node.func) in JOBS)
    }
    assert found == set(), "a track's state is changed by tracks.advancing.advance alone"


@pytest.mark.parametrize(
    "code",
    [
        "act.change(Case, ids, state='x')",
        "act.change_each(Case, {1: {'state': 'x'}})",
        "Case.objects.update(state='x')",
    ],
)
def test_the_search_would_find_a_written_state(code):
    assert len(list(written_states(ast.walk(ast.parse(code))))) == 1


def test_a_new_track_row_begins_in_a_state_only_where_tracks_are_opened():
    """insert_select(…, state=…) and Model(state=…) of the concrete tracks."""
    tracks = {"Case", "Dossier", "Membership", "DeathNotice", "Shipment", "FilingFee"}
    found = set()
    for source in sources():
        for node in source.nodes:
            if not isinstance(node, ast.Call) or "state" not in {keyword.arg for keyword in node.keywords}:
                continue
            made = {node.func.id} if isinstance(node.func, ast.Name) else set()
            if isinstance(node.func, ast.Attribute) and node.func.attr == "insert_select":
                made = {argument.id for argument in node.args if isinstance(argument, ast.Name)}
            if made & tracks:
                found.add(source.module)
    assert found <= OPENING
    assert found, "the search finds nothing any more"


# --- how a view begins its queries

# Rows that hang on no person. Whoever may open these pages at all sees all of them (a duty is asked for at the door),
# or they are the divisions and the calendar, which are no secret.
NO_PERSON = {
    "Office": "divisions are public",
    "OfficeAlias": "divisions are public",
    "Enterprise": "names of enterprises are public; pages that list them ask for a duty or start from visible people",
    "Holiday": "the calendar",
    "Parameter": "the parameters of the policy",
    "LifeExpectancy": "a published number of the city, on a page behind the duty of the system administrator",
    "User": "account pages, behind the duty of the security administrator; one's own row",
    "grants": "either of the two models of grants, on the account pages",
    "CatalogueScheme": "classes of papers, on a page behind the duty of the system administrator",
    "Operation": "the audit pages, behind the audit duty; elsewhere filtered by actor=request.user",
    "SecurityEvent": "the audit pages, behind the audit duty; elsewhere filtered by actor=user",
}
# (module, model): asks the query set which duties may look, and reads no row.
READS_NO_ROW = {
    ("benefits.views.treatments", "Treatment"),
    ("handover.views.care", "Activity"),
    ("handover.views.moves", "MoveNotice"),
    ("handover.views.deaths", "DeathNotice"),
    ("handover.views.intake", "Case"),
    ("handover.views.people", "Case"),
    ("handover.views.relocations", "Relocation"),
    ("handover.views.search", "Case"),
    ("archives.views.dossiers", "Dossier"),
    ("archives.views.dossiers", "FilingFee"),
    ("archives.views.fees", "FilingFee"),
    ("archives.views.shipments", "Shipment"),
    ("oversight.views.why", "Case"),
    ("party.views.guard", "Membership"),
    ("retirees.views.forecast", "ExpectedRetirement"),
    ("retirees.views.guard", "Roster"),
}
# (module, model): a query that begins otherwise.
OTHERWISE = {
    ("handover.views.correcting", "Retiree"): "reads again the person of a case that was found by its scope above",
    (
        "oversight.views.audit",
        "history.history_of(model)",
    ): "the audit duty reads ids of what an operation wrote, no facts",
}
SCOPING = ("visible_to", "open_to")


def views():
    return [source for source in sources() if ".views" in source.module]


def unscoped(source):
    """(model, what follows) of each query in the file that does not begin with the scope."""
    parents = {child: node for node in source.nodes for child in ast.iter_child_nodes(node)}
    nodes = list(parents) if parents else []
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager"):
            after = parents.get(node)
            follows = after.attr if isinstance(after, ast.Attribute) else ""
            model = ast.unparse(node.value)
            if node.attr != "objects" or follows not in SCOPING:
                yield model, follows, _is_no_read(after, parents)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("get_object_or_404", "get_list_or_404"):
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper():
                yield first.id, "get_object_or_404", False


def _is_no_read(node, parents):
    """`.objects.all().seen_with`: the duties, not the rows."""
    call = parents.get(node)
    attribute = parents.get(call)
    return isinstance(attribute, ast.Attribute) and attribute.attr == "seen_with"


def test_every_view_begins_with_the_scope():
    faults = []
    for source in views():
        for model, follows, no_read in unscoped(source):
            place = (source.module, model)
            if model in NO_PERSON or place in OTHERWISE or (no_read and place in READS_NO_ROW):
                continue
            faults.append(f"{source.module}: {model}.objects.{follows}")
    assert faults == []


def test_the_exceptions_are_still_needed():
    used = {(source.module, model): no_read for source in views() for model, _, no_read in unscoped(source)}
    assert {place for place, no_read in used.items() if no_read} == READS_NO_ROW
    assert set(OTHERWISE) <= set(used)
    assert set(NO_PERSON) <= {model for _, model in used}


def test_no_view_writes_history_or_reads_it_past_the_scope():
    """History models have no scope of their own: they are reached from a row that was found by it."""
    found = [source.module for source in views() if re.search(r"history_of\(|history\.model|Historical", source.text)]
    # The audit page counts the rows that an operation wrote and shows their ids.
    assert found == ["oversight.views.audit"]


# --- what is forbidden

FORBIDDEN = {
    "mark_safe": r"\bmark_safe\b|\bSafeString\b|\bSafeText\b",
    "csrf_exempt": r"\bcsrf_exempt\b",
    "pickle": r"^\s*(?:import|from) (?:pickle|cPickle|_pickle|shelve|marshal|dill)\b|\bpickle\.",
    "eval": r"(?<![\w.])(?:eval|exec)\(",
    "yaml.load": r"\byaml\.load\b",
    "shell": r"shell=True|os\.system",
    "raw": r"\.raw\(|\.extra\(",
    "save_base": r"save_base\(|bulk_update_with_history|save_without_historical_record",
}
ALLOWED = {
    # (module, what): why
    ("weihai_transfer.lib.workbooks.child", "pickle"): "marshal: plain values from the reader's own child process",
    ("weihai_transfer.lib.workbooks.reading", "pickle"): "marshal: plain values from the reader's own child process",
    (
        "tracks.templatetags.face",
        "mark_safe",
    ): "an icon from the wheel's own files; words of which every part is escaped",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_forbidden_words(what):
    found = {source.module for source in sources() if re.search(FORBIDDEN[what], source.text, re.MULTILINE)}
    assert found == {module for module, allowed in ALLOWED if allowed == what}


def test_no_template_switches_escaping_off():
    found = [
        str(path) for path in templates() if re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", path.read_text())
    ]
    assert found == []


def test_no_signals_no_generic_keys_no_class_views():
    words = r"GenericForeignKey|GenericRelation|@receiver\(|\.as_view\("
    assert [source.module for source in sources() if re.search(words, source.text)] == []
    # audit.apps says why it needs the one signal of the house.
    assert [
        one.module for one in sources() if re.search(r"_migrate\.connect|_save\.connect|\.connect\(\w", one.text)
    ] == ["audit.apps"]


def test_no_module_is_called_after_a_pattern():
    bad = {"utils", "helpers", "mixins", "misc", "common", "base", "managers"}
    assert [source.module for source in sources() if source.module.split(".")[-1] in bad] == []


# --- no model without a scope

# A model with a path to a person that has no scope rule of its own, and why it needs none.
WITHOUT_SCOPE = {
    "retirees.RosterRow": "a row of one roster, reached through roster.staged of a roster in scope; two people's pages never share one",
    "handover.Suggestion": "one to one with a case, reached through cases in scope; holds no fact about the person",
    "handover.BulkSelection": "visible_to() is the person who made it; holds ids only, and each step checks the scope again",
}


def points_at(model):
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


def person_models():
    """Models that hold a person's facts, and every model from which foreign keys lead to one."""
    ours = [model for model in apps.get_models(include_auto_created=True) if layer_of(model.__module__)]
    found = {model for model in ours if issubclass(model, PersonFacts)}
    found |= {
        apps.get_model("retirees.Roster"),
        apps.get_model("handover.Batch"),
        apps.get_model("handover.BulkSelection"),
    }
    while more := {model for model in ours if model not in found and points_at(model) & found}:
        found |= more
    return found


def is_history(model):
    return hasattr(model, "instance_type")


def test_every_model_that_leads_to_a_person_has_a_scope():
    without = {
        model._meta.label
        for model in person_models()
        if not is_history(model) and not isinstance(model._default_manager.all(), Scoped)
    }
    assert without == set(WITHOUT_SCOPE)


def test_the_walk_reaches_all_tracks_papers_and_histories():
    labels = {model._meta.label for model in person_models()}
    assert {"retirees.Retiree", "handover.Case", "archives.Dossier", "party.Membership", "party.Letter"} <= labels
    assert {"retirees.HistoricalRetiree", "handover.HistoricalCase", "handover.CasePaper"} <= labels


def test_no_audited_model_is_deleted_along_with_another():
    """Rows that leave a trace are removed by an operation, never by a cascade (security.md G9)."""
    found = []
    for model in apps.get_models():
        if not hasattr(model._meta, "simple_history_manager_attribute"):
            continue
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.on_delete.__name__ not in ("PROTECT", "RESTRICT"):
                found.append(f"{model._meta.label}.{field.name}: {field.remote_field.on_delete.__name__}")
    # guardian's own columns: user and permission of a grant; users are stopped and never deleted, permissions are Django's.
    assert {one for one in found if not one.startswith(("accounts.OfficeGrant.", "accounts.EnterpriseGrant."))} == set()
