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
        places = list(matter.rules.offences(matter.reading, "conduct", kind))
        if kind == "personal_account":
            places += other_accounts(matter)
        for span in places:
            if not any(start <= span.start < end for start, end in taken):
                taken.append(matter.reading.sentence(span.start))
                yield kind, span
                break


def misfits(matter: Matter) -> Iterator[tuple[str, Span]]:
    """Words that are too soft or too hard for the stage."""
    rules, reading = matter.rules, matter.reading
    friendly = matter.stage in FRIENDLY
    softness = "too_soft_strong" if friendly else "too_soft"
    soft = next(rules.all_found(reading.flat, "tone", softness), None)
    if soft:
        yield "too_soft", soft
    if friendly:
        hard = next(rules.offences(reading, "tone", "too_hard"), None)
        if hard:
            yield "too_hard", hard
