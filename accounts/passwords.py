"""Passwords by GB/T 22239 8.1.4.1: what one may be, how long it holds, and the first one that an account gets."""

import secrets
import string
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

VALID_FOR = timedelta(days=90)
KINDS = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
# Without the letters and digits that are taken for each other when read from paper.
LETTERS = [
    "".join(sorted(set(letters) - set("01loIO")))
    for letters in (string.ascii_lowercase, string.ascii_uppercase, string.digits)
]


class ThreeKinds:
    """GB/T 22239 8.1.4.1 a: three of lower case, upper case, digits, signs."""

    def validate(self, password, user=None):
        if sum(any(map(kind, password)) for kind in KINDS) < 3:
            raise ValidationError("密码须包含大写字母、小写字母、数字、符号中的三种。", code="too_few_kinds")

    def get_help_text(self):
        return "密码不少于 10 位，须包含大写字母、小写字母、数字、符号中的三种。"


class NotUsedBefore:
    """Neither the password in use nor one of the four before it."""

    def validate(self, password, user=None):
        used = [user.password, *user.former_passwords] if user is not None else []
        if any(check_password(password, one) for one in used):
            raise ValidationError("新密码不能与最近 5 次用过的密码相同。请另设一个。", code="used_before")

    def get_help_text(self):
        return "不能与最近 5 次用过的密码相同。"


def first_password():
    """A random password of three kinds, easy to copy from a slip of paper; it must be changed at the first login."""
    letters = [secrets.choice(kind) for kind in LETTERS for _ in range(4)]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def must_change(user):
    """Is the password an initial one, or older than the rule allows?"""
    if user.must_change_password:
        return True
    return user.password_set_at is not None and user.password_set_at < timezone.now() - VALID_FOR
