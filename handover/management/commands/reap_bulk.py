from django.core.management.base import BaseCommand

from handover import bulk_jobs


class Command(BaseCommand):
    help = "把中断的批量办理（处理进程意外停止）重新交给处理进程。可以随时运行。"

    def handle(self, **options):
        self.stdout.write(f"重新启动 {bulk_jobs.start_again()} 个中断的批量办理。")
