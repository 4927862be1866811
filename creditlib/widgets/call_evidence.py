"""What a call shows: both sides' words, what was learnt and promised, at its end the debrief."""

from collections.abc import Iterable
from random import Random

from creditlib.collection.claim import Claim
from creditlib.collection.dialogue import BAD_MOVES, PERSONAS, Call, Debrief, debrief, move_name
from creditlib.errors import CreditError
from creditlib.i18n import text
from creditlib.widgets.look import money, notice, words

KEY = "widgets.the_call."
# The moves as a caller looks for them: by what they are for.
GROUPS = {
    "begin": ("open", "verify_identity", "state_facts", "ask_payment"),
    "listen": ("stay_silent", "ask_reason", "ask_specifics", "listen", "summarise"),
    "solve": ("offer_documents", "log_dispute", "split_undisputed", "offer_plan", "ask_security"),
    "press": ("name_lawful_consequence", "escalate_senior"),
    "settle": ("ask_date", "ask_method", "ask_name", "confirm", "note_limitation", "close"),
    "impulse": BAD_MOVES,
}
PASSED, FAILED, REACHED, OPEN = "✓", "✗", "●", "○"
NEXT = "\u00a0"  # a space at which no line breaks
TOP_LEVEL = 2
GOOD_SCORE = 60

Said = Iterable[tuple[str, str]]


def held(claim: Claim, persona: str, seed: float, said: Said) -> Call:
    """Return the call in which this was said; what comes after its end is left out.

    With `persona` empty, the seed draws one of the eight types.

    >>> from creditlib.widgets.example_claims import example_claim
    >>> held(example_claim(), "", 3, [("open", "")]).persona in PERSONAS
    True
    """
    seed = round(seed)  # a control gives a float
    call = Call(persona or Random(f"caller/{seed}").choice(PERSONAS), claim, seed)
    for move, own in said:
        if call.over:
            break
        call.say(move, own)
    return call


def sayable(claim: Claim, persona: str, seed: float, said: Said) -> tuple[str, ...]:
    """Return the moves that can follow what was said; none if there can be no such call."""
    try:
        return held(claim, persona, seed, said).moves()
    except CreditError:
        return ()


def call_evidence(claim: Claim, persona: str, seed: float, said: Said) -> str:
    """Return the call as it stands, as HTML."""
    call = held(claim, persona, seed, said)
    talk = "".join(map(_exchange, call.lines)) or notice(text(f"{KEY}not_begun"), "quiet")
    return (
        _who(call, persona)
        + f'<div class="talk" tabindex="0"><div>{talk}</div></div>'
        + _standing(call)
        + (_debrief(debrief(call)) if call.over else notice(text(f"{KEY}go_on"), "quiet"))
    )


def _who(call: Call, persona: str) -> str:
    key = "known" if persona else "stranger"
    type_of = text(f"dialogue.persona.{call.persona}.name")
    claim = call.claim
    sentence = text(
        f"{KEY}{key}",
        type=type_of,
        debtor=claim.debtor.name,
        amount=money(float(call.state()["file"]["amount"])),
        days=claim.days_overdue,
    )
    broken = call.state()["file"]["broken_promises"]
    return notice(sentence + (text(f"{KEY}broken", count=broken) if broken else ""), "quiet")


def _exchange(line: dict) -> str:
    """Return what the caller said and what came back; own words show what they were taken for."""
    joint = text("widgets.and")
    moves = joint.join(map(move_name, line["moves"])) or text(f"{KEY}not_understood")
    facts = joint.join(text(f"dialogue.fact.{fact}") for fact in line["facts"])
    learnt = f"<small>{words(text(KEY + 'learnt', facts=facts))}</small>" if facts else ""
    bad = " bad" if set(line["moves"]) & set(BAD_MOVES) else ""
    return (
        f'<p class="ours{bad}"><small>{line["line"]} · {words(moves)}</small>'
        f"{words(line['caller'])}</p>"
        f'<p class="theirs {line["cue"]}">{words(line["debtor"])}'
        f"<small>{words(text('dialogue.cue.' + line['cue']))}</small>{learnt}</p>"
    )


def _standing(call: Call) -> str:
    """Return the clock, the mood, what is known, and which parts of a promise there are."""
    state = call.state()
    used, left = state["minutes"], state["minutes_left"]
    promise = state["promise"] | {"confirmed": state["confirmed"]}
    parts = [
        (PASSED if promise.get(name) else OPEN) + NEXT + _part(name, promise.get(name))
        for name in ("amount", "date", "method", "name", "confirmed")
    ]
    facts = [text(f"dialogue.fact.{fact}") for fact in state["facts"]]
    rows = [
        ("minutes", text(f"{KEY}of_minutes", used=used, whole=used + left)),
        ("mood", text(f"dialogue.cue.{call.memory.cue}")),
        ("facts", text(f"{KEY}facts_joint").join(facts) or "–"),
        ("promise", text(f"{KEY}joint").join(parts)),
    ]
    entries = "".join(
        f"<span>{words(text(KEY + name))}</span><b>{words(shown)}</b>" for name, shown in rows
    )
    return f'<div class="standing">{entries}</div>'


def _part(name: str, value: object) -> str:
    part = text(f"{KEY}part.{name}")
    if name == "amount" and value:
        return f"{part} {money(float(value))}"
    return f"{part} {value}" if name == "date" and value else part


def _debrief(told: Debrief) -> str:
    outcome = told.outcome
    verdict = notice(told.summary, "good" if outcome.score >= GOOD_SCORE else "bad")
    share = text(f"{KEY}share", expected=money(float(outcome.expected)), share=outcome.share)
    point = told.turning_point
    if point:
        line = text(f"{KEY}turned", line=point.line, said=point.said, cause=point.cause)
        turned = _titled(
            "turning_point", f"<p>{words(line)}</p><p><b>{words(point.better)}</b></p>"
        )
    else:
        turned = ""
    checks = "".join(
        f'<li class="{"good" if check.passed else "bad"}"><b>{PASSED if check.passed else FAILED} '
        f"{words(check.name)}</b>{_on_line(check.line)}<small>{words(check.why)}</small></li>"
        for check in told.checks
    )
    levels = "".join(
        f"<li><b>{words(each.name)} {REACHED * each.level}{OPEN * (TOP_LEVEL - each.level)}</b>"
        f"<small>{words(text(KEY + 'sentences').join(each.why))}</small></li>"
        for each in told.levels
    )
    missed = "".join(f"<li>{words(fact)}</li>" for fact in told.missed)
    return (
        f"<h5>{words(text(KEY + 'over'))}</h5>"
        + verdict
        + f"<p>{words(share)}</p>"
        + turned
        + _titled("checks", f'<ul class="checks">{checks}</ul>')
        + _titled("levels", f'<ul class="checks">{levels}</ul>')
        + (_titled("missed", f"<ul>{missed}</ul>") if missed else "")
        + notice(told.note, "quiet")
    )


def _on_line(line: int | None) -> str:
    return f" {words(text(KEY + 'on_line', line=line))}" if line else ""


def _titled(name: str, inside: str) -> str:
    return f"<h5>{words(text(KEY + name))}</h5>{inside}"
