from django.core.exceptions import ValidationError

KINDS = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())


class ThreeKinds:
    """GB/T 22239 8.1.4.1 a: three of lower case, upper case, digits, signs."""

    def validate(self, password, user=None):
        if sum(any(map(kind, password)) for kind in KINDS) < 3:
            raise ValidationError("密码须包含大写字母、小写字母、数字、符号中的三种。", code="too_few_kinds")

    def get_help_text(self):
        return "密码不少于 10 位，须包含大写字母、小写字母、数字、符号中的三种。"
