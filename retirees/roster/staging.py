"""Cleaned rows become staged rows: sealed, indexed, ready to be people by INSERT … SELECT."""

import json

from retirees.models import SEALED, RosterRow
from retirees.models.rosters import Verdict
from weihai_transfer.lib import bulk, names
from weihai_transfer.lib.fields import new_id
from weihai_transfer.lib.sealing import blind_index, seal

COLUMNS = [field.column for field in RosterRow._meta.concrete_fields]
# Sealed under their own names; the fields of the row are told apart once, not for each of a million cells.
BINDINGS = [(name, name.encode()) for name in (*SEALED, "notes")]
DEFAULTS = {
    field.attname: ([] if field.name in ("special_groups",) else field.get_default())
    for field in RosterRow._meta.concrete_fields
    if field.attname not in ("id", "roster_id", *SEALED, "notes")
}
EMPTY = {**{name: b"" for name, _ in BINDINGS}, **DEFAULTS}
EMPTY["special_groups"] = "[]"
EMPTY["problems"] = "[]"


def stored(roster, sheet, clean, verdict):
    """The database values of one staged row, in the order of COLUMNS."""
    row_id = new_id()
    row = dict(EMPTY)
    row.update(clean.values)
    row["special_groups"] = json.dumps(row["special_groups"]) if row["special_groups"] not in ("[]", []) else "[]"
    number, phone = row["id_number"] or "", row["phone"] or ""
    row["id_index"] = blind_index("id", number)
    row["id_tail_index"] = blind_index("id_tail", number[-4:])
    row["phone_tail_index"] = blind_index("phone_tail", phone[-4:])
    if row["name"]:
        row["pinyin"], row["initials"] = names.spell(row["name"])
    row["notes"] = json.dumps([note._asdict() for note in clean.notes], ensure_ascii=False) if clean.notes else ""
    for name, label in BINDINGS:
        text = row[name]
        row[name] = seal(text, row_id.bytes + label) if text else b""
    if clean.problems:
        row["problems"] = json.dumps([_problem(one) for one in clean.problems], ensure_ascii=False)
        row["has_warning"] = any(one.severity == "warning" for one in clean.problems)
    row.update(id=row_id, roster_id=roster.pk, sheet=sheet, number=clean.number, verdict=verdict)
    return [row[column] for column in COLUMNS]


def _problem(one):
    return {
        "column": one.column_label,
        "index": one.column_index,
        "field": one.field,
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
    }


def verdict_of(clean):
    if clean.kind != "data":
        return Verdict.BLANK
    codes = {one.code for one in clean.problems if one.severity == "error"}
    if not codes:
        return Verdict.GOOD
    return Verdict.DUPLICATE if codes == {"duplicate_in_file"} else Verdict.BAD


def put(rows):
    return bulk.load_rows(RosterRow._meta.db_table, COLUMNS, rows)
