"""A second opinion on what the rules found: what sentences labelled by hand make likely.

Rules know wordings, and meet words that they take for another thing; likeness knows neither law
nor claim. A finding of the rules stands unless it is unlikely, and one that they miss is made where
it is all but sure. How sure was chosen by leaving out, in turn, the letters of each writer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from creditlib.collection import letter_demand
from creditlib.collection.letter_conduct import OFFENCES
from creditlib.collection.letter_elements import FRIENDLY, REQUIRED
from creditlib.collection.letter_likeness import likeness
from creditlib.collection.letter_matter import Matter, other_accounts
from creditlib.collection.letter_text import Span

ELEMENTS = ("next_steps", "reservation", "attachments", "delivery", "performance", "contact")
STEPS = {"threat", "false_authority", "disclosure", "unlawful_consequence", "empty_consequence"}
# What a finding must be likely by: one that the rules have, one that they have not.
ENOUGH = {"conduct": (0.4, 0.97), "tone": (0.3, 0.9), "element": (0.5, 0.9)}
DATED = (0.3, 0.05)  # a dated demand is there from here on, where the rules see none, or one
UNDATED = {"vague": 0.2, "no_demand": 0.5}  # it is asked for at all, where the rules say so or not
SECOND_BEST = 0.5  # of words that are liker to another offence
# An offence may stand in one clause of a sentence that asks for payment as well.
CLAUSES = re.compile(r"[,;:()]")
HALVES = re.compile(r"[,;:()]|\b(?:and|or)\b")
SHORTEST = {"zh": 6, "en": 15}  # signs of a clause that says something by itself


@dataclass(frozen=True)
class Likely:
    """How likely something is by itself, and where a rule says it; the likeliest sentence."""

    alone: float = 0.0
    with_a_rule: float = 0.0
    place: Span | None = None


def second_opinion(matter: Matter, found: Iterable[str]) -> dict[str, Span | None]:
    """Return the kinds to report, given those that the rules found; with a place, if it adds one.

    What likeness has no say in, as sums, days and names, stays as the rules found it.
    """
    likely, found = _likely(matter), list(found)
    kept: dict[str, Span | None] = dict.fromkeys(
        kind for kind in found if kind not in likely and kind not in UNDATED
    )
    for kind, one in likely.items():
        group = "conduct" if kind in OFFENCES else "element" if kind[:3] == "no_" else "tone"
        confirmed, alone = ENOUGH[group]
        if one.alone > alone or (kind in found and one.with_a_rule > confirmed):
            kept[kind] = one.place
    if "empty_consequence" not in found and _names_a_step(matter):
        kept.pop("empty_consequence", None)  # noise beside a step that is meant
    announced = STEPS & kept.keys()
    if announced - set(found) or (announced and "no_next_steps" not in found):
        kept.pop("no_next_steps", None)  # what is announced instead is the finding
    return kept | _demand(matter, found)


def _likely(matter: Matter) -> dict[str, Likely]:
    """Return how likely each finding is at this stage, demands apart."""
    found = {kind: _offence(matter, kind) for kind in OFFENCES}
    tone = "too_hard" if matter.stage in FRIENDLY else "too_soft"
    share = max((told[tone] for _, told in matter.likenesses), default=0.0)
    place = next((span for span, told in matter.likenesses if told[tone] == share), None)
    found[tone] = Likely(share, share, place)
    for element in ELEMENTS:
        if element in REQUIRED[matter.stage]:
            whole = max((told[element] for _, told in matter.likenesses), default=0.0)
            clauses = (
                one[element]
                for span, _ in matter.likenesses
                for one in _parts(matter, span, CLAUSES)
            )
            found[f"no_{element}"] = Likely(1 - max([whole, *clauses]), 1 - whole)
    return found


def _offence(matter: Matter, kind: str) -> Likely:
    sure = kind == "personal_account" and bool(_paid_to_a_person(matter))
    best, place, with_a_rule = 0.0, None, 1.0 if sure else 0.0
    for span, told in matter.likenesses:
        alone = max(_share(one, kind) for one in (told, *_parts(matter, span, CLAUSES)))
        halves = [_share(one, kind) for one in _parts(matter, span, HALVES)]
        says_something = len(matter.impersonal(span)) >= SHORTEST[matter.reading.lang]
        if alone > best and says_something:  # “To: …” with a name does not
            best, place = alone, span
        with_a_rule = max(with_a_rule, alone, *halves)
    return Likely(best, with_a_rule, place)


def _paid_to_a_person(matter: Matter) -> list:
    """Where the rules see plainly, or by its number, an account that is not the creditor's."""
    plain = matter.rules.hits(matter.reading, "plain", "personal_account")
    return [*plain, *other_accounts(matter)]


def _share(told: Mapping[str, float], kind: str) -> float:
    best = max(OFFENCES, key=told.__getitem__)
    return told[kind] if kind == best else told[kind] * SECOND_BEST


def _parts(matter: Matter, span: Span, cut: re.Pattern) -> Iterator[Mapping[str, float]]:
    """Yield what the clauses of a sentence are like, where it has several."""
    lang = matter.reading.lang
    parts = [part.strip() for part in cut.split(matter.impersonal(span))]
    parts = [part for part in parts if len(part) >= SHORTEST[lang]]
    return (likeness(part, lang) for part in parts if len(parts) > 1)


def _names_a_step(matter: Matter) -> bool:
    return any(
        told["next_steps"] > 0.5 > told["empty_consequence"] for _, told in matter.likenesses
    )


def _demand(matter: Matter, found: list[str]) -> dict[str, Span | None]:
    """Return what is wrong with the demand: that there is none, or that it names no day."""
    days = [start for start, _ in matter.deadlines]
    dated = max(
        (
            told["dated_demand"]
            for span, told in matter.likenesses
            if any(span.start <= day < span.end for day in days) and not _wants_words(matter, span)
        ),
        default=0.0,
    )
    said = "vague" if "vague" in found else "no_demand" if "no_demand" in found else ""
    if dated >= DATED[0 if said else 1]:
        return {}
    enough = UNDATED[said or "no_demand"]
    asking = [
        (told["undated_demand"], span)
        for span, told in matter.likenesses
        if told["undated_demand"] > enough
    ]
    if not asking:
        return {"no_demand": None}
    below_title = [one for one in asking if one[1] != matter.reading.sentences[0]]
    by_rule = letter_demand.asked(matter) if said == "vague" else None
    return {"vague": by_rule or max(below_title or asking)[1]}


def _wants_words(matter: Matter, span: Span) -> bool:
    """Whether a sentence speaks of an answer and not of money: a day in it is no day to pay by."""
    facts, words = matter.rules.patterns["facts"], matter.reading.told(span)
    return any(one.search(words) for one in facts["not_payment"]) and not any(
        one.search(words) for one in facts["pay"]
    )
