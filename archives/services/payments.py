"""Whether a dossier may be received before the filing fee was paid: a parameter (二(四))."""

from django.db.models import QuerySet

from accounts.calendar import parameter
from archives.fee_states import State
from archives.models import Dossier, FilingFee
from weihai_transfer.lib.among import among

UNPAID = (
    "本市规定档案整理费到账后核收，{enterprise}向{office}支付的档案整理费尚未确认到账，不能核收（二(四)）。"
    "请先办理档案整理费的评估、确认和支付。"
)


def unpaid(ids):
    """{id: sentence} of the dossiers that wait for a payment; {} where the city lets them be received before."""
    if not ids or parameter("receive_before_payment"):
        return {}
    paid = QuerySet(FilingFee).filter(state=State.ACKNOWLEDGED).values_list("office", "enterprise__path")
    paths = {}
    for office, path in paid:
        paths.setdefault(office, []).append(path)
    rows = QuerySet(Dossier).filter(pk__in=among(Dossier, ids))
    found = rows.values_list("pk", "office", "office__name", "enterprise__name", "enterprise__path")
    return {
        pk: UNPAID.format(enterprise=enterprise, office=name)
        for pk, office, name, enterprise, path in found
        # A group pays for its subsidiaries too.
        if not any(path.startswith(above) for above in paths.get(office, ()))
    }
