"""A bulletin is drafted from the numbers, edited, and issued; then nothing of it changes any more. Numbers are given by
the caller (oversight.reports.figures reads them), so that what is written here depends on nothing but them."""

import hashlib
from calendar import monthrange

from django.db import IntegrityError
from django.db.models import Max, QuerySet

from accounts.duties import Duty
from accounts.scope import reach_of
from audit.operations import operation
from oversight.models import Bulletin
from oversight.models.bulletins import BLOCKS
from oversight.reports import checking, drafting, paper, snapshot
from weihai_transfer.lib import clock, sealed_files
from weihai_transfer.lib.refusals import Refused

ADDRESSEES = "各区市人民政府、开发区管委会，各有关国有企业"
COPIED_TO = "市推进国有企业退休人员社会化管理工作领导小组成员单位"
EDITED = ("title", "addressees", *BLOCKS, "copied_to")
FIRST_MONTH = (2020, 1)

ISSUED = "本期通报已印发，正文、数据和文件不能再改。确需更正的，请重新生成本月通报并写明理由。"
NOT_YET = "{month:%Y-%m} 还没有开始，不能生成通报。请选择本月或以前的月份。"
WAITS = "{month:%Y-%m} 已有一份草稿，没有重复生成。请打开草稿修改或印发。"
AGAIN = "{month:%Y-%m} 的通报已印发（{serial}），没有重新生成。确需再次通报的，请写明理由。"
UNCHECKED = "正文有 {count} 处数字不是本期统计数据，没有印发：{first}。请改正，或核对无误后勾选“已核对”再印发。"
EMPTY = "“{block}”没有内容，没有印发。请填写后再印发。"
CLASH = "另一份通报正在印发，没有印发。请稍后再试。"
STALE = "通报已由他人修改，没有保存。请核对当前内容后再保存。"


def days_of(month):
    """(the day at whose end the numbers of a month are taken, its first day)."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return min(last, clock.today()), month


def may_write(user):
    """The leading group's office of the city; four(一) names it."""
    return reach_of(user, Duty.COORDINATE).everywhere


def standing(month):
    """The bulletin of a month that nothing replaces, issued or not; None without one."""
    return QuerySet(Bulletin).filter(month=month, replaced_by=None).first()


def refused(month, reason=""):
    """ "" or why no bulletin of this month can be drafted."""
    if month > clock.today() or (month.year, month.month) < FIRST_MONTH:
        return NOT_YET.format(month=month)
    before = standing(month)
    if before and not before.issued_at:
        return WAITS.format(month=month)
    if before and not reason.strip():
        return AGAIN.format(month=month, serial=before.serial)
    return ""


def draft(month, numbers, *, actor, reason="", key=None):
    """One click: the numbers are kept and the text is written from them. Returns the bulletin."""
    try:
        with operation("bulletin.draft", actor=actor, reason=reason.strip(), key=key) as act:
            if why_not := refused(month, reason):
                raise Refused(why_not)
            before = standing(month)
            made = Bulletin(
                month=month,
                title=drafting.title(numbers),
                addressees=ADDRESSEES,
                copied_to=COPIED_TO,
                replaces=before,
                reason=reason.strip() if before else "",
                **_of_numbers(numbers),
                **drafting.draft(numbers),
            )
            return act.insert([made])[0]
    except IntegrityError as clash:
        # Two at the same instant: the constraints let one of them through.
        raise Refused(WAITS.format(month=month)) from clash


def _of_numbers(numbers):
    return {"snapshot": snapshot.kept(numbers), "day": numbers.day, "taken_at": numbers.taken_at}


def _locked(bulletin):
    row = QuerySet(Bulletin).select_for_update().get(pk=bulletin.pk)
    if row.issued_at:
        raise Refused(ISSUED)
    return row


def edit(bulletin, values, *, seen, actor, key=None):
    """Change the text of a draft. `seen`: the blocks as the editor had them before him, so that nobody's words are
    overwritten unread."""
    with operation("bulletin.edit", actor=actor, key=key) as act:
        row = _locked(bulletin)
        if version_of(row) != seen:
            raise Refused(STALE)
        # A browser sends the line ends of its own.
        texts = {name: values[name].replace("\r\n", "\n") for name in EDITED}
        act.change(Bulletin, [row.pk], **texts)


def version_of(bulletin):
    """Changes with every word and every number."""
    said = "\x1f".join([*(getattr(bulletin, name) for name in EDITED), str(bulletin.taken_at.timestamp())])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def retake(bulletin, numbers, *, actor, key=None):
    """Take the numbers again. What nobody has touched is written anew; what was edited stays, and the page says which
    of its numbers hold no longer."""
    with operation("bulletin.retake", actor=actor, key=key) as act:
        row = _locked(bulletin)
        drafted, now = drafting.draft(snapshot.of(row)), drafting.draft(numbers)
        texts = {name: now[name] for name in now if _same(getattr(row, name), drafted[name])}
        act.change(Bulletin, [row.pk], **_of_numbers(numbers), **texts)


def _same(text, drafted):
    return text.split() == drafted.split()


def strays(bulletin):
    """The numbers in the text that are none of its snapshot."""
    numbers = snapshot.of(bulletin)
    texts = {"title": bulletin.title, **bulletin.blocks}
    return [one for name, text in texts.items() for one in checking.strays(text, numbers, name)]


def issue(bulletin, *, checked=False, actor, key=None):
    """Number it, make its file and keep both: nothing of it changes from now on. `checked`: somebody answers for the
    numbers that are none of the snapshot."""
    sealed = None
    try:
        with operation("bulletin.issue", actor=actor, key=key) as act:
            row = _locked(bulletin)
            act.outcome = {"unlisted": _checked(row, checked)}
            _number(row, act)
            data = paper.printed(row, operation=act.operation.pk)
            row.size, row.sha256 = len(data), hashlib.sha256(data).hexdigest()
            sealed = row.path
            sealed_files.write(sealed, row.pk, [data])
            names = ("year", "number", "issued_at", "issued_by", "size", "sha256")
            act.change(Bulletin, [row.pk], **{name: getattr(row, name) for name in names})
    except BaseException as stopped:
        # What was undone leaves no file behind.
        if sealed:
            sealed.unlink(missing_ok=True)
        if isinstance(stopped, IntegrityError):
            raise Refused(CLASH) from stopped
        raise
    return row


def _checked(row, checked):
    """The numbers for which somebody answers."""
    for name, text in row.blocks.items():
        if not text.strip():
            raise Refused(EMPTY.format(block=BLOCKS[name]))
    found = strays(row)
    if found and not checked:
        raise Refused(UNCHECKED.format(count=len(found), first=found[0]))
    return [one.number for one in found]


def _number(row, act):
    day = clock.today()
    last = QuerySet(Bulletin).filter(year=day.year).aggregate(last=Max("number"))["last"] or 0
    row.year, row.number = day.year, last + 1
    row.issued_at = act.operation.at
    row.issued_by = f"{act.operation.office} {act.operation.actor_name}".strip()


def file_of(bulletin):
    """The bytes that were issued."""
    return b"".join(sealed_files.read(bulletin.path, bulletin.pk))
