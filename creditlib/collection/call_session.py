"""One call to a debtor: what is said, heard and learnt, move by move; part of `dialogue`."""

from creditlib.collection.call_classify import moves_in
from creditlib.collection.call_files import call_file
from creditlib.collection.call_memory import HANG_UP, MINUTES, Memory
from creditlib.collection.call_offers import ways
from creditlib.collection.call_outcome import Outcome, outcome_of
from creditlib.collection.call_record import claim_as_data
from creditlib.collection.call_replies import answer
from creditlib.collection.call_words import Reply, spoken_values
from creditlib.collection.claim import Claim
from creditlib.collection.moves import MOVES, checked_move, move_minutes, move_words
from creditlib.collection.persona import situation
from creditlib.errors import InputError
from creditlib.i18n import checked_language, language, text


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
