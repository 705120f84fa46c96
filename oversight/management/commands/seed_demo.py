import os
import secrets
import string

from django.core.management.base import BaseCommand

from accounts.models import Enterprise
from oversight.counting import keeping
from oversight.demo import cast
from oversight.demo.story import Story


class Command(BaseCommand):
    help = "建立演示城市：虚构的企业和人员（均标明“示例”），真实的区划，经过正式的办理流程。"

    def add_arguments(self, parser):
        parser.add_argument("--retirees", type=int, default=3000, help="人数，默认 3000")
        parser.add_argument("--seed", type=int, default=1, help="随机种子，同一种子得到同一城市")

    def handle(self, *, retirees, seed, **options):
        if Enterprise.objects.filter(code=cast.ENTERPRISES[0][0]).exists():
            self.stdout.write("演示城市已经建好，没有重复建立。账号密码为首次建立时显示的密码。")
            self._say_accounts(os.environ.get("DEMO_PASSWORD", "（见首次建立时的输出）"))
            return
        password = os.environ.get("DEMO_PASSWORD") or generated_password()
        enterprises = cast.found_enterprises()
        cast.found_party(enterprises)
        cast.found_accounts(password)
        Story(retirees, seed).tell(enterprises, self.stdout.write)
        # The story was told enterprise by enterprise and not in the order of its days.
        keeping.rebuild()
        self._say_accounts(password)

    def _say_accounts(self, password):
        self.stdout.write("")
        self.stdout.write(f"演示账号（密码均为 {password}）：")
        for username, name, _, _ in cast.ACCOUNTS:
            self.stdout.write(f"  {username:<14}{name}")


def generated_password():
    letters = "".join(secrets.choice(string.ascii_lowercase) for _ in range(6))
    return f"{letters.capitalize()}-{secrets.randbelow(10**6):06}"
