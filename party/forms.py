from django import forms
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Office
from accounts.models.places import OfficeKind
from party.models import PartyOrganisation
from party.models.letters import Way
from party.models.searches import SearchWay
from party.organisations.nearest import committees_at
from party.services.letters import LONGEST_NUMBER, longest
from party.states import State
from tracks.forms import KeyForm, StepForm

LETTER = ("start_number", "way", "reference", "issued_on", "valid_days", "dues_paid_until")
INSIDE, OUTSIDE = (*LETTER, "office"), ("outside", *LETTER)
RECEIPT = ("receipt_on", "receipt_number", "receipt_handler", "receipt_phone")


def day(label, **kwargs):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MembershipStepForm(StepForm):
    own = {
        "issue": INSIDE,
        "reissue": INSIDE,
        "issue_outside": OUTSIDE,
        "reissue_outside": OUTSIDE,
        "arrive": ("arrived_on", "late_reason"),
        "confirm_outside": ("arrived_on", *RECEIPT, "late_reason"),
        "place": ("branch", "new_branch", "placed_on"),
        "move": ("branch", "new_branch", "placed_on"),
        "lose": ("lost_since",),
    }

    outside = forms.CharField(
        label="市外转入党组织",
        max_length=120,
        help_text="按介绍信抬头填写全称，如“中共烟台市芝罘区示例街道工作委员会”。",
    )
    start_number = forms.CharField(
        label="介绍信编号",
        max_length=LONGEST_NUMBER,
        help_text="三联用同一编号。办理多人时从此编号起依次编号，如 2026-0001、2026-0002。",
    )
    way = forms.ChoiceField(label="转接方式")
    reference = forms.CharField(
        label="灯塔转接编号",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="省内网上转接必填。办理多人时每行一个，与名单顺序一致；只填一个的，依次编号。",
    )
    issued_on = day("开具日期", initial=timezone.localdate)
    valid_days = forms.IntegerField(label="有效期（天）", min_value=1)
    dues_paid_until = day("党费交至", required=False, help_text="不填写的，按每人已登记的党费交至日期。")
    office = forms.ModelChoiceField(
        label="转入党组织",
        queryset=Office.objects.none(),
        required=False,
        empty_label="按人员接收镇街（社区）确定",
    )
    arrived_on = day("接收日期", initial=timezone.localdate)
    late_reason = forms.CharField(
        label="逾期接收理由", max_length=200, required=False, help_text="接收日期超过介绍信有效期的必填。"
    )
    receipt_on = day("收到回执日期", initial=timezone.localdate)
    receipt_number = forms.CharField(label="回执编号", max_length=40, required=False)
    receipt_handler = forms.CharField(label="回执经办人", max_length=60, required=False)
    receipt_phone = forms.CharField(label="回执联系电话", max_length=30, required=False)
    branch = forms.ModelChoiceField(
        label="党支部", queryset=PartyOrganisation.objects.none(), required=False, empty_label="请选择党支部"
    )
    new_branch = forms.CharField(
        label="新建党支部",
        max_length=120,
        required=False,
        help_text="列表中没有的，填写党支部全称，随办理一并建立在转入单位。",
    )
    placed_on = day("编入日期", initial=timezone.localdate)
    lost_since = day("失联时间", initial=timezone.localdate, help_text="最后一次取得联系的日期。")

    def __init__(self, step, *args, user=None, **kwargs):
        super().__init__(step, *args, **kwargs)
        if "way" in self.fields:
            self._prepare_letter()
        if "office" in self.fields:
            self._prepare_offices()
        if "branch" in self.fields:
            self._prepare_branches(user)

    def _prepare_letter(self):
        most = longest(timezone.localdate())
        outside = self.step.target == State.OUTSIDE
        self.fields["way"].choices = [way for way in Way.choices if outside or way[0] != Way.PROVINCE]
        self.fields["way"].initial = Way.PROVINCE if outside else Way.ONLINE
        self.fields["valid_days"].initial = most
        self.fields["valid_days"].help_text = f"最长 {most} 天，从开具次日起算。"

    def _prepare_offices(self):
        office = self.fields["office"]
        kinds = (OfficeKind.STREET, OfficeKind.PARTY)
        office.queryset = Office.objects.active().filter(kind__in=kinds).select_related("parent").order_by("path")
        committees = committees_at(office.queryset)
        office.label_from_instance = lambda one: f"{one.parent} {committees.get(one.pk) or f'{one}党组织'}"
        if self.step.name == "reissue":
            office.empty_label = "与原介绍信相同"

    def _prepare_branches(self, user):
        branch = self.fields["branch"]
        branch.queryset = (
            PartyOrganisation.objects.open_to(user, Duty.PARTY)
            .filter(office__isnull=False)
            .active()
            .branches()
            .select_related("office")
            .order_by("path")
        )
        branch.label_from_instance = lambda one: f"{one.office} {one}"

    def clean(self):
        cleaned = super().clean()
        if "branch" in self.fields and cleaned.get("branch") and cleaned.get("new_branch"):
            self.add_error("new_branch", "已选择党支部，又填写了新建党支部。两项只填一项。")
        elif "branch" in self.fields and not cleaned.get("branch") and not cleaned.get("new_branch"):
            self.add_error("branch", "没有选择党支部。请选择，或填写新建党支部的名称。")
        return cleaned

    def values(self):
        """What the step's service takes as `values`."""
        own = [name for name in self.own.get(self.step.name, ()) if name != "office"]
        return {name: self.cleaned_data[name] for name in own}

    def arguments(self):
        return {**super().arguments(), "values": self.values(), "targets": self.cleaned_data.get("office")}


class ReceiptForm(KeyForm):
    receipt_on = day("收到回执日期", initial=timezone.localdate)
    number = forms.CharField(label="回执编号", max_length=40, required=False)
    handler = forms.CharField(label="回执经办人", max_length=60, required=False)
    phone = forms.CharField(label="回执联系电话", max_length=30, required=False)


class SearchForm(KeyForm):
    searched_on = day("查找日期", initial=timezone.localdate)
    way = forms.ChoiceField(label="查找方式", choices=[("", "请选择"), *SearchWay.choices])
    note = forms.CharField(
        label="查找情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="写明向谁了解、结果如何。"
    )


class FactsForm(KeyForm):
    """What is noted about a member beside the steps."""

    floating = forms.BooleanField(label="流动党员", required=False)
    floating_to = forms.CharField(
        label="外出流向", max_length=80, required=False, help_text="如“上海市（随子女居住）”。"
    )
    lost_since = day("失联时间", required=False, help_text="最后一次取得联系的日期；能联系上的不填。")
    stopped_on = day("停止党籍日期", required=False, help_text="由党组织研究决定后登记，系统不作处理。")
    papers_complete = forms.NullBooleanField(
        label="党员档案、入党材料是否齐全",
        required=False,
        widget=forms.Select(choices=[("unknown", "未核对"), ("true", "齐全"), ("false", "不齐全")]),
    )
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def facts(self):
        return {name: self.cleaned_data[name] for name in self.fields if name != "key"}


def facts_of(membership):
    return {name: getattr(membership, name) for name in FactsForm.base_fields if name != "key"}


class ContactForm(forms.Form):
    reason = forms.CharField(label="用途", max_length=200, help_text="如“通知本人办理组织关系转接”。")
