from django import forms

from handover import files
from tracks.forms import KeyForm


class ReceiptForm(KeyForm):
    file = forms.FileField(
        label="市外接收回执",
        error_messages={
            "required": "没有选择文件。请选择回执的扫描件后再上传。",
            "empty": "选择的文件是空的，没有内容。请重新扫描或另选文件。",
        },
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if fault := files.fault_of(upload):
            raise forms.ValidationError(fault)
        return upload
