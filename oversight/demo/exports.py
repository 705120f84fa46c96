"""Exports of the demo city: a file that can be fetched, and a request that waits for its second person."""

from accounts.models import Enterprise
from oversight.demo.cast import ENTERPRISES
from oversight.exports import asking, running

PLAIN = ("name", "id_number", "sex", "age", "retired_on", "former_unit", "enterprise", "office", "state", "since")
CLEAR = ("name", "id_number", "phone", "residence_address")


def tell(story):
    hr = story.clerks.of("soe_hr", Enterprise.objects.get(code=ENTERPRISES[0][0]))
    with story.on(0, 9):
        made = asking.ask("people", "", PLAIN, actor=hr)
        if made.needs:
            asking.cancel(made.pk, actor=hr)
        asking.ask("people", "", CLEAR, actor=hr, masked=False, reason="示例：制作社会保障卡，需要完整号码")
    running.run(made.pk)
