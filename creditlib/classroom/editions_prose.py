"""What the prose of a page says in figures, links and punctuation, whatever its language."""

import re
from collections import Counter
from decimal import Decimal
from itertools import chain
from unicodedata import normalize

HAN = "\u4e00-\u9fff"
DIRECTIVE = re.compile(r"^[ \t]*(?:`{3,}|:{3,}|~{3,})[ \t]*\{([\w:-]+)\}", re.MULTILINE)
LABEL = re.compile(
    r"^\(([\w:-]+)\)=|^[ \t]*:(?:name|label):[ \t]*(\S+)|\$\$[ \t]*\(([\w:-]+)\)", re.MULTILINE
)
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
TARGET = re.compile(r"<([^<>]+)>\s*$")
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
# Roles whose text is an address, not prose.
ADDRESSES = {"doc", "ref", "numref", "eq", "download", "cite"}
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})(?!\s*\{).*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
NOT_PROSE = re.compile(
    r"<!--.*?-->|^[ \t]*%.*?$"  # comments
    r"|^\([\w:-]+\)=[ \t]*$|^[ \t]*:[\w-]+:.*?$"  # labels and options
    r"|^[ \t]*(?:`{3,}|:{3,}|~{3,})\{[\w:-]+\}|\{#?[.\w:= \"-]+\}(?!`)"  # directives, attributes
    r"|\[\^[^\]]*\]|https?://\S+|</?\w[^>]*>",  # footnotes, addresses, HTML
    re.MULTILINE | re.DOTALL,
)
MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$", re.DOTALL)
NUMBER = re.compile(r"(?<![A-Za-z_\d.])\d+(?:,\d{3})*(?!\d)(?:\.\d+)?")
ZH_SCALES = {"万亿": 12, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "万": 4}
EN_SCALES = {"thousand": 3, "million": 6, "billion": 9, "k": 3, "m": 6, "bn": 9}
SCALED = re.compile(
    rf"({NUMBER.pattern})\s?({'|'.join(ZH_SCALES)}|(?:thousand|million|billion)\b)"
    rf"|({NUMBER.pattern})(k|m|bn)\b",
    re.IGNORECASE,
)
# A figure in one edition may be a word in the other.
WORDS = (
    "zero none 零",
    "one first once january jan 一",
    "two second twice february feb 二 两",
    "three third march mar 三",
    "four fourth april apr 四",
    "five fifth may 五",
    "six sixth june jun 六",
    "seven seventh july jul 七",
    "eight eighth august aug 八",
    "nine ninth september sep 九",
    "ten tenth october oct 十",
    "eleven november nov 十一",
    "twelve december dec 十二",
)
HALF_WIDTH = re.compile(
    rf"[{HAN}][*_]*[,;:!?()\"](?!:)|(?<=\S)[,;:!?] ?[*_]*[{HAN}]|[(\"][*_]*[{HAN}]"
    rf"|[{HAN}]\.(?:\s|$)|\)[{HAN}]"
)


def directives(text: str) -> list[str]:
    """Return the kinds of the directives, in order.

    Exists for the exercise, figure or warning that one edition lacks.
    """
    return DIRECTIVE.findall(text)


def labels(text: str) -> list[str]:
    """Return the labels, in order.

    Exists for the reference that leads to the other edition's name for a place, or nowhere.
    """
    return [next(filter(None, groups)) for groups in LABEL.findall(text)]


def targets(text: str) -> Counter:
    """Return what the page refers to: pages, labels, glued numbers, files beside it.

    Exists for the link or the computed number that stands in one edition only.
    """
    found = Counter(LINK.findall(text))
    for role, content in ROLE.findall(text):
        if role in ADDRESSES or role.startswith("glue"):
            inner = TARGET.search(content)
            address = inner[1] if inner else content
            # A glued number may be shown in 亿 and in billions, each with decimals of its own.
            found[
                f"{role} {address.partition(':')[0] if role.startswith('glue') else address}"
            ] += 1
    return found


def terms_used(text: str) -> set[str]:
    """Return the words that the page takes from the glossary."""
    used = set()
    for role, content in ROLE.findall(text):
        if role == "term":
            inner = TARGET.search(content)
            used.add(inner[1] if inner else content)
    return used


def sections(text: str, line: int = 1) -> list[tuple[str, int, str]]:
    """Return the sections as heading marks, the line they begin at, and their text.

    >>> sections("# One\\na 1\\n## Two\\nb 2")
    [('#', 1, 'One\\na 1'), ('##', 3, 'Two\\nb 2')]
    """
    found: list[tuple[str, int, list[str]]] = [("", line, [])]
    for place, each in enumerate(_blanked(FENCE, text).splitlines(), line):
        if heading := HEADING.match(each):
            found.append((heading[1], place, [heading[2]]))
        else:
            found[-1][2].append(each)
    return [(mark, at, "\n".join(lines)) for mark, at, lines in found if mark or "".join(lines)]


def number_difference(zh: str, en: str) -> tuple[list[str], list[str]]:
    """Return the numbers that only the Chinese, and only the English text says.

    Exists for the threshold, date or amount mended in one edition only. Thousands separators,
    full-width digits, 万 against million, a word for a number up to twelve or for a month, the
    order of a date, and how often a number is said again do not count.

    >>> number_difference("2025年4月30日前，200 万元", "RMB 2 million by 30 April 2025")
    ([], [])
    >>> number_difference("逾期 90 天", "60 days past due")
    (['90'], ['60'])
    """
    said = [set(numbers(text)) for text in (zh, en)]
    return _unspoken(said[0] - said[1], en), _unspoken(said[1] - said[0], zh)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in plain figures, in order.

    >>> numbers("到 2025-04-30，共 1,234.50 元（１２％）；`x = 7`")
    ['2025', '4', '30', '1234.5', '12']
    """
    text = normalize("NFKC", prose(text))
    found: list[str] = []

    def scaled(match: re.Match) -> str:
        number, scale = filter(None, match.groups())
        found.append(_plain(number, (ZH_SCALES | EN_SCALES)[scale.lower()]))
        return " "

    rest = SCALED.sub(scaled, text)
    return [*chain((_plain(number) for number in NUMBER.findall(rest)), found)]


def prose(text: str) -> str:
    """Return what a reader reads of a text: no code, no addresses, no markup's own names."""
    text = FENCE.sub("", text)
    text = ROLE.sub(_spoken, text)
    text = re.sub(r"\]\([^)\n]*\)", "]", text)
    text = INLINE_CODE.sub("x", text)
    return NOT_PROSE.sub("", text)


def half_width(text: str) -> list[tuple[int, str]]:
    """Return the lines (from 0) where Chinese has half-width punctuation, and the first of it.

    Exists for the comma typed without switching the keyboard, which Chinese readers see at once.

    >>> half_width("逾期,90 天。`f(甲)`\\n额度(元)")
    [(0, '逾期,90'), (1, '额度(元)')]
    """
    text = _blanked(FENCE, text)
    text = ROLE.sub(lambda role: "字" + "\n" * role[0].count("\n"), text)
    text = _blanked(MATH, text)
    text = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1", text)
    text = INLINE_CODE.sub("x", text)
    text = _blanked(NOT_PROSE, text)
    return [
        (place, line[max(0, hit.start() - 2) : hit.end() + 2].strip())
        for place, line in enumerate(text.split("\n"))
        if (hit := HALF_WIDTH.search(line))
    ]


def _spoken(role: re.Match) -> str:
    if role[1].startswith("glue") or role[1] == "eq":
        return "x"
    named = TARGET.search(role[2])
    if named:
        return role[2][: named.start()]
    return "x" if role[1] in ADDRESSES else role[2]


def _unspoken(only_here: set[str], other: str) -> list[str]:
    """Return the numbers that the other text does not say in a word either."""
    other = prose(other).lower()
    left = []
    for number in sorted(only_here, key=Decimal):
        words = WORDS[int(number)].split() if number.isdigit() and int(number) < len(WORDS) else []
        if not any(re.search(_word(word), other) for word in words):
            left.append(number)
    return left


def _word(word: str) -> str:
    return word if re.match(f"[{HAN}]", word) else rf"\b{word}\b"


def _plain(number: str, scale: int = 0) -> str:
    value = Decimal(number.replace(",", "")).scaleb(scale).normalize()
    return f"{value:f}"


def _blanked(pattern: re.Pattern, text: str) -> str:
    return pattern.sub(lambda match: re.sub(r"[^\n]", "", match[0]), text)
