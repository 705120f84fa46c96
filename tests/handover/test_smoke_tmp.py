def test_cast(retirees, people, town):
    from handover.models import Case
    print({k: (v.case.state, str(v.office)) for k, v in retirees.items()})
    assert Case.objects.visible_to(people["watchdog"]).count() == 4
