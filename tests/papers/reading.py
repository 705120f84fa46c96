"""What stands in a paper."""

import io

from docx import Document


def text_of(data):
    """All that stands in the document, tables and frames too, a line for each paragraph."""
    body = Document(io.BytesIO(data)).element.body
    lines = []
    for paragraph in body.iter("{*}p"):
        parts = (node.text or "" if node.tag.endswith("}t") else "\n" for node in paragraph.iter("{*}t", "{*}br"))
        lines.append("".join(parts))
    return "\n".join(lines)
