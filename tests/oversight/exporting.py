"""What stands in an exported file."""

import io

import openpyxl

from oversight.exports import files
from oversight.exports.people import COLUMNS

SOME = ["name", "id_number", "phone", "residence_address", "state"]
ALL = [column.name for column in COLUMNS]


def content_of(export):
    return b"".join(files.read(export.file))


def sheet_of(export):
    return openpyxl.load_workbook(io.BytesIO(content_of(export))).active


def lines_of(export):
    """The lines below the captions and headings."""
    return [list(row) for row in sheet_of(export).iter_rows(min_row=5, values_only=True)]


def names_of(export):
    return sorted(line[0] for line in lines_of(export))
