from django.core.management.base import BaseCommand

from oversight.deadlines import digests


class Command(BaseCommand):
    help = (
        "生成当日的待办提醒（每人每天一份，只有数字），并发送邮件。休息日不生成；重复运行不重复生成、不重复发送，"
        "没有发出的邮件当日再次运行时重发。"
    )

    def handle(self, **options):
        made = digests.make(self.stdout.write)
        self.stdout.write(f"生成提醒 {made:,} 份。")
        if digests.is_configured():
            self.stdout.write(f"发出邮件 {digests.send(self.stdout.write):,} 封。")
        else:
            self.stdout.write("没有设置邮件服务器，只在平台内提醒。")
