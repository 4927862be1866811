"""The company that a letter is written to, where it is not the debtor of the claim."""

import re
from difflib import SequenceMatcher

from creditlib.collection.letter_matter import Matter, plain
from creditlib.collection.letter_text import Span

_ALIKE = 0.8  # of two names, one of them mistyped
_HEAD = 900  # signs in which the addressee is named


def other_addressee(matter: Matter) -> Span | None:
    """Where a company is written to or called the debtor that is not the claim's debtor."""
    claim = matter.claim
    own = {plain(claim.debtor.name), plain(claim.creditor.name)} - {""}
    codes = {plain(claim.debtor.code), plain(claim.creditor.code)}
    if claim.debtor.code:
        for match in re.finditer(r"\b[0-9a-z]{18}\b", matter.flat, re.ASCII):
            if match.group() not in codes and re.search(r"\d{6}", match.group()):
                return Span(*match.span())
    named_right = not claim.debtor.name or bool(matter.places(claim.debtor.name))
    lists = matter.rules.patterns["labels"]
    for pattern in lists["company"]:
        for match in pattern.finditer(matter.flat):
            name, place = _trimmed(matter, Span(*match.span()))
            if any(one.search(name) for one in lists["company_other"]):
                continue
            written = plain(name)
            if any(one in written or (written in one and len(written) > 8) for one in own):
                continue
            alike = SequenceMatcher(None, written, plain(claim.debtor.name)).ratio()
            line = matter.flat.rfind("\n", 0, place.start) + 1
            before = matter.flat[line : place.start]
            addressed = any(one.search(before[-24:]) for one in lists["addressee"])
            if alike > _ALIKE or (addressed and (not named_right) and place.start < _HEAD):
                return place
    return None


def _trimmed(matter: Matter, place: Span) -> tuple[str, Span]:
    """A company's name without the words of address before it."""
    name = matter.flat[place.start : place.end]
    lead = re.match(
        r"(?:\u81f4|\u6536\u51fd\u5355\u4f4d|\u5c0a\u656c\u7684|\u4e0e|\u548c|\u5411|\u7531"
        r"|(?:[a-z ]*\b(?:to|for|from|dear|at|of|by|messrs|and|that|the)\s)+)", name
    )  # fmt: skip
    if lead and lead.end() < len(name) - 4:
        place = Span(place.start + lead.end(), place.end)
    return matter.flat[place.start : place.end], place
