from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from archives import custody as dossiers
from archives.models import Dossier
from party import custody as memberships
from party.models import Membership
from tracks import papers

SHOWN = 20


class Command(BaseCommand):
    help = (
        "核对档案保管链和党组织关系责任链：自登记之日起，每一时刻都须有且只有一个责任单位；并核对文书的文件是否完整。"
        "只读，可以随时运行。"
    )

    def handle(self, **options):
        faults = [
            *self._tell("人事档案", Dossier, "卷", "断档", "处", _dossier_gaps()),
            *self._tell("党组织关系", Membership, "人", "断档", "处", _member_gaps()),
        ]
        for model in apps.get_models():
            if issubclass(model, papers.Paper):
                faults += self._tell(model._meta.verbose_name, model, "份", "文件缺损", "份", _damaged(model))
        if faults:
            raise CommandError("有断档或文件缺损。请按上列记录逐一核对办理记录，并报告审计管理员。")

    def _tell(self, label, model, unit, what, counted, sentences):
        found = list(sentences)
        self.stdout.write(f"{label}：核对 {model.objects.count():,} {unit}，{what} {len(found):,} {counted}。")
        for sentence in found[:SHOWN]:
            self.stdout.write(f"  {sentence}")
        return found


def _dossier_gaps():
    return (f"{gap.dossier}：{gap.sentence}" for gap in dossiers.gaps(Dossier.objects.all()))


def _member_gaps():
    return (f"{gap.membership}：{gap.why}" for gap in memberships.gaps(Membership.objects.all()))


def _damaged(model):
    return (f"{paper.pk}：{paper.label} {paper.number}".rstrip() for paper in papers.damaged(model))
