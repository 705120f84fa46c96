from django.core.management.base import BaseCommand

from handover import bulk_jobs
from oversight.exports import jobs as export_jobs
from oversight.exports import running as exports
from retirees import jobs


class Command(BaseCommand):
    help = "把中断的后台任务（花名册、批量办理、导出；处理进程意外停止时）重新交给处理进程，并删除过期的导出文件。可以随时运行。"

    def handle(self, **options):
        rosters, selections, made = jobs.start_again(), bulk_jobs.start_again(), export_jobs.start_again()
        self.stdout.write(f"重新启动 {rosters} 份花名册、{selections} 项批量办理、{made} 项导出。")
        self.stdout.write(f"删除 {exports.expire()} 项过期的导出。")
