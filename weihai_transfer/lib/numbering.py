"""Numbers upwards from a first one, as offices write them: 2026-0001, 示例〔2026〕0098号."""

import re

from weihai_transfer.lib.refusals import Refused


def numbers_from(start, count, *, longest):
    """`count` numbers upwards from `start`: its last run of digits counts, the text around it stays."""
    match = re.fullmatch(r"(.*?)(\d+)(\D*)", start.strip())
    if not match:
        if count > 1:
            raise Refused("起始编号中没有数字，不能依次编号，没有办理。请填写带数字的编号，如 2026-0001。")
        return [start.strip()]
    before, digits, after = match.groups()
    made = [f"{before}{int(digits) + step:0{len(digits)}}{after}" for step in range(count)]
    if made and len(made[-1]) > longest:
        raise Refused(f"编号超过 {longest} 个字，没有办理。请缩短起始编号。")
    return made
