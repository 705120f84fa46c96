"""How rows and columns are called on the audit pages. A value is shown only where it says nothing about a person."""

from django.apps import apps

# Models whose own name is not on any other page.
NOUNS = {
    "retirees.Roster": "花名册",
    "handover.Batch": "上报批次",
    "handover.BulkSelection": "批量办理",
    "handover.DeathNotice": "死亡告知",
    "oversight.FundedPerson": "经费人员",
}
FIELDS = {
    "roster": "花名册",
    "enterprise": "移交企业",
    "office": "接收单位",
    "seen_by": "可见的新单位",
    "raised_office": "提出单位",
    "raised_enterprise": "提出企业",
    "plan": "参加的项目",
}
# Follow from other columns of the same row, or never change: what the row belongs to.
NOT_SAID = {
    *("last_step", "state_since", "pinyin", "initials", "id_index", "id_tail_index", "phone_tail_index"),
    *("content_index", "content_type", "sha256"),
    *("retiree", "dossier", "membership", "letter", "transfer", "item", "settlement", "treatment", "agreement"),
    *("case", "relocation", "notice", "problem"),
}
# The only columns whose values are shown: what stage a matter is in.
VALUES_OF = ("state",)


def noun_of(model):
    return NOUNS.get(model._meta.label, str(model._meta.verbose_name))


def field_words(field):
    """None for a column that is not told."""
    if field.primary_key or field.name in NOT_SAID:
        return None
    said = str(field.verbose_name)
    return FIELDS.get(field.name, said) if said.isascii() else said


def subject_words(subject):
    """“archives.Dossier 0197…” → “人事档案 0197…”; a bare key stays what it is."""
    label, _, key = subject.partition(" ")
    if label.count(".") != 1:
        return subject
    try:
        return f"{noun_of(apps.get_model(label))} {key}".strip()
    except LookupError:
        return subject
