"""应移交人数变动表 as a workbook: the whole, both cuts, the baselines and how it is reckoned. Numbers, no names."""

from django.utils import timezone

from oversight.baseline.bridge import AREA, ENTERPRISE
from oversight.baseline.lines import EXPLAINED, LINES
from oversight.baseline.tables import TITLES, formula, sign_of, table
from weihai_transfer.lib.workbooks.writing import Column, Sheet, write_table

TITLE = "应移交人数变动表"
NOTES = (
    ("基线", "冻结时在册、尚未核销的存量人员（2020年底以前退休），按当时的移交企业和接收区市计入。"),
    ("待确认", "冻结后登记的存量人员和随花名册撤回的人员，领导小组办公室登记理由后列入相应类别。"),
    ("核销", "移交企业与接收方（或市国资委）确认核销的人员，按申请核销的原因分列；登记变动的以登记的类别为准。"),
    ("转入、转出", "基线时与现在所在的区市或企业不同的人员，两边各列一次，合计相抵。核销人员按基线时所在单位计减。"),
    ("今日存量应移交", "基线＋增加－减少＋转入－转出，与进度表应移交的存量人数一致。"),
    ("常态化新增", "2021年1月1日以后退休的人员，不在基线内（方案一）。"),
)


def write(target, bridge, baselines, made):
    """`baselines`: [(Baseline, people)]; `made`: who made it, and when, for the foot of each page."""
    at = f"统计时间 {timezone.localtime(bridge.at):%Y-%m-%d %H:%M}，{bridge.baseline}，依据：{bridge.baseline.source}"
    captions = (TITLE, at)
    whole = bridge.of()
    sheets = [
        Sheet(
            "变动表",
            [Column("", 6), Column("项目", 26), Column("人数", 12, "integer"), Column("说明", 60)],
            [(sign_of(line), line.label, whole[code], EXPLAINED.get(code, "")) for code, line in LINES.items()],
            (*captions, formula(bridge)),
            made,
        ),
        *(_cut(bridge, cut, captions, made) for cut in (AREA, ENTERPRISE)),
        Sheet(
            "历次基线",
            [
                Column("冻结时间", 18, "moment"),
                Column("人数", 12, "integer"),
                Column("现行", 8),
                Column("依据", 40),
                Column("重新冻结的理由", 40),
            ],
            [
                (
                    timezone.localtime(one.frozen_at).replace(tzinfo=None),
                    people,
                    "是" if one.in_force else "否",
                    one.source,
                    one.reason,
                )
                for one, people in baselines
            ],
            (TITLE,),
            made,
        ),
        Sheet("计算说明", [Column("项目", 20), Column("说明", 100)], NOTES, (TITLE,), made),
    ]
    return write_table(target, sheets)


def _cut(bridge, cut, captions, made):
    found = table(bridge, cut)
    columns = [Column(found.head, 30), *(Column(line.label, 12, "integer") for line in found.columns)]
    rows = [(name, *(number.count for number in numbers)) for name, numbers in found.lines]
    rows.append(("合计", *(number.count for number in found.total)))
    return Sheet(TITLES[cut], columns, rows, captions, made)
