"""Numbers: 2026-DEMO01-D0003 is the third shipment of that year of that enterprise, …-F0001 its first filing fee."""

from django.utils import timezone

from accounts.models import Enterprise, Office
from archives.models import FilingFee, Shipment


def new_shipment(act, enterprise, addressee, **facts):
    """Insert a numbered shipment, in packing."""
    lock(enterprise, addressee)
    last = Shipment.objects.filter(addressee=addressee).order_by("-serial").first()
    one = Shipment(
        number=next_number(Shipment, enterprise, "D", act.operation.at),
        serial=last.serial + 1 if last else 1,
        enterprise=enterprise,
        addressee=addressee,
        state_since=act.operation.at,
    )
    for name, value in facts.items():
        setattr(one, name, value)
    return act.insert([one])[0]


def new_fee(act, enterprise, office, assessor, note):
    lock(enterprise, office)
    number = next_number(FilingFee, enterprise, "F", act.operation.at)
    one = FilingFee(
        number=number, enterprise=enterprise, office=office, assessor=assessor, note=note, state_since=act.operation.at
    )
    return act.insert([one])[0]


def lock(enterprise, office):
    """The rows of the two are the lock on their numbers, always taken in this order."""
    list(Enterprise.objects.filter(pk=enterprise.pk).select_for_update(no_key=True))
    list(Office.objects.filter(pk=office.pk).select_for_update(no_key=True))


def next_number(model, enterprise, letter, at):
    begin = f"{timezone.localtime(at).year}-{enterprise.code}-{letter}"
    last = model.objects.filter(enterprise=enterprise, number__startswith=begin).order_by("-pk").first()
    return f"{begin}{int(last.number.removeprefix(begin)) + 1 if last else 1:04}"
