"""The rules in `headings.toml`, ready to be looked up."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pandas as pd

OPEN_ENDED = 10_000  # days: the last bucket has no end
NEAR = 6  # days between a year of 360 days and one of 365, and the day after it


@cache
def rules() -> dict:
    """Return the file's tables as they stand."""
    source = Path(__file__).with_name("headings.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def plain(words: str) -> str:
    """A heading or label without case, width, blanks and punctuation.

    >>> plain("Invoice No. ")
    'invoiceno'
    """
    words = unicodedata.normalize("NFKC", words).lower()
    return re.sub(r"[\s_.:;,*'\"`/\\\-]+", "", words)


def bracketed(words: str) -> tuple[str, str]:
    """Part a heading from what stands in brackets: ("Amount", "USD") of "Amount (USD)"."""
    words = unicodedata.normalize("NFKC", words)
    inside = re.findall(r"[(\[{]([^)\]}]*)[)\]}]?", words)
    return re.sub(r"[(\[{][^)\]}]*[)\]}]?", "", words), " ".join(inside)


@cache
def lookup(table: str) -> dict[str, tuple[str, int]]:
    """Of a table of lists: plain word → (its entry, its place in the list)."""
    found: dict[str, tuple[str, int]] = {}
    for entry, words in rules()[table].items():
        if isinstance(words, list) and entry != "cues":
            for place, word in enumerate(words):
                found.setdefault(plain(word) or word, (entry, place))
    return found


@cache
def currency_of(words: str) -> str:
    """The ISO code of a currency named by `words`, or "".

    >>> currency_of("US$")
    'USD'
    """
    words = unicodedata.normalize("NFKC", words).strip().lower()
    found = lookup("currency").get(plain(words) or words)
    return found[0] if found else ""


@cache
def labels(table: str, entry: str) -> frozenset[str]:
    """The plain words of one entry."""
    return frozenset(plain(word) or word for word in rules()[table][entry])


def starts(words: pd.Series, table: str, entry: str) -> pd.Series:
    """Which of some lower-case texts begin with a word of the entry."""
    prefixes = tuple(word.lower() for word in rules()[table][entry])
    return words.str.startswith(prefixes)


@cache
def bucket_of(heading: str) -> tuple[int, int] | None:
    """First and last day of an ageing column; (0, 0) is what is not due; None: no bucket.

    >>> bucket_of("61-90 days"), bucket_of("> 90")
    ((61, 90), (91, 10000))
    """
    bucket = rules()["bucket"]
    words = unicodedata.normalize("NFKC", heading).lower()
    words = re.sub(r"\s+", "", words)
    for sign, months in bucket["half_year"].items():
        words = words.replace(sign, months)
    for sign, digit in bucket["numerals"].items():
        words = re.sub(bucket["numeral"].replace("{sign}", sign), str(digit), words)
    if words in {re.sub(r"\s+", "", word) for word in bucket["not_due"]}:
        return 0, 0
    if words in bucket["older"]:
        return OPEN_ENDED - 1, OPEN_ENDED
    lead, tail = (re.sub(r"\s+", "", bucket[name]) for name in ("lead_words", "tail_words"))
    units = f"(?:{bucket['day_words']}|{bucket['month_words']}|{bucket['year_words']})"
    single = bucket["single_month"].format(n=r"\d+", months=bucket["month_words"])
    if re.match(single, words):
        months = int(re.match(r"\d+", words)[0])
        return months * 30 + 1, months * 30 + 30
    for kind in ("between", "up_to", "over"):
        for pattern in bucket[kind]:
            # str.format would stumble over the braces of a regular expression.
            regex = pattern.replace("{n}", r"\d+").replace("{unit}", units).replace("{lead}", lead)
            regex = regex.replace("{tail}", tail)
            match = re.match(regex, words)
            if match:
                return _days(kind, words, [int(day) for day in match.groups()], bucket)
    outside, inside = bracketed(heading)
    return bucket_of(outside) if inside and outside.strip() else None


def in_order(buckets: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Buckets by place, with the day on which one without an end ("older", 90+) begins.

    It begins the day after the bucket before it, where it does not say so itself: "older" says
    nothing, and 91+ or a year of 360 days miss by a few days. Past due begins on the first day.

    >>> in_order({2: (0, 0), 3: (0, 30), 4: (31, 60), 5: (9_999, 10_000)})
    {2: (0, 0), 3: (1, 30), 4: (31, 60), 5: (61, 10000)}
    """
    found = {
        place: days if days == (0, 0) else (max(days[0], 1), days[1])
        for place, days in buckets.items()
    }
    closed = [last for _, last in found.values() if last < OPEN_ENDED]
    after = max(closed, default=0) + 1
    for place, (first, last) in found.items():
        if last == OPEN_ENDED and (first == OPEN_ENDED - 1 or abs(first - after) <= NEAR):
            found[place] = (after, last)
    return found


def _days(kind: str, words: str, ends: list[int], bucket: dict) -> tuple[int, int]:
    per = 1
    for unit, days in (("year_words", 365), ("month_words", 30)):
        if re.search(rf"\d{bucket[unit]}", words):
            per = days
    if per > 1 and kind == "between":  # 1-2 years begins on the day after a year
        return ends[0] * per + 1, ends[1] * per
    if kind == "between":
        return ends[0], ends[1]
    if kind == "up_to":
        return 1, ends[0] * per
    return ends[0] * per + 1, OPEN_ENDED
