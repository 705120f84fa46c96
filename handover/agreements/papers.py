"""The papers of an agreement: who may make them, and what stands in them."""

from django.db.models import QuerySet
from django.utils import timezone

from handover.agreements import coverage, plan
from handover.models import Agreement, AgreementPaper, Case
from handover.models.agreement_papers import ANNEXES
from handover.models.agreement_papers import AgreementPaperKind as Kind
from handover.papers import words
from handover.states.agreements import AREA_SIGNS, GROUP_SIGNS, State
from tracks.papers import PaperDesk, PaperKind
from weihai_transfer.lib import numerals
from weihai_transfer.lib.words import on_paper

EDITIONS = "一二三四五六七八九"
PARTIES = {"enterprise": "甲方", "area": "乙方", "both": "甲方、乙方"}
COPIES = {"copies": "肆", "copies_each": "贰"}
ROUND_OVER = "协议已终止，不再生成文书。请在新的协议上办理。"
NOT_AGREED = "协议尚未商定，不能上传盖章的协议。请待接收方同意方案，双方在同一文本上盖章后再上传。"
TOO_LONG = f"协议人员超过 {words.MOST_ROWS:,} 人，不生成 Word 花名册。请下载附件一的工作簿。"
NOBODY = "协议目前没有人员，不能生成花名册。请先上报本集团的存量人员。"
SEALED_IN = (State.AGREED, State.SIGNED_BY_ENTERPRISE, State.SIGNED_BY_AREA, State.SIGNED)


def _agreements(ids):
    return QuerySet(Agreement).filter(pk__in=ids).select_related("enterprise", "area", "amends")


def _number(value):
    return "" if value is None else f"{value:,}"


def _day(text):
    return "" if not text else on_paper(timezone.datetime.fromisoformat(text).date())


def agreement_content(ids):
    return {one.pk: _agreement(one) for one in _agreements(ids)}


def own_number(ids):
    return dict(QuerySet(Agreement).filter(pk__in=ids).values_list("pk", "number"))


def _agreement(one):
    return {
        "amends": one.amends.number if one.amends else "",
        "edition": f"第{EDITIONS[one.version - 1] if one.version <= len(EDITIONS) else one.version}版",
        "party_a": _party(one.enterprise, one.enterprise.credit_code, one.enterprise_signer),
        "party_b": _party(one.area, "", one.area_signer),
        **{name: _number(getattr(one, name)) for name in plan.FIGURES},
        "assets_value_capitals": numerals.money(one.assets_value or 0),
        "fees": one.fees,
        "timetable": [
            {"until": _day(row["until"]), "work": row["work"], "side": PARTIES[row["side"]]} for row in one.timetable
        ],
        "contingency": one.contingency,
        **COPIES,
        "annexes": _annexes(one),
    }


def _party(place, code, signer):
    """What the city does not keep about a party is left to the pen."""
    return {
        "name": place.name,
        "code": code,
        "address": place.address,
        "representative": signer,
        "contact": "",
        "phone": place.phone,
    }


def _annexes(one):
    """The frozen annexes with their digests; before the signatures what they are going to be."""
    frozen = {paper.kind: paper for paper in QuerySet(AgreementPaper).filter(agreement=one, kind__in=ANNEXES)}
    rows = (one.people, one.dossiers, one.members, one.assets)
    found = []
    for at, (kind, count) in enumerate(zip(ANNEXES, rows, strict=True), 1):
        paper = frozen.get(kind)
        found.append(
            {
                "number": str(at),
                "title": kind.label.split(" ", 1)[1],
                "rows": _number(count),
                "filename": paper.filename if paper else "",
                "sha256": paper.sha256 if paper else "",
            }
        )
    return found


def roster_content(ids):
    return {one.pk: _roster(one) for one in _agreements(ids)}


def _roster(one):
    cases = words.loaded(QuerySet(Case).filter(pk__in=coverage.people_of(one)))
    cases = list(cases.order_by("enterprise__path", "retiree__pinyin", "pk"))
    return words.roster(one.enterprise, one.area.name, one.number, cases)


def _not_ended(ids):
    return dict.fromkeys(
        QuerySet(Agreement).filter(pk__in=ids, state=State.ENDED).values_list("pk", flat=True), ROUND_OVER
    )


def _roster_check(ids):
    found = _not_ended(ids)
    for one in _agreements([pk for pk in ids if pk not in found]):
        count = coverage.people_of(one).count()
        if count == 0 or count > words.MOST_ROWS:
            found[one.pk] = TOO_LONG if count else NOBODY
    return found


def _agreed(ids):
    rows = QuerySet(Agreement).filter(pk__in=ids).exclude(state__in=SEALED_IN)
    return dict.fromkeys(rows.values_list("pk", flat=True), NOT_AGREED)


BOTH = (GROUP_SIGNS, AREA_SIGNS)
PAPERS = PaperDesk(
    name="agreement",
    app="handover",
    track="agreement",
    model=AgreementPaper,
    page="handover:agreement",
    kinds=(
        PaperKind(
            code=Kind.AGREEMENT,
            duties=BOTH,
            template="agreement-1",
            number=own_number,
            content=agreement_content,
            check=_not_ended,
        ),
        PaperKind(
            code=Kind.ROSTER, duties=BOTH, template="roster-1", mark="册", content=roster_content, check=_roster_check
        ),
        PaperKind(code=Kind.SIGNED_ENTERPRISE, duties=(GROUP_SIGNS,), check=_agreed),
        PaperKind(code=Kind.SIGNED_AREA, duties=(AREA_SIGNS,), check=_agreed),
        *(PaperKind(code=kind, duties=(), by_hand=False) for kind in ANNEXES),
    ),
)


ANNEX_LABELS = tuple(kind.label for kind in ANNEXES)


def annexes_of(agreement, user):
    """[(label, size, digest, way to it or "")] of the frozen annexes: both sides may compare every digest, and
    each reads what is his to read."""
    frozen = QuerySet(AgreementPaper).filter(agreement=agreement, kind__in=ANNEXES).order_by("pk")
    mine = set(AgreementPaper.objects.visible_to(user).filter(agreement=agreement).values_list("pk", flat=True))
    return [
        (paper.label, paper.size, paper.sha256, PAPERS.url("scan", paper.pk) if paper.pk in mine else "")
        for paper in frozen
    ]
