"""A hundred introduction letters in one file: our templates against python-docx writing the same words bare.

The floor has no template, no table of kinds and no escaping to do: paragraphs are added one by one and saved.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from docx import Document

from bench.table import Row, best_of, watch
from weihai_transfer.lib import documents, numerals

LETTERS = int(os.environ.get("BENCH_LETTERS", 100))
MANY = 5 * LETTERS
GOAL_SECONDS, GOAL_MB = 2, 40


def letters(count):
    """Contexts of letter-1, as party.papers gives them."""
    said = {
        "name": "王示例",
        "sex": "男",
        "id_number": "371002196603121018",
        "ethnic_group": "汉族",
        "age": "60",
        "member_phone": "19900010001",
        "probationary": False,
        "addressee": "中共威海市环翠区竹岛街道工作委员会（示例）",
        "from_organisation": "中共示例机电集团有限公司第一分厂支部委员会",
        "to_organisation": "中共威海市环翠区竹岛街道示例社区支部委员会",
        "dues_until": "贰零贰陆年零陆月",
        "valid_days": numerals.capital(90),
        "issued_on": "2026年11月23日",
        "valid_until": "2027年2月21日",
        "sender": "中共示例机电集团有限公司委员会",
        "sender_address": "威海市环翠区示例路1号",
        "sender_phone": "0631-5231234",
        "sender_fax": "0631-5231235",
        "sender_postcode": "264200",
        "replaces": "",
        "template": "letter-1",
        "operation": "7f3a9c21e04b",
        "made_on": "2026年11月23日",
    }
    return [{**said, "number": f"2026-DEMO01-例{at:04}"} for at in range(1, count + 1)]


def bare(contexts):
    document = Document()
    for said in contexts:
        for value in (*said.values(), *said.values()):
            document.add_paragraph(str(value))
        document.add_page_break()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def run():
    contexts = letters(LETTERS)
    ours = best_of(3, lambda: documents.render("letter-1", contexts))
    floor = best_of(3, lambda: bare(contexts))
    yield Row(
        f"{LETTERS} introduction letters in one file",
        f"{ours:.2f} s",
        f"bare python-docx {floor:.2f} s",
        ours / floor,
        "≤ 2 × the floor",
        ours <= 2 * floor,
    )
    seconds, grown = map(float, subprocess.check_output([sys.executable, "-m", "bench.papers"]).split())
    yield Row(
        f"{MANY} letters in one file, seconds and memory on top",
        f"{seconds:.2f} s, {grown:.0f} MB",
        "",
        None,
        f"≤ {GOAL_SECONDS} s, ≤ {GOAL_MB} MB",
        seconds <= GOAL_SECONDS and grown <= GOAL_MB,
    )


def peak_mb():
    """Of this process alone: getrusage begins with the peak of the process that started this one."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


if __name__ == "__main__":
    # A process of its own: elsewhere the peak of what was measured before would hide this one's.
    documents.render("letter-1", letters(1))
    before = peak_mb()
    with watch() as one:
        documents.render("letter-1", letters(MANY))
    print(one.seconds, peak_mb() - before)
