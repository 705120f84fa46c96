import pytest


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    """These tests set many passwords; what they prove does not depend on the cost of one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
