"""Outside receipts become papers of a case, with their files."""

from pathlib import Path

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import weihai_transfer.lib.fields


def move_files(apps, schema_editor):
    """Rows do not say where their file lies: it is derived from their id and digest."""
    uploads = Path(settings.UPLOADS)
    for pk, digest in apps.get_model("handover", "CasePaper").objects.values_list("pk", "sha256"):
        old, new = uploads / "receipts" / f"{pk}.sealed", uploads / "papers" / "handover.casepaper" / f"{pk}-{digest[:16]}.sealed"
        if old.exists():
            new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            old.rename(new)


FIELDS = (
    ("kind", models.CharField(choices=[("receipt", "市外接收回执")], default="receipt", max_length=24, verbose_name="种类")),
    ("number", models.CharField(blank=True, default="", max_length=60, verbose_name="编号")),
    ("template", models.CharField(blank=True, default="", max_length=40, verbose_name="模板")),
    ("content", weihai_transfer.lib.fields.SealedField(blank=True, default=b"", verbose_name="内容")),
    ("content_index", models.CharField(blank=True, default="", editable=False, max_length=24)),
    ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="生成时间")),
    ("made_by", models.UUIDField(editable=False, null=True, verbose_name="办理编号")),
)
ALTERED = (
    ("filename", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
    ("content_type", models.CharField(blank=True, max_length=80)),
    ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="大小")),
    ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
)
WITHOUT_DEFAULT = (
    ("kind", models.CharField(choices=[("receipt", "市外接收回执")], max_length=24, verbose_name="种类")),
    ("number", models.CharField(blank=True, max_length=60, verbose_name="编号")),
    ("template", models.CharField(blank=True, max_length=40, verbose_name="模板")),
    ("content_index", models.CharField(blank=True, editable=False, max_length=24)),
)
BOTH = ("casepaper", "historicalcasepaper")


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial")]

    operations = [
        migrations.RenameModel("OutsideReceipt", "CasePaper"),
        migrations.RenameModel("HistoricalOutsideReceipt", "HistoricalCasePaper"),
        migrations.AlterModelOptions(
            name="casepaper", options={"base_manager_name": "objects", "verbose_name": "人员文书"}
        ),
        migrations.AlterModelOptions(
            name="historicalcasepaper",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical 人员文书",
                "verbose_name_plural": "historical 人员文书s",
            },
        ),
        *(migrations.AddField(model, name, field) for model in BOTH for name, field in FIELDS),
        *(migrations.AlterField(model, name, field) for model in BOTH for name, field in (*ALTERED, *WITHOUT_DEFAULT)),
        migrations.AlterField(
            model_name="casepaper",
            name="case",
            field=models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="papers", to="handover.case"),
        ),
        migrations.AddConstraint(
            model_name="casepaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("kind", "number"), name="case_paper_number_once"
            ),
        ),
        migrations.RunPython(move_files, migrations.RunPython.noop),
    ]
