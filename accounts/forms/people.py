import re

from django import forms

from accounts.duties import POSITIONS, Place
from accounts.forms.keyed import KeyedForm

USERNAME = re.compile(r"[a-z][a-z0-9_.]{2,39}")


class NewUserForm(KeyedForm):
    username = forms.CharField(
        label="账号", max_length=40, help_text="小写字母开头，由小写字母、数字、点和下划线组成，不少于 3 位。"
    )
    name = forms.CharField(label="姓名", max_length=60)

    def clean_username(self):
        username = self.cleaned_data["username"]
        if not USERNAME.fullmatch(username):
            raise forms.ValidationError("账号须以小写字母开头，由小写字母、数字、点和下划线组成，不少于 3 位。请改正。")
        return username


class EmailForm(KeyedForm):
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="每个工作日早上把待办数字发到这里，不含人员信息。请填写单位邮箱；留空则不发邮件。",
    )


class AppointForm(KeyedForm):
    """A position at one of the places that were found by name before."""

    place = forms.ChoiceField(label="任职单位", widget=forms.RadioSelect)
    position = forms.ChoiceField(label="岗位")
    reason = forms.CharField(label="依据", max_length=200, required=False, help_text="如任职文件名称和文号，可不填。")

    def __init__(self, places, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {f"{place._meta.model_name}-{place.pk}": place for place in places}
        self.fields["place"].choices = [(key, _named(place)) for key, place in self.places.items()]
        kinds = {place._meta.model_name for place in places}
        self.fields["position"].choices = [("", "请选择岗位")] + [
            (
                Place(kind).label + "岗位",
                [(one.code, f"{one.label}（{_duties(one)}）") for one in POSITIONS.values() if one.place == kind],
            )
            for kind in Place.values
            if kind in kinds
        ]

    def clean_place(self):
        return self.places[self.cleaned_data["place"]]


def _named(place):
    above = f"{place.parent}，" if place.parent else ""
    return f"{place.name}（{above}{place.code}）"


def _duties(position):
    return "、".join(duty.label for duty in position.duties)
