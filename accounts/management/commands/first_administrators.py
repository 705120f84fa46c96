from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import people, services
from accounts.divisions import CITY, steward
from accounts.duties import POSITIONS
from accounts.models import Office, OfficeGrant
from weihai_transfer.lib.refusals import Refused

ASKED = {"system": "system_admin", "security": "security_admin", "audit": "auditor"}


class Command(BaseCommand):
    help = "新安装后开通三名管理员，一人一岗；已有安全管理员时拒绝。初始密码只在屏幕上显示一次。"

    def add_arguments(self, parser):
        for name in ASKED:
            parser.add_argument(f"--{name}", nargs=2, required=True, metavar=("账号", "姓名"))

    @transaction.atomic
    def handle(self, **options):
        # From then on people are appointed by people, on the page and on record.
        if OfficeGrant.objects.filter(position="security_admin").exists():
            raise CommandError("已有安全管理员，没有开通。请由安全管理员在“单位与人员”中办理。")
        city, actor = Office.objects.get(code=CITY), steward()
        for name, position in ASKED.items():
            try:
                user, password = people.create_user(*options[name], actor=actor)
                services.appoint(user, position, city, actor=actor, reason="新安装后首次开通")
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(f"{POSITIONS[position].label} {user.username} 初始密码 {password}")
        self.stdout.write("请分别告知本人，首次登录时须修改密码。")
