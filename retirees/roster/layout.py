"""What was understood of a sheet: where its headings are and which column fills what. Kept as JSON between steps."""

from dataclasses import asdict, dataclass, replace

from retirees.roster.columns import BY_FIELD, REQUIRED
from retirees.roster.heading_words import CLOSE, EXACT, IGNORED_COLUMN, SUGGESTED, UNKNOWN, key

REMEMBERED, CHOSEN, SET_ASIDE = "remembered", "chosen", "set_aside"

STATUS_LABELS = {
    EXACT: "已识别",
    CLOSE: "近似，已采用",
    REMEMBERED: "按上次的选择",
    CHOSEN: "人工指定",
    SUGGESTED: "请确认",
    IGNORED_COLUMN: "不导入",
    UNKNOWN: "未识别",
    SET_ASIDE: "重复，未采用",
}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    index: int  # from 0
    heading: str  # as the user wrote it, group and column joined by “／”
    status: str
    field: str | None = None  # what it fills; None: it is not imported
    suggestion: str | None = None  # a field to offer to the user
    ignored: str = ""  # the kind of known column that is not imported
    scale: int = 1  # 10000 where the heading says 万元
    filled: int = 0  # how many of the rows looked at have something here
    samples: tuple[str, ...] = ()  # masked where they look like personal data
    doubts: tuple[str, ...] = ()

    @property
    def column(self):
        return BY_FIELD.get(self.field)

    @property
    def label(self):
        """How messages name it: the user's own heading."""
        return self.heading.split("／")[-1] if self.heading else f"{letter(self.index)} 列"

    @property
    def is_open(self):
        """The user should say what it is before the import goes on."""
        return self.status in (SUGGESTED, UNKNOWN)

    @property
    def status_label(self):
        return STATUS_LABELS[self.status]

    @property
    def letter(self):
        return letter(self.index)


@dataclass(frozen=True, slots=True)
class Layout:
    sheet: str
    heading_rows: tuple[int, int]  # first and last, counted from 1
    data_from: int
    columns: tuple[ColumnMatch, ...]
    titles: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def fields(self):
        """field → indexes of its columns"""
        found = {}
        for match in self.columns:
            if match.field:
                found.setdefault(match.field, []).append(match.index)
        return found

    @property
    def missing(self):
        """Required columns that no column of the sheet fills."""
        fields = self.fields
        return tuple(column for column in REQUIRED if column.field not in fields)

    @property
    def open_columns(self):
        return tuple(match for match in self.columns if match.is_open)

    @property
    def unknown(self):
        return tuple(match for match in self.columns if match.status == UNKNOWN)

    @property
    def is_settled(self):
        return not self.missing and not self.open_columns

    def match(self, index):
        return next((match for match in self.columns if match.index == index), None)

    def with_choice(self, index, field):
        """The user says what a column is; None: it is not to be imported."""
        if field is not None and field not in BY_FIELD:
            raise ValueError(f"no such field: {field}")
        several = field is not None and BY_FIELD[field].several
        columns = []
        for match in self.columns:
            if match.index == index:
                match = replace(match, field=field, status=CHOSEN, suggestion=None, doubts=())
            elif field and not several and match.field == field:
                match = replace(match, field=None, status=SET_ASIDE)
            columns.append(match)
        return replace(self, columns=tuple(columns))

    def with_choices(self, choices):
        """`choices`: index → field or None."""
        layout = self
        for index, field in choices.items():
            layout = layout.with_choice(int(index), field)
        return layout

    def to_remember(self):
        """Heading → field ("" = not imported), of the columns that the user decided; for the next upload."""
        return {
            key(match.heading): match.field or ""
            for match in self.columns
            if match.status in (CHOSEN, REMEMBERED) and key(match.heading)
        }

    def to_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        columns = tuple(
            ColumnMatch(**{**each, "samples": tuple(each["samples"]), "doubts": tuple(each["doubts"])})
            for each in data["columns"]
        )
        return cls(
            sheet=data["sheet"],
            heading_rows=tuple(data["heading_rows"]),
            data_from=data["data_from"],
            columns=columns,
            titles=tuple(data["titles"]),
            doubts=tuple(data["doubts"]),
        )


@dataclass(frozen=True, slots=True)
class NoHeading:
    """Why no heading row was found, in the user's words."""

    sheet: str
    code: str
    message: str


def letter(index):
    """0 → A, 26 → AA"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
