from django.core.management.base import BaseCommand

from handover import bulk_jobs
from retirees import jobs


class Command(BaseCommand):
    help = "把中断的后台任务（花名册、批量办理；处理进程意外停止时）重新交给处理进程。可以随时运行。"

    def handle(self, **options):
        self.stdout.write(f"重新启动 {jobs.start_again()} 份花名册、{bulk_jobs.start_again()} 项批量办理。")
