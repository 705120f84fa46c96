"""The forms of problems and notices."""

from django import forms

from accounts.forms.keyed import day_field
from accounts.models import Enterprise, Office
from accounts.models.places import OfficeKind
from handover.models.problems import About, ProblemKind
from handover.problems.due import day_after
from handover.services.problems import UNITS
from tracks.forms import KeyForm, StepForm

PLACE = {"office": Office, "enterprise": Enterprise}


def _long(label, help_text, limit=2000):
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": 5}), help_text=help_text)


class ProblemForm(KeyForm):
    """`of_person` asks which matter of the person it is about."""

    title = forms.CharField(label="事由", max_length=80, help_text="一句话写明是什么问题，不写身份证号码和病情。")
    kind = forms.ChoiceField(label="问题类别", choices=[("", "请选择"), *ProblemKind.choices])
    about = forms.ChoiceField(label="有关事项", choices=About.choices)
    text = _long("具体情况", "写明经过、已做的工作和希望解决的事项。只有提出单位、承办单位和领导小组办公室可以看到。")
    urgent = forms.BooleanField(label="紧急（影响老人生活或者有稳定风险）", required=False)

    def __init__(self, *args, of_person, **kwargs):
        super().__init__(*args, **kwargs)
        if not of_person:
            del self.fields["about"]


def places(kinds):
    """[(heading, [(key, name), …]), …] of everybody who may be given work: member units, areas, enterprises."""
    offices = Office.objects.active().filter(kind__in=kinds).order_by("kind", "path")
    units = [(f"office-{one.pk}", one.name) for one in offices if one.kind == OfficeKind.BUREAU]
    areas = [(f"office-{one.pk}", one.name) for one in offices if one.kind == OfficeKind.AREA]
    enterprises = [(f"enterprise-{one.pk}", one.name) for one in Enterprise.objects.active().order_by("path")]
    found = [("成员单位", units), ("区市、开发区", areas), ("企业", enterprises)]
    return [("", "请选择"), *((heading, rows) for heading, rows in found if rows)]


class PlaceField(forms.ChoiceField):
    """An office or an enterprise out of one list; cleans to the row."""

    def clean(self, value):
        kind, _, pk = super().clean(value).partition("-")
        return PLACE[kind].objects.get(pk=pk)


class ProblemStepForm(StepForm):
    own = {
        "assign": ("to", "due_on"),
        "direct": ("to", "due_on"),
        "answer": ("text",),
    }

    to = PlaceField(label="承办单位")
    due_on = day_field("答复期限")
    text = _long("答复内容", "写明处理意见和已经采取的措施。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "to" in self.fields:
            self.fields["to"].choices = places(UNITS)
            self.fields["due_on"].initial = lambda: day_after("problem_days")

    def arguments(self):
        names = self.own.get(self.step.name, ())
        return {**super().arguments(), "values": {name: self.cleaned_data[name] for name in names}}


class NoticeStepForm(StepForm):
    own = {"reply": ("reply",)}

    reply = _long("答复内容", "写明办理结果；没有办完的，写明原因和办完的日期。")

    def arguments(self):
        names = self.own.get(self.step.name, ())
        return {**super().arguments(), "values": {name: self.cleaned_data[name] for name in names}}


class NoticeForm(KeyForm):
    """`to` is left out where the addressees follow from the chosen people."""

    to = PlaceField(label="督办对象")
    title = forms.CharField(label="事由", max_length=80)
    text = _long("要求", "写明要办的事项和要求。不写个人信息，有关人员附在督办后面。", 1000)
    due_on = day_field("答复期限")

    def __init__(self, data=None, *, to=True, **kwargs):
        super().__init__(data, **kwargs)
        if to:
            self.fields["to"].choices = places((OfficeKind.AREA,))
        else:
            del self.fields["to"]
            self.fields["title"].initial = "督办逾期的移交事项"
            self.fields[
                "text"
            ].initial = "附后人员的移交事项已经逾期。请在期限内办理，并答复办理结果；不能办理的，写明原因。"
        self.fields["due_on"].initial = lambda: day_after("notice_days")
