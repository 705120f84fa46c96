"""进展情况统计表: by enterprise and by receiving area, cumulative and of the period, from one snapshot."""

from oversight.reports.columns import COLUMNS, change_of, value_of
from weihai_transfer.lib.words import on_paper
from weihai_transfer.lib.workbooks.statistics import Heading, Page, write_statistics

TITLE = "国有企业退休人员社会化管理进展情况统计表"
FOOT = "填报人：　　　　　　　　　　　　审核人：　　　　　　　　　　　　日期：　　　　年　　月　　日"
ALL = "合计"
WIDE = 24


def write(target, snapshot, office):
    """`office`: who fills it in, as it stands under the title."""
    pages = [_page(snapshot, "enterprises", office), _page(snapshot, "areas", office)]
    if snapshot.since:
        pages += [_page(snapshot, name, office, period=True) for name in ("enterprises", "areas")]
    write_statistics(target, pages, created=snapshot.day)


def shown(cut):
    """The columns that this reader's numbers fill; people and dossiers are counted for everybody."""
    return [one for one in COLUMNS if one.kind == "percent" or cut.shows(one.code)]


def _page(snapshot, name, office, *, period=False):
    cut, with_level = getattr(snapshot, name), name == "enterprises"
    columns, cell = shown(cut), change_of if period else value_of
    first = [Heading("序号", "integer", 5), Heading("企业名称" if with_level else "接收区市", "text", WIDE)]
    if with_level:
        first.append(Heading("隶属", "text", 6))
    rows = [_row(at, one, columns, cell, with_level) for at, one in enumerate(cut.lines, 1)]
    total = _row(None, cut.total, columns, cell, with_level)
    total[1] = ALL
    span = f"{on_paper(snapshot.since)}至{on_paper(snapshot.day)}" if period else f"截至{on_paper(snapshot.day)}"
    return Page(
        f"{'按企业' if with_level else '按区市'}{'（本期）' if period else '（累计）'}",
        TITLE,
        [*first, *(_heading(one, period) for one in columns)],
        rows,
        total,
        (f"填报单位：{office}", f"{'本期：' if period else '累计：'}{span}"),
        FOOT,
    )


def _heading(column, period):
    in_points = period and column.kind == "percent"
    label, kind = (f"{column.label}（百分点）", "points") if in_points else (column.label, column.kind)
    # The unit stands under the name, whole.
    return Heading(label.replace("（", "\n（", 1), kind, column.width, column.group)


def _row(at, line, columns, cell, with_level):
    level = [line.level.removesuffix("企业") or None] if with_level else []
    return [at, line.label, *level, *(cell(line, one) for one in columns)]
