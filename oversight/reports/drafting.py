"""The text of a bulletin, written from its snapshot: every number is one of the snapshot, none is typed.

四(一): the leading group's office pushes the work on together with its members; 四(二): areas receive, enterprises hand over.
"""

from oversight.counting.measures import MEASURES
from oversight.reports.columns import points, rate_words
from weihai_transfer.lib.words import on_paper, yuan

SLOW = 3
# What can hold somebody back: with the enterprise, with the area, with the street.
HOLDING = ("draft", "returned", "unassigned", "waiting")
# So many causes are named of one place.
CAUSES = 2


def draft(snapshot):
    """{block: text}, a paragraph on each line."""
    return {
        "overall": _lines(_people(snapshot), _agreements(snapshot), _tracks(snapshot), _money(snapshot)),
        "areas": _cut(snapshot, snapshot.areas, "各区市", "区市"),
        "enterprises": _cut(snapshot, snapshot.enterprises, "各企业", "企业"),
        "problems": _problems(snapshot),
        "next_steps": _next_steps(snapshot),
    }


def title(snapshot):
    day = snapshot.day
    return f"{day.year}年{day.month}月国有企业退休人员社会化管理工作进展情况通报"


def _lines(*sentences):
    return "\n".join(one for one in sentences if one)


def _people(snapshot):
    whole = snapshot.total
    said = (
        f"截至{on_paper(snapshot.day)}，全市国有企业退休人员应移交{_n(whole, 'due')}人，已移交{_n(whole, 'accepted')}人，"
        f"移交率{rate_words(whole.rate('accepted'))}"
    )
    if snapshot.since and whole.change("accepted") is not None:
        changed = whole.change("accepted")
        more = f"本期新增移交{changed:,}人" if changed >= 0 else f"本期因核销等减少{-changed:,}人"
        said += f"；{more}{_against_before(whole)}"
    if whole.count("ended_outside"):
        said += f"。已移交人员中，市外{_n(whole, 'ended_outside')}人"
    if whole.count("returned"):
        said += f"{'，' if whole.count('ended_outside') else '。'}退回企业待改正{_n(whole, 'returned')}人"
    return f"{said}。"


def _against_before(line):
    moved = points(line.rate("accepted"), line.earlier.get("accepted"))
    if moved is None:
        return ""
    if moved == 0:
        return "，移交率与上期末持平"
    return f"，移交率比上期末{'提高' if moved > 0 else '下降'}{abs(moved)}个百分点"


def _agreements(snapshot):
    whole = snapshot.total
    if whole.count("covered") is None:
        return ""
    signed = f"签订移交协议{_n(whole, 'agreements')}份，" if whole.count("agreements") is not None else ""
    return f"{signed}协议列入退休人员{_n(whole, 'covered')}人，签约率{rate_words(whole.rate('covered'))}。"


def _tracks(snapshot):
    whole, said = snapshot.total, []
    if whole.count("members_due"):
        said.append(
            f"党员组织关系应转接{_n(whole, 'members_due')}人，已转接并有回执{_n(whole, 'members_receipted')}人，"
            f"转接率{rate_words(whole.rate('members'))}"
        )
    if whole.count("dossiers_due"):
        said.append(
            f"人事档案应移交{_n(whole, 'dossiers_due')}卷，已移交{_n(whole, 'dossiers_moved')}卷，"
            f"移交率{rate_words(whole.rate('dossiers'))}"
        )
    if whole.count("dossiers_digitised"):
        said.append(f"档案已数字化{_n(whole, 'dossiers_digitised')}卷")
    return f"{'；'.join(said)}。" if said else ""


def _money(snapshot):
    whole, said = snapshot.total, []
    if whole.count("out_of_pool_year"):
        said.append(f"统筹外费用每年{_yuan(whole, 'out_of_pool_year')}")
    if whole.count("out_of_pool_provisioned"):
        said.append(f"已计提（年标准）{_yuan(whole, 'out_of_pool_provisioned')}")
    if whole.count("out_of_pool_settled"):
        said.append(f"已一次性支付{_yuan(whole, 'out_of_pool_settled')}")
    if whole.count("assets_area"):
        said.append(f"移交资产{_n(whole, 'assets_area')}平方米")
    if whole.count("assets_value"):
        said.append(f"资产价值{_yuan(whole, 'assets_value')}")
    return f"{'，'.join(said)}。" if said else ""


def ranked(cut):
    """Those to whom people are due, the fastest first; of equals, the one with fewer left comes first."""
    counted = [one for one in cut.lines if one.key and one.count("due") and one.rate("accepted") is not None]
    return sorted(counted, key=lambda one: (-one.rate("accepted"), one.left("due", "accepted"), one.label))


def slowest(cut):
    """Up to three who are not done, the slowest first."""
    return [one for one in reversed(ranked(cut)) if one.rate("accepted") < 1][:SLOW]


def _cut(snapshot, cut, whose, noun):
    order = ranked(cut)
    if not order:
        return f"{whose}本期没有应移交人员。"
    said = "、".join(f"{one.label}（{rate_words(one.rate('accepted'))}）" for one in order)
    lines = [f"{whose}移交率由高到低依次为：{said}。"]
    slow = slowest(cut)
    if slow:
        lines.append(f"进度较慢的{noun}是{'、'.join(one.label for one in slow)}。")
        lines += [_slow(one, snapshot.total) for one in slow]
    lines += [f"{one.label}的有{_n(one, 'due')}人。" for one in cut.lines if not one.key and one.count("due")]
    return _lines(*lines)


def _slow(line, whole):
    below = points(whole.rate("accepted"), line.rate("accepted"))
    said = f"{line.label}移交率{rate_words(line.rate('accepted'))}"
    if below:
        said += f"，{'低' if below > 0 else '高'}于全市{abs(below)}个百分点"
    said += f"，尚有{line.left('due', 'accepted'):,}人未移交"
    why = causes(line)
    return f"{said}，主要是{'、'.join(why)}。" if why else f"{said}。"


def causes(line):
    """Where most of those are who are not accepted: at most two, the heaviest first, each a number of the snapshot."""
    found = [(line.count(code) or 0, MEASURES[code].label) for code in HOLDING]
    # Sorting keeps the order of the table among equals.
    heaviest = sorted((one for one in found if one[0]), key=lambda one: -one[0])
    return [f"{label}{count:,}人" for count, label in heaviest[:CAUSES]]


def _problems(snapshot):
    whole, said = snapshot.total, []
    if (left := whole.left("stock", "covered")) and left > 0:
        said.append(f"协议签订不平衡。全市尚有{left:,}名存量退休人员未列入已签订的移交协议。")
    if whole.count("returned"):
        said.append(f"人员信息质量有待提高。退回企业尚未改正的有{_n(whole, 'returned')}人。")
    if (left := whole.left("members_due", "members_receipted")) and left > 0:
        said.append(f"党员组织关系转接滞后。尚有{left:,}名党员组织关系未转接或没有回执。")
    if (left := whole.left("dossiers_due", "dossiers_moved")) and left > 0:
        said.append(f"人事档案移交进度不一。尚有{left:,}卷人事档案未移交。")
    if whole.count("problems_open"):
        said.append(f"部分问题办理时间较长。全市未办结问题{_n(whole, 'problems_open')}件。")
    return _numbered(said) if said else "本期没有需要通报的突出问题。"


def _next_steps(snapshot):
    areas, enterprises = ([one.label for one in slowest(cut)] for cut in (snapshot.areas, snapshot.enterprises))
    said = []
    if areas or enterprises:
        said.append(f"加快移交接收进度。{'、'.join([*areas, *enterprises])}要对照差距，逐人逐项列出清单，限期办结。")
    said += [
        "提高上报信息质量。企业上报前要逐人核对身份证件、常年居住地和联系电话，退回的及时收回改正。",
        "同步转接党员组织关系、移交人事档案。党员组织关系、人事档案和人员移交同步推进，途中的及时核收。",
        "及时答复督办和问题。各区市、各企业对督办事项和交办问题要按期答复，确有困难的说明原因。",
    ]
    return _numbered(said)


def _numbered(sentences):
    return "\n".join(f"（{'一二三四五六七八九十'[at]}）{one}" for at, one in enumerate(sentences))


def _n(line, code):
    number = line.count(code)
    return f"{number:,}" if number is not None else "—"


def _yuan(line, code):
    return yuan(line.count(code)).replace(" ", "")
