"""Party lists as tests read and write them."""

import io

import openpyxl


def rows_of(answer):
    """The cells of the first sheet of a workbook that a page answered."""
    body = b"".join(answer.streaming_content)
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)]


def workbook_of(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
