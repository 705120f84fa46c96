"""The guard in front of audited tables: rows are written by an operation, or not at all."""

from django.db import models


class WrittenOutside(TypeError):
    """An audited row was about to be written without an operation."""


def _refuse(name):
    def refused(self, *args, **kwargs):
        raise WrittenOutside(
            f"{self.model._meta.label}.{name}(): audited rows are written by audit.operations.operation()"
        )

    refused.__name__ = name
    refused.alters_data = True
    return refused


class AuditedQuerySet(models.QuerySet):
    """Reads as ever; every bulk write is refused. A single save() or delete() is refused by audit.history.Trail."""

    update = _refuse("update")
    bulk_create = _refuse("bulk_create")
    bulk_update = _refuse("bulk_update")
    delete = _refuse("delete")
    _raw_delete = _refuse("_raw_delete")
