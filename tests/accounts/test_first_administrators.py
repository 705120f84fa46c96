import io
import re

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.services import dismiss

ASKED = {"system": ("sysfirst", "示例甲"), "security": ("secfirst", "示例乙"), "audit": ("audfirst", "示例丙")}


def test_a_town_with_a_security_administrator_gets_no_other_by_command(people):
    with pytest.raises(CommandError, match="已有安全管理员"):
        call_command("first_administrators", **ASKED)
    assert not User.objects.filter(username="sysfirst").exists()


def test_one_person_cannot_be_two_of_the_three(people, town):
    dismiss(people["secadmin"], "security_admin", town.city, actor=people["nobody"], reason="测试")
    with pytest.raises(CommandError, match="已存在"):
        call_command("first_administrators", **{**ASKED, "audit": ("secfirst", "示例乙")})
    assert not User.objects.filter(username="sysfirst").exists()


def test_three_accounts_with_one_post_each(people, town, client):
    dismiss(people["secadmin"], "security_admin", town.city, actor=people["nobody"], reason="测试")
    said = io.StringIO()
    call_command("first_administrators", **ASKED, stdout=said)
    posts = {
        user.username: [post.position.code for post in user.posts]
        for user in User.objects.filter(username__endswith="first")
    }
    assert posts == {"sysfirst": ["system_admin"], "secfirst": ["security_admin"], "audfirst": ["auditor"]}
    password = re.search(r"secfirst 初始密码 (\S+)", said.getvalue())[1]
    assert client.post("/login/", {"username": "secfirst", "password": password}).status_code == 302
    assert client.get("/users/").url == "/password/"
