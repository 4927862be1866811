"""The rules of a review as data, and when a match of one is no offence.

`letter_rules_zh.toml` and `letter_rules_en.toml` hold patterns. In them `~20` is a gap of up to
twenty signs inside a sentence, and `<you>` is the word list of that name. A match does not count
if the writer rules the thing out (“we will not …”), reports what the debtor said, or warns of it.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from creditlib.collection.letter_text import Reading, Span

_NEAR = 16  # signs between a match and what makes it harmless
_GAP = {"zh": r"[^。!?;\n]", "en": r"[^.!?;\n]"}


@dataclass(frozen=True)
class Rules:
    """The rules of one language."""

    lang: str
    table: dict

    def pattern(self, written: str) -> re.Pattern:
        """Return a rule's pattern with its gaps and word lists put in."""
        for _ in range(2):  # a word list may name another one
            written = re.sub(r"<(\w+)>", self._words, written)
        return re.compile(re.sub(r"~(\d+)", rf"{_GAP[self.lang]}{{0,\1}}?", written), re.ASCII)

    def _words(self, match: re.Match) -> str:
        words = self.table["words"].get(match[1])
        return match.group() if words is None else f"(?:{words})"

    @cached_property
    def patterns(self) -> dict[str, dict[str, tuple[re.Pattern, ...]]]:
        """The patterns of each list in each section."""
        return {
            section: {
                name: tuple(self.pattern(one) for one in written) for name, written in lists.items()
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

    def offences(self, reading: Reading, section: str, name: str):
        """Every place where a list matches and the words are meant as they stand."""
        for span in self.all_found(reading.flat, section, name):
            if not self.harmless(reading, span, name):
                yield span

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
        if any(pattern.search(before) for pattern in lists["reported"]):
            return True
        if any(pattern.match(after) for pattern in lists["taken_back"]):
            return True
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
