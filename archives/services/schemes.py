"""Adding schemes of classes, and taking them out of use; what was filed under one keeps it."""

from django.db.models import QuerySet

from archives.models import CatalogueScheme
from archives.schemes import DEFAULT
from audit.operations import operation
from weihai_transfer.lib.refusals import Refused


def add_scheme(*, code, name, classes, actor, key=None):
    if not classes:
        raise Refused("没有填写类目，没有增加。请至少填写一类。")
    with operation("scheme.add", actor=actor, key=key) as act:
        if code == DEFAULT or QuerySet(CatalogueScheme).filter(code=code).exists():
            raise Refused(f"代码“{code}”已经使用，没有增加。请换一个代码。")
        return act.insert([CatalogueScheme(code=code, name=name, classes=classes)])[0]


def use_scheme(scheme, active, *, actor, key=None):
    with operation("scheme.use", actor=actor, key=key) as act:
        act.change(CatalogueScheme, [scheme.pk], active=active)
