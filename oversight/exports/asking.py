"""Asking for an export, answering for somebody else, cancelling. Each is an operation; the file is made by a worker."""

from django.db.models import Sum

from accounts.models import Enterprise, Office, User
from accounts.models.places import OfficeKind
from accounts.scope import holds
from accounts.values import value_on
from audit.operations import operation
from handover.services.problems import numbers_after
from oversight.exports.lists import EXPORTS, words_of
from oversight.models import Export, ExportState
from oversight.models.exports import CAME_TO_NOTHING, UNDER_WAY
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

# As many as one sheet of Excel takes, less its headings.
MOST = 1_000_000
NOTHING = "列表中没有符合条件的记录，没有申请导出。请放宽筛选条件后再导出。"
TOO_MANY = "列表共 {count:,} 行，超过一次最多 {most:,} 行，没有申请导出。请用筛选条件分几次导出。"
FAULTY = "筛选条件已不能识别，没有申请导出。请回到列表重新筛选后再导出。"
NO_COLUMNS = "没有选择列，没有申请导出。请至少选择一列。"
NO_REASON = "不脱敏的导出没有填写用途，没有申请。请写明为什么需要完整的号码、电话或者地址。"
NO_POST = "当前账号没有岗位，没有申请导出。请联系安全管理员。"
OWN = "这是您自己的申请，不能由本人批准。请由其他有权批准的人员答复。"
ANSWERED = "这项申请已经答复或者取消，没有重复办理。请刷新列表。"
NOT_UNDER_WAY = "这项导出已经结束，不能取消。请刷新页面。"
NO_ANSWER = "没有填写不批准的理由，没有办理。请写明理由，申请人会看到。"
CLEAR = "包含不脱敏的身份证号、电话或者地址"
OVER = "当日累计 {rows:,} 行，超过每人每日 {limit:,} 行"


def rows_today(user):
    """Rows that this user has asked for today, of everything that did not come to nothing."""
    midnight = clock.midnight(clock.today())
    mine = Export.objects.filter(user=user, at__gte=midnight).exclude(state__in=CAME_TO_NOTHING)
    return mine.aggregate(rows=Sum("total"))["rows"] or 0


def why_another(user, count, *, masked):
    """Why a second person must agree, or nothing."""
    reasons = [] if masked else [CLEAR]
    limit, rows = value_on("export_rows_per_day", clock.today()), rows_today(user) + count
    if rows > limit:
        reasons.append(OVER.format(rows=rows, limit=limit))
    return "；".join(reasons)


def ask(what, query, columns, *, actor, masked=True, reason="", key=None):
    """Freeze what the list shows now. Without the need of a second person it goes to the worker at once."""
    one, place = EXPORTS[what], _place(actor)
    page = one.page_of(actor, query)
    offered = one.columns_of(actor, page)
    chosen = [column for column in offered if column.name in columns]
    masked = masked or not any(column.clear for column in chosen)
    count = page.count
    _possible(page, count, chosen, masked, reason)
    with operation("export.ask", actor=actor, reason=reason, key=key) as act:
        # The asker's own row is the lock on what he asks for in a day.
        User.objects.select_for_update().get(pk=actor.pk)
        keys = b"".join(pk.bytes for pk in page.queryset.values_list("pk", flat=True).iterator(chunk_size=5000))
        total = len(keys) // 16
        needs = why_another(actor, total, masked=masked)
        row = Export(
            number=_next_number(act.operation.at),
            user=actor,
            post=actor.post.key,
            at=act.operation.at,
            what=what,
            query=page.query,
            words=words_of(page),
            columns=[[column.name, column.label] for column in chosen],
            masked=masked,
            reason=reason,
            keys=keys,
            total=total,
            needs=needs,
            state=ExportState.WAITING if needs else ExportState.QUEUED,
            **place,
        )
        row.save(force_insert=True)
        act.outcome = {"about": row.number, "people": total}
    return row


def _possible(page, count, chosen, masked, reason):
    if page.faults:
        raise Refused(FAULTY)
    if not count:
        raise Refused(NOTHING)
    if count > MOST:
        raise Refused(TOO_MANY.format(count=count, most=MOST))
    if not chosen:
        raise Refused(NO_COLUMNS)
    if not masked and not reason.strip():
        raise Refused(NO_REASON)


def _place(actor):
    if actor.post is None:
        raise Refused(NO_POST)
    return {"enterprise" if isinstance(actor.post.place, Enterprise) else "office": actor.post.place}


def _next_number(at):
    # The row of the city is the lock on the numbers of a year.
    list(Office.objects.filter(kind=OfficeKind.CITY).select_for_update(no_key=True))
    return numbers_after(Export, "C", at, 1)[0]


def to_answer(user):
    """The requests of others that wait where this user may answer."""
    return Export.objects.answerable_by(user).waiting()


def may_answer(user):
    return holds(user, *Export.objects.all().seen_with)


def approve(pk, *, actor, key=None):
    return _answer(pk, "export.approve", ExportState.QUEUED, "", actor, key)


def refuse(pk, *, actor, answer, key=None):
    if not answer.strip():
        raise Refused(NO_ANSWER)
    return _answer(pk, "export.refuse", ExportState.REFUSED, answer, actor, key)


def _answer(pk, kind, state, answer, actor, key):
    """One winner: of two answers at the same instant the second one is told."""
    if Export.objects.filter(pk=pk, user=actor).exists():
        raise Refused(OWN)
    with operation(kind, actor=actor, reason=answer, key=key) as act:
        row = Export.objects.answerable_by(actor).select_for_update().get(pk=pk)
        changed = Export.objects.filter(pk=pk, state=ExportState.WAITING).update(
            state=state, answered_by=actor, answered_at=act.operation.at, answer=answer
        )
        if not changed:
            raise Refused(ANSWERED)
        act.outcome = {"about": row.number, "people": row.total}
    row.refresh_from_db()
    return row


def cancel(pk, *, actor, key=None):
    """By the asker, as long as there is no file; a worker that is at it stops with its next chunk."""
    with operation("export.cancel", actor=actor, key=key) as act:
        row = Export.objects.visible_to(actor).get(pk=pk)
        if not Export.objects.filter(pk=pk, state__in=UNDER_WAY).update(state=ExportState.CANCELLED, keys=b""):
            raise Refused(NOT_UNDER_WAY)
        act.outcome = {"about": row.number}
    row.refresh_from_db()
    return row
