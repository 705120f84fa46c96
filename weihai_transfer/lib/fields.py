"""Model fields that several apps need."""

import os
import time
import uuid

from django.db import models

from weihai_transfer.lib import sealing


def new_id():
    """A UUID whose order is the order of making (RFC 9562, version 7), known before the row is inserted."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 2 << 62)


def bound_to(row_id, field_name):
    return row_id.bytes + field_name.encode()


class Sealed:
    """Gives the clear text when read, seals text when set; bytes are taken as sealed already."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        sealed = instance.__dict__.get(self.field.attname, b"")
        return sealing.unseal(sealed, bound_to(instance.id, self.field.name))

    def __set__(self, instance, value):
        if isinstance(value, str):
            value = sealing.seal(value, bound_to(instance.id, self.field.name))
        elif value is not None:
            value = bytes(value)
        instance.__dict__[self.field.attname] = value or b""


class SealedField(models.BinaryField):
    """Personal text, sealed in every copy. Reads as str; the stored bytes are in `sealed(instance, name)`.

    The row's `id` must be known before the field is set.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, Sealed(self))

    def pre_save(self, instance, add):
        return instance.__dict__.get(self.attname, b"")

    def value_from_object(self, instance):
        return instance.__dict__.get(self.attname, b"")


def sealed(instance, name):
    """The stored bytes of a sealed field."""
    return instance.__dict__.get(name, b"")
