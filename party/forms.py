from django import forms
from django.utils import timezone

from accounts.models import Office
from accounts.models.places import OfficeKind
from party.models.letters import Way
from party.services.letters import LONGEST_NUMBER, longest
from tracks.forms import KeyForm, StepForm

LETTER = ("start_number", "way", "issued_on", "valid_days", "dues_paid_until", "office")


def day(label, **kwargs):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MembershipStepForm(StepForm):
    own = {"issue": LETTER, "reissue": LETTER, "arrive": ("arrived_on",), "place": ("branch", "placed_on")}

    start_number = forms.CharField(
        label="介绍信编号",
        max_length=LONGEST_NUMBER,
        help_text="办理多人时从此编号起依次编号，如 2026-0001、2026-0002。",
    )
    way = forms.ChoiceField(label="转接方式", choices=Way.choices, initial=Way.ONLINE)
    issued_on = day("开具日期", initial=timezone.localdate)
    valid_days = forms.IntegerField(label="有效期（天）", min_value=1)
    dues_paid_until = day("党费交至", required=False, help_text="不填写的，按每人已登记的党费交至日期。")
    office = forms.ModelChoiceField(
        label="转入党组织所在镇街",
        queryset=Office.objects.none(),
        required=False,
        empty_label="按人员接收镇街（社区）确定",
    )
    arrived_on = day("接收日期", initial=timezone.localdate)
    branch = forms.CharField(label="党支部名称", max_length=120)
    placed_on = day("编入日期", initial=timezone.localdate)

    def __init__(self, step, *args, **kwargs):
        super().__init__(step, *args, **kwargs)
        if "office" in self.fields:
            self._prepare_letter()

    def _prepare_letter(self):
        most = longest(timezone.localdate())
        self.fields["valid_days"].initial = most
        self.fields["valid_days"].help_text = f"最长 {most} 天，从开具次日起算。"
        office = self.fields["office"]
        kinds = (OfficeKind.STREET, OfficeKind.PARTY)
        office.queryset = Office.objects.active().filter(kind__in=kinds).select_related("parent").order_by("path")
        office.label_from_instance = lambda one: f"{one.parent} {one}"
        if self.step.name == "reissue":
            office.empty_label = "与原介绍信相同"

    def values(self):
        """What the step's service takes as `values`."""
        own = [name for name in self.own.get(self.step.name, ()) if name != "office"]
        return {name: self.cleaned_data[name] for name in own}

    def arguments(self):
        return {**super().arguments(), "values": self.values(), "targets": self.cleaned_data.get("office")}


class ReceiptForm(KeyForm):
    receipt_on = day("收到回执日期", initial=timezone.localdate)
