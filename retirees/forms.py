"""Forms of the roster pages."""

from django import forms

from accounts.forms.keyed import KeyedForm, ReasonForm, day_field
from accounts.models import Enterprise
from retirees.forecast.keeping import APPEND, REPLACE
from retirees.models.forecast import Choice
from retirees.roster.columns import BY_FIELD, COLUMNS
from tracks.sheets import SheetForm
from weihai_transfer.lib.workbooks.limits import LIMITS

ACCEPT = ".xlsx,.xls,.ods,.et,.csv"
KINDS_IN_WORDS = "Excel、WPS 表格或 CSV（.xlsx、.xls、.et、.ods、.csv）"
LIMITS_IN_WORDS = f"每个文件不超过 {LIMITS.file_bytes // 2**20} MB、{LIMITS.rows // 10_000} 万行"
NOT_IMPORTED = "-"


class UploadForm(forms.Form):
    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(),
        label="所属企业",
        empty_label="请选择",
        error_messages={"required": "没有选择所属企业，文件没有上传。请选择后重新上传。"},
    )
    file = forms.FileField(
        label="花名册文件",
        allow_empty_file=True,  # the guard says it better
        error_messages={"required": "没有选择文件。请选择花名册文件后上传。"},
    )

    def __init__(self, enterprises, usual, *args, **kwargs):
        """`usual`: where the user works now; offered first when it is among the `enterprises`."""
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
        if usual in enterprises:
            self.fields["enterprise"].initial = usual


class ExplainForm(KeyedForm):
    """The reason for one kind of odd retirement dates, said once for all its rows."""

    kind = forms.CharField(max_length=40)
    text = forms.CharField(max_length=200)


class ImportForm(KeyedForm):
    """Which of the two buttons was pressed."""

    rows = forms.ChoiceField(choices=(("all", "导入全部"), ("good", "只导入正确的行")))


class WithdrawForm(ReasonForm):
    """Taking an import back: the reason is kept with the operation."""


class HeadingsForm(forms.Form):
    """One choice for each column of the sheets that share their headings.

    `sheets` is [(sheet index, Layout)] of equal headings; the choices made for the first hold for all of them.
    """

    def __init__(self, sheets, *args, **kwargs):
        self.sheets = sheets
        index, self.layout = sheets[0]
        super().__init__(*args, prefix=f"s{index}", **kwargs)
        for match in self.layout.columns:
            self.fields[f"c{match.index}"] = forms.ChoiceField(
                label=f"{match.letter} 列 {match.label}",
                choices=_field_choices,
                initial=_initial(match),
                error_messages={
                    "required": "没有指定这一列是什么。请选择对应的项目，或选“不导入”。",
                    "invalid_choice": "没有这个项目。请重新选择。",
                },
            )

    @property
    def lines(self):
        """(match, bound field) for each column, in the order of the file."""
        return [(match, self[f"c{match.index}"]) for match in self.layout.columns]

    @property
    def sheet_names(self):
        return "、".join(layout.sheet for _, layout in self.sheets)

    def clean(self):
        chosen = {}
        for match in self.layout.columns:
            field = self.cleaned_data.get(f"c{match.index}", NOT_IMPORTED)
            if field != NOT_IMPORTED:
                chosen.setdefault(field, []).append(match)
        for field, matches in chosen.items():
            if len(matches) > 1 and not BY_FIELD[field].several:
                self._refuse_rivals(BY_FIELD[field].label, matches)
        missing = [column.label for column in COLUMNS if column.required and column.field not in chosen]
        if missing:
            raise forms.ValidationError(
                f"还没有指定必需的列：{'、'.join(missing)}。没有这些列无法办理移交。"
                "请在下表中指定；文件里确实没有的，请放弃本次上传，补上后重新上传。"
            )
        return self.cleaned_data

    def _refuse_rivals(self, label, matches):
        letters = "、".join(f"{match.letter} 列" for match in matches)
        for match in matches:
            self.add_error(
                f"c{match.index}", f"{letters}都指定为“{label}”，只能有一列。请把其余的改为其他项目或“不导入”。"
            )

    def settled(self):
        """[(sheet index, Layout)] with the choices laid over what was recognised."""
        choices = {}
        for match in self.layout.columns:
            given = self.cleaned_data[f"c{match.index}"]
            field = None if given == NOT_IMPORTED else given
            # What was recognised and left as it was is no decision to be remembered.
            if field != match.field or match.is_open:
                choices[match.index] = field
        return [(index, layout.with_choices(choices)) for index, layout in self.sheets]


def _initial(match):
    if match.is_open:
        return match.suggestion or ""
    return match.field or NOT_IMPORTED


def _field_choices():
    groups = {}
    for column in COLUMNS:
        groups.setdefault(column.group, []).append((column.field, column.label))
    return [("", "请选择"), (NOT_IMPORTED, "不导入"), *groups.items()]


def heading_forms(layouts, data=None):
    """One form for the sheets of equal headings, so that a workbook with a sheet for each month asks once."""
    groups = {}
    for index, layout in layouts:
        same = tuple((match.index, match.heading) for match in layout.columns)
        groups.setdefault(same, []).append((index, layout))
    return [HeadingsForm(sheets, data) for sheets in groups.values()]


class EmployeesForm(SheetForm):
    enterprise = forms.ModelChoiceField(Enterprise.objects.none(), label="所属企业", empty_label="请选择")
    way = forms.ChoiceField(
        label="导入方式",
        choices=((REPLACE, "替换：名单中没有的移出预测"), (APPEND, "补充：只新增和更新")),
        initial=APPEND,
    )

    def __init__(self, enterprises, usual, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises
        if usual in enterprises:
            self.fields["enterprise"].initial = usual


class ChoiceForm(KeyedForm):
    """Early, late, or as the law says; the month is given as 2027-03."""

    choice = forms.ChoiceField(label="弹性退休", choices=Choice.choices, widget=forms.RadioSelect)
    month = forms.DateField(
        label="选择的退休月份",
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2027-03"}),
        error_messages={"invalid": "不是有效月份。请按 2027-03 的格式填写。"},
        help_text="按法定时间退休的不必填写。",
    )
    noticed_on = day_field("书面告知日期")

    def __init__(self, row, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = row.choice != Choice.NONE
        self.initial.update(
            choice=row.choice, month=row.expected if chosen else None, noticed_on=row.noticed_on if chosen else None
        )
        self.fields["noticed_on"].required = False
        self.fields["month"].help_text += f"可选范围 {row.earliest:%Y-%m} 至 {row.latest:%Y-%m}。"
        self.row = row

    def clean(self):
        given = super().clean()
        if given.get("choice") in (Choice.EARLY, Choice.LATE) and not given.get("month") and "month" not in self.errors:
            self.add_error("month", "没有选择退休月份。请按 2027-03 的格式填写。")
        return given
