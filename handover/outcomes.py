"""What became of each person, in words: for the page, and row by row for the workbook."""

from uuid import UUID

from handover.listing import person_url
from handover.models import Case
from handover.viewers import full_name
from tracks.advancing import UNSEEN
from weihai_transfer.lib import bulk
from weihai_transfer.lib.outcome import Group, Outcome
from weihai_transfer.lib.workbooks.writing import Column, Sheet

SHOWN = 50
AT_ONCE = 2000
# Whoever is not in the viewer's sight (any more) has no name on his page.
OUT_OF_SIGHT = "不在可查看范围的人员"
COLUMNS = (
    Column("序号", 7, "integer"),
    Column("姓名", 12),
    Column("公民身份号码", 22),
    Column("移交企业", 30),
    Column("接收单位", 26),
    Column("办理结果", 12),
    Column("未办理的原因", 60),
)


def in_words(moved, refused, user):
    """An Outcome for `_refused.html` from {id: sentence}; names only of people whom this user may see."""
    groups = {}
    for pk, sentence in refused.items():
        groups.setdefault(sentence, []).append(pk)
    shown = [pk for ids in groups.values() for pk in ids[:SHOWN]]
    known = {case.pk: case for case in _cases(shown, user)}
    found = [
        Group(sentence, len(ids), [_label(known.get(UUID(str(pk)))) for pk in ids[:SHOWN]])
        for sentence, ids in groups.items()
    ]
    return Outcome(moved, sorted(found, key=lambda group: -group.count))


def cases_of(ids, user):
    """The first of these people, as far as a page lists them."""
    return _cases(ids[:SHOWN], user)


def leftovers(refused):
    """Who can be tried again: everybody who was refused, but for those who are not there."""
    return [pk for pk, sentence in refused.items() if sentence != UNSEEN]


def sheet(selection, user, *, title, done_words, footer):
    """Every chosen person with his outcome, in the order of choosing."""
    counts = (
        f"所选 {selection.total:,} 人：{done_words} {len(selection.moved):,} 人，未办理 {len(selection.refused):,} 人"
    )
    return Sheet(title, COLUMNS, _rows(selection, user, done_words), (title, counts), footer)


def _rows(selection, user, done_words):
    refused, number = selection.refused, 0
    for ids in bulk.chunks(selection.ids, AT_ONCE):
        known = {str(case.pk): case for case in _cases(ids, user)}
        for pk in ids:
            number += 1
            words = ("未办理", refused[pk]) if pk in refused else (done_words, "")
            yield number, *_facts(known.get(pk)), *words


def _facts(case):
    if case is None:
        return OUT_OF_SIGHT, "", "", ""
    person = case.retiree
    return person.name, person.masked_id, case.enterprise.name, full_name(case.office)


def _label(case):
    return (str(case.retiree), person_url(case)) if case else (OUT_OF_SIGHT, "")


def _cases(ids, user):
    rows = Case.objects.visible_to(user).filter(pk__in=ids)
    return rows.select_related("retiree__enterprise", "enterprise", "office__parent")
