"""A bulletin as a document: what the template is given, and its two charts. The same bulletin is the same bytes."""

import re

from django.utils import timezone

from oversight.models.bulletins import BLOCKS
from oversight.reports import charts, snapshot
from oversight.reports.columns import rate_words, shown_rate
from weihai_transfer.lib import documents, words

TEMPLATE = "bulletin-1"
BARS, LINE = "word/charts/chart1.xml", "word/charts/chart2.xml"
ISSUER = ("威海市推进国有企业退休人员", "社会化管理工作领导小组办公室")
NO_DAY, NO_NUMBER = "　　　　年　　月　　日", "第　　期"
NUMERALS = "一二三四五"
# So many characters of the title go on one line; a longer one ends its first line with these words.
ONE_LINE, BREAK = 20, "退休人员"
# （一） and the sentence that is its heading.
LEAD = re.compile(r"（[一二三四五六七八九十]+）[^。]*。?")
# As the columns of the template's tables follow each other; a text is a rate.
CELLS = (
    ("count", "due"),
    ("count", "accepted"),
    ("rate", "accepted"),
    ("rate", "covered"),
    ("count", "returned"),
    ("count", "members_due"),
    ("count", "members_receipted"),
    ("rate", "members"),
    ("count", "dossiers_due"),
    ("count", "dossiers_moved"),
    ("rate", "dossiers"),
    ("count", "problems_open"),
)


def printed(bulletin, *, operation=None):
    """The bytes of the .docx. `operation`: by which it is issued; a draft has neither number nor day of issue."""
    return documents.render(TEMPLATE, [context(bulletin, operation)], parts=drawn(snapshot.of(bulletin)))


def context(bulletin, operation=None):
    numbers = snapshot.of(bulletin)
    return {
        "number": bulletin.serial or f"{bulletin.month:%Y-%m} 草稿",
        "template": TEMPLATE,
        "operation": str(operation)[-12:] if operation else "—",
        "made_on": words.on_paper(timezone.localtime(bulletin.issued_at or bulletin.taken_at).date()),
        "serial": f"{bulletin.year}年第{bulletin.number}期" if bulletin.number else NO_NUMBER,
        "title": _title(bulletin.title),
        "addressees": bulletin.addressees.rstrip("：:"),
        "copied_to": bulletin.copied_to,
        "sections": sections(bulletin),
        "as_of": f"截至{words.on_paper(numbers.day)}",
        "areas": rows(numbers.areas),
        "enterprises": rows(numbers.enterprises),
        "issuer_1": ISSUER[0],
        "issuer_2": ISSUER[1],
        "printed_by": "领导小组办公室",
        "issued_on": words.on_paper(timezone.localdate(bulletin.issued_at)) if bulletin.issued_at else NO_DAY,
    }


def _title(words):
    """A long title breaks between its words (GB/T 9704 7.3.1)."""
    return words.replace(BREAK, f"{BREAK}\n", 1) if len(words) > ONE_LINE else words


def sections(bulletin):
    numbers = snapshot.of(bulletin)
    return [
        {
            "heading": f"{NUMERALS[at]}、{BLOCKS[name]}",
            "parts": [_part(line) for line in text.splitlines() if line.strip()],
            "with_trend": name == "overall" and len(numbers.trend) > 1,
            "with_rates": name == "areas" and bool(_rates(numbers)),
        }
        for at, (name, text) in enumerate(bulletin.blocks.items())
    ]


def _part(line):
    line = line.strip()
    lead = LEAD.match(line)
    return {"lead": lead.group() if lead else "", "text": line[lead.end() :] if lead else line}


def rows(cut):
    """The lines of a table, the total last."""
    return [{"label": one.label, "cells": cells(one)} for one in (*cut.lines, cut.total)]


def cells(line):
    return [rate_words(line.rate(code)) if kind == "rate" else words.shown(line.count(code)) for kind, code in CELLS]


def _rates(numbers):
    return [
        (one.label, shown_rate(one.rate("accepted"))) for one in numbers.areas.lines if one.key and one.count("due")
    ]


def drawn(numbers):
    trend = [(f"{day:%Y-%m}", number) for day, number in numbers.trend]
    return {BARS: charts.bars(_rates(numbers)), LINE: charts.line(trend)}
