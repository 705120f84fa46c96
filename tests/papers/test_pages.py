"""The papers as a printer sees them: LibreOffice sets them, and no paper spills over into a page of nothing."""

import re
import shutil
import subprocess

import pytest

from tests.papers.samples import SAMPLES, sample
from weihai_transfer.lib import documents

NEEDED = ("soffice", "pdfinfo", "pdftotext")
LACKING = [name for name in NEEDED if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)}")

# Longer than a page, by how much depends on the fonts of the machine.
LONG = ("agreement-1", "roster-1", "inventory-1", "bulletin-1")
BATCH = 3


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """{(template, number of papers): path of the PDF}, all set by one LibreOffice."""
    folder = tmp_path_factory.mktemp("papers")
    asked = [(template, count) for template in SAMPLES for count in (1, BATCH)]
    for template, count in asked:
        contexts = [sample(template, number=f"2026-DEMO01-例{at:04}") for at in range(1, count + 1)]
        (folder / f"{template}x{count}.docx").write_bytes(documents.render(template, contexts))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {(template, count): folder / f"{template}x{count}.pdf" for template, count in asked}


def pages_of(path):
    said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", said).group(1))


def texts_of(path):
    """What stands on each page."""
    said = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    return said.split("\f")[:-1]


@pytest.mark.parametrize("template", sorted(set(SAMPLES) - set(LONG)))
def test_a_form_is_one_sheet(template, printed):
    assert pages_of(printed[template, 1]) == 1


@pytest.mark.parametrize("template", sorted(set(SAMPLES) - {"card-1"}))
def test_each_paper_of_a_file_begins_on_a_page_of_its_own(template, printed):
    each = pages_of(printed[template, 1])
    texts = texts_of(printed[template, BATCH])
    assert len(texts) == BATCH * each
    assert all(text.strip() for text in texts)
    for at in range(BATCH):
        own = "".join(texts[at * each : (at + 1) * each])
        assert set(re.findall(r"2026-DEMO01-例\s?(\d{4})", own)) == {f"{at + 1:04}"}


def test_cards_share_a_page(printed):
    (page,) = texts_of(printed["card-1", BATCH])
    assert page.count("国有企业退休人员社会化管理联系卡") == BATCH


@pytest.mark.parametrize("template", LONG)
def test_pages_are_counted_anew_in_each_paper(template, printed):
    each = pages_of(printed[template, 1])
    found = [re.findall(r"—\s*(\d+)\s*—", text) for text in texts_of(printed[template, BATCH])]
    assert each > 1
    assert found == [[str(at % each + 1)] for at in range(BATCH * each)]


@pytest.mark.parametrize(("template", "heading"), [("roster-1", "身份证号"), ("inventory-1", "核收号")])
def test_the_heading_of_a_list_stands_on_every_page(template, heading, printed):
    assert all(heading in text for text in texts_of(printed[template, 1]))
