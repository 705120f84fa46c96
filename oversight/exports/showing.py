"""An export as its pages show it: badge, facts, progress."""

from accounts.duties import POSITIONS
from oversight.exports.lists import EXPORTS
from oversight.models import ExportState
from oversight.models.exports import UNDER_WAY
from weihai_transfer.lib.words import Badge

MEANING = {
    ExportState.WAITING: "away",
    ExportState.QUEUED: "away",
    ExportState.RUNNING: "away",
    ExportState.READY: "done",
    ExportState.REFUSED: "late",
    ExportState.FAILED: "late",
    ExportState.CANCELLED: "closed",
    ExportState.EXPIRED: "closed",
}


def badge(export):
    return Badge(export.get_state_display(), MEANING[export.state])


def badge_for_another(export):
    """As the second person sees it: what is with him for the asker, waits for him."""
    return Badge(export.get_state_display(), "mine") if export.state == ExportState.WAITING else badge(export)


def label(export):
    return EXPORTS[export.what].label


def size(export):
    return f"{(export.total if export.rows is None else export.rows):,} {EXPORTS[export.what].unit}"


def asker(export):
    """Who asks, in which post."""
    position = POSITIONS.get(export.post.split(":")[0])
    place = export.enterprise or export.office
    return f"{export.user.name}（{place} {position.label if position else ''}）"


def facts(export):
    """(label, value) of what was asked for."""
    one = EXPORTS[export.what]
    names = _column_labels(export)
    found = [
        ("编号", export.number),
        ("名单", one.label),
        ("筛选条件", export.words),
        ("申请时行数", f"{export.total:,} {one.unit}"),
        ("列", f"{len(names)} 列：{'、'.join(names)}"),
        ("脱敏", "身份证号、电话、地址已脱敏" if export.masked else "不脱敏"),
        ("用途", export.reason),
        ("申请时间", export.at),
    ]
    if export.needs:
        found.append(("须批准的原因", export.needs))
    return found


def _column_labels(export):
    return [said for _, said in export.columns]


def answer_facts(export):
    if export.answered_by_id is None:
        return []
    found = [("答复人", export.answered_by.name), ("答复时间", export.answered_at)]
    return [*found, ("答复说明", export.answer)] if export.answer else found


def result_facts(export):
    one = EXPORTS[export.what]
    if export.state not in (ExportState.READY, ExportState.EXPIRED) or export.rows is None:
        return []
    found = [("文件行数", f"{export.rows:,} {one.unit}"), ("文件大小", f"{max(1, export.size // 1024):,} KB")]
    if export.fewer:
        found.append(("比申请时少", f"{export.fewer:,} {one.unit}，生成时已不在可查看的列表中"))
    return [*found, ("保留至", export.kept_until)]


def progress(export, url):
    """Of what a worker has to do or is doing; None for the rest."""
    if export.state not in UNDER_WAY or export.state == ExportState.WAITING:
        return None
    one = EXPORTS[export.what]
    running = export.state == ExportState.RUNNING
    words = f"正在生成：{export.done:,} / {export.total:,} {one.unit}。" if running else "排队中，稍后自动开始生成。"
    return {"percent": export.percent if running else None, "words": words, "running": True, "poll_url": url}
