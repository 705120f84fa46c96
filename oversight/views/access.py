"""权限复核: every account with its posts, as a list and as a workbook to be signed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.duties import POSITIONS, Duty
from accounts.models import User
from accounts.views.guard import needs
from accounts.views.users import in_position, placed_at
from audit import events
from oversight.auditing import access
from oversight.auditing.tabs import tabs
from weihai_transfer.lib import clock, filters, sealed_files
from weihai_transfer.lib.filters import Filter
from weihai_transfer.lib.listing import Column, ListPage
from weihai_transfer.lib.pages import private_file
from weihai_transfer.lib.workbooks.output import XLSX

REVIEWING = (Duty.AUDIT, Duty.MANAGE_SECURITY)


def _not_since(rows, day):
    return rows.exclude(last_login__gte=clock.midnight(day))


FILTERS = (
    Filter("username", "账号", kind=filters.TEXT),
    Filter("place", "任职单位", kind=filters.TEXT, narrow=placed_at),
    Filter("position", "岗位", tuple((one.code, one.label) for one in POSITIONS.values()), narrow=in_position),
    Filter("is_active", "状态", (("1", "启用"), ("0", "停用"))),
    Filter("idle", "自何日起未登录", kind=filters.DATE, narrow=_not_since),
)


def _list(request):
    posts = {}
    columns = (
        Column("username", "账号", sort="username"),
        Column("name", "姓名"),
        Column("posts", "岗位、任职时间和任职人", lambda user: posts.get(user.pk, []), "oversight/_access_posts.html"),
        Column("last_login", "最近登录", sort="last_login"),
        Column("is_active", "状态", lambda user: "启用" if user.is_active else "停用"),
    )
    page = ListPage(request, User.objects.all(), columns=columns, filters=FILTERS, order=("username",), unit="个账号")
    posts |= access.posts_of(User.objects.filter(pk__in=[user.pk for user in page.page.object_list]))
    return page


@require_safe
@needs(*REVIEWING)
def show_access(request):
    events.note(request, "read_audit", field=access.TITLE)
    page = _list(request)
    context = {
        "title": f"权限复核（{page.count:,} 个账号）",
        "crumbs": [("权限复核", "")],
        "tabs": tabs(request, "oversight:access"),
        "list": page,
        "workbook_url": f"{reverse('oversight:access_workbook')}?{page.query}",
    }
    return render(request, "oversight/access.html", context)


@require_safe
@needs(*REVIEWING)
def download(request):
    page = _list(request)
    made = f"{request.user.acting_for} {request.user.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    with sealed_files.clear_folder() as folder:
        target = folder / "access.xlsx"
        count = access.write(target, page.queryset, filter_words=page.words, made_by=made)
        events.note(
            request, "export", subject="accounts.User", field=f"{access.TITLE} {count:,} 行", reason=page.words[:200]
        )
        return private_file(target, f"{access.TITLE}-{timezone.localdate()}.xlsx", XLSX)
