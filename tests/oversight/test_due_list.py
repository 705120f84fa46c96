"""The due list: what is late and soon late, kind by kind and person by person; what has moved up, and to whom."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_smoke(retirees, client_of):
    for who in ("mill_hr", "zhudao_clerk", "watchdog", "mill_party"):
        answer = client_of(who).get(reverse("oversight:due"))
        assert answer.status_code == 200
        answer = client_of(who).get(reverse("oversight:due"), {"view": "escalated"})
        assert answer.status_code == 200
