"""Seals over operations: a chain of keyed digests whose key and newest link lie outside the database.

Without the key nobody can re-hash the trail consistently; without the anchor file nobody notices
that its end was cut off. Someone who holds database, key and anchor can forge all three.
"""

import hashlib
import hmac
import json
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from audit import history
from audit.models import Operation, Seal, SealedOperation
from weihai_transfer.lib import bulk, keys

ALGORITHM = "sha256"
AT_ONCE = 500


def anchor_file():
    return Path(settings.WEIHAI_HOME) / "anchor.txt"


def _canonical(value):
    return json.dumps(value, cls=_Canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class _Canonical(DjangoJSONEncoder):
    def default(self, value):
        if isinstance(value, bytes | memoryview):
            return bytes(value).hex()
        return super().default(value)


def digests(operations):
    """{operation id: digest} over the operation's own line and every history row that points at it."""
    sums = {one.pk: hashlib.new(ALGORITHM, _canonical(_line(one))) for one in operations}
    for model in sorted(history.audited_models(), key=lambda one: one._meta.label):
        trail = history.history_of(model)
        rows = defaultdict(list)
        names = [field.attname for field in trail._meta.concrete_fields]
        for row in trail.objects.filter(operation_id__in=list(sums)).order_by("history_id").values(*names).iterator():
            rows[row["operation_id"]].append(row)
        for key, found in rows.items():
            for row in found:
                sums[key].update(model._meta.label.encode() + _canonical(row))
    return {key: found.hexdigest() for key, found in sums.items()}


def _line(one):
    return [getattr(one, field.attname) for field in Operation._meta.concrete_fields]


def _mac(number, root, previous):
    return hmac.new(keys.key("seal"), f"{number}|{root}|{previous}".encode(), ALGORITHM).hexdigest()


def seal_new():
    """Seal the operations that no seal covers yet; returns the number of seals made."""
    waiting = list(
        Operation.objects.filter(sealed=None, rows__isnull=False).order_by("at", "pk").values_list("pk", flat=True)
    )
    made = 0
    for chunk in bulk.chunks(waiting, AT_ONCE):
        with transaction.atomic():
            operations = list(Operation.objects.filter(pk__in=chunk).order_by("at", "pk"))
            found = digests(operations)
            last = Seal.objects.order_by("-number").first()
            number, previous = (last.number + 1, last.mac) if last else (1, "")
            root = hashlib.new(ALGORITHM, "".join(found[one.pk] for one in operations).encode()).hexdigest()
            seal = Seal.objects.create(
                number=number,
                at=timezone.now(),
                operations=len(operations),
                root=root,
                previous=previous,
                mac=_mac(number, root, previous),
                algorithm=ALGORITHM,
            )
            bulk.load(
                SealedOperation,
                [
                    SealedOperation(operation_id=one.pk, seal=seal, place=place, digest=found[one.pk])
                    for place, one in enumerate(operations)
                ],
            )
        with anchor_file().open("a") as file:
            file.write(f"{seal.number} {seal.at.isoformat()} {seal.mac}\n")
        made += 1
    return made


def faults():
    """Sentences naming the first wrong operation of each broken seal, and a trail that ends before its anchor."""
    found, previous = [], ""
    for seal in Seal.objects.order_by("number"):
        if seal.previous != previous or seal.mac != _mac(seal.number, seal.root, seal.previous):
            found.append(f"第 {seal.number} 号封印与前一封印不衔接")
        previous = seal.mac
        found += _faults_of(seal)
    return found + _anchor_faults()


def _faults_of(seal):
    members = list(seal.members.order_by("place").select_related("operation"))
    now = digests([one.operation for one in members])
    wrong = [
        f"操作 {one.operation_id} 与第 {seal.number} 号封印不符"
        for one in members
        if now[one.operation_id] != one.digest
    ]
    root = hashlib.new(ALGORITHM, "".join(one.digest for one in members).encode()).hexdigest()
    if root != seal.root or len(members) != seal.operations:
        wrong.append(f"第 {seal.number} 号封印缺少操作")
    return wrong


def _anchor_faults():
    if not anchor_file().exists():
        return []
    macs = dict(Seal.objects.values_list("number", "mac"))
    lines = [line.split() for line in anchor_file().read_text().splitlines() if line]
    return [
        f"锚定文件中的第 {number} 号封印在数据库中不存在或不同"
        for number, _, mac in lines
        if macs.get(int(number)) != mac
    ]
