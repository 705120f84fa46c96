"""What happened to a party organisation, newest first."""

from party.models import PartyOrganisation
from tracks import timeline

LABELS = {
    "name": "名称",
    "nationwide": "可向全国直接接转",
    "address": "通讯地址",
    "phone": "联系电话",
    "fax": "传真",
    "postcode": "邮政编码",
    "active": "在用",
}


def entries(one):
    told = []
    for row, before in timeline.versions(PartyOrganisation, id=one.pk):
        told.append(
            timeline.entry(
                row.operation,
                _sentence(row, before),
                reason=row.operation.reason if row.operation.kind.endswith("_organisation") else "",
                changes=timeline.changes(row, before, LABELS),
            )
        )
    return told[::-1]


def _sentence(row, before):
    if before is None:
        return "建立党组织。"
    if row.active != before.active:
        return "启用党组织。" if row.active else "停用党组织。"
    return "修改党组织信息。"
