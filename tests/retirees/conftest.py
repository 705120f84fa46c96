import pytest

from retirees.roster import checking, importing, uploading


@pytest.fixture
def receive(town, people, tmp_path):
    """receive(content, name=…, enterprise=…, who=…) → uploading.Received"""

    def take_in(content, name="名册.xlsx", enterprise=None, who="mill_hr"):
        path = tmp_path / "incoming"
        path.write_bytes(content)
        return uploading.receive(enterprise or town.mill, name, path, by=people[who])

    return take_in


@pytest.fixture
def checked(receive):
    def check(content, **given):
        roster = receive(content, **given).roster
        assert checking.carry_out(roster.pk)
        roster.refresh_from_db()
        return roster

    return check


@pytest.fixture
def imported(checked, people):
    def bring(content, good_rows_only=False, **given):
        roster = checked(content, **given)
        importing.start(roster, actor=people[given.get("who", "mill_hr")], good_rows_only=good_rows_only)
        assert importing.carry_out(roster.pk)
        roster.refresh_from_db()
        return roster

    return bring
