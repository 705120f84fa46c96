"""按企业汇总: how far out-of-pool money is dealt with in each enterprise; each number leads to its list."""

from collections import defaultdict
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Enterprise
from accounts.views.guard import needs
from benefits.decision import Outcome
from benefits.lists.items import STANDINGS
from benefits.lists.money import in_words, two_places, yearly_of
from benefits.models import OutOfPoolItem, Settlement, Treatment
from benefits.treatment_states import State
from benefits.views.items import MONEY

FIGURES = ("people", "items", "decided", "settled", "provisioned", "paid")
PROVISIONED = {"outcome": Outcome.PROVISION, "state": State.IN_FORCE}


def _query(name):
    """(list, what narrows it) that counts what the figure of this name counts."""
    lists = {
        "people": ("people", {}),
        "items": ("items", {}),
        "decided": ("items", {"standing": "decided"}),
        "settled": ("items", {"standing": "settled"}),
        "provisioned": ("treatments", PROVISIONED),
        "paid": ("treatments", {"state": State.PAID}),
    }
    return lists[name]


@require_safe
@needs(*MONEY)
def show_overview(request):
    rows = _figures(request.user)
    total = _sum(rows)
    context = {
        "title": f"统筹外费用按企业汇总（{len(rows):,} 家）",
        "crumbs": [("统筹外费用处理", reverse("benefits:treatments")), ("按企业汇总", "")],
        "rows": rows,
        "total": total,
    }
    return render(request, "benefits/overview.html", context)


def _figures(user):
    items = OutOfPoolItem.objects.visible_to(user).order_by().annotate(a_year=yearly_of())
    counted = items.values("enterprise").annotate(
        people=Count("retiree", distinct=True),
        items=Count("pk"),
        decided=Count("pk", filter=STANDINGS["decided"]),
        settled=Count("pk", filter=STANDINGS["settled"]),
        yearly=Sum("a_year"),
    )
    treatments = Treatment.objects.visible_to(user).order_by().values("enterprise")
    done = {
        row["enterprise"]: row
        for row in treatments.annotate(
            provisioned=Count("pk", filter=Q(**PROVISIONED)), paid=Count("pk", filter=Q(state=State.PAID))
        )
    }
    paid = Settlement.objects.visible_to(user).filter(paid_on__isnull=False).order_by().values("enterprise")
    sums = defaultdict(int, {row["enterprise"]: row["sum"] for row in paid.annotate(sum=Sum("amount"))})
    found = {row["enterprise"]: row for row in counted}
    names = Enterprise.objects.filter(pk__in=found).order_by("path")
    return [_row(one, found[one.pk], done.get(one.pk, {}), sums[one.pk]) for one in names]


def _row(enterprise, counted, done, paid):
    numbers = {**counted, "provisioned": done.get("provisioned", 0), "paid": done.get("paid", 0)}
    return {
        "enterprise": enterprise,
        "cells": [(numbers[name], _url(name, enterprise.pk)) for name in FIGURES],
        "share": numbers["settled"] / numbers["items"],
        "numbers": numbers,
        "yearly": in_words(counted["yearly"]),
        "amount": in_words(paid),
        "sums": (two_places(counted["yearly"]), two_places(paid)),
    }


def _url(name, enterprise=None):
    way, query = _query(name)
    query = {**query, "enterprise": enterprise} if enterprise else query
    return f"{reverse(f'benefits:{way}')}?{urlencode(query)}"


def _sum(rows):
    if not rows:
        return None
    # Whoever was paid by two enterprises stands in both rows, and once in the list of all.
    numbers = {name: sum(row["numbers"][name] for row in rows) for name in FIGURES}
    return {
        "cells": [(numbers[name], _url(name) if name != "people" else "") for name in FIGURES],
        "share": numbers["settled"] / numbers["items"],
        "yearly": in_words(sum(row["sums"][0] for row in rows)),
        "amount": in_words(sum(row["sums"][1] for row in rows)),
    }
