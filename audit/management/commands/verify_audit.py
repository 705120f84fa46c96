import sys

from django.core.management.base import BaseCommand

from audit import history, seals, triggers, verification


class Command(BaseCommand):
    help = "核对每一条记录与其最新历史记录、只增不改的触发器和封印；有不一致时退出码为 1。"

    def handle(self, **options):
        faults = [f"{found.model} {found.key}：{found.what}" for found in verification.verify()]
        faults += [f"表 {table} 缺少只增不改的触发器" for table in triggers.missing()]
        faults += seals.faults()
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            self.stdout.write(f"共发现 {len(faults)} 处不一致。")
            sys.exit(1)
        rows = sum(model._base_manager.count() for model in history.audited_models())
        self.stdout.write(f"核对 {len(history.audited_models())} 类共 {rows:,} 条记录，全部一致。")
