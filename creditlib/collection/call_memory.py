"""What has happened on the call so far: said, learnt, promised; and how the debtor feels."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from creditlib.collection.call_files import call_file, persona_file
from creditlib.collection.moves import QUESTIONS
from creditlib.collection.persona import Situation

MINUTES = 10.0  # what a debtor gives a collector at most
HANG_UP = -4.0  # trust at which the debtor ends the call
_CUES = ((2.0, "warm"), (0.3, "open"), (-1.0, "guarded"), (-2.6, "annoyed"))


@dataclass
class Memory:
    """The state of a call.

    `tokens` are the moves made, the facts learnt as `fact:<id>`, and `<move>><fact>` for a move
    made once the fact was known; `promise` the parts obtained; `lapses` what went wrong, with the
    number of the line.
    """

    situation: Situation
    seed: int
    trust: float
    patience: float
    minutes: float = 0.0
    tokens: set[str] = field(default_factory=set)
    facts: dict[str, object] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    promise: dict[str, object] = field(default_factory=dict)
    says: str = ""  # what it sounded like when the money was asked for
    path: dict | None = None  # the debtor's reading of what was promised
    used: dict[str, int] = field(default_factory=dict)
    lapses: list[tuple[int, str]] = field(default_factory=list)
    verified: bool = False
    ended: str = ""  # close, hang_up, out_of_time

    @classmethod
    def at_start(cls, hidden: Situation, seed: int) -> "Memory":
        """Return the state before anything is said."""
        return cls(hidden, seed, hidden.trust, hidden.patience)

    @property
    def told(self) -> dict:
        """What is written about this debtor's type."""
        return persona_file(self.situation.persona)

    @property
    def cue(self) -> str:
        """How the debtor sounds: warm, open, guarded, annoyed or angry."""
        return next((cue for least, cue in _CUES if self.trust >= least), "angry")

    @property
    def pausing(self) -> bool:
        """Whether the last move was a question, so that a silence waits for its answer."""
        return bool(self.said) and self.said[-1] in QUESTIONS

    def note(self, move: str) -> None:
        """Remember that a move was made, and what was known when it was."""
        self.said.append(move)
        self.tokens.add(move)
        self.tokens |= {f"{move}>{fact}" for fact in self.facts}
        if self.said.count("ask_payment") > 2 and not self.promise:
            self.tokens.add("pressed")

    def feel(self, move: str, fruitful: bool) -> None:
        """Change mood and patience by a move; `fruitful` if it brought something out."""
        told, times = self.told, self.said.count(move)
        change = told.get("effects", {}).get(move, call_file("moves")[move]["trust"])
        if change > 0 and times > 1:
            change = change * 0.5 if times == 2 else 0.0  # said too often it is a phrase
        self.trust = min(4.0, self.trust + change)
        self.patience -= 0.55
        if not fruitful and times > 1:
            self.patience -= 0.8
        if move in told["beside"] and not fruitful:
            self.patience -= 0.9

    def learn(self, fact: str) -> None:
        """Keep a fact: what was drawn for it, the reason's code, or that it is known."""
        drawn = self.situation.drawn.get(fact, True)
        self.facts[fact] = self.told["reason"] if fact == "reason" else drawn
        self.tokens.add(f"fact:{fact}")

    def promised(self, amount: Decimal, day: date | None, path: dict) -> None:
        """Keep what the debtor has just agreed to."""
        self.promise["amount"] = amount
        if day is not None:
            self.promise["date"] = day
        self.path = path

    def variant(self, slot: str, lines: list) -> list:
        """Return the next way of saying the same thing; the order depends on the seed."""
        order = list(range(len(lines)))
        Random(f"{self.situation.persona}/{self.seed}/{slot}").shuffle(order)
        turn = self.used.get(slot, 0)
        self.used[slot] = turn + 1
        return lines[order[turn % len(order)]]
