"""Style sheets without the rules that no page needs: three quarters less for a reader to fetch."""

import re
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[\w-]+")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
COMMA = re.compile(r",(?![^()]*\))")
WOFF2 = re.compile(r"url\([^)]*\.woff2\) format\(\"woff2\"\),")
ICON = re.compile(r"\\([ef][0-9a-f]{3})")
ICON_FONT = Path("vendor", "fontawesome", "webfonts", "fa-solid-900.ttf")
# What must not be taken for the end of a rule: texts and comments; then the signs that are one.
PIECE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|[{};]", re.DOTALL)


def slim_styles(site: Path) -> None:
    """Drop the rules, and the icons, for classes that no page and no script of the site names."""
    readers = [*site.rglob("*.html"), *site.rglob("*.js")]
    known = {word for file in readers for word in WORD.findall(file.read_text(encoding="utf-8"))}
    icons = set()
    for sheet in site.rglob("*.css"):
        style = WOFF2.sub("", needed_rules(sheet.read_text(encoding="utf-8"), known))
        icons |= set(ICON.findall(style))
        sheet.write_text(style, encoding="utf-8")
    _slim_icon_font(site / "_static" / ICON_FONT, icons)


def needed_rules(style: str, known: set[str]) -> str:
    """Return a style sheet without the rules for classes that are not among the `known` words.

    >>> needed_rules(".a,.b{color:red} @media print{.b{top:0}} p.a:not(.b){top:1px}", {"a"})
    '.a{color:red}p.a:not(.b){top:1px}'
    """
    kept = []
    for head, body in _rules(style):
        if body is None:
            kept.append(head)
        elif head.startswith(("@media", "@supports")):
            inner = needed_rules(body, known)
            kept.append(f"{head}{{{inner}}}" if inner else "")
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        else:
            selectors = [each for each in COMMA.split(head) if _may_match(each, known)]
            kept.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(kept)


def _rules(style: str) -> Iterator[tuple[str, str | None]]:
    """Yield the outermost rules as head and body; the body is None for a statement."""
    depth = start = opened = 0
    for piece in PIECE.finditer(style):
        if piece[0] == "{":
            opened = opened if depth else piece.start()
            depth += 1
        elif piece[0] == "}":
            depth -= 1
            if depth == 0:
                yield style[start:opened].strip(), style[opened + 1 : piece.start()]
                start = piece.end()
        elif piece[0] == ";" and depth == 0:
            yield style[start : piece.end()].strip(), None
            start = piece.end()
        elif piece[0].startswith("/*") and not style[start : piece.start()].strip():
            start = piece.end()


def _may_match(selector: str, known: set[str]) -> bool:
    plain = re.sub(r":not\([^()]*\)", "", selector)
    return "(" in plain or all(name in known or "\\" in name for name in CLASS.findall(plain))


def _slim_icon_font(font: Path, icons: set[str]) -> None:
    from fontTools import subset

    small = font.with_suffix(".small")
    subset.main([str(font), f"--unicodes={','.join(sorted(icons))}", f"--output-file={small}"])
    small.replace(font)
    for heavy in font.parent.glob("*.woff2"):
        heavy.unlink()
