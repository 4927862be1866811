"""What a letter must not say, and what does not fit its stage."""

from collections.abc import Iterator

from creditlib.collection.letter_elements import FRIENDLY
from creditlib.collection.letter_matter import Matter, other_accounts
from creditlib.collection.letter_text import Span

OFFENCES = (
    "threat", "false_authority", "insult", "disclosure", "unlawful_consequence",
    "personal_account", "empty_consequence",
)  # fmt: skip


def misconduct(matter: Matter) -> Iterator[tuple[str, Span]]:
    """The first place of each kind of words that a letter must not hold."""
    taken: list[Span] = []  # a sentence is one offence, the gravest that it is
    for kind in OFFENCES:
        places = matter.rules.offences(matter.reading, kind)
        if kind == "personal_account":
            places += other_accounts(matter)
        if kind == "empty_consequence" and places and _named_step(matter, places, taken):
            continue
        for span in places:
            if not any(start <= span.start < end for start, end in taken):
                yield kind, span
                break
        taken += {matter.reading.sentence(span.start) for span in places}


def _named_step(matter: Matter, noise: list[Span], taken: list[Span]) -> bool:
    """Whether a named lawful step stands in a sentence of its own: the noise is style then."""
    rules, reading = matter.rules, matter.reading
    loud = [*taken, *(reading.sentence(span.start) for span in noise)]
    for step in rules.all_found(matter.unnumbered, "elements", "concrete_steps"):
        sentence = reading.sentence(step.start)
        if sentence not in loud and rules.found(reading.told(sentence), "elements", "announced"):
            return True
    return False


def misfits(matter: Matter) -> Iterator[tuple[str, Span]]:
    """Words that are too soft or too hard for the stage."""
    rules, reading = matter.rules, matter.reading
    friendly = matter.stage in FRIENDLY
    softness = "too_soft_strong" if friendly else "too_soft"
    soft = next(rules.all_found(reading.flat, "tone", softness), None)
    if soft:
        yield "too_soft", soft
    if friendly:
        hard = rules.hits(reading, "tone", "too_hard")
        if hard:
            yield "too_hard", hard[0][0]
