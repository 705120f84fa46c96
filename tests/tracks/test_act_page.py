"""The page of one step."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
STEPS = (
    # address, step, whose it is
    ("archives:step", "defer", "mill_hr"),
    ("party:step", "issue", "mill_party"),
)


@pytest.mark.parametrize(("name", "step", "who"), STEPS)
def test_the_form_of_a_step_is_sent_to_its_own_page(name, step, who, town, make_person, client_of):
    person = make_person(town.mill, "安示例", political_status="01", dossier_volumes=1)
    answer = client_of(who).get(reverse(name, args=[person.pk, step]))
    assert answer.status_code == 200
    assert '<form class="form" method="post" novalidate>' in answer.content.decode()
