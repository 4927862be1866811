"""Reference strategies: fixed scripts, random play, and one that goes by what it hears."""

from collections.abc import Callable
from random import Random

from creditlib.collection.moves import GOOD_MOVES, MOVES

_START = ("open", "verify_identity", "state_facts", "ask_payment")
_END = ("note_limitation", "confirm", "close")
_PARTS = ("ask_payment", "ask_date", "ask_method", "ask_name")

SCRIPTS = {
    "polite": (*_START, "listen", "ask_reason", "listen", "summarise", *_PARTS, *_END),
    "textbook": (
        *_START, "stay_silent", "ask_reason", "ask_specifics", "summarise", *_PARTS, *_END,
    ),
    "documents_first": (
        *_START, "stay_silent", "ask_reason", "ask_specifics", "ask_specifics", "offer_documents",
        "ask_date", *_PARTS, *_END,
    ),
    "dispute_first": (
        *_START, "ask_reason", "ask_specifics", "listen", "log_dispute", "split_undisputed",
        "ask_date", "ask_method", "ask_name", *_END,
    ),
    "plan_first": (
        *_START, "ask_reason", "offer_plan", "ask_date", "ask_method", "ask_name", *_END,
    ),
    "plan_with_security": (
        *_START, "stay_silent", "listen", "ask_reason", "ask_specifics", "ask_specifics",
        "offer_plan", "ask_security", "ask_method", "ask_name", *_END,
    ),
    "firm": (
        *_START, "stay_silent", "ask_specifics", "name_lawful_consequence", "ask_specifics",
        *_PARTS, *_END,
    ),
    "firm_and_senior": (
        *_START, "stay_silent", "ask_reason", "ask_specifics", "ask_specifics", "ask_name",
        "name_lawful_consequence", "escalate_senior", *_PARTS, *_END,
    ),
    "hard": (
        "state_facts", "ask_payment", "argue", "ask_payment", "name_lawful_consequence",
        "interrupt", "ask_date", "accuse", "ask_date", "close",
    ),
    "beg": (*_START, "beg", "ask_payment", "beg", *_PARTS, *_END),
    "everything": (
        *_START, "stay_silent", "ask_reason", "ask_specifics", "listen", "summarise",
        "offer_documents", "log_dispute", "split_undisputed", "offer_plan", "ask_security",
        "name_lawful_consequence", "escalate_senior", *_PARTS, *_END,
    ),
}  # fmt: skip


def script(name: str) -> Callable[[dict], str]:
    """Return a strategy that says the moves of a script in order, whatever it hears.

    >>> script("polite")({"said": ["open"], "lines": 1})
    'verify_identity'
    """
    moves = SCRIPTS[name]
    return lambda state: moves[min(len(state["said"]), len(moves) - 1)]


def random_good_moves(seed: int) -> Callable[[dict], str]:
    """Return a strategy that draws every move among those that a decent caller makes."""
    random = Random(f"random good moves/{seed}")
    return lambda state: random.choice(GOOD_MOVES)


def random_play(seed: int) -> Callable[[dict], str]:
    """Return a strategy that draws every move, the bad ones too."""
    random = Random(f"random play/{seed}")
    return lambda state: random.choice(MOVES)


def adaptive(state: dict) -> str:
    """Go by what is heard: open, ask, wait, find the reason, then do what helps in that case.

    >>> adaptive({"said": [], "verified": False, "facts": {}, "says": "", "promise": {}})
    'open'
    """
    said, facts = state["said"], state["facts"]
    if "open" not in said:
        return "open"
    if not state["verified"]:
        return "verify_identity"
    for move in ("state_facts", "ask_payment", "stay_silent"):
        if move not in said:
            return move
    wanted = _NEXT[_reading(state)](state, said, facts)
    return wanted or _finish(state, said)


def _reading(state: dict) -> str:
    """What kind of debtor this is, as far as can be told."""
    facts, says = state["facts"], state["says"]
    known = facts.get("reason")
    if known:
        return known
    if "story" in facts:
        return "stalling"
    unclear = {"soon": "overlooked", "rules": "process", "problem": "dispute", "denies": "denial"}
    if says == "rules" and state["said"].count("ask_reason") > 0 and not known:
        return "policy"
    return unclear.get(says, "funds")


def _steps(state: dict, said: list, *steps: tuple[str, str, int]) -> str:
    """Return the first move whose fact is not known and that was not tried so often."""
    for fact, move, most in steps:
        if fact not in state["facts"] and said.count(move) < most:
            return move
    return ""


def _once(said: list, *moves: str) -> str:
    return next((move for move in moves if move not in said), "")


def _overlooked(state, said, facts):
    return _steps(state, said, ("reason", "ask_reason", 1), ("paper", "ask_specifics", 3)) or _once(
        said, "offer_documents"
    )


def _process(state, said, facts):
    return _steps(
        state, said, ("reason", "ask_reason", 1), ("document", "ask_specifics", 3),
        ("run", "ask_date", 2), ("run", "ask_specifics", 5),
    ) or _once(said, "offer_documents")  # fmt: skip


def _dispute(state, said, facts):
    if step := _steps(
        state, said, ("reason", "ask_reason", 2), ("reason", "listen", 2),
        ("_", "listen", 1), ("issue", "ask_specifics", 3), ("ground", "ask_specifics", 4),
    ):  # fmt: skip
        return step
    if facts.get("ground") == "hollow":
        return _once(said, "offer_documents")
    return _once(said, "log_dispute", "split_undisputed")


def _funds(state, said, facts):
    return _steps(
        state, said, ("_", "listen", 1), ("reason", "ask_reason", 1), ("reason", "listen", 2),
        ("reason", "ask_reason", 2), ("cash", "ask_specifics", 3), ("later", "ask_specifics", 4),
    ) or _once(said, "offer_plan", "ask_security")  # fmt: skip


def _policy(state, said, facts):
    return _steps(
        state, said, ("contract", "ask_specifics", 2), ("decider", "ask_name", 1),
        ("decider", "ask_specifics", 3),
    ) or _once(said, "name_lawful_consequence") or _steps(
        {"facts": {}}, said, ("_", "stay_silent", 2)
    ) or _once(said, "escalate_senior")  # fmt: skip


def _stalling(state, said, facts):
    return _steps(
        state, said, ("story", "ask_reason", 1), ("reason", "ask_specifics", 3),
    ) or _once(said, "name_lawful_consequence") or _steps(
        state, said, ("decider", "ask_name", 1)
    ) or _once(said, "escalate_senior")  # fmt: skip


def _insolvency(state, said, facts):
    return _steps(
        state, said, ("trouble", "ask_specifics", 2), ("trouble", "listen", 2),
        ("creditors", "ask_specifics", 4), ("asset", "ask_security", 1), ("asset", "listen", 3),
        ("asset", "ask_security", 2),
    ) or _once(said, "escalate_senior", "note_limitation")  # fmt: skip


def _denial(state, said, facts):
    return _steps(
        state, said, ("ground", "ask_reason", 1), ("ground", "ask_specifics", 3),
    ) or _once(said, "offer_documents") or _steps(
        state, said, ("stance", "ask_specifics", 4)
    ) or _once(
        said, "name_lawful_consequence"
    ) or ("" if facts.get("stance") == "bluff" else _once(said, "escalate_senior"))  # fmt: skip


_NEXT = {
    "overlooked": _overlooked,
    "process": _process,
    "dispute": _dispute,
    "funds": _funds,
    "policy": _policy,
    "stalling": _stalling,
    "insolvency": _insolvency,
    "denial": _denial,
}


def _finish(state: dict, said: list) -> str:
    """Get the parts of the promise, put it in writing, look at limitation, end the call."""
    promise, reason = state["promise"], _reading(state)
    owed = reason in ("insolvency",) or (
        reason == "denial" and state["facts"].get("stance") != "bluff"
    )
    if not owed:
        if "amount" not in promise and said.count("ask_payment") < 2:
            return "ask_payment"
        if "date" not in promise and said.count("ask_date") < 4:
            return "ask_date"
        for part in ("method", "name"):
            if "amount" in promise and part not in promise and said[-1] != f"ask_{part}":
                return f"ask_{part}"
    return _once(said, "summarise", "note_limitation", "confirm") or "close"
