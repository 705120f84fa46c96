from django.apps import AppConfig


class RetireesConfig(AppConfig):
    name = "retirees"
    verbose_name = "退休人员"
