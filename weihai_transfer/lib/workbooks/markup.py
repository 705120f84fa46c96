"""XML without document types. expat in small pieces; nothing outside the bytes is ever fetched."""

from xml.parsers import expat

from weihai_transfer.lib.workbooks.refusal import Refused, damaged

_PROLOG_BYTES = 1024 * 1024
# The last two are encodings that Python does not know or that expat cannot use.
NOT_WELL_FORMED = (expat.ExpatError, LookupError, ValueError)


def guarded_parser(start=None):
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    return parser


def parse(pieces, start, end=None):
    """Feed all pieces to handlers. Anything that is not well formed is refused."""
    parser = guarded_parser(start)
    parser.EndElementHandler = end
    feed(parser, pieces)


def feed(parser, pieces):
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except NOT_WELL_FORMED as trouble:
        raise damaged() from trouble


def root_of(pieces):
    """Name and attributes of the outermost element. A document type can only stand before it."""
    found = []
    parser = guarded_parser(lambda name, attributes: found or found.append((local(name), attributes)))
    read = 0
    for piece in pieces:
        read += len(piece)
        try:
            parser.Parse(piece)
        except NOT_WELL_FORMED as trouble:
            if not found:
                raise damaged() from trouble
        if found:
            return found[0]
        if read > _PROLOG_BYTES:
            break
    raise damaged()


def local(name):
    return name.rpartition(":")[2]


def _refuse_document_type(*ignored):
    raise Refused(
        "document_type",
        "文件内部含有文档类型或实体声明，正常的表格软件不会生成这类内容，可能被人为改动。"
        "请把名册内容复制到新建的空白工作簿，保存后重新上传。",
    )
