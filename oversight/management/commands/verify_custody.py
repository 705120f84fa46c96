from django.core.management.base import BaseCommand, CommandError

from archives import custody as dossiers
from archives.models import Dossier
from party import custody as memberships
from party.models import Membership

SHOWN = 20


class Command(BaseCommand):
    help = "核对档案保管链和党组织关系责任链：自登记之日起，每一时刻都须有且只有一个责任单位。只读，可以随时运行。"

    def handle(self, **options):
        lines = (
            (
                "人事档案",
                "卷",
                Dossier,
                [f"{gap.dossier}：{gap.sentence}" for gap in dossiers.gaps(Dossier.objects.all())],
            ),
            (
                "党组织关系",
                "人",
                Membership,
                [f"{gap.membership}：{gap.why}" for gap in memberships.gaps(Membership.objects.all())],
            ),
        )
        for label, unit, model, found in lines:
            self.stdout.write(f"{label}：核对 {model.objects.count():,} {unit}，断档 {len(found):,} 处。")
            for sentence in found[:SHOWN]:
                self.stdout.write(f"  {sentence}")
        if any(found for *_, found in lines):
            raise CommandError("保管链或责任链有断档。请按上列记录逐一核对办理记录，并报告审计管理员。")
