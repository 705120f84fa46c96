"""权限复核表: every account with its posts and how it came by them, for the yearly review of who may do what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.duties import POSITIONS
from accounts.models import EnterpriseGrant, OfficeGrant
from audit import history
from weihai_transfer.lib import words
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "权限复核表"
COLUMNS = (
    Column("序号", 6, "integer"),
    Column("账号", 16),
    Column("姓名", 16),
    Column("单位", 28),
    Column("岗位", 16),
    Column("职责", 26),
    Column("任职时间", 17, "moment"),
    Column("任职人", 16),
    Column("最近登录", 17, "moment"),
    Column("账号状态", 10),
    Column("复核意见", 20),
    Column("复核人", 12),
    Column("复核日期", 12),
)


@dataclass(frozen=True)
class Post:
    place: str
    position: str
    duties: str
    given: datetime
    giver: str


def posts_of(users):
    """{user: [Post]} of all `users` (a query set): two queries for each kind of place."""
    found = {}
    for grants in (EnterpriseGrant, OfficeGrant):
        trail = history.history_of(grants).objects.filter(history_type=history.CREATED)
        given = {}
        held = grants.objects.filter(user__in=users.order_by().values("pk")).select_related("content_object")
        made = trail.filter(user_id__in=users.order_by().values("pk")).select_related("operation")
        operations = {one.id: one.operation for one in made}
        for row in held.order_by("content_object__path", "position", "pk"):
            given.setdefault((row.user_id, row.position, row.content_object), operations[row.pk])
        for (user, code, place), by in given.items():
            position = POSITIONS[code]
            duties = "、".join(duty.label for duty in position.duties)
            found.setdefault(user, []).append(Post(str(place), position.label, duties, by.at, by.actor_name))
    return found


def lines_of(users):
    """One line for each post; an account without one has a line too."""
    posts = posts_of(users)
    for user in users:
        for post in posts.get(user.pk) or [None]:
            held = (post.place, post.position, post.duties, _local(post.given), post.giver) if post else ("",) * 5
            yield user.username, user.name, *held, _local(user.last_login), "启用" if user.is_active else "停用"


def _local(moment):
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


def write(target, users, *, filter_words, made_by):
    """Answers how many lines there are."""
    lines = [(number, *line, "", "", "") for number, line in enumerate(lines_of(users), 1)]
    caption = f"范围：{filter_words}　共 {len(lines):,} 行　{made_by}"
    sheet = Sheet(TITLE, COLUMNS, lines, (TITLE, caption), footer=f"{TITLE} {words.on_paper(timezone.localdate())}")
    return write_table(target, [sheet])
