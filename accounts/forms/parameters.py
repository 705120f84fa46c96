from django import forms
from django.utils import timezone

from accounts.forms.keyed import KeyedForm, day_field


class ValueForm(KeyedForm):
    value = forms.IntegerField()
    since = day_field("自何日起", initial=timezone.localdate)
    source = forms.CharField(label="依据", max_length=200, help_text="如文件名称、文号和条款。")

    def __init__(self, known, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if known.is_day:
            self.fields["value"] = day_field("取值")
        else:
            self.fields["value"] = forms.IntegerField(
                label=f"取值（{known.unit.strip('（）')}）", min_value=known.least, max_value=known.most
            )


class DayForm(KeyedForm):
    day = day_field("日期")
    working = forms.ChoiceField(label="这一天", choices=[("1", "上班"), ("0", "放假")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明和依据", max_length=80, help_text="如市政府放假通知的文号。")

    def clean_working(self):
        return self.cleaned_data["working"] == "1"
