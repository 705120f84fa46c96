"""Rosters as clerks have them, written cell by cell."""

from io import BytesIO

from openpyxl import Workbook

from tests.cast import id_number

HEADINGS = ("序号", "姓名", "身份证号码", "退休时间", "联系电话", "常年居住地")
ADDRESS = "威海市环翠区竹岛街道示例路1号"


def person(serial, name="示例甲", **cells):
    """A row that may be imported, by heading."""
    row = {
        "序号": serial,
        "姓名": name,
        "身份证号码": id_number(serial),
        "退休时间": "2022-03",
        "联系电话": f"1380631{serial:04}",
        "常年居住地": ADDRESS,
    }
    return {**row, **cells}


def workbook(people, *, headings=HEADINGS, title="示例纺织厂退休人员花名册", after=(), sheet="花名册"):
    """The bytes of an .xlsx: a title, the headings, the people, and what stands below them."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append([title])
    page.append(list(headings))
    for person in people:
        page.append([person.get(heading) for heading in headings])
    for row in after:
        page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def good_and_bad():
    """Three people to import, one with a wrong check digit, one twice, one without a retirement date; a total."""
    wrong = id_number(4)[:-1] + ("0" if id_number(4)[-1] != "0" else "1")
    people = [
        person(1, "安示例"),
        person(2, "白 示例"),
        person(3, "崔示例", 联系电话="1380631"),
        person(4, "丁示例", 身份证号码=wrong),
        person(1, "安示例"),
        person(5, "冯示例", 退休时间=None),
    ]
    return workbook(people, after=[[], ["合计", "6 人"]])
