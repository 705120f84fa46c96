from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts import divisions
from weihai_transfer.lib import keys


class Command(BaseCommand):
    help = "准备一套安装：文件夹、密钥、数据表、区划等基础数据。可以重复运行。"

    def handle(self, **options):
        for folder in (settings.WEIHAI_HOME, settings.UPLOADS, settings.WEIHAI_HOME / "files"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if made := keys.create_missing():
            self.stdout.write(f"新建密钥 {len(made)} 个。请立即备份密钥文件夹：丢失密钥后个人信息无法还原。")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check", databases=["default"])
        added = divisions.load()
        self.stdout.write(f"基础数据就绪，新增单位 {added} 个。")
