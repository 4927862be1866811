"""What amounts are counted in: 万元, '000, thousands, as titles and headings say it."""

import re
import unicodedata
from functools import cache

from creditlib.data.ledger.rules import currency_of, rules


@cache
def unit_of(words: str) -> float | None:
    """What a piece of a title or heading says that amounts are counted in; None if nothing.

    1.0 is said too (元, yuan): a heading in 元 counts before a title in 万元.

    >>> unit_of("人民币万元"), unit_of("in thousands of USD"), unit_of("元"), unit_of("K-12")
    (10000.0, 1000.0, 1.0, None)
    """
    words = _low(words)
    chinese = re.fullmatch(_chinese(), re.sub(r"\s+", "", words))
    if chinese:
        if chinese["scale"]:
            return float(rules()["unit"]["scale"][chinese["scale"]])
        # 元 and 人民币元 say one yuan; 美元 only says which currency.
        whole = rules()["unit"]["one"] in words and currency_of(words) in ("", "CNY")
        return 1.0 if whole else None
    inside = re.search(rules()["unit"]["in_words"], words)
    if inside:
        return float(rules()["unit"]["word"][inside[1]])
    known, fillers = rules()["unit"]["word"], rules()["unit"]["fillers"]
    tokens = [
        token
        for token in re.findall(r"'?\d+'?s?|[^\W\d_]+|[$€£¥]", words)
        if token not in fillers and not currency_of(token)
    ]
    if len(tokens) == 1 and tokens[0] in known and re.fullmatch(r"[\w\s'$€£¥,.:]*", words):
        return float(known[tokens[0]])
    return None


@cache
def unit_at_end(heading: str) -> str:
    """The heading without a unit behind its name: "amount" of "Amount in thousands"."""
    words = _low(heading).strip()
    shorter = re.sub(rf"[\s:/\-]*(?:\bin\s+)?(?:{rules()['unit']['ends']})$", "", words)
    return shorter if shorter and shorter != words else ""


def may_be_unit(words: str) -> bool:
    """Whether a text has a word such as 万元 or thousand in it."""
    return bool(re.search(rules()["unit"]["doubtful"], _low(words)))


def _low(words: str) -> str:
    return (
        unicodedata.normalize("NFKC", words).lower().replace("\u2019", "'").replace("\u2018", "'")
    )


@cache
def _chinese() -> str:
    """以人民币万元列示, 万美元, 千元, 元: a scale, a currency before or behind, words around."""
    names = sorted(
        (word for code, entry in rules()["currency"].items() if code != "cues" for word in entry),
        key=len,
        reverse=True,
    )
    money = "|".join(map(re.escape, names))
    unit = rules()["unit"]
    scales = "|".join(sorted(unit["scale"], key=len, reverse=True))
    return (
        rf"{unit['before']}(?P<before>{money})?(?P<scale>{scales})?"
        rf"(?P<after>{money}|{unit['one']})?{unit['behind']}"
    )
