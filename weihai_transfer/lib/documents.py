"""Official papers: what is to be said, set into a Word template of templates/papers, one paper after the other.

Templates are our own files (`python -m tools.papers` lays them out); the text that goes into them is not ours. So the
environment is sandboxed, escapes everything, and a value that is missing is an error and no empty line on a paper.
"""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from xml.parsers import expat

from django.conf import settings
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from weihai_transfer.lib import bulk
from weihai_transfer.lib.words import on_paper

AT_ONCE = 50

NAME = re.compile(r"[a-z]+-[1-9]\d*")
# What no XML file may hold, half characters, and the characters that docxtpl takes for orders (new paragraph, new page).
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
# The same paper is the same bytes, on whatever day it is printed.
NO_DAY = (1980, 1, 1, 0, 0, 0)


def printable(value):
    """A value as it stands on paper: dates in Chinese, nothing for None, line ends kept, what cannot be printed left out."""
    if value is None:
        return ""
    if isinstance(value, date):
        return on_paper(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return UNPRINTABLE.sub("", LINE_END.sub("\n", str(value)).replace("\t", " "))


class Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj, attribute):
        """paper.items is what is said under "items", never a method of the dictionary."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined, finalize=printable)
# Room for the pen where something is not known: {{ paper.contact or BLANK }}.
ENVIRONMENT.globals = {"BLANK": "\u3000" * 6}


def render(template, contexts, *, parts=None):
    """The bytes of one .docx that holds a paper for each context, in order. `template` names its version: "letter-1".

    `parts`: {name in the package: bytes} of what is drawn anew for this file and has a place in the template, a chart.
    """
    if not NAME.fullmatch(template):
        raise ValueError(f"no name of a template: {template}")
    contexts = list(contexts)
    if not contexts:
        raise ValueError("no paper to print")
    made, drawn = io.BytesIO(), parts or {}
    with zipfile.ZipFile(path_of(template)) as source, zipfile.ZipFile(made, "w") as target:
        if unknown := set(drawn) - set(source.namelist()):
            raise ValueError(f"{template} has no place for {unknown}")
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with target.open(entry, "w") as part:
                if name == "word/document.xml":
                    _write_body(part, source.read(name).decode(), template, contexts)
                else:
                    part.write(drawn.get(name) or source.read(name))
    return made.getvalue()


def path_of(template):
    return Path(settings.BASE_DIR) / "templates" / "papers" / f"{template}.docx"


def _write_body(part, frame, template, contexts):
    """The template's own document with its body set anew, some papers at a time: five hundred papers as one tree of XML
    would take a web process to its limit."""
    head, tail = frame[: frame.index("<w:body>")], frame[frame.index("</w:body>") + len("</w:body>") :]
    part.write(f"{head}<w:body>".encode())
    document, left = DocxTemplate(path_of(template)), len(contexts)
    for chunk in bulk.chunks(contexts, AT_ONCE):
        left -= len(chunk)
        document.render_init()
        body = document.build_xml({"papers": chunk, "more": left > 0}, ENVIRONMENT)
        # Whatever was said in the papers, a file that Word cannot open is not handed out.
        expat.ParserCreate().Parse(body.encode(), True)
        # The last section's page belongs to the whole file.
        inner = body[body.index(">") + 1 : body.rindex("<w:sectPr")]
        part.write(inner.encode())
    part.write(f"{body[body.rindex('<w:sectPr') : body.rindex('</w:body>')]}</w:body>{tail}".encode())
