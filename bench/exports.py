"""An export of 100,000 people × 30 columns by the job itself, in a process of its own: against XlsxWriter writing the
same content as plain text, without a database, a scope, a sealed value or a format."""

import os
import subprocess
import sys
from datetime import date

from django.utils import timezone

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.services import appoint
from accounts.values import set_value
from audit.operations import operation
from bench.table import Row
from handover.models import Case
from handover.states.cases import State
from oversight.exports import asking
from oversight.exports.people import COLUMNS
from retirees.models import Retiree
from weihai_transfer.lib import bulk, identity

PEOPLE = int(os.environ.get("BENCH_EXPORT", 100_000))
SECONDS, MB = 30, 150
# Everything that the asker may know of everybody, the five sealed facts first.
WIDE = [column.name for column in COLUMNS if not column.duties]
CHOSEN = [column.name for column in COLUMNS if column.sealed]
CHOSEN += [name for name in WIDE if name not in CHOSEN][: 30 - len(CHOSEN)]
FILLED = {
    "born_on": date(1958, 3, 8),
    "sex": "1",
    "ethnic_group": "01",
    "native_place": "山东威海",
    "marital_status": "20",
    "education": "60",
    "contact_name": "示例家属",
    "contact_relation": "子女",
    "worked_since": date(1978, 7, 1),
    "retired_on": date(2018, 3, 31),
    "retirement_kind": "normal",
    "former_unit": "示例机电集团有限公司第一分厂",
    "soe_level": "city",
    "post": "示例车间主任",
    "title": "高级技师",
    "pension_place": "威海市环翠区",
    "medical_place": "威海市环翠区",
    "medical_local": True,
}


def people(enterprise, streets):
    for number in range(PEOPLE):
        one = Retiree(
            name=f"示例{number}",
            pinyin=f"shili{number}",
            id_index=f"X{number:023}",
            enterprise=enterprise,
            office=streets[number % len(streets)],
            **FILLED,
        )
        first17 = f"371002195803{number % 28 + 1:02}{number % 1000:03}"
        one.id_number = first17 + identity.check_digit(first17)
        one.phone = one.contact_phone = f"199{number:08}"
        one.residence_address = one.hukou_address = (
            f"山东省威海市环翠区竹岛街道示例小区{number % 90}号楼{number % 9}单元"
        )
        yield one


def cases(enterprise):
    # Read whole before the COPY begins: one connection cannot do both at once.
    rows = list(Retiree.objects.filter(enterprise=enterprise).values_list("pk", "office_id", "id_index"))
    now = timezone.now()
    return (
        Case(
            retiree_id=pk,
            office_id=office,
            area_id=office,
            enterprise=enterprise,
            id_index=id_index,
            state=State.ASSIGNED,
            submitted_at=now,
            round=1,
        )
        for pk, office, id_index in rows
    )


def prepare():
    divisions.load()
    steward = divisions.steward()
    with operation("bench.prepare", actor=steward) as act:
        [enterprise] = act.insert([Enterprise(code="BENCHX", name="示例测量企业（导出）", path="BENCHX/")])
    streets = list(Office.objects.filter(kind="street").order_by("pk"))
    bulk.load(Retiree, people(enterprise, streets))
    bulk.load(Case, cases(enterprise))
    set_value("export_rows_per_day", timezone.localdate(), 1_000_000, source="measured", actor=steward)
    clerk = User.objects.create_user("bench_export", "示例经办", None)
    appoint(clerk, "soe_hr", enterprise, actor=steward)
    return User.objects.get(pk=clerk.pk)


def child(*words):
    """Seconds and peak MB of a piece of work in a process of its own."""
    done = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "bench.one_export", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return tuple(float(word) for word in done.stdout.split())


def run():
    clerk = prepare()
    export = asking.ask("people", "", CHOSEN, actor=clerk)
    assert (export.total, len(export.columns), export.state) == (PEOPLE, 30, "queued")
    seconds, peak = child("job", str(export.pk))
    floor, floor_peak = child("floor", str(PEOPLE))
    yield Row(
        f"export {PEOPLE:,} people × 30 columns, masked, sealed and logged",
        f"{seconds:.1f} s",
        f"XlsxWriter, plain rows {floor:.1f} s",
        seconds / floor,
        f"≤ {SECONDS} s",
        seconds <= SECONDS,
    )
    yield Row(
        "peak memory of its worker",
        f"{peak:.0f} MB",
        f"{floor_peak:.0f} MB",
        peak / floor_peak,
        f"≤ {MB} MB",
        peak <= MB,
    )
