"""What stands before any talk of the debt: a greeting, and the right person on the line."""

from dataclasses import dataclass, field

from creditlib.collection.call_files import call_file
from creditlib.collection.call_memory import Memory
from creditlib.collection.moves import BAD_MOVES

_TELLING = ("state_facts", "ask_payment", "name_lawful_consequence")  # name the debt


@dataclass
class Answer:
    """What comes back: the kind of answer, the lines (pairs of languages), facts learnt."""

    kind: str
    lines: list = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


def before_the_matter(memory: Memory, move: str, line: int) -> Answer | None:
    """Return the answer to a move that does not get as far as the debt, None if it does."""
    if move == "close":
        return None
    if not memory.said and move not in ("open", "verify_identity") and "curt" not in memory.used:
        memory.lapses.append((line, "no_opening"))
        memory.trust -= 0.6
        if move not in BAD_MOVES:
            return Answer("curt", [common(memory, "curt")])
    told = any(name == "told_unverified" for _, name in memory.lapses)
    if not memory.verified and move in _TELLING and not told:
        memory.lapses.append((line, "told_unverified"))
    if colleague_listens(memory) and move != "verify_identity" and move not in BAD_MOVES:
        if move == "open":
            memory.note(move)
        return _colleague(memory, move)
    return None


def colleague_listens(memory: Memory) -> bool:
    """Return whether somebody else picked up the telephone and still holds it."""
    return memory.situation.colleague and not memory.verified


def _colleague(memory: Memory, move: str) -> Answer:
    """What somebody says who only picked up the telephone, and puts it down in the end."""
    slot = "colleague_told" if move in _TELLING else "colleague"
    if memory.used.get(slot, 0) >= len(call_file("common")["lines"][slot]):
        memory.ended = "out_of_time"
        return Answer("colleague", [common(memory, "colleague_gone")])
    return Answer("colleague", [common(memory, slot)])


def verified(memory: Memory, first: bool) -> Answer:
    """Return who it is; the right person comes to the telephone if somebody else picked it up."""
    passed = colleague_listens(memory)
    memory.verified = True
    slot = "passed_on" if passed else "verified" if first else "verified_again"
    return Answer("verified", [common(memory, slot)])


def common(memory: Memory, slot: str) -> tuple:
    """Return the next of the lines that any debtor may say."""
    return memory.variant(slot, call_file("common")["lines"][slot])
