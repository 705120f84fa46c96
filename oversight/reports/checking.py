"""Which numbers in a text are none of the snapshot. A draft has none of them; an editor may mistype, or type on purpose.

A number belongs to the area or enterprise that is named last before it in its sentence, else to the whole city. Dates,
numbers of documents and of bulletins are no figures; numbers written in Chinese characters are not looked at.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from oversight.counting.measures import RATES
from oversight.reports.columns import MONEY, RATE_CODES, points, rate_words
from weihai_transfer.lib.words import yuan

SENTENCE = re.compile(r"[^。\n]+")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
NO_FIGURE = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|〔\d{4}〕\d+号|第\d+[期号条]|\d{4}-\d\d-\d\d"
)
WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
# Where the numbers of several are told together, each may be of any of them.
TOGETHER = "分别"
DONE = Fraction(1)


@dataclass(frozen=True)
class Stray:
    """A number of no snapshot, with its sentence."""

    number: str
    sentence: str
    block: str = ""

    def __str__(self):
        return f"“{self.number}”（{self.sentence}）"


def strays(text, snapshot, block=""):
    lines = {one.label: one for cut in (snapshot.enterprises, snapshot.areas) for one in cut.lines}
    names = re.compile("|".join(re.escape(name) for name in sorted(lines, key=len, reverse=True)) or r"(?!)")
    whole, known = snapshot.total, {}

    def allowed(line):
        return known.setdefault(line.label, numbers_of(line, whole))

    found = []
    for sentence in SENTENCE.findall(text):
        # A day or the number of a document is no figure, nor is a digit in a name.
        plain = NO_FIGURE.sub(lambda one: "□" * len(one.group()), sentence.translate(WIDE))
        named = list(names.finditer(sentence))
        for number in NUMBER.finditer(plain):
            if any(one.start() <= number.start() < one.end() for one in named):
                continue
            before = [one for one in named if one.end() <= number.start()][-1:]
            owners = [lines[one.group()] for one in (named if TOGETHER in plain else before)]
            if not any(number.group().replace(",", "") in allowed(one) for one in [whole, *owners]):
                found.append(Stray(number.group(), sentence.strip(), block))
    return found


def numbers_of(line, whole):
    """Every number that a sentence about `line` may say, as it is written without thousands and signs."""
    found = {f"{abs(value)}" for value in (*line.counts.values(), *line.changes.values()) if value is not None}
    for code in MONEY:
        if line.count(code) is not None:
            found.add(yuan(line.count(code)).split(" ")[0].replace(",", ""))
    for code in RATE_CODES:
        left = line.left(RATES[code].whole, RATES[code].done)
        if left is not None:
            found.add(f"{abs(left)}")
    for code, rate in line.rates.items():
        if rate is not None:
            found.add(rate_words(rate))
            others = (line.earlier.get(code), whole.rate(code), DONE)
            found |= {f"{abs(points(rate, other))}" for other in others if other is not None}
    return found
