"""Code 128 (ISO/IEC 15417), sets B and C, as SVG: enough for check numbers that a hand scanner reads from a list."""

# Widths of bars and spaces of each symbol, from value 0 on; then the stop.
WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
).split()
STOP = "2331112"
CODE_C, CODE_B, START_B, START_C = 99, 100, 104, 105
QUIET = 10


def values(text):
    """The symbol values of a text with start and check symbol: runs of at least four digits in pairs, the rest singly."""
    if not text or not all(" " <= one <= "~" for one in text):
        raise ValueError("Code 128 set B holds printable ASCII alone")
    found, at, in_c = [], 0, False
    while at < len(text):
        digits = _digits_from(text, at)
        pairs = digits - digits % 2
        # Inside a text a change of set pays from six digits on, at its beginning or end from four.
        wanted = pairs >= 2 if in_c else pairs >= (4 if at == 0 or at + digits == len(text) else 6)
        if not found:
            found.append(START_C if wanted else START_B)
        elif wanted != in_c:
            found.append(CODE_C if wanted else CODE_B)
        in_c = wanted
        if in_c:
            found += [int(text[place : place + 2]) for place in range(at, at + pairs, 2)]
            at += pairs
        else:
            found.append(ord(text[at]) - 32)
            at += 1
    return [*found, (found[0] + sum(place * value for place, value in enumerate(found[1:], 1))) % 103]


def _digits_from(text, at):
    end = at
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - at


def modules(text):
    """The pattern as a string of 1 (bar) and 0 (space), without quiet zones."""
    widths = "".join(WIDTHS[value] for value in values(text)) + STOP
    return "".join(("1" if place % 2 == 0 else "0") * int(width) for place, width in enumerate(widths))


def bars(text):
    """[(x, width)] of the bars in modules, the left quiet zone included."""
    found, pattern = [], modules(text)
    at = 0
    while at < len(pattern):
        end = at
        while end < len(pattern) and pattern[end] == pattern[at]:
            end += 1
        if pattern[at] == "1":
            found.append((QUIET + at, end - at))
        at = end
    return found


def width(text):
    """The whole width in modules, with both quiet zones."""
    return len(modules(text)) + 2 * QUIET


def path(text, height):
    """The bars as one SVG path of rectangles, the least that a page of hundreds of codes can carry."""
    return "".join(f"M{x} 0h{w}v{height}h-{w}z" for x, w in bars(text))
