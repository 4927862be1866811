"""A debtor to talk to on the telephone: eight types, each with a situation of its own.

Teaching material, not legal advice.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import product

from creditlib.collection.call_classify import classify, moves_in
from creditlib.collection.call_debrief import Debrief, debrief_of
from creditlib.collection.call_files import PERSONAS, call_file
from creditlib.collection.call_memory import HANG_UP, MINUTES, Memory
from creditlib.collection.call_offers import ways
from creditlib.collection.call_outcome import Outcome, outcome_of
from creditlib.collection.call_record import claim_as_data, claim_from_data
from creditlib.collection.call_replies import answer
from creditlib.collection.call_words import Reply, spoken_values
from creditlib.collection.claim import Claim
from creditlib.collection.moves import (
    BAD_MOVES,
    GOOD_MOVES,
    MOVES,
    UNLAWFUL_MOVES,
    checked_move,
    move_minutes,
    move_name,
    move_words,
)
from creditlib.collection.persona import situation
from creditlib.errors import InputError
from creditlib.i18n import LANGUAGES, checked_language, language, text

__all__ = [
    "BAD_MOVES", "GOOD_MOVES", "MOVES", "PERSONAS", "UNLAWFUL_MOVES", "Call", "Debrief", "Outcome",
    "Reply", "classify", "debrief", "move_name", "moves_in", "play", "replay",
]  # fmt: skip

Strategy = Callable[[dict], str | tuple[str, str]]
LONGEST = 60  # moves after which a strategy that never closes is cut off


class Call:
    """One call to a debtor of a type about a claim; the same for the same seed and moves.

    >>> from datetime import date
    >>> claim = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
    >>> call = Call("process_bound", claim, seed=1, lang="en")
    >>> call.say("open").kind
    'greeting'
    >>> call.say("", "Am I speaking to the person who handles payments?").kind
    'verified'
    """

    def __init__(
        self,
        persona: str,
        claim: Claim,
        seed: int = 0,
        lang: str | None = None,
        caller: str = "K05",
    ):
        self.persona, self.claim, self.seed, self.caller = persona, claim, seed, caller
        self.lang = checked_language(lang or language())
        hidden = situation(persona, claim, seed)
        self.memory = Memory.at_start(hidden, seed)
        self._ways = ways(hidden)
        self.lines: list[dict] = []
        self._last = Reply("", "", self.memory.cue, self._mood(), (), False, "")

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return bool(self.memory.ended)

    def say(self, move: str, text: str = "") -> Reply:
        """Make a move, in your own words if `text` is given; with `move` empty, it is told from it.

        Words that no rule knows get a polite “I did not follow”, which costs time. Raises
        `InputError` for a move that there is not and after the end of the call.
        """
        moves = [checked_move(move)] if move else list(moves_in(text, self.lang))
        return self._take(moves, text)

    def moves(self) -> tuple[str, ...]:
        """Return what can be said now: every move until the call is over, then none."""
        return () if self.over else MOVES

    def state(self) -> dict:
        """Return what the caller can know, as a plain dict: what a strategy decides on.

        `last` is the last reply (text, kind, cue, facts), `says` what the first excuse sounded like
        (soon, rules, problem, funds, denies, or empty), `facts` what was learnt with its code,
        `said` the moves so far, `promise` the parts obtained, `file` what the creditor's own
        file holds. What the debtor hides is not in it.
        """
        memory = self.memory
        return {
            "last": {
                "text": self._last.text, "kind": self._last.kind, "cue": self._last.cue,
                "facts": list(self._last.facts),
            },
            "says": memory.says,
            "facts": dict(memory.facts),
            "said": [move for line in self.lines for move in line["moves"]],
            "verified": memory.verified,
            "promise": {
                name: part if isinstance(part, bool) else str(part)
                for name, part in memory.promise.items()
            },
            "confirmed": "confirmed" in memory.tokens,
            "minutes": round(memory.minutes, 1),
            "minutes_left": round(max(0.0, MINUTES - memory.minutes), 1),
            "over": self.over,
            "lang": self.lang,
            "file": {
                "amount": str(memory.situation.total),
                "days_overdue": self.claim.days_overdue,
                "broken_promises": memory.situation.broken,
            },
        }  # fmt: skip

    def outcome(self) -> Outcome:
        """Return what the call has come to, as it stands."""
        return outcome_of(self.memory)

    def transcript(self) -> dict:
        """Return the call as plain data, enough to play it again."""
        return {
            "persona": self.persona,
            "seed": self.seed,
            "lang": self.lang,
            "caller": self.caller,
            "claim": claim_as_data(self.claim),
            "lines": [dict(line) for line in self.lines],
        }

    def _take(self, moves: list[str], typed: str) -> Reply:
        if self.over:
            raise InputError("dialogue.over")
        before, ceiling = self.memory.trust, self._ceiling()
        number, spoken, facts, kind = len(self.lines) + 1, [], [], "not_followed"
        values = self._values()
        words = typed or "".join(move_words(move, self.lang, values) for move in moves)
        if not moves:
            self.memory.minutes += 0.3
            self.memory.patience -= 0.6
            lines = call_file("common")["lines"]["not_followed"]
            spoken.append(self._said(self.memory.variant("not_followed", lines)))
        for move in moves:
            self.memory.minutes += move_minutes(move)
            reply = answer(self.memory, move, number)
            kind, facts = reply.kind, facts + reply.facts
            spoken += [self._said(line) for line in reply.lines]
            if self.over or kind in ("hurt", "colleague", "curt"):
                break
        if not self.over and (ending := self._ending(kind)):
            spoken.append(ending)
        said = ("" if self.lang == "zh" else " ").join(spoken)
        memory = self.memory
        note = "" if moves else text("dialogue.not_understood", lang=self.lang)
        self._last = Reply(said, kind, memory.cue, self._mood(), tuple(facts), self.over, note)
        self.lines.append(
            {
                "line": number, "moves": list(moves), "typed": bool(typed), "caller": words,
                "debtor": said, "kind": kind, "cue": memory.cue, "facts": facts,
                "minutes": round(memory.minutes, 1),
                "closed_a_way": self._ceiling() < ceiling - 0.02,
                "trust_change": round(memory.trust - before, 2),
            }
        )  # fmt: skip
        return self._last

    def _ending(self, kind: str) -> str:
        """What the debtor says when it is enough, or nothing."""
        memory, slot = self.memory, ""
        if memory.trust <= HANG_UP:
            memory.ended, slot = "hang_up", "complaint" if kind == "hurt" else "hang_up"
        elif memory.patience <= 0 or memory.minutes >= MINUTES:
            memory.ended, slot = "out_of_time", "out_of_time"
        if not slot:
            return ""
        return self._said(memory.variant(slot, call_file("common")["lines"][slot]))

    def _ceiling(self) -> float:
        done = self.memory.tokens
        return max((worth for spoils, worth in self._ways if done.isdisjoint(spoils)), default=0.0)

    def _values(self) -> dict[str, object]:
        return spoken_values(self.memory, self.claim, self.lang, self.caller)

    def _said(self, pair: list) -> str:
        line = pair[0 if self.lang == "zh" else 1]
        if "{" in line:
            line = line.format_map(self._values())
        begin = 2 if line.startswith("… ") else 0
        return line[:begin] + line[begin : begin + 1].upper() + line[begin + 1 :]

    def _mood(self) -> str:
        return text(f"dialogue.cue.{self.memory.cue}", lang=self.lang)


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
