from django.core.management.base import BaseCommand

from audit import seals


class Command(BaseCommand):
    help = "为尚未封印的操作加封，并把封印写入数据库之外的锚定文件。"

    def handle(self, **options):
        self.stdout.write(f"新增 {seals.seal_new()} 个封印。")
