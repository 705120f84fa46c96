import re

from django import forms
from django.utils import timezone

from accounts.forms.keyed import KeyedForm, day_field
from accounts.models import Enterprise, Office
from accounts.models.places import EnterpriseLevel, OfficeKind
from accounts.places import kinds_below
from weihai_transfer.lib import credit_code

# Who may be the 主管部门（单位） of an enterprise.
SUPERVISORS = (OfficeKind.BUREAU, OfficeKind.AREA)
CODE = re.compile(r"[0-9A-Za-z-]+")


def _checked_code(code):
    # The code is part of the path, where a slash parts the levels.
    if code and not CODE.fullmatch(code):
        raise forms.ValidationError("代码只能由数字、字母和短横线组成。请改正。")
    return code


class AliasForm(KeyedForm):
    name = forms.CharField(label="别名", max_length=80)


class OfficeFactsForm(KeyedForm):
    """`version` is the version that the reader saw; a newer one makes the form stale."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="名称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=40, required=False, help_text="列表和时间线中显示的名称。")
    address = forms.CharField(label="办公地址", max_length=160, required=False, help_text="印在联系卡和介绍信上。")
    phone = forms.CharField(label="办公电话", max_length=40, required=False, help_text="对外公开的办公电话。")
    note = forms.CharField(label="说明", max_length=200, required=False)
    reason = forms.CharField(label="修改依据", max_length=200, help_text="如批准更名的文件名称和文号。")


class NewOfficeForm(KeyedForm):
    kind = forms.ChoiceField(label="类别")
    name = forms.CharField(label="名称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    code = forms.CharField(label="代码", max_length=20, required=False, help_text="可留空，由系统编号。")
    since = day_field("开始日期", initial=timezone.localdate)
    basis = forms.CharField(label="依据", max_length=200, help_text="如设立该单位的文件名称和文号。")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, parent, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds_below(parent)]

    def clean_code(self):
        return _checked_code(self.cleaned_data["code"])


class RelinkForm(KeyedForm):
    receiver = forms.ModelChoiceField(
        Office.objects.none(), label="调整到", empty_label="请选择上级单位", help_text="下级单位随同调整。"
    )
    since = day_field("开始日期", initial=timezone.localdate)
    basis = forms.CharField(label="依据", max_length=200, help_text="如区划调整的文件名称和文号。")

    def __init__(self, office, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in OfficeKind if office.kind in kinds_below(Office(kind=kind))]
        receivers = Office.objects.active().filter(kind__in=kinds).exclude(path__startswith=office.path)
        self.fields["receiver"].queryset = receivers.exclude(pk=office.parent_id).select_related("parent")
        self.fields["receiver"].label_from_instance = _with_parent


def _with_parent(office):
    return f"{office}（{office.parent}）" if office.parent else str(office)


class EnterpriseForm(KeyedForm):
    """The facts of an enterprise; a new one has a code besides, a change has its reason and version."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label="代码", max_length=20, help_text="登记后不能修改，由数字、字母和短横线组成。")
    name = forms.CharField(label="企业名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=18, required=False)
    level = forms.ChoiceField(label="隶属关系", choices=EnterpriseLevel, initial=EnterpriseLevel.CITY)
    parent = forms.ModelChoiceField(
        Enterprise.objects.none(), label="上级企业（集团）", required=False, empty_label="无，本身为集团或独立企业"
    )
    address = forms.CharField(label="通讯地址", max_length=160, required=False, help_text="印在介绍信等文书上。")
    phone = forms.CharField(label="联系电话", max_length=40, required=False, help_text="办理移交事项的办公电话。")
    annuity = forms.BooleanField(label="已实施企业年金", required=False)
    annuity_filing = forms.CharField(
        label="企业年金方案备案号",
        max_length=60,
        required=False,
        help_text="停发统筹外费用须以方案备案为凭（二(六)）。",
    )
    supervisor = forms.ModelChoiceField(
        Office.objects.none(),
        label="主管部门（单位）",
        required=False,
        empty_label="未登记，随上级企业",
        help_text="弱势群体统筹外费用的保留须报其同意（二(六)）。",
    )
    reason = forms.CharField(label="修改依据", max_length=200)

    def __init__(self, enterprise, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parents = Enterprise.objects.active()
        if enterprise is None:
            del self.fields["reason"], self.fields["version"]
        else:
            del self.fields["code"]
            parents = (parents | Enterprise.objects.filter(pk=enterprise.parent_id)).exclude(
                path__startswith=enterprise.path
            )
        self.fields["parent"].queryset = parents
        self.fields["supervisor"].queryset = Office.objects.active().filter(kind__in=SUPERVISORS).order_by("path")

    def clean_code(self):
        return _checked_code(self.cleaned_data["code"])

    def clean_credit_code(self):
        code = self.cleaned_data["credit_code"].upper()
        if code and (fault := credit_code.fault(code)):
            raise forms.ValidationError(fault)
        return code
