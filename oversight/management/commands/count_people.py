from django.core.management.base import BaseCommand, CommandError

from oversight.counting import keeping

SHOWN = 20


class Command(BaseCommand):
    help = "把最近办理的事项计入进度统计；可以随时运行，不重复计数。"

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="清空后从历史记录重新统计")
        parser.add_argument("--check", action="store_true", help="与历史记录的重新清点逐项核对，不一致时退出码为 1")

    def handle(self, *, anew, check, **options):
        if check:
            return self._check()
        written = keeping.rebuild() if anew else keeping.count()
        self.stdout.write(f"新增统计 {written:,} 行。")

    def _check(self):
        wrong = keeping.differences()
        for cell, by in list(wrong.items())[:SHOWN]:
            self.stdout.write(f"  {cell}：相差 {by:+}")
        if wrong:
            raise CommandError(f"统计与历史记录有 {len(wrong):,} 处不一致。请运行 count_people --anew 重新统计。")
        self.stdout.write("统计与历史记录的重新清点一致。")
