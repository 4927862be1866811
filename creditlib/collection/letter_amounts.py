"""Sums of money as people write them: 126,800.00, 12.68万元, RMB 1.2 million, 壹拾贰万元整."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Amount:
    """A sum found in a text; `step` is the smallest unit in which it was written."""

    value: Decimal
    step: Decimal
    start: int
    end: int
    sure: bool  # written as money, not just as a number

    def is_about(self, value: Decimal) -> bool:
        """Whether a value, rounded as this sum was, is this sum."""
        return abs(self.value - value) <= max(self.step / 2, Decimal("0.005"))


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNSURE = {"k", "m", "w", "mn", "thousand"}  # a scale only beside a currency


@cache
def writing() -> dict[str, dict]:
    """How sums and days are written, `letter_writing.toml`."""
    import tomllib

    source = files("creditlib.collection") / "letter_writing.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _figures() -> re.Pattern:
    money = writing()["money"]
    return re.compile(
        rf"(?<![a-z\d./#-])(?<!\d,)(?:(?P<before>{money['before']})[ :]*)?"
        rf"(?<![\d.])(?<!\d,)(?P<number>{_NUMBER})"
        rf"(?P<scale> ?(?:{money['scale']})(?![a-z]))?"
        rf"(?:(?P<more>\d{{1,4}})(?P<unit>[\u5343\u767e])?)?"
        rf"(?P<after> ?(?:{money['after']}))?(?!\d)",
        re.ASCII,
    )


@cache
def _not_money() -> re.Pattern:
    return re.compile(writing()["money"]["not_money"], re.ASCII)


def amounts(flat: str) -> list[Amount]:
    """Return the sums in a text read with `letter_text.read`, in order.

    >>> [str(one.value) for one in amounts("rmb 126,800.00, that is 12.68万元")]
    ['126800.00', '126800.00']
    """
    found = [
        one for match in _figures().finditer(flat) if (one := _in_figures(flat, match)) is not None
    ]
    found += _in_hanzi(flat) + _in_words(flat)
    found.sort(key=lambda one: one.start)
    return found


def _in_figures(flat: str, match: re.Match) -> Amount | None:
    number, mark = match["number"], (match["scale"] or "").strip()
    money = bool(match["before"] or match["after"])
    if mark in _UNSURE and not money:
        return None
    if not match["after"] and _not_money().match(flat, match.end()):
        return None
    scale = Decimal(writing()["scale"].get(mark, 1))
    value = Decimal(number.replace(",", "")) * scale
    places = len(number.partition(".")[2])
    step = scale.scaleb(-places) if mark else Decimal("0.01")
    if match["more"]:  # 12\u4e076800 and 12\u4e076\u5343
        unit = writing()["numerals"]["unit"].get(match["unit"], 1)
        value, step = value + Decimal(match["more"]) * unit, Decimal(unit)
    formatted = bool("," in number or mark) or (places == 2 and value >= 10)
    if not (money or formatted) and (value < 100 or number[0] == "0"):
        return None
    return Amount(value, step, match.start("number"), match.end(), money or formatted)


@cache
def _hanzi_pattern() -> re.Pattern:
    table = writing()["numerals"]
    signs = "".join([*table["digit"], *table["unit"], *table["large"]])
    return re.compile(rf"(?<![{signs}])[{signs}]{{2,}}[{table['yuan']}][{signs}{table['small']}]*")


def _in_hanzi(flat: str) -> list[Amount]:
    found = []
    for match in _hanzi_pattern().finditer(flat):
        value = hanzi_number(match.group())
        if value:
            found.append(Amount(value, Decimal("0.01"), match.start(), match.end(), True))
    return found


def hanzi_number(written: str) -> Decimal | None:
    """Return the number that hanzi write, with jiao and fen; None if it is not one.

    >>> str(hanzi_number("\\u58f9\\u62fe\\u8d30\\u4e07\\u5143\\u6574"))
    '120000'
    """
    table = writing()["numerals"]
    total = section = digit = Decimal(0)
    for sign in written:
        if sign in table["digit"]:
            digit = Decimal(table["digit"][sign])
        elif sign in table["unit"]:
            section += (digit or Decimal(1)) * table["unit"][sign]
            digit = Decimal(0)
        elif sign in table["large"]:
            total = (total + section + digit) * table["large"][sign]
            section = digit = Decimal(0)
        elif sign in table["yuan"]:
            total, section, digit = total + section + digit, Decimal(0), Decimal(0)
        elif sign in table["cents"]:
            total += digit * Decimal(table["cents"][sign])
            digit = Decimal(0)
    return total + section + digit or None


@cache
def _spelled() -> re.Pattern:
    word = "|".join(sorted([*writing()["words"], *writing()["large_words"]], key=len, reverse=True))
    return re.compile(rf"\b(?:{word})(?:(?:[ -]|, | and )+(?:{word}))+\b")


def _in_words(flat: str) -> list[Amount]:
    """Sums spelled out in English, from one thousand up; the cents behind them are not read."""
    words, large = writing()["words"], writing()["large_words"]
    found = []
    for match in _spelled().finditer(flat):
        total = section = 0
        for word in re.findall(r"[a-z]+", match.group()):
            if word in words:
                section += words[word]
            elif word == "hundred":
                section = max(section, 1) * 100
            elif word in large:
                total, section = total + max(section, 1) * large[word], 0
        if total + section >= 1_000:
            value = Decimal(total + section)
            found.append(Amount(value, Decimal(2), match.start(), match.end(), True))
    return found
