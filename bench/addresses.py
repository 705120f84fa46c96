"""Messy addresses with known answers, and how well and how fast the suggestion of receivers reads them.

The corpus is built from the official lists alone and shares no code with the matcher, so that a mistake in the
matcher's reading of names cannot hide here.

    python -m bench.addresses [n] [seed]
"""

import csv
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.table import Row
from handover.suggestion import batch, gazetteer_from_csv

DIVISIONS = Path(__file__).resolve().parent.parent / "accounts" / "reference"
ENDINGS = (
    "社区居民委员会",
    "社区居委会",
    "社区村委会",
    "社区居委",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "社区",
)
NANHAI_STREETS = {"371003108"}
NANHAI_VILLAGES = {"371003105216", "371003106211", "371003107210", "371003107209"}
AREA_WORDS = {
    "371002": ("环翠区", "威海市环翠区", "山东省威海市环翠区", "环翠", "威海环翠区", "威海市威海市环翠区"),
    "371003": ("文登区", "文登市", "威海市文登区", "山东省文登市", "文登县", "文登", "威海市文登市"),
    "371071": ("高区", "威海市高区", "高技区", "威海高技区", "威海市火炬高技术产业开发区", "高新区", "环翠区"),
    "371072": ("经区", "威海市经区", "经技区", "威海市经济技术开发区", "经开区", "威海经区", "环翠区"),
    "371073": ("临港区", "威海市临港区", "工业新区", "威海工业新区", "威海临港经济技术开发区", "临港"),
    "371082": ("荣成市", "威海市荣成市", "荣成县", "荣成", "山东省荣成市", "山东荣成"),
    "371083": ("乳山市", "威海市乳山市", "乳山县", "乳山", "山东省乳山市", "山东省威海乳山市"),
    "NH": ("南海新区", "威海南海新区", "文登区南海新区", "威海市南海新区", "文登区"),
}
ROADS = (
    "文化西路 文化东路 世昌大道 海滨北路 青岛中路 青岛北路 统一路 和平路 塔山中路 古寨南路 昆明路 福州路 北京路 沈阳路 "
    "大连路 上海路 珠海路 齐鲁大道 火炬路 恒泰街 环山路 虎山路 龙山路 天福路 峰山路 米山路 文山路 香山路 成山大道 "
    "青山东路 凭海东路 石岛湾路 荣成路 文登路 乳山路 商业街 胜利街 府前路 长江街 渤海路 海滨中路 环翠路 山大路 钦村路 "
    "竹岛路 望岛路 温泉路 初张路 嵩山路 华夏路 滨海大道 黄海路 威海路 南海路 建设街 向阳街 新威路 东山路 西门外路"
).split()
ESTATES = (
    "阳光花园 海语丽都 锦绣家园 威高花园 蓝波湾 碧桂园 盛世名门 金色海岸 御景湾 颐和公馆 恒大御府 水岸豪庭 鑫源家属院 "
    "纺织厂宿舍 供电公司家属楼 亿隆佳苑 圣迪广场 悦泰欧乐花园 名仕华庭 银河花苑 学林雅居 龙苑小区 安居新村 老干部公寓"
).split()
ELSEWHERE = (
    "烟台市芝罘区文登路{n}号",
    "山东省烟台市牟平区高陵镇{v}",
    "青岛市崂山区香港东路{n}号",
    "山东省青岛市城阳区夏庄街道",
    "大连高新区黄浦路{n}号",
    "山东省济南市历下区文化东路{n}号",
    "北京市朝阳区望京街道{n}号楼",
    "黑龙江省哈尔滨市南岗区文昌街{n}号",
    "吉林省长春市朝阳区桂林路{n}号",
    "辽宁省海城市{v}",
    "上海市浦东新区花园石桥路{n}号",
    "江苏省南京市鼓楼区北京西路{n}号",
    "烟台莱山区迎春大街{n}号",
    "山东省海阳市徐家店镇{v}",
    "莱阳市城厢街道{v}",
    "河南省登封市嵩山路{n}号",
    "潍坊市寒亭区朱里街道{v}",
    "山东省德州市宁津县{v}",
    "牟平区大窑街道{v}",
    "大连市沙河口区文化街{n}号",
    "陕西省西安市雁塔区桃园街道",
    "安徽省黄山市屯溪区{v}",
    "崂山区沙子口街道{v}",
    "青岛经济技术开发区长江路街道",
    "天津市滨海新区{v}",
    "山东省日照市东港区石岛路{n}号",
)
# How often each kind stands in the corpus.
MIX = (("street", 30), ("both", 30), ("community", 22), ("bare", 6), ("twin", 4), ("nothing", 5), ("elsewhere", 3))


@dataclass(frozen=True, slots=True)
class Sample:
    address: str
    area: str | None
    street: str | None
    community: str | None
    kind: str
    outside: bool = False


class Corpus:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.streets = {row["code"]: row for row in _rows("weihai-divisions.csv") if row["level"] == "street"}
        self.communities = _rows("weihai-communities.csv")
        self.by_stem: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self.communities:
            self.by_stem[_stem(row["name"])].append(row)
        street_stems = {_street_stem(row["name"]): code for code, row in self.streets.items()}
        self.also_street = {stem: street_stems[stem] for stem in self.by_stem if stem in street_stems}

    def area(self, street: str, community: str = "") -> str:
        if street in NANHAI_STREETS or community in NANHAI_VILLAGES:
            return "NH"
        return self.streets[street]["parent_code"]

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def sample(self, kind: str) -> Sample:
        return getattr(self, f"make_{kind}")()

    def make_street(self) -> Sample:
        code = self.random.choice(list(self.streets))
        words = [self.area_word(self.area(code)), self.street_word(code)]
        return self.finish(words, code, None, "street")

    def make_both(self) -> Sample:
        row = self.random.choice(self.communities)
        street = row["parent_code"]
        words = [self.area_word(self.area(street, row["code"])), self.street_word(street), self.community_word(row)]
        if self.random.random() < 0.1:
            words[1], words[2] = words[2], words[1]
        return self.finish(words, street, row["code"], "both")

    def make_community(self) -> Sample:
        row = self.unique_row()
        area = self.area(row["parent_code"], row["code"])
        words = [self.area_word(area, own=True), self.community_word(row, bare=False)]
        return self.finish(words, row["parent_code"], row["code"], "community")

    def make_bare(self) -> Sample:
        row = self.unique_row()
        area = self.area(row["parent_code"], row["code"])
        stem = _stem(row["name"])
        if stem in self.also_street or stem.endswith(("路", "街")):
            return self.make_bare()
        return self.finish([self.area_word(area, own=True), stem], row["parent_code"], row["code"], "bare", plain=True)

    def make_twin(self) -> Sample:
        """One name, several streets, nothing that decides."""
        name, rows = self.random.choice([(s, r) for s, r in self.twins() if s not in self.also_street])
        same_kind = len({row["level"] for row in rows}) == 1
        if not same_kind:
            return self.make_twin()
        ending = (
            self.pick("村", "村委会", "")
            if rows[0]["level"] == "village"
            else self.pick("社区", "居委会", "社区居委会")
        )
        words = [self.pick("威海市", "山东省威海市", "", "威海"), name + ending]
        return Sample("".join(words) + self.tail(), None, None, None, "twin")

    def make_nothing(self) -> Sample:
        area = self.random.choice(list(AREA_WORDS))
        head = self.pick("威海市", "山东省威海市", "", self.random.choice(AREA_WORDS[area]))
        middle = self.random.choice(ROADS) if self.random.random() < 0.7 else self.random.choice(ESTATES)
        return Sample(head + middle + self.tail(), None, None, None, "nothing")

    def make_elsewhere(self) -> Sample:
        village = _stem(self.random.choice(self.communities)["name"]) + "村"
        address = self.random.choice(ELSEWHERE).format(n=self.random.randint(1, 300), v=village)
        return Sample(address, None, None, None, "elsewhere", True)

    def twins(self) -> list[tuple[str, list[dict[str, str]]]]:
        return [(stem, rows) for stem, rows in self.by_stem.items() if len({row["parent_code"] for row in rows}) > 1]

    def unique_row(self) -> dict[str, str]:
        while True:
            row = self.random.choice(self.communities)
            rows = self.by_stem[_stem(row["name"])]
            area = self.area(row["parent_code"], row["code"])
            # 文登区 also names what 南海新区 receives, so that the two count as one here.
            same = [one for one in rows if _joined(self.area(one["parent_code"], one["code"])) == _joined(area)]
            if len(same) == 1:
                return row

    def area_word(self, area: str, own: bool = False) -> str:
        words = AREA_WORDS[area]
        if own:
            words = tuple(word for word in words if not (area in ("371071", "371072") and word == "环翠区"))
            return self.random.choice(words)
        return self.random.choice((*words, "", "威海市", "山东省威海市"))

    def street_word(self, code: str) -> str:
        name = self.streets[code]["name"]
        stem = _street_stem(name)
        if name.endswith("镇"):
            return self.pick(name, name, name, stem, f"{stem} 镇", f"原{name}")
        if name.endswith("街道"):
            forms = [name, name, f"{stem}街道办事处", f"{stem}街道办", f"{stem}办事处", f"{stem}办"]
            return self.random.choice(forms if stem.endswith("路") or stem == "城区" else [*forms, stem])
        return self.pick("开发区办事处", "文登经济开发区", "文登开发区")

    def community_word(self, row: dict[str, str], bare: bool = True) -> str:
        stem = _stem(row["name"])
        if row["level"] == "village":
            forms = [f"{stem}村", f"{stem}村", f"{stem}村委会", f"{stem}村民委员会", f"{stem}社区", f"{stem}大队"]
            forms[5:] = [f"{stem}村村委会"] if not stem.endswith("村") else []
        else:
            forms = [f"{stem}社区", f"{stem}社区", f"{stem}居委会", f"{stem}社区居委会", row["name"]]
        if bare and not stem.endswith(("路", "街")):
            forms.append(stem)
        return self.random.choice(forms)

    def tail(self, plain: bool = False) -> str:
        number = self.random.randint
        house = self.pick(
            f"{number(1, 99)}号楼{number(1, 6)}单元{number(101, 699)}室",
            f"{number(1, 300)}号",
            f"{number(1, 60)}-{number(1, 6)}-{number(101, 699)}",
            "",
            f"{number(1, 60)}栋{number(101, 699)}",
            f"{number(1, 900)}号内{number(1, 9)}号",
        )
        if plain:
            return house
        between = self.pick("", "", self.random.choice(ROADS), self.random.choice(ESTATES))
        return between + house

    def finish(self, words: list[str], street: str, community: str | None, kind: str, plain: bool = False) -> Sample:
        """Put together, then soil: blanks, brackets, full-width digits, another writing of a character."""
        soil = self.random.random
        if soil() < 0.05 and len(words) == 3:
            words[2] = self.pick("（{}）", "({})", "【{}】").format(words[2])
        address = self.pick("", "", "", " ", ",").join(words) + self.tail(plain)
        if soil() < 0.08:
            at = self.random.randrange(1, len(address))
            address = address[:at] + self.pick(" ", "　", "\u200b") + address[at:]
        if soil() < 0.1:
            address = address.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
        if soil() < 0.3:
            address = address.replace("苘", "蔄")
        return Sample(address, self.area(street, community or ""), street, community, kind)


def _joined(area: str) -> str:
    return "371003" if area == "NH" else area


def _rows(name: str) -> list[dict[str, str]]:
    with (DIVISIONS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stem(name: str) -> str:
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            name = name[: -len(ending)]
            break
    for prefix in ("环翠区初村镇", "崂山街道办事处"):
        name = name.removeprefix(prefix)
    return name


def _street_stem(name: str) -> str:
    return name.removesuffix("街道").removesuffix("镇") if not name.endswith("办事处") else name[:-3]


def make_corpus(n: int, seed: int) -> Iterator[Sample]:
    corpus = Corpus(seed)
    kinds, weights = zip(*MIX, strict=True)
    for kind in corpus.random.choices(kinds, weights, k=n):
        yield corpus.sample(kind)


@dataclass(frozen=True, slots=True)
class Figures:
    named: int
    right: int
    sure: int
    sure_wrong: int
    silent: int
    silent_broken: int
    outside: int
    outside_found: int
    communities: int
    communities_right: int
    seconds: float
    mistakes: tuple[tuple[Sample, object], ...]

    @property
    def right_share(self) -> float:
        return self.right / self.named

    @property
    def sure_wrong_share(self) -> float:
        return self.sure_wrong / max(1, self.sure)


def measure(n: int = 10_000, seed: int = 1) -> Figures:
    samples = list(make_corpus(n, seed))
    gazetteer = gazetteer_from_csv(DIVISIONS)
    start = time.perf_counter()
    answers = batch((sample.address for sample in samples), gazetteer)
    seconds = time.perf_counter() - start
    pairs = list(zip(samples, answers, strict=True))
    named = [(sample, answer) for sample, answer in pairs if sample.street]
    silent = [(sample, answer) for sample, answer in pairs if not sample.street]
    sure = [(sample, answer) for sample, answer in pairs if answer.street and answer.confidence >= 0.9]
    told = [(sample, answer) for sample, answer in named if sample.community]
    return Figures(
        named=len(named),
        right=sum(sample.street == answer.street for sample, answer in named),
        sure=len(sure),
        sure_wrong=sum(sample.street != answer.street for sample, answer in sure),
        silent=len(silent),
        silent_broken=sum(answer.street is not None for _, answer in silent),
        outside=sum(sample.outside for sample in samples),
        outside_found=sum(sample.outside and answer.outside for sample, answer in pairs),
        communities=len(told),
        communities_right=sum(sample.community == answer.community for sample, answer in told),
        seconds=seconds,
        mistakes=tuple(pair for pair in pairs if pair[0].street != pair[1].street),
    )


def run(n: int = 10_000, seed: int = 31):
    """A seed that nothing was tuned on."""
    figures = measure(n, seed)
    yield Row(
        f"right street, of {figures.named:,} addresses that name one",
        f"{figures.right_share:.2%}",
        "official names",
        None,
        "≥ 95 %",
        figures.right_share >= 0.95,
    )
    yield Row(
        f"wrong street, of {figures.sure:,} at confidence ≥ 0.9",
        f"{figures.sure_wrong_share:.2%}",
        "official names",
        None,
        "≤ 0.5 %",
        figures.sure_wrong_share <= 0.005,
    )
    yield Row(f"suggesting for {n:,} addresses", f"{figures.seconds:.2f} s", "", None, "≤ 5 s", figures.seconds <= 5)


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    outcome = measure(*(arguments or (10_000, 1)))
    print(
        f"right street {outcome.right_share:.2%}, wrong at >= 0.9 {outcome.sure_wrong_share:.2%}, {outcome.seconds:.2f} s"
    )
    print("mistakes by kind:", dict(Counter(sample.kind for sample, _ in outcome.mistakes)))
