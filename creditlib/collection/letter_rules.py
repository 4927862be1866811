"""The rules of a review as data, and when a match of one is no offence.

`letter_rules_zh.toml` and `letter_rules_en.toml` hold patterns. In them `~20` is a gap of up to
twenty signs inside a sentence, and `<you>` is the word list of that name. A rule `a & b & c` is
met where all its parts stand near each other in one sentence, in any order; `!! d` behind it rules
out sentences with d. A match does not count if the writer rules the thing out (“we will not …”),
reports what the debtor said, or warns of it. Of an offence `plain` holds what shows it alone, and
`conduct` signs of which one is not enough: words that harmless letters use as well.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from creditlib.collection.letter_text import LONGEST, Reading, Span

_REACH = {"zh": 60, "en": 150}  # signs between the parts of a rule
_NEAR = 16  # signs between a match and what makes it harmless
_TOLD = {"disclosure", "personal_account"}
_STOPS = ("。", "\n", "!", "?", ";", ". ")
_GAP = {"zh": r"[^。!?;\n]", "en": r"(?:[^.!?;\n]|\.(?=[^\s]))"}


class Meeting(NamedTuple):
    """Where the parts of a rule stand together, in order of the letter."""

    places: tuple[tuple[int, int], ...]

    def span(self) -> tuple[int, int]:
        """From the first part to the last."""
        return self.places[0][0], max(end for _, end in self.places)


@dataclass(frozen=True)
class Together:
    """Patterns that must all match within `reach` signs of one sentence, in any order."""

    parts: tuple[re.Pattern, ...]
    unless: re.Pattern | None
    reach: int

    def finditer(self, flat: str) -> Iterator[Meeting]:
        """Every place of the first part that the other parts stand near."""
        others = None
        for first in self.parts[0].finditer(flat):
            if others is None:
                others = [[one.span() for one in part.finditer(flat)] for part in self.parts[1:]]
                if not all(others):
                    return
            start, end = _sentence(flat, *first.span())
            if self.unless and self.unless.search(flat, start, end):
                continue
            near = [self._nearest(first.span(), spans, start, end) for spans in others]
            if None not in near:
                yield Meeting(tuple(sorted([first.span(), *near])))

    def _nearest(self, place, spans, start: int, end: int) -> tuple[int, int] | None:
        first = bisect_left(spans, place[0] - self.reach, key=lambda one: one[1])
        beyond = bisect_right(spans, place[1] + self.reach, key=lambda one: one[0])
        near = [
            one
            for one in spans[first:beyond]
            if start <= one[0] and one[1] <= end and (one[1] <= place[0] or one[0] >= place[1])
        ]
        return min(near, key=lambda one: abs(one[0] - place[0]), default=None)


def _sentence(flat: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, cut at every stop."""
    first, beyond = max(0, start - LONGEST), end + LONGEST
    before = max(flat.rfind(stop, first, start) for stop in _STOPS)
    after = min(
        (place for stop in _STOPS if (place := flat.find(stop, end, beyond)) >= 0), default=beyond
    )
    return max(before + 1, first), after


@dataclass(frozen=True)
class Rules:
    """The rules of one language."""

    lang: str
    table: dict

    def rule(self, written: str) -> "re.Pattern | Together":
        """Return a rule: one pattern, or several that must stand together."""
        parts, _, unless = written.partition(" !! ")
        if " & " not in parts and not unless:
            return self.pattern(written)
        return Together(
            tuple(self.pattern(part) for part in parts.split(" & ")),
            self.pattern(unless) if unless else None,
            _REACH[self.lang],
        )

    def pattern(self, written: str) -> re.Pattern:
        """Return a pattern with its gaps and word lists put in."""
        for _ in range(2):  # a word list may name another one
            written = re.sub(r"<(\w+)>", self._words, written)
        gap = _GAP[self.lang]
        written = re.sub(r"~(\d+)", lambda match: f"{gap}{{0,{match[1]}}}?", written)
        return re.compile(written, re.ASCII)

    def _words(self, match: re.Match) -> str:
        words = self.table["words"].get(match[1])
        return match.group() if words is None else f"(?:{words})"

    @cached_property
    def patterns(self) -> dict[str, dict[str, tuple[re.Pattern, ...]]]:
        """The patterns of each list in each section."""
        return {
            section: {
                name: tuple(self.rule(one) for one in written) for name, written in lists.items()
            }
            for section, lists in self.table.items()
            if section != "words"
        }

    def found(self, flat: str, section: str, name: str) -> Span | None:
        """Return a place where a list of patterns matches, None if there is none."""
        return next(self.all_found(flat, section, name), None)

    def all_found(self, flat: str, section: str, name: str):
        """Every place where a list of patterns matches, pattern by pattern."""
        for pattern in self.patterns[section].get(name, ()):
            for match in pattern.finditer(flat):
                yield Span(*match.span())

    def hits(self, reading: Reading, section: str, name: str) -> list[tuple[Span, int]]:
        """Every place where a rule of a list matches and is meant as it stands, with the rule."""
        found = []
        for number, rule in enumerate(self.patterns[section].get(name, ())):
            for match in rule.finditer(reading.flat):
                span = Span(*match.span())
                places = match.places if isinstance(match, Meeting) else (span,)
                if not any(self.harmless(reading, Span(*place), name) for place in places):
                    found.append((span, number))
        return found

    def offences(self, reading: Reading, name: str) -> list[Span]:
        """The places of an offence: what is plain by itself, and what more than one sign shows.

        A sign of `conduct` counts where another one stands in its sentence or the next, or where
        its sentence says that something will follow.
        """
        plain = [span for span, _ in self.hits(reading, "plain", name)]
        signs = [
            (span, number, place)
            for span, number in self.hits(reading, "conduct", name)
            if (place := reading.number(span.start)) is not None
        ]
        rules_at: dict[int, set[int]] = {}
        for _, number, place in signs:
            rules_at.setdefault(place, set()).add(number)
        for span, _, place in signs:
            near = rules_at[place] | rules_at.get(place - 1, set()) | rules_at.get(place + 1, set())
            words = reading.told(reading.sentences[place])
            if len(near) > 1 or self.found(words, "elements", "announced"):
                plain.append(span)
        return plain

    def harmless(self, reading: Reading, span: Span, name: str = "") -> bool:
        """Whether the words around a match take it back: ruled out, reported, warned of."""
        sentence = reading.sentence(span.start)
        before = reading.flat[sentence.start : span.start]
        inside = reading.flat[span.start : span.end]
        after = reading.flat[span.end : max(sentence.end, span.end)]
        whole = before + inside + after
        lists = self.patterns["harmless"]
        place = len(before)
        if any(
            match.start() < place + len(inside) + _NEAR and match.end() > place - _NEAR
            for pattern in lists.get(name, ())
            for match in pattern.finditer(whole)
        ):
            return True
        if any(pattern.search(whole) for pattern in lists.get(f"{name}_anywhere", ())):
            return True
        said = lists["reported"] if before.count('"') % 2 == 0 else lists["quoted"]
        if any(pattern.search(before) for pattern in said):
            return True
        if any(pattern.match(after) for pattern in lists["taken_back"]):
            return True
        if name in _TOLD:  # a negation may also stand inside: “we tell none of …”
            before, inside = before + inside, ""
        return any(
            not self._broken(before[negation.end() :] + inside)
            for pattern in lists["ruled_out"]
            for negation in pattern.finditer(before)
        )

    def _broken(self, between: str) -> bool:
        """Whether a negation ends before it reaches what stands behind it."""
        return len(between) > 110 or any(
            pattern.search(between) for pattern in self.patterns["harmless"]["but"]
        )


@cache
def rules(lang: str) -> Rules:
    """Return the rules of a language."""
    source = files("creditlib.collection") / f"letter_rules_{lang}.toml"
    return Rules(lang, tomllib.loads(source.read_text(encoding="utf-8")))
