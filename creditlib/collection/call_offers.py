"""What a debtor is ready to do at this point of the call, and what that is worth.

Each type has paths (in its data file), best first: what must have happened, what must not, how much
trust it takes, and then an amount, a day and the chance that the word is kept. Shares are of the
whole amount owed; time costs 1/180 of it a day. The chances are set for teaching, not measured.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from creditlib.collection.call_files import persona_file
from creditlib.collection.call_memory import Memory
from creditlib.collection.moves import MOVES
from creditlib.collection.persona import Situation, weekday

HORIZON = 180  # days after which money is taken to be worth nothing in a call's score
_PINNED = {  # what makes a promise complete, and the move that asks for it
    "amount": "ask_payment", "date": "ask_date", "method": "ask_method", "name": "ask_name",
    "confirmed": "confirm",
}  # fmt: skip


def open_paths(memory: Memory) -> Iterator[dict]:
    """Yield the paths that stand open now, in the order of the file."""
    met = memory.tokens | memory.situation.flags
    for path in memory.told["path"]:
        if (
            met.issuperset(path["needs"])
            and met.isdisjoint(path.get("spoils", ()))
            and memory.trust >= path["trust"]
        ):
            yield path


def offer(memory: Memory, kind: str) -> dict | None:
    """Return the best that the debtor agrees to now: a `promise` or a `plan`, or None."""
    return next((path for path in open_paths(memory) if path["kind"] == kind), None)


def amount_of(path: dict, hidden: Situation) -> Decimal:
    """Return the money that a path brings, of what is owed."""
    return {
        "full": hidden.total,
        "undisputed": hidden.undisputed,
        "now": hidden.now,
        "plan": min(hidden.total, hidden.now + hidden.later),
    }[path["amount"]]


def day_of(path: dict, hidden: Situation) -> date:
    """Return the day on which a path ends, a working day by the week."""
    if path["days"] == "run":
        return hidden.run
    if path["days"] == "late_run":
        return hidden.late_run
    days = hidden.later_days if path["days"] == "later" else path["days"]
    return weekday(hidden.as_of + timedelta(days=days))


def expected(path: dict, hidden: Situation, keep: float | None = None) -> float:
    """Return the share of the claim to be expected from a path, time taken off.

    `keep` replaces the path's own chance that the word is kept.
    """
    days = (day_of(path, hidden) - hidden.as_of).days
    timely = max(0.0, 1 - days / HORIZON)
    if "worth" in path:
        return path["worth"] * timely
    share = float(amount_of(path, hidden) / hidden.total)
    taken_up = path.get("ticket", 0.0) * float(hidden.disputed / hidden.total)
    return (share * (path["keep"] if keep is None else keep) + taken_up) * timely


def par(hidden: Situation) -> float:
    """Return what the best call with this debtor in this situation would bring, as a share."""
    return expected(best_path(hidden), hidden)


def best_path(hidden: Situation) -> dict:
    """Return the path that is worth most of those that this situation allows."""
    return max(_allowed(hidden), key=lambda path: expected(path, hidden))


def ways(hidden: Situation) -> list[tuple[frozenset[str], float]]:
    """Return, of each path that this situation allows, what would spoil it and what it is worth."""
    return [
        (frozenset(path.get("spoils", ())), expected(path, hidden)) for path in _allowed(hidden)
    ]


def _allowed(hidden: Situation) -> list[dict]:
    return [
        path
        for path in persona_file(hidden.persona)["path"]
        if hidden.flags.issuperset(need for need in path["needs"] if "=" in need)
    ]


def step_left_out(memory: Memory) -> tuple[str, str] | None:
    """Return the first step of the best path that was not taken: a move, and the fact it is about.

    The fact is what the move brings out, or what must be known before the move helps, or empty.
    None if every step was taken.
    """
    met, best = memory.tokens | memory.situation.flags, best_path(memory.situation)
    needs = [need for need in best["needs"] if need not in met]
    while needs:
        move, _, fact = needs[0].replace("fact:", ">").partition(">")
        if not fact or fact in memory.facts:
            return move, fact
        rule = memory.told["facts"][fact]
        needs = [need for need in rule.get("after", ()) if need not in met]
        if not needs:
            return next(by for by in rule["by"] if by in MOVES), fact
    if "worth" in best:
        return None
    given = {*memory.promise, *memory.tokens}
    return next(((move, "") for part, move in _PINNED.items() if part not in given), None)
