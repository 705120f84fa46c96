"""Lays out the Word templates of templates/papers.

    python -m tools.papers [FOLDER]

A template that has been used is never changed: papers are printed again from the version under which they were made.
Change a layout by adding the next version beside it ("letter-2").
"""

import sys
from pathlib import Path

from tools.papers import agreement, bulletin, lists, money, notes, party, persons

TEMPLATES = {
    "agreement-1": agreement.agreement,
    "roster-1": lists.roster,
    "inventory-1": lists.inventory,
    "confirmation-1": persons.confirmation,
    "introduction-1": persons.introduction,
    "card-1": persons.card,
    "notice-1": notes.notice,
    "missing-1": notes.missing,
    "fee-1": notes.fee,
    "letter-1": party.letter,
    "lump-1": money.reckoning,
    "lumpagreement-1": money.agreement,
    "bulletin-1": bulletin.bulletin,
}
FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "papers"


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, lay_out in TEMPLATES.items():
        (folder / f"{name}.docx").write_bytes(lay_out())
        print(folder / f"{name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
