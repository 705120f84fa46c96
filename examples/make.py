"""Writes the sample rosters of this folder: one that may be imported as it is, and five as they come in real life.

    python -m examples.make [FOLDER]

The people are invented, their numbers have a right check digit and belong to nobody; streets and areas are real.
"""

import csv
import sys
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from odf import table as odf
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from weihai_transfer.lib.identity import check_digit

HEADINGS = (
    "序号",
    "姓名",
    "身份证号",
    "退休时间",
    "退休类别",
    "政治面貌",
    "联系电话",
    "户口所在地",
    "常年居住地",
    "备注",
)
ZHUDAO = "威海市环翠区竹岛街道示例小区"
JINGYUAN = "威海市环翠区鲸园街道示例小区"
SUNJIATUAN = "威海市环翠区孙家疃街道示例小区"
YIYUAN = "威海火炬高技术产业开发区怡园街道示例小区"


def id_number(serial, born="19610412", area="371002"):
    """A valid number; the serial is its sequence part, whose last digit says the sex."""
    first17 = f"{area}{born}{serial:03}"
    return first17 + check_digit(first17)


def phone(serial):
    # 199 0001 xxxx: a range that no operator has given out.
    return f"1990001{serial:04}"


def row(serial, name, home, **cells):
    """A complete row of HEADINGS."""
    values = {
        "序号": serial,
        "姓名": f"{name}示例",
        "身份证号": id_number(serial),
        "退休时间": "2021-05",
        "退休类别": "正常退休",
        "政治面貌": "群众",
        "联系电话": phone(serial),
        "户口所在地": f"{home}{serial}号楼",
        "常年居住地": f"{home}{serial}号楼",
        "备注": None,
    }
    return [{**values, **cells}.get(heading) for heading in HEADINGS]


def clean(path):
    """Ten people, nothing to ask."""
    homes = [ZHUDAO] * 5 + [JINGYUAN] * 2 + [SUNJIATUAN, YIYUAN, YIYUAN]
    names = ("曲建国", "单玉珍", "丛志强", "仇秀英", "曾德胜", "毕淑华", "于海波", "邹春燕", "姜立新", "鞠桂兰")
    rows = [row(101 + at, name, home) for at, (name, home) in enumerate(zip(names, homes, strict=True))]
    rows[1][HEADINGS.index("政治面貌")] = rows[4][HEADINGS.index("政治面貌")] = "中共党员"
    _xlsx(path, [("花名册", [HEADINGS, *rows])])


def cells(path):
    """Six good rows and six faulty ones, each with a fault of another kind; a total below."""
    wrong = id_number(207)
    faults = (
        row(207, "解文斌", ZHUDAO, 身份证号=wrong[:-1] + ("0" if wrong[-1] != "0" else "1")),
        row(208, "查翠萍", ZHUDAO, 身份证号=float(id_number(208)[:15] + "000")),
        row(209, "盖永军", ZHUDAO, 退休时间=None),
        row(210, "朴红梅", ZHUDAO, 退休时间="2021-02-30"),
        row(201, "燕玉山", ZHUDAO, 序号=211),
        row(212, "覃晓敏", ZHUDAO, 联系电话=id_number(212)),
    )
    good = [
        row(201 + at, name, ZHUDAO)
        for at, name in enumerate(("燕玉山", "尉凤霞", "乐长江", "区惠芳", "洗宝山", "宓月娥"))
    ]
    # Blanks inside a name, full-width digits and a short telephone are put right or only remarked.
    good[1][1], good[2][2], good[3][6] = "尉 凤 霞 示例", _full_width(id_number(203)), "5231234"
    _xlsx(
        path, [("退休人员", [["示例机电集团有限公司退休人员花名册"], HEADINGS, *good, *faults, [], ["合计", "12 人"]])]
    )


def headings(path):
    """Two sheets, a title, two rows of headings with merged groups, a column that nobody knows."""
    top = ["序号", "基本信息", None, None, "工作与退休", None, "联系与居住", None, "内部分类"]
    below = [None, "姓  名", "公民身份号码", "性别", "退休年月", "原工作单位", "手机号码", "现居住地详细地址", None]
    for_sheet = {"一车间": (301, 302, 303), "二车间": (311, 312)}
    sheets = []
    for sheet, serials in for_sheet.items():
        people = [
            [
                at,
                f"{'甲乙丙丁戊己'[serial % 6]}大伟示例",
                id_number(serial),
                "男" if serial % 2 else "女",
                date(2020, 6, 1),
                f"示例机电集团{sheet}",
                phone(serial),
                f"{JINGYUAN}{serial}号楼",
                f"分类{serial}",
            ]
            for at, serial in enumerate(serials, 1)
        ]
        foot = [[], ["填表人：示例填表人", None, None, None, "审核人：示例审核人"]]
        sheets.append((sheet, [["退休人员情况登记表"], ["单位：示例机电集团（盖章）"], top, below, *people, *foot]))
    merged = ("A1:I1", "A2:I2", "A3:A4", "B3:D3", "E3:F3", "G3:H3", "I3:I4")
    _xlsx(path, sheets, merged=merged)


def dates(path):
    """An old Excel file: first-generation numbers of 15 digits, and dates in every spelling."""
    spellings = ("1998.3", "1998年3月", "199803", "98.03", "1998/03/01", "一九九八年三月", "1998-3-1", "3/1998")
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for column, heading in enumerate(("姓名", "性别", "身份证号码", "退休时间", "住址")):
        page.write(0, column, heading)
    for at, spelling in enumerate(spellings):
        serial = 400 + at
        old = id_number(serial, born="19380415")
        values = (
            f"{'东南西北中发白红'[at]}克俭示例",
            "男" if serial % 2 else "女",
            old[:6] + old[8:17],
            spelling,
            f"环翠区孙家疃街道示例巷{at + 1}号",
        )
        for column, value in enumerate(values):
            page.write(at + 1, column, value)
    book.save(str(path))


def comma(path):
    """What an old payroll program writes: GBK, a line break and commas inside cells, a stray line at the end."""
    rows = [
        ["职工姓名", "公民身份号码", "退休日期", "移动电话", "家庭住址", "备注"],
        ["戴少云示例", id_number(501), "2019-11-30", phone(501), f"{ZHUDAO}1号楼，2单元", "档案在总厂\n党员材料另存"],
        ["欧阳振华示例", id_number(502), "2019-12-31", f"{phone(502)}、0631-5230000", f"{ZHUDAO}2号楼", "劳模"],
        ["古丽娜尔·买买提示例", id_number(503), "2020-01-31", phone(503), f"{ZHUDAO}3号楼", ""],
        ["\N{CJK UNIFIED IDEOGRAPH-9673}桂英示例", id_number(504), "2020-02-29", "", f"{ZHUDAO}4号楼", "电话待补"],
        ["总计：4人", "", "", "", "", ""],
    ]
    with path.open("w", encoding="gbk", newline="") as file:
        csv.writer(file).writerows(rows)


def open_document(path):
    """A sheet of WPS or LibreOffice: the numbers are text, one person has died, one belongs to nobody's scope."""
    rows = [
        ("姓名", "身份证号", "退休时间", "退休类别", "生存状态", "去世时间", "现住址"),
        ("付海燕示例", id_number(601), "2018-07", "正常退休", "健在", "", f"{YIYUAN}1号楼"),
        ("付海鸥示例", id_number(602), "2018-08", "特殊工种退休", "健在", "", f"{YIYUAN}2号楼"),
        ("付海潮示例", id_number(603), "2018-09", "正常退休", "去世", "2023-01-02", f"{YIYUAN}3号楼"),
        ("付海山示例", id_number(604), "2018-10", "离休", "健在", "", f"{YIYUAN}4号楼"),
    ]
    document = OpenDocumentSpreadsheet()
    page = odf.Table(name="名册")
    for values in rows:
        line = odf.TableRow()
        for value in values:
            cell = odf.TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(path))


def _full_width(text):
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in text)


def _xlsx(path, sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for values in rows:
            page.append(list(values))
        for area in merged:
            page.merge_cells(area)
    book.save(path)


FILES = {
    "clean.xlsx": clean,
    "dirty-cells.xlsx": cells,
    "dirty-headings.xlsx": headings,
    "dirty-dates.xls": dates,
    "dirty-gbk.csv": comma,
    "dirty-scope.ods": open_document,
}


def make(folder):
    for name, write in FILES.items():
        write(Path(folder) / name)


if __name__ == "__main__":
    make(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
