import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from handover import suggesting
from handover.suggestion import suggest

LARGEST = 50 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")


class Command(BaseCommand):
    help = "逐行判断地址属于哪个接收区市、镇（街道）和社区。只作建议，不写入任何数据。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="地址文件，一行一个地址，UTF-8 或 GBK 编码")
        parser.add_argument("--json", action="store_true", help="每个地址输出一行 JSON，代码为官方区划代码")

    def handle(self, *, file, **options):
        known = suggesting.divisions()
        if not known.office_of:
            raise CommandError("系统中没有单位和区划，不能判断。请先运行 manage.py prepare 导入基础数据。")
        show = _json_line if options["json"] else _table_line
        if not options["json"]:
            self.stdout.write("接收区市\t镇（街道）\t社区（村）\t把握\t依据\t地址")
        lines = [show(suggest(address, known.gazetteer), known) for address in _addresses(file)]
        if lines:
            self.stdout.write("\n".join(lines))


def _addresses(file):
    path = Path(file)
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"文件超过 {LARGEST >> 20} MB，没有读取。请分成几个文件后再判断。")
        content = path.read_bytes()
    except OSError as trouble:
        raise CommandError(f"不能读取文件 {file}：{trouble.strerror}。请核对路径和权限。") from trouble
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Not splitlines(): only an end of line ends an address, so that answers and lines stay one to one.
        return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")] if text else []
    raise CommandError("文件既不是 UTF-8 也不是 GBK 编码，没有读取。请另存为其中一种编码后再判断。")


def _json_line(one, known):
    answer = {
        "address": one.address,
        "area": one.area,
        "street": one.street,
        "community": one.community,
        "confidence": one.confidence,
        "words": one.words,
        "outside": one.outside,
    }
    return json.dumps(answer, ensure_ascii=False)


def _table_line(one, known):
    names = [str(known.office_of[code]) if code else "—" for code in (one.area, one.street, one.community)]
    if one.outside:
        names[0] = "市外"
    return "\t".join([*names, f"{one.confidence:.0%}", "、".join(one.words) or "—", one.address])
