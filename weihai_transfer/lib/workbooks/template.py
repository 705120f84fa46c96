"""The blank roster: headings with notes, dropdown lists, text columns that keep every digit, a page of guidance."""

from dataclasses import dataclass

from weihai_transfer.lib.workbooks.facts import column_letters
from weihai_transfer.lib.workbooks.limits import LIMITS
from weihai_transfer.lib.workbooks.output import TEXT, Formats, new_workbook, write_cell

_A4 = 9
_HEADING = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "bg_color": "#DCE6F1"}
_REQUIRED = _HEADING | {"font_color": "#C00000"}
_PLAIN = {"border": 1, "valign": "vcenter", "text_wrap": True}
_LISTS = "选项"


@dataclass(frozen=True)
class TemplateColumn:
    """`text` keeps ids and phones as typed; `date` shows how to type a date; `note` is the heading's comment."""

    label: str
    width: float = 14
    text: bool = False
    choices: tuple[str, ...] | None = None
    note: str | None = None
    required: bool = False
    date: bool = False


def write_template(target, columns, examples=(), guide_lines=(), title="退休人员名册"):
    """First sheet: headings only, to be filled in. Second: how. Examples stand there, so that nobody uploads them."""
    with new_workbook(target) as book:
        formats = Formats(book)
        roster, guide = book.add_worksheet(title), book.add_worksheet("填写说明")
        ranges = _lists(book, columns, formats)
        _roster(roster, columns, ranges, formats)
        _guide(guide, columns, examples, guide_lines, formats)
        roster.activate()


def _lists(book, columns, formats):
    """Dropdown lists on a hidden sheet, since a list inside a rule ends at 255 characters. Equal lists stand once."""
    lists = list(dict.fromkeys(column.choices for column in columns if column.choices))
    if not lists:
        return {}
    page = book.add_worksheet(_LISTS)
    page.hide()
    for row in range(max(map(len, lists))):
        for index, choices in enumerate(lists):
            if row < len(choices):
                write_cell(page, row, index, choices[row], formats, num_format=TEXT)
    return {
        choices: f"='{_LISTS}'!${column_letters(index)}$1:${column_letters(index)}${len(choices)}"
        for index, choices in enumerate(lists)
    }


def _roster(page, columns, ranges, formats):
    page.set_row(0, 32)
    for index, column in enumerate(columns):
        # Dates too: a cell formatted as a date turns a typed 1958.3 into another day.
        as_text = column.text or column.date
        page.set_column(index, index, column.width, formats.get(num_format=TEXT) if as_text else None)
        write_cell(page, 0, index, column.label, formats, **_REQUIRED if column.required else _HEADING)
        if note := _note(column):
            page.write_comment(0, index, note, {"x_scale": 2, "y_scale": 1 + len(note) / 80})
        if rule := _rule(column, ranges):
            page.data_validation(1, index, LIMITS.rows - 1, index, rule)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _note(column):
    parts = ["必填。" if column.required else "", column.note or "", "请从下拉列表中选择。" if column.choices else ""]
    return "".join(parts)


def _rule(column, ranges):
    heading = {"input_title": column.label[:32]}
    if column.choices:
        return heading | {
            "validate": "list",
            "source": ranges[column.choices],
            "input_message": (column.note or "请从下拉列表中选择。")[:255],
            "error_type": "warning",
            "error_title": "不在可选范围内",
            "error_message": "填写的内容不在可选范围内，上传时可能无法识别。请从下拉列表中选择。",
        }
    message = column.note or ""
    if column.date:
        message = "请按 1958-03-01 的格式填写；只知道年月时填 1958-03。" + message
    elif column.text and not message:
        message = "本列为文本格式，可直接录入全部数字。"
    return heading | {"validate": "any", "input_message": message[:255]} if message else None


def _guide(page, columns, examples, guide_lines, formats):
    row = 0
    write_cell(page, row, 0, "填写说明", formats, bold=True, font_size=16)
    for row, line in enumerate(guide_lines, 1):
        write_cell(page, row, 0, line, formats)
    row += 2
    for index, label in enumerate(("栏目", "是否必填", "可选内容", "说明")):
        write_cell(page, row, index, label, formats, **_HEADING)
    for row, column in enumerate(columns, row + 1):  # noqa: B020 - continues below the heading
        for index, text in enumerate(_described(column)):
            write_cell(page, row, index, text, formats, **_PLAIN)
    if examples:
        row += 2
        write_cell(page, row, 0, "填写示例", formats, bold=True)
        row += 1
        for index, column in enumerate(columns):
            write_cell(page, row, index, column.label, formats, **_HEADING)
        for row, example in enumerate(examples, row + 1):  # noqa: B020
            for index, (_, value) in enumerate(zip(columns, example, strict=True)):
                write_cell(page, row, index, value, formats, **_PLAIN, num_format=TEXT)
    for index, width in enumerate((18, 18, 30, 44)):
        page.set_column(index, index, width)
    page.set_column(4, max(len(columns) - 1, 4), 16)


def _described(column):
    choices = column.choices or ()
    shown = "、".join(choices[:20]) + (f" 等 {len(choices)} 项" if len(choices) > 20 else "")
    note = column.note or ("按 1958-03-01 的格式填写" if column.date else None)
    return column.label, "必填" if column.required else "选填", shown or None, note
