"""The catalogue of a dossier, and the papers that are missing in it."""

from django.db.models import QuerySet, Sum

from archives.models import Dossier, Material, MissingPaper
from archives.models.catalogue import WhyMissing, is_day
from archives.schemes import schemes
from archives.states import FACTS
from audit.operations import operation
from tracks.advancing import NOT_YOURS, UNSEEN, lock_rows
from weihai_transfer.lib import clock
from weihai_transfer.lib.refusals import Refused

FIELDS = ("scheme", "class_code", "title", "year", "month", "day", "copies", "pages", "remark")
NOT_IN_HAND = "档案“{state}”，不由本单位保管，不能改目录。请在档案由本单位保管时登记。"
NO_DAY = "材料制成时间不是有效日期。请核对年、月、日；只知道年的只填年。"
NO_CLASS = "类号“{code}”不在分类方案“{scheme}”中。请核对类号。"


def may_write(dossier, user):
    """Whoever has the dossier in hand writes its catalogue."""
    rows = QuerySet(Dossier).filter(pk=dossier.pk)
    return any(
        dossier.state in states and Dossier.objects.filter(pk__in=rows).open_to(user, duty).exists()
        for duty, (states, _) in FACTS.items()
    )


def materials_of(dossier):
    """The materials in the order of the catalogue: by class, in a class by date, undated last."""
    known, last = schemes(active=False), 9999
    rows = list(QuerySet(Material).filter(dossier=dossier))
    place = {scheme.code: at for at, scheme in enumerate(known.values())}

    def order(one):
        scheme = known.get(one.scheme)
        class_place = scheme.place_of(one.class_code) if scheme else last
        date = (one.year or last, one.month or last, one.day or last)
        return place.get(one.scheme, last), class_place, date, one.pk

    return sorted(rows, key=order)


def page_sum(dossier):
    return QuerySet(Material).filter(dossier=dossier).aggregate(sum=Sum("pages"))["sum"] or 0


def faults(values):
    """Sentences about one material that cannot be written."""
    found, scheme = [], schemes().get(values["scheme"])
    if not values["title"].strip():
        found.append("没有填写材料名称。")
    if scheme is None or not scheme.name_of(values["class_code"]):
        found.append(NO_CLASS.format(code=values["class_code"], scheme=scheme.name if scheme else values["scheme"]))
    if not is_day(values["year"], values["month"], values["day"]):
        found.append(NO_DAY)
    return found


def add(dossier, rows, *, actor, key=None, instead=False):
    """Write materials ({field: value} each) into the catalogue, `instead` of all that stand there; returns how many."""
    if found := [fault for values in rows for fault in faults(values)]:
        raise Refused(found[0])
    with operation("dossier.catalogue", actor=actor, key=key) as act:
        _hold(dossier, actor)
        if instead:
            act.remove(Material, list(QuerySet(Material).filter(dossier=dossier).values_list("pk", flat=True)))
        act.insert([_made(Material(dossier_id=dossier.pk), values) for values in rows])
    return len(rows)


def remove(material, *, actor, key=None):
    with operation("dossier.catalogue", actor=actor, key=key) as act:
        _hold(material.dossier, actor)
        if not QuerySet(Material).filter(pk=material.pk).exists():
            raise Refused("这份材料已从目录中删除，没有重复办理。请刷新后核对。")
        act.remove(Material, [material.pk])


def _made(row, values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _hold(dossier, actor):
    """Lock the dossier and look whether it is in the actor's hands."""
    lock_rows(Dossier, [dossier.pk])
    row = Dossier.objects.visible_to(actor).filter(pk=dossier.pk).first()
    if row is None:
        raise Refused(UNSEEN)
    if not may_write(row, actor):
        in_hand = any(row.state in states for states, _ in FACTS.values())
        raise Refused(NOT_YOURS if in_hand else NOT_IN_HAND.format(state=row.get_state_display()))


# --- what is missing


def note_missing(dossier, *, title, why, text, class_code="", remedy="", actor, key=None):
    """Name a paper that should be there and is not, with the reason."""
    if not title.strip():
        raise Refused("没有填写缺少的材料，没有登记。请写明材料名称。")
    if why not in WhyMissing.values or (why == WhyMissing.OTHER and not text.strip()):
        raise Refused("没有写明缺少的原因，没有登记。请选择原因；选择“其他”的请写明情况。")
    with operation("dossier.missing", actor=actor, key=key) as act:
        _hold(dossier, actor)
        values = {"class_code": class_code, "title": title.strip(), "why": why, "text": text.strip(), "remedy": remedy}
        return act.insert([_made(MissingPaper(dossier_id=dossier.pk), values)])[0]


def supply(paper, *, actor, key=None):
    """Note that a missing paper was supplied."""
    with operation("dossier.supply", actor=actor, key=key) as act:
        _hold(paper.dossier, actor)
        if QuerySet(MissingPaper).filter(pk=paper.pk, supplied_on=None).exists():
            act.change(MissingPaper, [paper.pk], supplied_on=clock.today())
        else:
            raise Refused("这份材料已登记补齐，没有重复办理。请刷新后核对。")


def missing_of(dossier):
    return QuerySet(MissingPaper).filter(dossier=dossier).order_by("supplied_on", "pk")
