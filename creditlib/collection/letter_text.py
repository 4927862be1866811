"""A letter made ready for reading: one width, one case, wrapped lines joined, cut into sentences.

Every sign of the reading knows where it stood in the letter, so that a finding can point there.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_HANZI = re.compile(r"[\u3400-\u9fff]")
_SIGNS = {  # what normalisation leaves apart and a reader does not
    **dict.fromkeys("“”„‟«»「」『』＂", '"'),
    **dict.fromkeys("‘’‚‛`´", "'"),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("·•●▪■◆", "-"),
    **dict.fromkeys("〔【［〖", "["),
    **dict.fromkeys("〕】］〗", "]"),
    "．": ".",
    "…": ".",
    "\t": " ",
    "\u200b": "",
    "\ufeff": "",
    "\r": "",
}
_ENDS = re.compile(r"[。！？!?；;：:.]\s*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:co|ltd|inc|corp|no|nos|art|arts|mr|mrs|ms|dr|st|ref|tel|fax|acc|a/c|attn|encl?|dept"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|cl|sec|para|approx|incl|viz|e\.g|i\.e|p\.p"
    r"|messrs|div|min|max|vs)|\b[a-z]|^\s*\d+)\.$"
)
_STOP = re.compile(r"[。!?;\n]+|\.(?=\s|$)")
LONGEST = 1_000  # signs of a sentence; what runs on without a stop is cut there
_GOES_ON = re.compile(
    r"\b(?:by|of|the|on|to|rmb|cny|usd|at|and|or|for|before|than|account|dated|due|from|invoice|a|an|in"
    r"|with|our|your|is|are|was|be|that|under|until|no|number|contract)$"
)
_FRESH = re.compile(r"\s*(?:[-*+(\[|]|\d{1,2}[.)\u3001:]|[a-z]{1,12} ?:|[\u3400-\u9fff]{1,8}:)")


class Span(NamedTuple):
    """A stretch of the reading, from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The letter as it is read; `origin[i]` is where sign `i` of `flat` stood in `raw`."""

    raw: str
    flat: str
    origin: tuple[int, ...]
    lang: str

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences and the lines of lists, in order."""
        spans, start = [], 0
        for stop in (*_STOP.finditer(self.flat), None):
            end = stop.end() if stop else len(self.flat)
            last = max(start, end - 12)  # no abbreviation is longer
            if stop and stop.group() == "." and _ABBREVIATION.search(self.flat, last, end):
                continue
            spans += [Span(one, min(one + LONGEST, end)) for one in range(start, end, LONGEST)]
            start = end
        return tuple(span for span in spans if self.flat[span.start : span.end].strip())

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines, those that only a narrow page broke joined again."""
        spans, start = [], 0
        for line in self.flat.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(span for span in spans if self.flat[span.start : span.end].strip())

    def number(self, place: int) -> int | None:
        """Which of the sentences stands around a place, None if none does."""
        before = bisect_right(self.sentences, (place, len(self.flat) + 1)) - 1
        return before if before >= 0 and place < self.sentences[before].end else None

    def sentence(self, place: int) -> Span:
        """The sentence around a place."""
        number = self.number(place)
        return Span(place, place) if number is None else self.sentences[number]

    def told(self, span: tuple[int, int]) -> str:
        """The words of a span as they are read."""
        return self.flat[span[0] : span[1]]

    def back(self, start: int, end: int) -> Span:
        """Where a stretch of the reading stood in the letter."""
        if not self.origin or start >= end:
            return Span(0, 0)
        return Span(self.origin[start], self.origin[end - 1] + 1)


def read(letter: str, lang: str | None = None) -> Reading:
    """Return the reading of a letter; the language is that of most of its words if not given.

    >>> read("请于２０２５年１２月３１日前付款。").flat
    '请于2025年12月31日前付款。'
    """
    if lang is None:
        lang = language_of(letter)
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(letter):
        known = _SIGNS.get(sign)
        known = unicodedata.normalize("NFKC", sign) if known is None else known
        if known.isdigit() and not sign.isdecimal() and unicodedata.category(sign) == "No":
            known = f"({known})"  # a number in a circle is none of the number behind it
        for part in known.lower():
            signs.append(part)
            origin.append(place)
    return _joined("".join(signs), origin, letter, lang)


def language_of(letter: str) -> str:
    """Return zh or en: a hanzi says about as much as a third of an English word.

    >>> language_of("Dear Sirs, 云岫机电 writes to you about an unpaid invoice.")
    'en'
    """
    hanzi = len(_HANZI.findall(letter))
    words = len(re.findall(r"[A-Za-z]{3,}", letter))
    return "zh" if hanzi > 2 * words else "en"


def _joined(flat: str, origin: list[int], raw: str, lang: str) -> Reading:
    """Join the lines that only a narrow page broke; drop spaces between hanzi."""
    lines = flat.split("\n")
    widest = max(map(len, lines))
    kept: list[str] = []
    places: list[int] = []
    start = 0
    for number, line in enumerate(lines):
        kept.extend(line)
        places.extend(origin[start : start + len(line)])
        start += len(line)
        if number < len(lines) - 1:
            if not _wrapped(line, lines[number + 1], widest):
                kept.append("\n")
                places.append(origin[start])
            elif not (_HANZI.match(line.rstrip()[-1]) or _HANZI.match(lines[number + 1].lstrip())):
                kept.append(" ")
                places.append(origin[start])
            start += 1
    text = "".join(kept)
    loose = {  # spaces between hanzi: 律 师 函
        place
        for gap in re.finditer(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", text)
        for place in range(*gap.span())
    }
    if loose:
        places = [origin for place, origin in enumerate(places) if place not in loose]
        text = "".join(sign for place, sign in enumerate(text) if place not in loose)
    return Reading(raw, text, tuple(places), lang)


def _wrapped(line: str, following: str, widest: int) -> bool:
    """Whether a line goes on in the next one."""
    line, following = line.rstrip(), following.strip()
    if not line or not following or _ENDS.search(line) or _FRESH.match(following):
        return False
    if line[-1] in ",、" and not re.search(r"(?:dear|sirs?|team|regards|faithfully)[^.]*,$", line):
        return bool(len(line) > 20)
    hanzi = bool(_HANZI.match(line[-1]))
    if not hanzi and len(line) > 30 and _GOES_ON.search(line):
        return True
    word = 1 if hanzi else len(following.split()[0])
    if 28 < widest < 90 and len(line) > 24 and len(line) + word >= widest:
        return True  # the next word would not have fitted
    long = 18 if hanzi else 45
    if (
        len(line) < max(long, 0.75 * min(widest, 90))
        or line[-1].isdigit()
        or line.endswith("\u5143")
    ):
        return False
    return bool(_HANZI.match(following) if hanzi else re.match(r"[a-z\"(]", following))
