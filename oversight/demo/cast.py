"""The demo's enterprises and accounts; the offices are the real ones."""

from datetime import timedelta

from accounts import divisions
from accounts.models import Enterprise, Office, User
from accounts.posts import posts_of
from accounts.services import appoint
from audit.operations import operation
from party.organisations import keeping
from weihai_transfer.lib import clock

ENTERPRISES = (
    # code, name, level, group, share of the people
    ("DEMO01", "示例机电集团有限公司", "city", None, 26),
    ("DEMO02", "示例机电集团铸造厂", "city", "DEMO01", 6),
    ("DEMO03", "示例机电集团工具厂", "city", "DEMO01", 5),
    ("DEMO04", "示例港务集团有限公司", "city", None, 12),
    ("DEMO05", "示例公交集团有限公司", "city", None, 9),
    ("DEMO06", "示例水务集团有限公司", "city", None, 7),
    ("DEMO07", "示例热电有限公司", "city", None, 6),
    ("DEMO08", "示例纺织有限公司", "district", None, 8),
    ("DEMO09", "示例渔业有限公司", "district", None, 6),
    ("DEMO10", "示例邮电工程有限公司", "central", None, 6),
    ("DEMO11", "示例供销集团有限公司", "province", None, 5),
    ("DEMO12", "示例粮油有限公司", "city", None, 4),
)
ACCOUNTS = (
    # user name, name, position, code of the place
    ("hr", "示例人事专员", "soe_hr", "DEMO01"),
    ("group", "示例集团经办", "soe_group", "DEMO01"),
    ("district", "示例环翠区经办", "district", "HC"),
    ("street", "示例竹岛街道经办", "street", "371002003"),
    ("community", "示例社区经办", "community", None),
    ("archivist", "示例档案管理员", "archivist", "HC-DA"),
    ("party_soe", "示例企业党务", "soe_party", "DEMO01"),
    ("party_street", "示例街道党务", "street_party", "371002003"),
    ("assessor", "示例费用评估", "assessor", "PGJG"),
    ("approver", "示例主管部门审批", "approver", "GZW"),
    ("medical", "示例医保部门", "medical", "YBJ"),
    ("finance", "示例财政部门", "finance", "CZJ"),
    ("member", "示例民政部门", "member", "MZJ"),
    ("sasac", "示例领导小组办公室", "sasac", "371000"),
    ("auditor", "示例审计管理员", "auditor", "371000"),
    ("sysadmin", "示例系统管理员", "system_admin", "371000"),
    ("secadmin", "示例安全管理员", "security_admin", "371000"),
)
HOME_STREET = "371002003"
# 主管部门（单位） of the city's own groups, and which of them has an annuity, with the number of its filing (二(六)).
SUPERVISOR = "GZW"
ANNUITY = {"DEMO04": "示例年金备〔2018〕4号"}


def found_enterprises():
    made, supervisor = {}, Office.objects.get(code=SUPERVISOR)
    with operation("demo.found", actor=divisions.steward(), reason="演示数据") as act:
        for number, (code, name, level, group, _) in enumerate(ENTERPRISES, 1):
            parent = made.get(group)
            one = Enterprise(code=code, name=name, level=level, parent=parent, **whereabouts(number))
            one.path = one.path_below(parent)
            one.annuity, one.annuity_filing = code in ANNUITY, ANNUITY.get(code, "")
            one.supervisor = supervisor if level == "city" and parent is None else None
            made[code] = act.insert([one])[0]
        home = Office.objects.filter(path__contains=f"/{HOME_STREET}/").order_by("path")
        act.change_each(Office, {office.pk: whereabouts(number) for number, office in enumerate(home, 101)})
    return made


def whereabouts(number):
    """What papers print; no telephone of the city begins with a nought."""
    return {"address": f"威海市示例路{number}号", "phone": f"0631-0000{number:03}（示例）"}


# Branches of how many communities of each street.
BRANCHES = 3


def found_party(enterprises):
    """Every street has its 党工委 with a branch in some of its communities, every enterprise its committee."""
    with operation("demo.found", actor=divisions.steward(), reason="演示数据") as act:
        for code, one in enterprises.items():
            keeping.insert(
                act,
                name=f"中共{one.name}委员会",
                kind="committee",
                enterprise=one,
                nationwide=one.parent is None,
                fax=f"0631-0001{int(code[-2:]):03}（示例）",
                postcode="264200",
                **whereabouts(int(code[-2:])),
            )
        for street in Office.objects.filter(kind="street").order_by("path"):
            committee = keeping.insert(
                act,
                name=f"中共{street.name}工作委员会（示例）",
                kind="working",
                office=street,
                address=f"{street.name}示例路1号",
                phone="0631-0000000（示例）",
                postcode="264200",
            )
            for community in street.children.filter(kind="community").order_by("code")[:BRANCHES]:
                name = f"中共{community.name.removesuffix('居委会').removesuffix('村委会')}退休党员支部（示例）"
                keeping.insert(act, name=name, kind="branch", parent=committee, office=community)


def home_community():
    return Office.objects.filter(parent__code=HOME_STREET, kind="community").order_by("code").first()


def found_accounts(password):
    community = home_community()
    for username, name, position, code in ACCOUNTS:
        user = User.objects.create_user(username, name, password)
        place = (
            community if code is None else (Enterprise if code.startswith("DEMO") else Office).objects.get(code=code)
        )
        _appoint(user, position, place)


# Before the first act of the story: what somebody did counts as his place's only while he held the post.
DAYS_IN_POST = 120


def _appoint(user, position, place):
    with clock.at(clock.midnight(clock.today() - timedelta(days=DAYS_IN_POST)) + timedelta(hours=9)):
        appoint(user, position, place, actor=divisions.steward())


class Clerks:
    """Colleagues at the other places, without passwords: made when the story first needs them."""

    def __init__(self):
        self.known = {}

    def of(self, position, place):
        """Somebody who holds `position` at `place`: a demo account where there is one."""
        key = (position, place.code)
        if key not in self.known:
            self.known[key] = self._found(position, place)
        return self.known[key]

    def _found(self, position, place):
        for username, _, held, code in ACCOUNTS:
            if (held, code) == (position, place.code):
                return User.objects.get(username=username)
        user = User.objects.create_user(
            f"demo_{position}_{place.code}".lower()[:40], f"{place}经办（示例）".replace("示例示例", "示例")[:60]
        )
        _appoint(user, position, place)
        user = User.objects.get(pk=user.pk)
        user.post = posts_of(user)[0]
        return user
