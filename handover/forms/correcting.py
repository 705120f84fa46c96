"""A form over the facts that may be corrected now. What is stored sealed is never sent back to the browser: such a
field comes empty, and stays as it is unless something is written into it."""

from django import forms
from django.db import models
from django.utils import timezone

from handover.facts import GROUPS, label_of, masked
from handover.forms.cleaning import NEEDED, clean_fact, contradictions
from retirees.codes import SPECIAL_GROUPS
from retirees.models import SEALED, Retiree
from tracks.forms import KeyForm

EMPTY_WORD = "无"
UNTOUCHED, EMPTIED = "现为 {shown}。不改请留空", f"，要清空请填“{EMPTY_WORD}”"
YES_NO = (("True", "是"), ("False", "否"))
LONG = ("health", "hardship", "remark")
NO_NUMBERS = "不要填写证件号码、电话等个人信息。"


class CorrectionForm(KeyForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, base, names, needs_reason=False, **kwargs):
        """`base`: the person as the user saw him when he opened the form, a Retiree or one of its versions."""
        super().__init__(*args, **kwargs)
        self.base, self.warnings = base, []
        self.names = [name for group in GROUPS for name in group.names if name in names]
        for name in self.names:
            self.fields[name] = field_of(name, base)
            if name not in SEALED:
                self.initial.setdefault(name, getattr(base, name))
        self.fields["reason"] = forms.CharField(
            label="更正依据",
            max_length=200,
            required=needs_reason,
            help_text=f"如“核对身份证原件”。{NO_NUMBERS}",
            error_messages={"required": "没有填写更正依据。已接收人员的信息更正须留下依据。请写明后再提交。"},
        )

    def groups(self):
        """[(heading, [bound fields])] in the order of the person's page."""
        for group in GROUPS:
            fields = [self[name] for name in group.names if name in self.names]
            if fields:
                yield group.label, fields

    def clean(self):
        values = super().clean()
        for name in self.names:
            if name in values:
                self._clean_one(name, values)
        for name, sentence in self._contradictions(values).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, f"{label_of(name)}{sentence}")
        return values

    def _clean_one(self, name, values):
        if name in SEALED and not values[name].strip():
            values[name] = None
            return
        id_type = values.get("id_type", self.base.id_type)
        value, errors, warnings = clean_fact(name, values[name], id_type, timezone.localdate())
        self.warnings += [f"{label_of(name)}{sentence}" for sentence in warnings]
        values[name] = value
        for sentence in errors:
            self.add_error(name, f"{label_of(name)}{sentence}")

    def _contradictions(self, values):
        if {"id_number", "id_type", "sex", "born_on"}.intersection(self.errors):
            return {}
        number = values.get("id_number") or self.base.id_number
        return contradictions(
            number, *(values.get(name, getattr(self.base, name)) for name in ("id_type", "sex", "born_on"))
        )

    def changes(self):
        """{field: value} for what the user changed of what he saw; nothing else is to be written."""
        found = {}
        for name in self.names:
            value, before = self.cleaned_data[name], getattr(self.base, name)
            if name in SEALED and value is None:
                continue
            if name == "special_groups":
                value, before = in_order(value), in_order(before)
            if value != before:
                found[name] = value
        return found


def in_order(groups):
    """Several groups in the order of the code list; a code that is no longer in it stays at the end."""
    return [code for code in SPECIAL_GROUPS if code in groups] + sorted(set(groups) - set(SPECIAL_GROUPS))


def field_of(name, base):
    """The form field of one fact."""
    column, label = Retiree._meta.get_field(name), label_of(name)
    if name in SEALED:
        return sealed_field(name, label, getattr(base, name))
    if name == "special_groups":
        choices = list(SPECIAL_GROUPS.items()) + [
            (code, code) for code in base.special_groups if code not in SPECIAL_GROUPS
        ]
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    if isinstance(column, models.BooleanField):
        unknown = (("", "未填写"),) if column.null else ()
        return forms.TypedChoiceField(
            label=label,
            choices=(*unknown, *YES_NO),
            coerce=lambda text: text == "True",
            empty_value=None,
            required=not column.null,
        )
    if column.choices:
        unknown = [("", "未填写")] if column.blank and not column.has_default() else []
        return forms.ChoiceField(label=label, choices=[*unknown, *column.choices], required=not unknown)
    return plain_field(column, label)


def sealed_field(name, label, value):
    hint = UNTOUCHED.format(shown=masked(name, value)) if value else ""
    if hint:
        hint += f"{'' if name in NEEDED else EMPTIED}。"
    widget = forms.Textarea(attrs={"rows": 2}) if name in LONG else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=500, help_text=hint, widget=widget)


def plain_field(column, label):
    if isinstance(column, models.DateField):
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": "填写的不是有效日期。请按 2026-11-23 的格式填写。"}
        return forms.DateField(label=label, required=False, widget=day, error_messages=wrong)
    if isinstance(column, models.DecimalField):
        return forms.DecimalField(
            label=label, required=False, min_value=0, max_digits=column.max_digits, decimal_places=column.decimal_places
        )
    if isinstance(column, models.IntegerField):
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=999)
    needed = column.name == "name"
    wrong = {"required": "没有填写姓名。姓名须与身份证一致。请补填。"}
    return forms.CharField(label=label, required=needed, max_length=column.max_length, error_messages=wrong)
