"""Unified social credit codes by GB 32100-2015."""

# Without I, O, Z, S, V.
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(3**place % 31 for place in range(17))


def check_letter(first17):
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip(WEIGHTS, first17, strict=True))
    return LETTERS[-total % 31]


def fault(code):
    """What is wrong with the code, as a sentence; empty when it is right."""
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现为 {len(code)} 位。请对照营业执照核对。"
    if strays := "、".join(sorted(set(code) - set(LETTERS))):
        return (
            f"统一社会信用代码中不能有“{strays}”。代码由数字和大写字母组成，不使用 I、O、Z、S、V。请对照营业执照核对。"
        )
    if code[-1] != check_letter(code[:17]):
        return f"统一社会信用代码校验位不对，应为 {check_letter(code[:17])}。请对照营业执照核对后改正。"
    return ""
