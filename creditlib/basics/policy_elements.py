"""What a one-page credit policy must say, and what a given text leaves out.

The rules stand in `policy_elements.toml`. They look for words, in Chinese and English: a policy
that has them all is complete; whether it is a good one is for its readers to judge.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from creditlib.i18n import LANGUAGES, text

# A sentence, a line or a cell ends here; a full stop only before a space: 1.5 stays one number.
SENTENCE_END = re.compile(r"[。;!?\n]+|\.(?=\s|$)")

# A line that goes on where the one before was wrapped: it begins with a small letter.
WRAPPED = re.compile(r"\n[ \t]*(?=[a-z])")


@dataclass(frozen=True)
class PolicyElement:
    """One thing that a credit policy must say."""

    id: str

    @property
    def name(self) -> str:
        """What the element is called, in the language in use."""
        return text(f"basics.element.{self.id}.name")

    @property
    def hint(self) -> str:
        """One sentence on what to write, in the language in use."""
        return text(f"basics.element.{self.id}.hint")


@dataclass(frozen=True)
class _Part:
    """Words that must stand within `reach` sentences of each other, each so many times."""

    reach: int
    near: tuple[tuple[re.Pattern, int], ...]

    def stands_in(self, sections: list[list[str]]) -> bool:
        return any(
            all(len(words.findall(passage)) >= times for words, times in self.near)
            for sentences in sections
            for passage in self._passages(sentences)
        )

    def _passages(self, sentences: list[str]) -> list[str]:
        starts = range(max(1, len(sentences) - self.reach + 1))
        return ["\n".join(sentences[start : start + self.reach]) for start in starts]


def missing_elements(policy_text: str) -> list[PolicyElement]:
    """Return the elements of a credit policy that a text, Chinese or English, does not hold.

    The elements are those of `policy_elements.toml`, from purpose and scope to date and owner, in
    that order. An element is found where all that makes it up stands within a few sentences of one
    section: for an order hold orders, the hold and what triggers it. A heading with nothing under
    it, or a word in passing, is not enough.

    >>> text = "Orders are put on hold while an invoice is more than 15 days overdue."
    >>> [element.id for element in missing_elements(text)][:3]
    ['purpose_scope', 'approval', 'assessment']
    >>> "order_hold" in {element.id for element in missing_elements(text)}
    False
    """
    headings, elements = _rules()
    unwrapped = WRAPPED.sub(" ", unicodedata.normalize("NFKC", policy_text))
    sections = _sections(unwrapped, headings)
    return [
        PolicyElement(name)
        for name, parts in elements.items()
        if not all(part.stands_in(sections) for part in parts)
    ]


def _sections(policy_text: str, headings: tuple[re.Pattern, ...]) -> list[list[str]]:
    """The sentences of each section; headings are those of the first style the text uses."""
    for heading in headings:
        starts = [found.start() for found in heading.finditer(policy_text)]
        if len(starts) > 1:
            break
    else:
        starts = []
    bounds = [0, *starts, len(policy_text)]
    return [_sentences(policy_text[start:end]) for start, end in pairwise(bounds)]


def _sentences(section: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(section) if part.strip(" |-:#*")]


@cache
def _rules() -> tuple[tuple[re.Pattern, ...], dict[str, tuple[_Part, ...]]]:
    import tomllib

    source = Path(__file__).with_suffix(".toml")
    rules = tomllib.loads(source.read_text(encoding="utf-8"))
    headings = tuple(re.compile(style, re.MULTILINE) for style in rules["headings"])
    return headings, {
        element["id"]: tuple(_part(part) for part in element["part"])
        for element in rules["element"]
    }


def _part(rule: dict) -> _Part:
    near = (
        (
            re.compile("|".join(words[lang] for lang in LANGUAGES), re.IGNORECASE),
            words.get("times", 1),
        )
        for words in rule["near"]
    )
    return _Part(rule["reach"], tuple(near))
