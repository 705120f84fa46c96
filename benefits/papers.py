"""The papers of out-of-pool money: the reckoning and the agreement that the retiree signs, the proofs of treatments."""

from django.db.models import QuerySet

from accounts.duties import Duty
from benefits.decision import Outcome
from benefits.models import Settlement, SettlementPaper, Treatment, TreatmentPaper
from benefits.services.settling import example
from tracks.papers import PaperDesk, PaperKind
from weihai_transfer.lib import numerals
from weihai_transfer.lib.words import on_paper

SUBMIT = (Duty.SUBMIT,)
REPLACED = "本次核算已被替代，不能生成文书。请使用最近一次核算。"
NOT_ASKED = "本项目的处理方式不需要这种凭证。"


def replaced(ids):
    rows = QuerySet(Settlement).filter(pk__in=ids, replaced=True)
    return dict.fromkeys(rows.values_list("pk", flat=True), REPLACED)


def reckoning(ids):
    """{settlement id: everything that stands in it}: from it anybody comes to the same amount."""
    return {one.pk: _reckoning(one) for one in _settlements(ids)}


def agreement(ids):
    return {one.pk: _agreement(one) for one in _settlements(ids)}


def _settlements(ids):
    return QuerySet(Settlement).filter(pk__in=ids).select_related("retiree", "enterprise")


def _both(one):
    return {
        "enterprise": one.enterprise.name,
        "settlement": one.number,
        "name": one.retiree.name,
        "id_number": one.retiree.id_number,
        "amount": f"{one.amount:,.2f}",
        "amount_capitals": numerals.money(one.amount),
    }


def _reckoning(one):
    told = example(one)
    return {
        **_both(one),
        "sex": one.retiree.get_sex_display(),
        "retired_on": on_paper(one.retiree.retired_on) if one.retiree.retired_on else "",
        "inputs": [{"label": label, "value": value} for label, value in told.facts],
        "rows": [
            {
                "label": line.label,
                "rate": f"{line.rate:,.2f}",
                "times": str(line.times),
                "yearly": f"{line.yearly:,.2f}",
                "months": str(line.months),
                "product": f"{line.product:,.2f}",
            }
            for line in told.lines
        ],
        "ending": list(told.ending),
    }


def _agreement(one):
    lines = example(one).lines
    return {
        **_both(one),
        "settled_on": on_paper(one.settled_on),
        "rows": [{"label": line.label, "rate": f"{line.rate:,.2f}", "times": str(line.times)} for line in lines],
        "expectancy": str(one.expectancy),
        "expectancy_year": str(one.expectancy_year),
        "expectancy_source": one.expectancy_source,
        "months": str(one.months),
    }


def _paper(code, template, mark, content):
    return PaperKind(code=code, duties=SUBMIT, template=template, mark=mark, content=content, check=replaced)


SETTLEMENT_PAPERS = PaperDesk(
    name="settlement",
    app="benefits",
    track="settlement",
    model=SettlementPaper,
    page="benefits:settlement",
    kinds=(
        _paper(SettlementPaper.Kind.RECKONING, "lump-1", "算", reckoning),
        _paper(SettlementPaper.Kind.AGREEMENT, "lumpagreement-1", "协", agreement),
    ),
)


def _only(*outcomes):
    """A proof that only these outcomes of the table ask for."""

    def check(ids):
        rows = QuerySet(Treatment).filter(pk__in=ids).exclude(outcome__in=outcomes)
        return dict.fromkeys(rows.values_list("pk", flat=True), NOT_ASKED)

    return check


TREATMENT_PAPERS = PaperDesk(
    name="treatment",
    app="benefits",
    track="treatment",
    model=TreatmentPaper,
    page="benefits:treatment",
    kinds=(
        PaperKind(code=TreatmentPaper.Kind.OPINION, duties=(Duty.SUBMIT, Duty.APPROVE), check=_only(Outcome.KEEP)),
        PaperKind(code=TreatmentPaper.Kind.ANNUITY, duties=SUBMIT, check=_only(Outcome.STOP)),
        PaperKind(code=TreatmentPaper.Kind.CLEANING, duties=SUBMIT, check=_only(Outcome.CLEAN_UP)),
        PaperKind(code=TreatmentPaper.Kind.PROVISION, duties=SUBMIT, check=_only(Outcome.PROVISION, Outcome.TAPER)),
        PaperKind(code=TreatmentPaper.Kind.PAYMENT, duties=SUBMIT, check=_only(Outcome.LUMP_SUM)),
        PaperKind(code=TreatmentPaper.Kind.APPROVAL, duties=SUBMIT),
    ),
)
