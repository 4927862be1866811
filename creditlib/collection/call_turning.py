"""Where a call turned: the line that did the harm, or the step that never came."""

from dataclasses import dataclass

from creditlib.collection.call_memory import Memory
from creditlib.collection.call_offers import step_left_out
from creditlib.collection.call_outcome import Outcome
from creditlib.collection.moves import BAD_MOVES, UNLAWFUL_MOVES, move_name
from creditlib.i18n import text

_IN_VAIN = ("guarded", "refused", "dodge", "too_early", "excuse")  # answers that give nothing


@dataclass(frozen=True)
class TurningPoint:
    """The line on which the call turned, what was said there, and what would have served better."""

    line: int
    said: str
    cause: str
    better: str


def first_line(lines: list[dict], *moves: str) -> int | None:
    """Return the number of the first line on which one of the moves was made, None if never."""
    return next((line["line"] for line in lines if set(line["moves"]) & set(moves)), None)


def heard(lines: list[dict]) -> list[dict]:
    """Return the lines that reached somebody who could answer for the debt."""
    return [line for line in lines if line["kind"] not in ("colleague", "curt")]


def turning_point(
    memory: Memory, lines: list[dict], outcome: Outcome, lang: str
) -> TurningPoint | None:
    """Return the line that cost most, None if nothing much was lost.

    A line that broke the law or the call, closed a way or hurt comes before a step left out.
    """
    lapses = dict(reversed(memory.lapses))
    worst = min(lines, key=lambda line: line["trust_change"], default=None)
    turned = next((line for line in lines if set(line["moves"]) & set(UNLAWFUL_MOVES)), None)
    if turned is None and memory.ended == "hang_up":
        turned = worst
    if turned is None:
        turned = next((line for line in lines if line["closed_a_way"]), None)
    if turned is None and worst and set(worst["moves"]) & set(BAD_MOVES):
        turned = worst
    if turned is not None:
        bad = next((move for move in turned["moves"] if move in BAD_MOVES), None)
        if bad:
            return _point(turned, f"dialogue.cause.{bad}", f"dialogue.better.{bad}", lang)
        cause = "hung_up" if memory.ended == "hang_up" else "closed"
        return _point(turned, f"dialogue.cause.{cause}", _better(memory), lang)
    told = next((line for line in lines if lapses.get(line["line"]) == "told_unverified"), None)
    if told is not None:
        cause, better = "dialogue.cause.told_unverified", "dialogue.better.told_unverified"
        return _point(told, cause, better, lang)
    if outcome.share > 0.9 or not lines:
        return None
    return _left_out(memory, heard(lines) or lines, lang)


def _left_out(memory: Memory, lines: list[dict], lang: str) -> TurningPoint:
    """What was asked in vain, settled too soon or never asked, and the step that was missing."""
    asked = first_line(lines, "ask_payment", "ask_date")
    open_question = {"ask_reason", "ask_specifics", "listen", "stay_silent"} & memory.tokens
    if asked and "reason" not in memory.facts and not open_question:
        line = next(line for line in lines if line["line"] == asked)
        return _point(line, "dialogue.cause.no_reason", "dialogue.better.no_reason", lang)
    step = step_left_out(memory)
    if step is None:
        line = min(lines, key=lambda line: line["trust_change"])
        return _point(line, "dialogue.step.none", _better(memory), lang)
    move, fact = step
    talked = [line for line in lines if line["kind"] != "closed"] or lines
    vain = [line for line in talked if line["kind"] in _IN_VAIN and move in line["moves"]]
    settled = [line for line in talked if line["kind"] in ("promise", "date", "plan")]
    line = (vain[-1:] or settled[:1] or talked[-1:])[0]
    slot, better = "move", _better(memory)
    if fact in memory.facts:
        after = next(
            (at for at, each in enumerate(talked, 1) if fact in each["facts"]), len(talked)
        )
        slot, line = "then", talked[min(after, len(talked) - 1)]
    elif fact:
        slot = "mood" if vain else "fact"
    elif move in memory.tokens:
        slot, line = "again", talked[-1]
    elif "amount" in memory.promise and move in ("ask_date", "ask_method", "ask_name", "confirm"):
        slot, better = "parts", "dialogue.better.parts"
    cause = text(
        f"dialogue.step.{slot}",
        lang=lang,
        move=move_name(move, lang),
        fact=text(f"dialogue.fact.{fact}", lang=lang) if fact else "",
    )
    return TurningPoint(line["line"], line["caller"], cause, text(better, lang=lang))


def _better(memory: Memory) -> str:
    slot = "better_hollow" if "ground=hollow" in memory.situation.flags else "better"
    return f"dialogue.persona.{memory.situation.persona}.{slot}"


def _point(line: dict, cause: str, better: str, lang: str) -> TurningPoint:
    return TurningPoint(line["line"], line["caller"], text(cause, lang), text(better, lang))
