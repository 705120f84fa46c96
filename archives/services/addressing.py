"""Which archive institution a dossier belongs to: that of the area that receives the person (二(四))."""

from django.db.models import QuerySet

from accounts.models import Office
from accounts.models.places import OfficeKind
from archives.models import Dossier
from weihai_transfer.lib import bulk

AT_ONCE = 5000
NO_AREA = "此人尚未上报，接收区市未定，不能装入批次。请先上报人员；已确定接收机构的，请先建立批次再装入。"
NO_ARCHIVE = "此人的接收区市没有在用的档案管理机构，不能装入批次。请联系系统管理员核对单位设置。"


def archives_of(ids):
    """({id: archive institution}, {id: why there is none})."""
    archives = list(Office.objects.active().filter(kind=OfficeKind.ARCHIVE).order_by("path"))
    found, lacking, below = {}, {}, {}
    for pk, path in _area_paths(ids):
        if path is None:
            lacking[pk] = NO_AREA
            continue
        if path not in below:
            below[path] = next((office for office in archives if office.path.startswith(path)), None)
        if below[path]:
            found[pk] = below[path]
        else:
            lacking[pk] = NO_ARCHIVE
    return found, lacking


def _area_paths(ids):
    # By name: the case lies to the right of this app.
    for chunk in bulk.chunks(ids, AT_ONCE):
        yield from QuerySet(Dossier).filter(pk__in=chunk).values_list("pk", "retiree__case__area__path")
