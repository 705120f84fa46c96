"""Invented people on real divisions. Everybody's name ends in 示例 and lives in a 示例小区."""

import random
from datetime import date, timedelta

from weihai_transfer.lib import identity

SURNAMES = "王李张刘陈杨赵孙周徐于丛姜毕宋林邹鞠初戚连单仇曾解查苗隋曲谷"
GIVEN_MEN = (
    "建国 志强 永军 文斌 德胜 庆华 玉山 春生 福林 海波 树林 世杰 立新 忠义 学礼 明远 长江 国栋 宝山 传友".split()
)
GIVEN_WOMEN = (
    "秀英 桂兰 玉珍 淑华 翠萍 凤霞 丽娟 红梅 春燕 美玲 爱华 雪梅 月娥 素琴 晓敏 惠芳 玉洁 秋菊 海燕 文静".split()
)
POSTS = "车工 钳工 电工 质检员 会计 出纳 车间主任 调度员 仓库保管员 驾驶员 工程师 厂办主任 统计员 炊事员".split()
AREAS = ("371002", "370600", "371081", "370602", "371083", "220102", "371022")
HEADINGS = (
    "序号", "姓名", "身份证号", "性别", "民族", "政治面貌", "文化程度", "参加工作时间", "退休时间", "退休类别", "原工作单位",
    "退休时职务", "联系电话", "户口所在地", "常年居住地", "居住地类别", "家庭联系人", "与本人关系", "联系人电话", "特殊人员",
    "档案存放地点", "档案册数", "入党时间", "党费缴至年月", "所在党支部", "养老保险所在地", "医疗保险所在地", "生存状态", "备注",
)  # fmt: skip


class Inventor:
    """Makes roster rows from one seed; the same seed makes the same city."""

    def __init__(self, seed, places):
        """`places`: [(area name, street name, community name, weight)]."""
        self.dice = random.Random(seed)
        self.places = places
        self.weights = [weight for *_, weight in places]
        self.numbers = set()

    def row(self, serial, unit, today):
        dice = self.dice
        woman = dice.random() < 0.42
        retired = self.retirement(today)
        born = date(
            retired.year - (50 if woman else 60) - dice.choice((0, 0, 0, 5 if woman else 0)),
            dice.randint(1, 12),
            dice.randint(1, 28),
        )
        member = dice.random() < 0.27
        hukou = self.address()
        residence = hukou if dice.random() < 0.8 else self.address()
        outside = dice.random() < 0.05
        return (
            serial,
            f"{dice.choice(SURNAMES)}{dice.choice(GIVEN_WOMEN if woman else GIVEN_MEN)}示例",
            self.id_number(born, woman),
            "女" if woman else "男",
            "汉族" if dice.random() < 0.98 else dice.choice(("满族", "朝鲜族", "回族")),
            "中共党员" if member else "群众",
            dice.choice(("初中", "普通高中", "中等专科", "大学专科", "大学本科")),
            date(born.year + dice.randint(17, 22), dice.randint(1, 12), 1),
            retired,
            dice.choices(("正常退休", "特殊工种退休", "病退"), (90, 7, 3))[0],
            unit,
            dice.choice(POSTS),
            self.phone(),
            hukou,
            f"山东省烟台市芝罘区示例小区{dice.randint(1, 30)}号楼" if outside else residence,
            "本省其他市" if outside else "本市",
            f"{dice.choice(SURNAMES)}{dice.choice(GIVEN_MEN)}示例",
            dice.choice(("配偶", "子女")),
            self.phone(),
            dice.choices(("", "八十岁以上高龄", "孤寡老人", "劳动模范", "特困"), (90, 4, 2, 2, 2))[0],
            f"{unit}档案室",
            dice.choices((1, 2, 3), (80, 17, 3))[0],
            date(born.year + dice.randint(22, 40), dice.randint(1, 12), 1) if member else None,
            date(today.year, max(1, today.month - 1), 1) if member else None,
            f"{unit}退休第{dice.randint(1, 5)}党支部" if member else "",
            "威海市",
            "威海市" if dice.random() < 0.96 else "企业自办",
            "健在",
            "",
        )

    def retirement(self, today):
        """Three of four are of the stock (一: retired by the end of 2020), the others retired in the last weeks."""
        if self.dice.random() < 0.75:
            return date(2020, 12, 31) - timedelta(days=int(self.dice.triangular(0, 6500, 900)))
        return today - timedelta(days=self.dice.randint(5, 100))

    def address(self):
        area, street, community, _ = self.dice.choices(self.places, self.weights)[0]
        dice = self.dice
        start = dice.choice((f"山东省威海市{area}", f"威海市{area}", area, ""))
        house = f"示例小区{dice.randint(1, 60)}号楼{dice.randint(1, 4)}单元{dice.randint(101, 1802)}室"
        return dice.choices(
            (f"{start}{street}{community}{house}", f"{start}{street}{house}", f"{start}{house}"), (55, 38, 7)
        )[0]

    def id_number(self, born, woman):
        while True:
            order = self.dice.randrange(0, 500) * 2 + (0 if woman else 1)
            first17 = f"{self.dice.choice(AREAS)}{born:%Y%m%d}{order:03}"
            if first17 not in self.numbers:
                self.numbers.add(first17)
                return first17 + identity.check_digit(first17)

    def phone(self):
        # 199 0000 xxxx: a range that no operator has given out.
        return f"1990000{self.dice.randrange(10_000):04}"
