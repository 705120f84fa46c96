from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from accounts.holdings import grants_of, holdings_of
from accounts.posts import posts_of

# The password in use and the four before it (security.md B4: the last five are refused).
REMEMBERED = 4


class UserManager(BaseUserManager):
    def create_user(self, username, name, password=None):
        user = self.model(username=username, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works with the system. What he may do is said by his grants alone; there are no superusers."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    # Of the office, for the daily digest; told to nobody but the security administrator.
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须修改密码", default=False)
    password_set_at = models.DateTimeField("密码设置时间", null=True, editable=False)
    former_passwords = models.JSONField("用过的密码（摘要）", default=list, editable=False)
    large_type = models.BooleanField("大字模式", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    # guardian and simple-history ask for these; nobody has a right that is not a grant.
    is_superuser = False
    is_staff = False
    groups = None

    objects = UserManager()

    class Meta:
        verbose_name = "用户"

    def __str__(self):
        return self.name

    def set_password(self, raw_password):
        if self.password and self.has_usable_password():
            self.former_passwords = [self.password, *self.former_passwords][:REMEMBERED]
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def has_perm(self, perm, obj=None):
        return False

    def has_module_perms(self, app_label):
        return False

    @cached_property
    def grants(self):
        """Read once a request; the posts and the duties of this user are told from them."""
        return grants_of(self)

    @cached_property
    def holdings(self):
        return holdings_of(self)

    @cached_property
    def posts(self):
        return posts_of(self)

    @cached_property
    def post(self):
        """The post in which the user acts now; the middleware sets the chosen one, the first stands otherwise."""
        return self.posts[0] if self.posts else None

    @property
    def acting_for(self):
        return str(self.post.place) if self.post else ""

    @property
    def acting_as(self):
        return self.post.position.label if self.post else ""
