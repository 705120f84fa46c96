from django import forms

from accounts.forms.keyed import KeyedForm
from oversight.models.bulletins import BLOCKS
from weihai_transfer.lib import clock

ROWS = {"overall": 9, "areas": 9, "enterprises": 10, "problems": 7, "next_steps": 8}


class DraftForm(KeyedForm):
    """Which month; a reason where a bulletin of it was issued already."""

    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text="数据截止到该月最后一天；本月还没有结束的，截止到今天。",
    )
    reason = forms.CharField(
        label="重新通报理由",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="该月通报已经印发、确需再次通报的才填写。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].initial = clock.today


class TextForm(KeyedForm):
    """The words of a draft. `seen` is the version that the editor had before him."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    title = forms.CharField(label="标题", max_length=60)
    addressees = forms.CharField(label="主送", max_length=200)
    copied_to = forms.CharField(label="抄送", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in BLOCKS.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": ROWS[name]})
            )
        self.order_fields(["seen", "title", "addressees", *BLOCKS, "copied_to"])


class IssueForm(KeyedForm):
    """Issuing asks for one thing alone: that somebody answers for the numbers that are none of the snapshot."""

    checked = forms.BooleanField(label="上列数字已核对，由本办公室负责", required=False)

    def __init__(self, strays, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not strays:
            del self.fields["checked"]
