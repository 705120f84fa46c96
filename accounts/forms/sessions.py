from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm


class LoginForm(AuthenticationForm):
    # One text for an unknown account, a wrong password and a disabled account: nothing can be learnt from it.
    error_messages = {
        "invalid_login": "账号或密码不正确，或者账号已停用。请核对后重新输入；仍不能登录的，请联系安全管理员。",
        "inactive": "账号或密码不正确，或者账号已停用。请核对后重新输入；仍不能登录的，请联系安全管理员。",
    }


class NewPasswordForm(PasswordChangeForm):
    field_order = ("old_password", "new_password1", "new_password2")
    error_messages = {
        "password_incorrect": "原密码不正确。请重新输入。",
        "password_mismatch": "两次输入的新密码不一致。请重新输入。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields[
            "new_password1"
        ].help_text = "不少于 10 位，须包含大写字母、小写字母、数字、符号中的三种；不能含有账号或姓名，不能与最近 5 次用过的密码相同。"
        self.fields["new_password2"].label = "再输入一次新密码"
        self.fields["new_password2"].help_text = ""

    def save(self, commit=True):
        user = super().save(commit=False)
        user.must_change_password = False
        if commit:
            # Only what belongs to the password: somebody may disable the account at this very moment.
            user.save(update_fields=["password", "password_set_at", "former_passwords", "must_change_password"])
        return user
