"""The tables of a bulletin as its page shows them: the same cells as on its paper."""

from dataclasses import dataclass

from oversight.reports import paper

HEADINGS = (
    "应移交",
    "已移交",
    "移交率",
    "签约率",
    "退回",
    "党员应转",
    "已转有回执",
    "转接率",
    "档案应移交",
    "已移交",
    "移交率",
    "未结问题",
)


@dataclass(frozen=True)
class Shown:
    title: str
    first: str
    headings: tuple[str, ...]
    lines: list
    total: dict


def tables(numbers):
    return [
        _shown("按区市", "接收区市", numbers.areas),
        _shown("按企业", "企业", numbers.enterprises),
    ]


def _shown(title, first, cut):
    *lines, total = paper.rows(cut)
    return Shown(title, first, HEADINGS, lines, total)
