"""What a call came to, and what that is worth to the creditor on a stated scale."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from creditlib.collection.call_memory import Memory
from creditlib.collection.call_offers import amount_of, day_of, expected, open_paths, par
from creditlib.collection.moves import UNLAWFUL_MOVES

MONEY, RELATION, LEGAL = 70, 10, 20  # points of the score
CAPS = {"unlawful": 5.0, "breakdown": 20.0}  # what such a call can reach at most
_LEGAL_LOSSES = {
    "told_unverified": 0.25, "insult": 0.5, "accuse": 0.15, "beg": 0.05, "argue": 0.05,
    "interrupt": 0.05, "no_opening": 0.1,
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What a call came to.

    `kind`: promise, plan, dispute_ticket, escalation, breakdown, unlawful or no_result; `expected`
    the money to be expected of it, time taken off, `share` the same as a share of what the best
    call could have brought; `ticket` whether a dispute was logged beside a promise; `score` 0–100:
    70 points for the money by `share`, 10 for the relation, 20 for the legal safety. An unlawful
    act leaves at most 5, a breakdown at most 20.
    """

    kind: str
    score: float
    expected: Decimal
    share: float
    relation: float
    legal: float
    amount: Decimal | None = None
    date: datetime.date | None = None
    method: bool = False
    name: bool = False
    confirmed: bool = False
    ticket: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the outcome as plain data: text, numbers, booleans."""
        plain = asdict(self)
        for name in ("expected", "amount", "date"):
            plain[name] = None if plain[name] is None else str(plain[name])
        return plain


def outcome_of(memory: Memory) -> Outcome:
    """Return what the call has come to as it stands."""
    hidden, told = memory.situation, memory.told
    best = par(hidden)
    kind, value = "no_result", told["base"] * 0.5
    for path in open_paths(memory):
        if "worth" in path and expected(path, hidden) > value:
            kind, value = path["kind"], expected(path, hidden)
    if memory.promise.get("date") and promised_value(memory) >= min(value, told["base"] * 0.5):
        promised = promised_value(memory)
        beside = kind == "dispute_ticket" and memory.path["amount"] == "undisputed"
        if promised >= value or kind == "no_result" or beside:
            kind, value = memory.path["kind"], max(promised, value)
    if memory.ended == "hang_up":
        kind, value = "breakdown", told["base"] * 0.3
    if any(name in UNLAWFUL_MOVES for _, name in memory.lapses):
        kind, value = "unlawful", min(value, told["base"])
    share = min(1.0, value / best)
    relation = max(0.0, min(1.0, 0.6 + memory.trust / 5))
    legal = 0.0 if kind == "unlawful" else legal_safety(memory)
    score = MONEY * share + RELATION * relation + LEGAL * legal
    parts = memory.promise if kind in ("promise", "plan") else {}
    return Outcome(
        kind=kind,
        score=round(min(score, CAPS.get(kind, 100.0)), 1),
        expected=(hidden.total * Decimal(value)).quantize(Decimal("0.01")),
        share=round(share, 3),
        relation=round(relation, 3),
        legal=round(legal, 3),
        amount=parts.get("amount"),
        date=parts.get("date"),
        method=bool(parts.get("method")),
        name=bool(parts.get("name")),
        confirmed="confirmed" in memory.tokens,
        ticket="log_dispute" in memory.tokens,
    )


def promised_value(memory: Memory) -> float:
    """Return the share of the claim to be expected from what the debtor agreed to.

    What was said later can make the same promise safer (security, a superior who knows) or, where
    it closed the way, weaker; every part that is missing takes off the type's own share.
    """
    hidden, given = memory.situation, memory.path
    same = [
        path["keep"]
        for path in open_paths(memory)
        if path["kind"] == given["kind"]
        and amount_of(path, hidden) == amount_of(given, hidden)
        and day_of(path, hidden) <= day_of(given, hidden)
    ]
    keep = max(same) if same else given["keep"] * 0.7
    missing = sum(part not in memory.promise for part in ("method", "name"))
    missing += "confirmed" not in memory.tokens
    return expected(given, hidden, keep * memory.told["precision"] ** missing)


def legal_safety(memory: Memory) -> float:
    """Return how the call would look on file, 0 to 1: conduct, identity, writing, limitation."""
    losses = sum(_LEGAL_LOSSES.get(name, 0.0) for _, name in memory.lapses)
    losses += 0.2 * (not memory.verified)
    losses += 0.25 * ("confirmed" not in memory.tokens)
    losses += 0.25 * ("note_limitation" not in memory.tokens)
    return max(0.0, 1.0 - losses)
