"""No new item, no higher rate (二(六)): what an entry would change in what was paid on the day of the document.

The refusal is the sentence of the decision table's first two rows, so that there is one rule in one place. An entry
that a treatment was never decided on may be removed with a reason; what stands is only lowered, or raised with the
number of an approval.
"""

from datetime import date

from django.db.models import QuerySet

from accounts.models import Enterprise
from benefits.codes import TIMES_A_YEAR, ItemKind
from benefits.decision import BY_NUMBER, CLAUSE, Change
from benefits.models import OutOfPoolItem

# 室字〔2020〕10号: what was paid on this day is what may go on.
POLICY_DAY = date(2020, 3, 30)
NEW, RAISE = BY_NUMBER[1], BY_NUMBER[2]
SENTENCES = {
    Change.NEW: f"{NEW.says}（{CLAUSE}）没有录入。{{why}}",
    Change.RAISE: f"{RAISE.says}（{CLAUSE}）没有修改。{{why}}",
}
BEGAN_LATER = "本人 {retired} 退休，“{name}”自 {since} 起发放，晚于文件印发日 2020-03-30。请核对开始发放时间。"
NEVER_PAID = (
    "本企业（集团）在 2020-03-30 之前没有“{name}”这一项目。请核对项目；确为原有项目的，请先录入原退休人员的该项目。"
)
HIGHER = "“{name}”原标准全年 {old:,.2f} 元，改后 {new:,.2f} 元。确经批准提高的，请填写批准文号。"
NO_RETIREMENT = "本人没有退休时间，不能判断项目是否新增。请先在人员信息中补填退休时间，再录入。"


def change_of(entry, *, retired_on, stored=None, paid_before=frozenset()):
    """(K, why) of one entry: anything with kind, name, rate, period, times and since.

    `stored` is the same item as it stands; `paid_before` are the (kind, name) that the enterprise's group paid on the
    day of the document.
    """
    if stored is not None:
        old, new = _weight(stored, entry), _weight(entry, stored)
        if new > old:
            return Change.RAISE, HIGHER.format(name=label(entry), old=old, new=new)
        return Change.NONE, ""
    if retired_on <= POLICY_DAY:
        if entry.since > POLICY_DAY:
            return Change.NEW, BEGAN_LATER.format(name=label(entry), retired=retired_on, since=entry.since)
    elif key_of(entry) not in paid_before:
        return Change.NEW, NEVER_PAID.format(name=label(entry))
    return Change.NONE, ""


def refusal(change, why, *, raise_approval=""):
    """The sentence that refuses this change, or nothing; a raise passes with an approval."""
    if change == Change.NONE or (change == Change.RAISE and raise_approval.strip()):
        return ""
    return SENTENCES[change].format(why=why)


def label(entry):
    return entry.name or ItemKind(entry.kind).label


def key_of(entry):
    """By which two items of different people are the same item: the kind, and for 其他 the name."""
    return entry.kind, entry.name.strip() if entry.kind == ItemKind.OTHER else ""


def times_of(entry):
    return entry.times or TIMES_A_YEAR.get(entry.period, 0)


def _weight(entry, other):
    """What is compared: the year's sum, or the bare rate where one of the two is paid on an event."""
    return entry.rate * times_of(entry) if times_of(entry) and times_of(other) else entry.rate


def paid_before_of(enterprise_ids, entries=()):
    """{enterprise id: {(kind, name)}} that each one's group paid on the day of the document.

    `entries` are pairs (enterprise id, entry) of people retired by that day that come in with the same act.
    """
    group_of = groups_of(enterprise_ids)
    paid = {}
    roots = set(group_of.values())
    stock = (
        QuerySet(OutOfPoolItem)
        .filter(since__lte=POLICY_DAY, retiree__retired_on__lte=POLICY_DAY)
        .values_list("enterprise__path", "kind", "name")
        .distinct()
        if roots
        else ()
    )
    for path, kind, name in stock:
        if (root := path.split("/")[0]) in roots:
            paid.setdefault(root, set()).add((kind, name.strip() if kind == ItemKind.OTHER else ""))
    for enterprise, entry in entries:
        if entry.since <= POLICY_DAY:
            paid.setdefault(group_of[enterprise], set()).add(key_of(entry))
    return {enterprise: paid.get(root, set()) for enterprise, root in group_of.items()}


def groups_of(enterprise_ids):
    """{enterprise id: the code of the group above it}."""
    rows = QuerySet(Enterprise).filter(pk__in=set(enterprise_ids)).values_list("pk", "path")
    return {pk: path.split("/")[0] for pk, path in rows}
