"""A dossier lost on the way opens a problem, so that the city office gives it to somebody (design 3)."""

from archives.services import checking
from audit.models import Operation
from audit.operations import operation
from handover.models import Problem
from handover.services import problems
from handover.states.problems import State


def test_a_dossier_lost_on_the_way_opens_one_problem_in_the_same_act(shipment_in, people):
    shipment = shipment_in("checking", count=2)
    archivist = people["archivist"]
    dossier, _ = checking.note(shipment, "1", "missing", actor=archivist)
    row = Problem.objects.get()
    assert (row.kind, row.retiree_id, row.about, row.state) == ("dossier_lost", dossier.pk, "dossier", State.RAISED)
    assert Problem.history.get(id=row.pk).operation_id == Operation.objects.get(kind="dossier.report_lost").pk
    assert Problem.objects.visible_to(archivist).get() == row


def test_lost_again_while_it_is_open_it_is_the_same_problem(shipment_in, people):
    shipment = shipment_in("checking", count=1)
    dossier, _ = checking.note(shipment, "1", "missing", actor=people["archivist"])
    with operation("test.arrange", actor=people["archivist"]) as act:
        problems.open_for_lost(act, [dossier.pk])
    assert Problem.objects.count() == 1
