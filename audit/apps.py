from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


def put_triggers_back(sender, **kwargs):
    from audit import triggers

    triggers.install()


@checks.register(checks.Tags.database)
def triggers_are_there(app_configs, databases=None, **kwargs):
    if not databases:
        return []
    from audit import triggers

    lost = triggers.missing()
    if not lost:
        return []
    return [
        checks.Error(f"只增不改的表缺少触发器：{'、'.join(lost)}。请运行 manage.py migrate 重新安装。", id="audit.E001")
    ]


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "审计"

    def ready(self):
        # The one signal of the house: Django offers no other door after a migrate, and a rebuilt
        # SQLite table has lost its triggers without a word.
        post_migrate.connect(put_triggers_back, dispatch_uid="append-only triggers")
