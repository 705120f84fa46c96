"""What the steps of a treatment ask for: the paper on which they are taken."""

from django import forms

from accounts.forms.keyed import day_field
from benefits.services.steps import PROVED
from tracks.forms import KeyForm, StepForm
from weihai_transfer.lib import clock

PROOFS = {
    "approve": ("主管部门意见文号", "意见日期"),
    "put_in_force": ("计提凭证或者过渡方案文号", "凭证日期"),
    "stop": ("企业年金备案号或者清理意见文号", "日期"),
    "record": ("上级文件文号", "文件日期"),
    "sign": ("协议书编号", "签字日期"),
    "pay": ("支付凭证号", "支付日期"),
}


class TreatmentStepForm(StepForm):
    own = dict.fromkeys(PROVED, ("proof", "proof_on"))

    proof = forms.CharField(label="凭证（文号）", max_length=80, help_text="凭证扫描件在“文书”中上传。")
    proof_on = day_field("凭证日期")

    def __init__(self, step, *args, **kwargs):
        super().__init__(step, *args, **kwargs)
        if step.name in PROOFS:
            self.fields["proof"].label, self.fields["proof_on"].label = PROOFS[step.name]
            self.fields["proof_on"].initial = clock.today

    def arguments(self):
        values = {name: self.cleaned_data[name] for name in self.own.get(self.step.name, ())}
        return {**super().arguments(), "values": values}


class SettleForm(KeyForm):
    settled_on = day_field("核算日期", help_text="按这一天的年龄和当日采用的人口平均预期寿命核算。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["settled_on"].initial = clock.today

    @property
    def day(self):
        """The day to preview with: what was filled in, or today."""
        return self.cleaned_data["settled_on"] if self.is_bound and self.is_valid() else clock.today()
