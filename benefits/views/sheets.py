"""Items as a workbook: the blank form, the list in, the list out."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.views.guard import needs
from audit import events
from audit.operations import AlreadyDone
from benefits import sheets
from benefits.explaining import FOLLOWS
from benefits.lists import items as listing
from benefits.services import items
from benefits.views.items import MONEY
from retirees.models import Retiree
from tracks import sheets as pages
from weihai_transfer.lib import bulk
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks.output import XLSX
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table, write_template

TITLE = "统筹外项目"
MOST = 20_000
OUT = (
    Column("姓名", 12),
    Column("身份证号", 20),
    Column("企业", 24),
    Column("项目", 18),
    Column("标准（元）", 12, "money"),
    Column("发放方式", 10),
    Column("每年次数", 9, "integer"),
    Column("年标准（元）", 13, "money"),
    Column("开始发放时间", 12, "date"),
    Column("发放依据", 26),
    Column("发放渠道", 16),
    Column("状态", 18),
    Column("判定规则", 9, "integer"),
    Column("处理方式", 26),
    Column("下一步", 26),
    Column("需要的凭证", 22),
    Column("凭证（文号）", 20),
    Column("凭证日期", 12, "date"),
    Column("核算编号", 20),
    Column("一次性支付金额（元，本人合计）", 16, "money"),
)


@require_safe
@needs(Duty.SUBMIT)
def template(request):
    target = BytesIO()
    write_template(target, sheets.TEMPLATE, guide_lines=sheets.GUIDE, title=TITLE)
    return private_file(target.getvalue(), "统筹外项目模板.xlsx", XLSX)


@require_safe
@needs(*MONEY)
def export(request):
    """The list as it is filtered, with what became of each item; ID numbers stay masked."""
    page = listing.items_page(request)
    if page.count > MOST:
        return HttpResponseBadRequest(f"一次最多导出 {MOST:,} 项。请缩小筛选范围。")
    events.note(request, "download", subject="benefits.OutOfPoolItem", field=f"{TITLE}，{page.count:,} 项")
    rows = page.queryset.select_related("retiree", "enterprise", "treatment", "treatment__settlement")
    target = BytesIO()
    write_table(target, [Sheet(TITLE, OUT, map(_row, rows.iterator(2000)), (TITLE, f"筛选：{page.words}"))])
    return private_file(target.getvalue(), f"{TITLE}.xlsx", XLSX)


def _row(one):
    return (
        one.retiree.name,
        one.retiree.masked_id,
        str(one.enterprise),
        str(one),
        one.rate,
        one.get_period_display(),
        one.times or None,
        one.yearly,
        one.since,
        one.basis,
        one.payer,
        *_decided(listing.treatment_of(one)),
    )


def _decided(one):
    if one is None:
        return "待判定", *[None] * 8
    reckoned = one.settlement
    return (
        one.get_state_display(),
        one.rule,
        one.get_outcome_display(),
        FOLLOWS[one.outcome],
        one.row.proof,
        one.proof,
        one.proof_on,
        reckoned.number if reckoned else None,
        reckoned.amount if reckoned else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Duty.SUBMIT)
def bring_in(request):
    posted = request.method == "POST"
    form, faults = pages.SheetForm(request.POST if posted else None, request.FILES if posted else None), []
    if form.is_valid() and (found := pages.read(form, sheets.read)):
        entries, faults = _checked(request.user, *found)
        if not faults and _written(request, form, entries):
            return redirect("benefits:items")
    context = {
        "title": "导入统筹外项目",
        "crumbs": [("统筹外项目", reverse("benefits:items")), ("导入", "")],
        **pages.context_of(form, faults),
        "headings": sheets.HEADINGS,
        "rows": len({one.row for one in faults}),
    }
    return render(request, "benefits/import.html", context, status=pages.status_of(form, faults))


def _checked(user, lines, faults):
    """([Entry], [Fault]): the cells, then the people, then what the clause and the stored items say of each row."""
    people, wanted = {}, sorted(sheets.indexes(lines))
    for chunk in bulk.chunks(wanted, 1000):
        mine = Retiree.objects.open_to(user, Duty.SUBMIT).filter(id_index__in=chunk)
        people |= {one.id_index: one for one in mine.only("pk", "name", "id_index")}
    entries, rows, unknown = sheets.entries_of(lines, people)
    told = {one.row for one in unknown}
    refused = items.faults_of(entries, actor=user) if entries else {}
    refused = {at: sentence for at, sentence in refused.items() if rows[at] not in told}
    found = [*faults, *unknown, *sheets.refusals(rows, refused)]
    return entries, sorted(found, key=lambda one: (one.row, one.cell))


def _written(request, form, entries):
    try:
        done = items.enter_many(entries, actor=request.user, key=form.cleaned_data["key"])
    except AlreadyDone as known:
        messages.info(request, str(known))
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    else:
        said = f"新录入 {len(done.added):,} 项，修改 {len(done.changed):,} 项，与已录入相同 {done.same:,} 项。"
        messages.success(request, said)
    return True
