"""One digest per person and day: what is late, soon due and moved up, in numbers; written down once, read in the
application, and sent by e-mail where the installation has a mail server and the person an address (peers P39: one mail
a day, not one a case)."""

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from oversight.deadlines.counting import LATE, SOON, lines
from oversight.deadlines.ladder import ESCALATED
from oversight.deadlines.look import SOON as AHEAD
from oversight.deadlines.look import Look
from oversight.models import Digest
from weihai_transfer.lib import clock


def make(say=lambda words: None):
    """Write down today's digests of all who have something due; returns how many are new. A day off has none."""
    look = Look()
    if look.is_day_off:
        say(f"{look.today} 是休息日，不生成提醒。")
        return 0
    known = set(Digest.objects.filter(day=look.today).values_list("user", flat=True))
    return sum(_made(user, look) for user in _workers() if user.pk not in known)


def _workers():
    """Everybody who holds a post; each is one person, however many posts he has."""
    return (user for user in User.objects.filter(is_active=True).order_by("pk").iterator() if user.posts)


def _made(user, look):
    found = lines_of(user, look)
    if not found:
        return False
    # A second run at the same time finds the row of the first.
    given = {"lines": found, "made_at": clock.now()}
    return Digest.objects.get_or_create(user=user, day=look.today, defaults=given)[1]


def lines_of(user, look=None):
    """What the digest says: labels, numbers and addresses of lists; nobody's name."""
    found = []
    for line in lines(user, look or Look()):
        kind = line.kind
        for label, count, late, url in (
            (f"{kind.label}（提级到我）", line.escalated, True, line.url(view=ESCALATED)),
            (f"{kind.label}（已逾期）", line.late, True, line.url(when=LATE)),
            (f"{kind.label}（{AHEAD} 个工作日内到期）", line.soon, False, line.url(when=SOON)),
        ):
            if count:
                found.append({"label": label, "unit": kind.unit, "count": count, "late": late, "url": url})
    return sorted(found, key=lambda one: not one["late"])


# --- by e-mail


def is_configured():
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL and settings.SITE_URL)


def send(say=lambda words: None):
    """Send today's digests that were not sent yet; returns how many went out. Older ones are out of date and stay."""
    waiting = Digest.objects.filter(day=clock.today(), mailed_at=None, user__is_active=True).exclude(user__email="")
    sent, failed = 0, 0
    for digest in waiting.select_related("user").order_by("pk"):
        if not _claimed(digest):
            continue
        try:
            _message(digest).send()
            sent += 1
        except OSError as trouble:
            # smtplib's errors are OSErrors too. The next run tries again.
            Digest.objects.filter(pk=digest.pk).update(mailed_at=None)
            failed += 1
            reason = type(trouble).__name__
    if failed:
        say(f"{failed} 封邮件没有发出（{reason}），下次运行时重发。请检查邮件服务器设置。")
    return sent


def _claimed(digest):
    """Whoever marks the row sends the mail: two runs at one time send it once."""
    with transaction.atomic():
        return Digest.objects.filter(pk=digest.pk, mailed_at=None).update(mailed_at=clock.now()) == 1


def _message(digest):
    """Plain text: numbers and the way to the site. Names, numbers of people and places stay in the application."""
    body = [f"{digest.day} 待办提醒：", ""]
    body += [f"{line['label']}：{line['count']:,} {line['unit']}" for line in digest.lines]
    body += ["", f"请登录平台查看并办理：{settings.SITE_URL.rstrip('/')}{reverse('oversight:due')}"]
    body += ["本邮件由系统发出，请勿回复。"]
    late = f"，其中逾期 {digest.late:,} 件" if digest.late else ""
    subject = f"社会化管理服务平台待办提醒：{digest.count:,} 件{late}"
    return mail.EmailMessage(subject, "\n".join(body), settings.DEFAULT_FROM_EMAIL, [digest.user.email])


# --- read in the application


def mark_read(user, until):
    """Everything up to a digest that the reader has seen; one that came meanwhile stays unread."""
    return Digest.objects.visible_to(user).unread().filter(pk__lte=until).update(read_at=clock.now())
