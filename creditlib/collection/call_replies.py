"""What the debtor answers to a move: which lines, which facts come out, what is agreed."""

from creditlib.collection.call_files import call_file
from creditlib.collection.call_memory import Memory
from creditlib.collection.call_offers import amount_of, day_of, offer
from creditlib.collection.call_opening import (
    Answer,
    before_the_matter,
    colleague_listens,
    common,
    verified,
)
from creditlib.collection.moves import BAD_MOVES

_BRINGING = ("ask_name", "offer_documents", "split_undisputed")  # besides what they may bring out
_STATES = {"offer_plan": "plan", "split_undisputed": "promise"}
_NEW_EACH_TIME = ("promise", "date", "hurt")  # lines that say something else when said again


def answer(memory: Memory, move: str, line: int) -> Answer:
    """Return the debtor's answer to a move and keep in memory what it changes."""
    if move == "ask_name" and not memory.verified and "state_facts" not in memory.tokens:
        move = "verify_identity"  # before the debt is named, "who?" asks who is speaking
    if gate := before_the_matter(memory, move, line):
        memory.patience -= 0.55
        return gate
    pausing, again = memory.pausing, bool(memory.said) and memory.said[-1] == "stay_silent"
    memory.note(move)
    if move in BAD_MOVES:
        return _bad(memory, move, line)
    found = _revealed(memory, "pause" if move == "stay_silent" and pausing else move)
    reply = _telling(memory, move, found) if found else _to(memory, move, pausing, again)
    memory.feel(move, found is not None or reply.kind in ("promise", "plan", "date"))
    return reply


def _bad(memory: Memory, move: str, line: int) -> Answer:
    memory.lapses.append((line, move))
    memory.feel(move, False)
    own = move in call_file("common")["lines"]
    return Answer("hurt", [common(memory, move) if own else _line(memory, "hurt")])


def _revealed(memory: Memory, move: str) -> str | None:
    """Return the fact that this move brings out now, if any."""
    met = memory.tokens | memory.situation.flags
    return next(
        (
            name
            for name, rule in memory.told["facts"].items()
            if name not in memory.facts
            and move in rule["by"]
            and met.issuperset(rule.get("after", ()))
            and memory.trust >= rule["trust"]
        ),
        None,
    )


def _telling(memory: Memory, move: str, found: str) -> Answer:
    """The answer that tells a fact, before what the move brings besides."""
    besides = _to(memory, move, False, False) if move in _BRINGING else None
    memory.learn(found)
    if move == "ask_payment":
        memory.says = memory.told["says"]
    told = _line(memory, f"fact_{found}")
    if besides is None or besides.kind in ("refused", "too_early", "guarded"):
        return Answer("fact", [told], [found])
    return Answer(besides.kind, [told, *besides.lines], [found])


def _withheld(memory: Memory, move: str) -> bool:
    """Whether there is something that the move asks for and is not told, yet."""
    return any(
        name not in memory.facts and move in rule["by"]
        for name, rule in memory.told["facts"].items()
    )


def _to(memory: Memory, move: str, pausing: bool, again: bool) -> Answer:
    """The answer to a good move, leaving aside a fact that it may bring out."""
    first = memory.said.count(move) == 1
    match move:
        case "open":
            slot = _line(memory, "open") if first else common(memory, "opened_again")
            return Answer("greeting", [slot])
        case "verify_identity":
            return verified(memory, first)
        case "state_facts":
            return Answer("heard", [_line(memory, "heard" if first else "again")])
        case "ask_payment":
            return _payment(memory)
        case "ask_date":
            return _date(memory)
        case "stay_silent":
            if again or not pausing:
                memory.patience -= 1.5
                return Answer("silence", [common(memory, "wait_there")])
            return Answer("silence", [_line(memory, "silence")])
        case "ask_reason" | "ask_specifics":
            if _withheld(memory, move) or "reason" not in memory.facts:
                return Answer("guarded", [_line(memory, "guarded")])
            slot = _line(memory, "known") if first else common(memory, "nothing_more")
            return Answer("known", [slot])
        case "listen":
            return Answer("acknowledged", [_line(memory, "acked")])
        case "summarise":
            if not memory.facts:
                return Answer("guarded", [common(memory, "nothing_to_sum")])
            return Answer("summed", [_line(memory, "summed")])
        case "offer_documents":
            needed = memory.told.get("documents_after")
            blind = needed and needed not in memory.facts and "docs_blind" in memory.told["lines"]
            return Answer("documents", [_line(memory, "docs_blind" if blind else "docs")])
        case "log_dispute":
            return Answer("ticket", [_line(memory, "log")])
        case "split_undisputed" | "offer_plan":
            return _proposal(memory, move)
        case "ask_security":
            return Answer("refused", [_line(memory, "security_no")])
        case "name_lawful_consequence":
            weak = "consequence_weak" in memory.told["lines"] and not memory.facts
            return Answer("pressed", [_line(memory, "consequence_weak" if weak else "consequence")])
        case "escalate_senior":
            return Answer("senior", [_line(memory, "senior")])
        case "ask_method" | "ask_name":
            return _part(memory, move.removeprefix("ask_"))
        case "confirm":
            if not memory.promise and memory.tokens.isdisjoint(("log_dispute", "escalate_senior")):
                return Answer("too_early", [common(memory, "too_early")])
            memory.tokens.add("confirmed")
            return Answer("confirmed", [_line(memory, "confirm")])
        case "note_limitation":
            return Answer("acknowledgement", [_line(memory, "limitation")])
        case _:
            memory.ended = "close"
            return Answer("closed", [_goodbye(memory)])


def _goodbye(memory: Memory) -> tuple:
    """Thanks and what comes next, if something was settled and they part on good terms."""
    if colleague_listens(memory):
        return common(memory, "colleague_bye")
    settled = memory.promise.get("date") or memory.tokens & {"log_dispute", "escalate_senior"}
    friendly = memory.cue not in ("annoyed", "angry")
    return _line(memory, "close") if settled and friendly else common(memory, "parted")


def _payment(memory: Memory) -> Answer:
    if memory.path is not None and memory.path["kind"] == "plan":
        return Answer("promise", [common(memory, "said_plan")])
    path, times = offer(memory, "promise"), memory.said.count("ask_payment")
    if path is None or (times == 1 and _hesitant(memory)):
        slot = "again" if times > 2 else "known" if "reason" in memory.facts else "excuse"
        memory.says = memory.told["says"]
        return Answer("excuse", [_line(memory, slot)])
    known = memory.promise.get("amount")
    amount = amount_of(path, memory.situation)
    memory.promised(amount, memory.promise.get("date"), path)
    slot = common(memory, "said_amount") if known == amount else _line(memory, "promise")
    return Answer("promise", [slot])


def _hesitant(memory: Memory) -> bool:
    """Nobody promises at the first word, before anything has been said about the reason."""
    heard = "reason" in memory.facts or "log_dispute" in memory.tokens
    return not heard and not memory.promise


def _date(memory: Memory) -> Answer:
    plan = memory.path is not None and memory.path["kind"] == "plan"
    path = memory.path if plan else offer(memory, "promise")
    if path is None or (memory.said.count("ask_date") == 1 and _hesitant(memory)):
        if memory.promise.get("date"):
            return Answer("date", [common(memory, "said_date")])
        return Answer("dodge", [_line(memory, "dodge")])
    amount, day = amount_of(path, memory.situation), day_of(path, memory.situation)
    lines = [] if memory.promise.get("amount") == amount else [_promise_line(memory, amount)]
    if memory.promise.get("date") == day:
        return Answer("date", [*lines, common(memory, "said_date")])
    memory.promised(amount, day, path)
    return Answer("date", [*lines, _line(memory, "date")])


def _promise_line(memory: Memory, amount) -> tuple:
    memory.promise["amount"] = amount
    return _line(memory, "promise")


def _proposal(memory: Memory, move: str) -> Answer:
    """An offer of the creditor's: a plan, or to pay first what is not disputed."""
    kind, told = _STATES[move], memory.told["lines"]
    path = offer(memory, kind)
    if move == "split_undisputed":
        if path is None or path["amount"] != "undisputed":
            return Answer("refused", [_line(memory, "split_no" if "split_no" in told else "split")])
        memory.promised(amount_of(path, memory.situation), memory.promise.get("date"), path)
        return Answer("promise", [_line(memory, "split")])
    if path is None:
        return Answer("refused", [_line(memory, "plan_no")])
    memory.promised(amount_of(path, memory.situation), day_of(path, memory.situation), path)
    loose = path["keep"] < 0.5 and "plan_loose" in told
    return Answer("plan", [_line(memory, "plan_loose" if loose else "plan_yes")])


def _part(memory: Memory, part: str) -> Answer:
    if "amount" not in memory.promise:
        if part == "name" and _withheld(memory, "ask_name"):
            return Answer("guarded", [_line(memory, "guarded")])
        known = part == "name" and "decider" in memory.facts
        slot = common(memory, "decider_told" if known else "too_early")
        return Answer("known" if known else "too_early", [slot])
    memory.promise[part] = True
    return Answer("named", [_line(memory, part)])


def _line(memory: Memory, slot: str) -> tuple:
    """The next of the type's own lines; once all are said, that it has been said."""
    lines = memory.told["lines"][slot]
    if memory.used.get(slot, 0) >= len(lines) and slot not in _NEW_EACH_TIME:
        return common(memory, "said_already")
    return memory.variant(slot, lines)
