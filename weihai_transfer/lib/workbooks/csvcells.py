"""Text in csv cells that a spreadsheet would run as a formula, made harmless and read back unchanged."""

import re

_DANGEROUS = re.compile(r"'*(?:[ \u3000]*[=+\-@＝＋－＠]|[\t\r\n])")


def safe_csv_cell(text):
    """A leading apostrophe where needed. Every text that already looks escaped is escaped again, so it comes back."""
    return "'" + text if _DANGEROUS.match(text) else text


def unquoted(text):
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text, 1) else text


def is_dangerous(text):
    return _DANGEROUS.match(text) is not None
