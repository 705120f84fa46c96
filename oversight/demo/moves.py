"""People of the demo city who moved to another street: one arrived, one waits for the new street, one for the old."""

from accounts.models import Office
from handover.models import Case
from handover.services import relocations
from handover.states.cases import State
from oversight.demo.cast import HOME_STREET
from retirees.codes import Survival

NEIGHBOUR = "371002002"
NEW_ADDRESS = "山东省威海市环翠区{street}示例花园3号楼2单元"


def tell(story):
    """Between the street of the demo accounts and its neighbour, as far as both have people."""
    home, neighbour = Office.objects.get(code=HOME_STREET), Office.objects.get(code=NEIGHBOUR)
    leaving, coming = _settled(home), _settled(neighbour)
    for case, answered in zip(leaving[:2], (True, False), strict=False):
        with story.on(4):
            asked = _ask(case, neighbour, story.clerks.of("street", home))
        if answered:
            with story.on(2):
                relocations.take("accept", [asked.pk], actor=story.clerks.of("street", neighbour))
    for case in leaving[2:3]:
        with story.on(1):
            relocations.ask_to_come(
                case.retiree.id_number,
                case.retiree.name,
                neighbour,
                actor=story.clerks.of("street", neighbour),
                note="本人已迁入本辖区（示例）",
            )
    for case in coming[:1]:
        with story.on(2):
            _ask(case, home, story.clerks.of("street", neighbour))


def _settled(office):
    rows = Case.objects.filter(office=office, state=State.CONTACTED, retiree__survival=Survival.ALIVE)
    return list(rows.select_related("retiree").order_by("pk"))


def _ask(case, street, clerk):
    return relocations.ask_to_leave(
        case.retiree, street, actor=clerk, address=NEW_ADDRESS.format(street=street), note="随子女居住（示例）"
    )
