"""Review of a dunning letter: what is missing, wrong, unlawful, or not right for its stage."""

from creditlib.collection.cadence import rung
from creditlib.collection.claim import Claim
from creditlib.collection.letter_conduct import misconduct, misfits
from creditlib.collection.letter_elements import FRIENDLY, STAGES, missing
from creditlib.collection.letter_facts import wrong
from creditlib.collection.letter_findings import Finding, in_order, severity_of
from creditlib.collection.letter_matter import Matter
from creditlib.collection.letter_opinion import second_opinion
from creditlib.collection.letter_text import Span, read
from creditlib.collection.letter_words import correction, wording
from creditlib.errors import InputError
from creditlib.i18n import checked_language, text


def review(
    letter: str, claim: Claim, *, stage: str | None = None, lang: str | None = None
) -> list[Finding]:
    """Return what to change in a letter, the gravest first; none if it can go out.

    `letter` is any text; its language is found out if `lang` is not given. `stage` is one of
    `STAGES`, by default the one that the claim's days overdue call for. Sums, days and names are
    compared with the claim as of its `as_of`, the day on which the letter is dated. Each kind is
    found once, at its first place. The elements are those that practitioners' guides ask of a
    demand; the rules of conduct come from the Civil Code (110, 1024, 1032), the Public Security
    Penalties Law (50) and the Criminal Law (238, 246, 274, 293). What rules find, labelled
    sentences confirm or add to (see `letter_opinion`). Both know many wordings, not all: a letter
    without findings still wants a second pair of eyes.

    >>> from datetime import date
    >>> claim = Claim.of("1000", due=date(2025, 12, 1), as_of=date(2025, 12, 5))
    >>> "threat" in {one.kind for one in review("Pay, or the police will arrest you.", claim)}
    True
    """
    stage = checked_stage(stage or rung(max(1, claim.days_overdue)).notice)
    matter = Matter(read(letter, checked_language(lang) if lang else None), claim, stage)
    found: dict[str, Finding] = {}
    for kind, place, right, values in wrong(matter):
        if kind not in found:
            better = correction(matter, kind, right, values)
            found[kind] = _finding(matter, kind, place, better)
    wrongs = list(misconduct(matter))
    for kind, place in (*wrongs, *misfits(matter)):
        found.setdefault(kind, _finding(matter, kind, place, wording(matter, kind)))
    lacking = missing(matter, wrongs)
    kept = second_opinion(matter, [*found, *lacking])
    for kind, place in kept.items():
        if kind not in found:
            found[kind] = _finding(matter, kind, place, wording(matter, kind))
    return in_order(one for kind, one in found.items() if kind in kept)


def checked_stage(stage: str) -> str:
    """Return the stage if there is one of that name; say which there are if not."""
    if stage not in STAGES:
        raise InputError("letters.unknown_stage", value=stage, known=", ".join(STAGES))
    return stage


def _finding(matter: Matter, kind: str, place: Span | None, better: str) -> Finding:
    start, end = matter.reading.back(*place) if place else (0, 0)
    passage = matter.reading.raw[start:end]
    words = passage.strip()
    start += passage.find(words)
    named = kind == "no_interest" and matter.stage in FRIENDLY  # the right to it is enough
    why = text(f"letters.why.{'right_to_interest' if named else kind}")
    return Finding(kind, severity_of(kind), words, start, start + len(words), why, better)
