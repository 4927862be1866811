"""A debtor to talk to on the telephone: eight types, each with a situation of its own.

Teaching material, not legal advice.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import product

from creditlib.collection.call_classify import classify, moves_in
from creditlib.collection.call_debrief import Debrief, debrief_of
from creditlib.collection.call_files import PERSONAS
from creditlib.collection.call_outcome import Outcome
from creditlib.collection.call_record import claim_from_data
from creditlib.collection.call_session import Call
from creditlib.collection.call_words import Reply
from creditlib.collection.claim import Claim
from creditlib.collection.moves import (
    BAD_MOVES,
    GOOD_MOVES,
    MOVES,
    UNLAWFUL_MOVES,
    checked_move,
    move_name,
)
from creditlib.i18n import LANGUAGES, checked_language

__all__ = [
    "BAD_MOVES", "GOOD_MOVES", "MOVES", "PERSONAS", "UNLAWFUL_MOVES", "Call", "Debrief", "Outcome",
    "Reply", "classify", "debrief", "move_name", "moves_in", "play", "replay",
]  # fmt: skip

Strategy = Callable[[dict], str | tuple[str, str]]
LONGEST = 60  # moves after which a strategy that never closes is cut off


def prepare(languages: Iterable[str] = LANGUAGES) -> None:
    """Read what the debtors say in these languages now; else the first calls take the time.

    >>> prepare(["en"])
    """
    day = date(2025, 12, 31)
    claim = Claim.of("1000", due=day - timedelta(60), as_of=day)
    for persona, lang in product(PERSONAS, languages):
        Call(persona, claim, lang=lang).say("open")


def play(
    strategy: Strategy, persona: str, claim: Claim, seed: int = 0, lang: str | None = None
) -> Call:
    """Return the call that a strategy makes: a function from the state to a move.

    It may also return a move and its own words, or `("", words)`. A strategy that never closes is
    cut off after 60 lines.
    """
    call = Call(persona, claim, seed, lang)
    while not call.over and len(call.lines) < LONGEST:
        chosen = strategy(call.state())
        move, words = (chosen, "") if isinstance(chosen, str) else chosen
        call.say(move, words)
    return call


def replay(transcript: Mapping) -> Call:
    """Return the same call again from its transcript."""
    call = Call(
        transcript["persona"],
        claim_from_data(transcript["claim"]),
        transcript["seed"],
        transcript["lang"],
        transcript["caller"],
    )
    for line in transcript["lines"]:
        call._take([checked_move(move) for move in line["moves"]], _typed(line))
    return call


def _typed(line: Mapping) -> str:
    return line["caller"] if line["typed"] else ""


def debrief(call: Call, lang: str | None = None) -> Debrief:
    """Return what a trainer would say: checks, levels, what was missed, one better line.

    >>> from datetime import date
    >>> claim = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
    >>> call = Call("forgetful", claim, seed=1, lang="en")
    >>> _ = call.say("threaten")
    >>> [check.passed for check in debrief(call).checks if check.id == "no_illegal_phrase"]
    [False]
    """
    return debrief_of(call.memory, call.lines, checked_language(lang or call.lang))
