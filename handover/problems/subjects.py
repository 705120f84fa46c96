"""What a problem is about, asked for in the address: ?retiree=…&about=dossier, ?agreement=…, ?asset=…, ?shipment=…."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from archives.models import Dossier, Shipment
from handover.models import Agreement, Asset, Case
from handover.models.problems import About, Problem
from party.models import Membership
from retirees.models import Retiree

THINGS = {"agreement": Agreement, "asset": Asset, "shipment": Shipment}
# Whoever sees one of these of a person may raise a problem about him.
OF_PERSON = (Case, Dossier, Membership)
PAGES = {"agreement": "handover:agreement", "asset": "handover:asset", "shipment": "archives:shipment"}


@dataclass(frozen=True)
class Subject:
    """`values` are the columns of a Problem; `words` name it on the page."""

    values: dict
    words: str = ""
    back: str = ""

    @property
    def of_person(self):
        return "retiree" in self.values


def asked_for(request):
    """The Subject that the address names and that this user sees; an empty one where it names none or a foreign one."""
    for name, model in (("retiree", Retiree), *THINGS.items()):
        if (pk := _key(model, request.GET.get(name))) is None:
            continue
        if name == "retiree":
            row = person_seen(request.user, pk)
            return Subject({"retiree": row}, str(row)) if row else Subject({})
        row = model.objects.visible_to(request.user).filter(pk=pk).first()
        return Subject({name: row}, str(row), reverse(PAGES[name], args=[pk])) if row else Subject({})
    return Subject({})


def person_seen(user, pk):
    for model in OF_PERSON:
        row = model.objects.visible_to(user).filter(pk=pk).select_related("retiree__enterprise").first()
        if row:
            return row.retiree
    return None


def about_asked_for(request):
    asked = request.GET.get("about", "")
    return asked if asked in About.values else About.PERSON


def _key(model, text):
    try:
        return model._meta.pk.to_python(text) if text else None
    except ValidationError:
        return None


def facts_of(problem, user):
    """(label, value, url) of what the problem is about; a link only where this user may open the page."""
    found = []
    if person := problem.retiree:
        url = ""
        if Case.objects.visible_to(user).filter(pk=person.pk).exists():
            url = reverse("handover:person", args=[person.pk])
        found.append(("有关人员", f"{person.name}（{person.enterprise}）{person.masked_id}", url))
        found.append(("有关事项", problem.get_about_display(), ""))
    for name, model in THINGS.items():
        if row := getattr(problem, name):
            seen = model.objects.visible_to(user).filter(pk=row.pk).exists()
            label = Problem._meta.get_field(name).verbose_name
            found.append((label, str(row), reverse(PAGES[name], args=[row.pk]) if seen else ""))
    return found
