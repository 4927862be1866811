"""A second opinion on what the rules found: what sentences labelled by hand make likely.

Rules know wordings, and meet words that they take for another thing; likeness knows neither law
nor claim. A finding of the rules stands unless it is unlikely, and one that they miss is made where
it is all but sure. How sure was chosen by leaving out, in turn, the letters of each writer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from creditlib.collection.letter_elements import FRIENDLY, REQUIRED
from creditlib.collection.letter_matter import Matter
from creditlib.collection.letter_text import Span

CONDUCT = (
    "threat", "false_authority", "insult", "disclosure", "unlawful_consequence",
    "personal_account", "empty_consequence",
)  # fmt: skip
ELEMENTS = ("next_steps", "reservation", "attachments", "delivery", "performance", "contact")
STEPS = {"threat", "false_authority", "disclosure", "unlawful_consequence", "empty_consequence"}
# What a finding must be likely by: one that the rules have, one that they have not.
ENOUGH = {"conduct": (0.4, 0.95), "tone": (0.3, 0.9), "element": (0.5, 0.9)}
DATED = (0.3, 0.05)  # a dated demand is there from here on, where the rules see none, or one
UNDATED = {"vague": 0.2, "no_demand": 0.5}  # it is asked for at all, where the rules say so or not
SECOND_BEST = 0.5  # of a sentence that is liker to another offence


@dataclass(frozen=True)
class Likely:
    """How likely something is, and the sentence that makes it so."""

    share: float
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
        group = "conduct" if kind in CONDUCT else "element" if kind[:3] == "no_" else "tone"
        confirmed, alone = ENOUGH[group]
        if one.share > (confirmed if kind in found else alone):
            kept[kind] = one.place
    if "empty_consequence" not in found and _names_a_step(matter):
        kept.pop("empty_consequence", None)  # noise beside a step that is meant
    if STEPS & kept.keys() and "no_next_steps" not in found:
        kept.pop("no_next_steps", None)  # what is announced instead is the finding
    return kept | _demand(matter, found)


def _likely(matter: Matter) -> dict[str, Likely]:
    """Return how likely each finding is at this stage, demands apart."""
    tone = "too_hard" if matter.stage in FRIENDLY else "too_soft"
    found = {kind: Likely(0.0) for kind in (*CONDUCT, tone)}
    present = {one: 0.0 for one in ELEMENTS if one in REQUIRED[matter.stage]}
    for span, told in matter.likenesses:
        best = max(CONDUCT, key=told.__getitem__)
        for kind in found:
            share = told[kind] * (SECOND_BEST if kind in CONDUCT and kind != best else 1)
            if share > found[kind].share:
                found[kind] = Likely(share, span)
        present = {one: max(share, told[one]) for one, share in present.items()}
    return found | {f"no_{one}": Likely(1 - share) for one, share in present.items()}


def _names_a_step(matter: Matter) -> bool:
    return any(
        told["next_steps"] > 0.5 > told["empty_consequence"] for _, told in matter.likenesses
    )


def _demand(matter: Matter, found: list[str]) -> dict[str, None]:
    """Return what is wrong with the demand: that there is none, or that it names no day."""
    days = [start for start, _ in matter.deadlines]
    dated = max(
        (
            told["dated_demand"]
            for span, told in matter.likenesses
            if any(span.start <= day < span.end for day in days)
        ),
        default=0.0,
    )
    said = "vague" if "vague" in found else "no_demand" if "no_demand" in found else ""
    if dated >= DATED[0 if said else 1]:
        return {}
    asked = max((told["undated_demand"] for _, told in matter.likenesses), default=0.0)
    return {"vague" if asked > UNDATED[said or "no_demand"] else "no_demand": None}
