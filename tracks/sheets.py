"""The page that takes in a workbook: one file, read within limits, and all its faults by row and cell."""

from django import forms

from tracks.forms import KeyForm
from weihai_transfer.lib.workbooks.refusal import Refused

ACCEPT = ".xlsx,.xls,.ods,.et"
SHOWN = 200


class SheetForm(KeyForm):
    file = forms.FileField(
        label="Excel 文件",
        allow_empty_file=True,  # the guard says it better
        error_messages={"required": "没有选择文件。请选择 Excel 文件后再上传。"},
    )


def read(form, reader):
    """What `reader(path, filename)` finds in the uploaded file; None, with the cause said by the form, in no workbook."""
    file = form.cleaned_data["file"]
    try:
        return reader(file.temporary_file_path(), file.name)
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return None


def context_of(form, faults):
    """What `_upload_box.html` and `tracks/_faults.html` show."""
    return {
        "form": form,
        "hidden": [("key", form["key"].value())],
        "accept": ACCEPT,
        "faults": faults[:SHOWN],
        "count": len(faults),
        "unlisted": max(0, len(faults) - SHOWN),
    }


def status_of(form, faults):
    return 422 if faults or form.errors else 200
