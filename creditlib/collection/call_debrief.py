"""What a trainer says after a call: ten checks, four levels, what was missed, one better line.

The checks are those of practitioner guides on collection calls; the levels are counted as the
labels of the course's calls.csv are: two things belong to each, 0 to 2 of them done.
"""

from dataclasses import dataclass
from itertools import pairwise

from creditlib.collection.call_memory import Memory
from creditlib.collection.call_offers import best_path
from creditlib.collection.call_outcome import Outcome, outcome_of
from creditlib.collection.call_turning import TurningPoint, first_line, heard, turning_point
from creditlib.collection.moves import BAD_MOVES, UNLAWFUL_MOVES
from creditlib.i18n import text

CHECKS = (
    "identity", "facts", "silence", "reason", "promise", "no_illegal_phrase", "written", "record",
    "limitation", "escalation",
)  # fmt: skip
LEVELS = ("listening", "cooperation", "clarity", "emotion")
_SOLVING = ("offer_documents", "log_dispute", "split_undisputed", "offer_plan", "escalate_senior")


@dataclass(frozen=True)
class Check:
    """One check: whether it was passed, on which line that shows (None if nowhere), and why."""

    id: str
    name: str
    passed: bool
    line: int | None
    why: str


@dataclass(frozen=True)
class Level:
    """One of the four labels, 0 to 2, with its reasons."""

    id: str
    name: str
    level: int
    why: tuple[str, ...]


@dataclass(frozen=True)
class Debrief:
    """What there is to say about a call, in one language."""

    outcome: Outcome
    summary: str
    checks: tuple[Check, ...]
    levels: tuple[Level, ...]
    missed: tuple[str, ...]
    turning_point: TurningPoint | None
    note: str


def debrief_of(memory: Memory, lines: list[dict], lang: str) -> Debrief:
    """Return the debrief of a call from its memory and its lines."""
    outcome = outcome_of(memory)
    persona = memory.situation.persona
    missed = [
        fact
        for fact, rule in memory.told["facts"].items()
        if fact not in memory.facts
        and memory.situation.flags.issuperset(need for need in rule.get("after", ()) if "=" in need)
    ]
    return Debrief(
        outcome=outcome,
        summary=text(
            "dialogue.summary",
            lang=lang,
            kind=text(f"dialogue.outcome.{outcome.kind}", lang=lang),
            score=outcome.score,
            type=text(f"dialogue.persona.{persona}.name", lang=lang),
            handling=text(f"dialogue.persona.{persona}.handling", lang=lang),
        ),
        checks=tuple(_checks(memory, lines, outcome, lang)),
        levels=tuple(_levels(memory, lines, outcome, lang)),
        missed=tuple(text(f"dialogue.fact.{fact}", lang=lang) for fact in missed),
        turning_point=turning_point(memory, lines, outcome, lang),
        note=text("dialogue.teaching_material", lang=lang),
    )


def silence_after_ask(lines: list[dict]) -> int | None:
    """Return the line of the first silence that follows an ask for payment or a date directly."""
    said = [(move, line["line"]) for line in lines for move in line["moves"]]
    for (before, _), (move, number) in pairwise(said):
        if before in ("ask_payment", "ask_date") and move == "stay_silent":
            return number
    return None


def _checks(memory: Memory, lines: list[dict], outcome: Outcome, lang: str):
    lapses = {name: number for number, name in reversed(memory.lapses)}
    opened, verified = first_line(lines, "open"), first_line(lines, "verify_identity")
    lines = heard(lines)
    stated = first_line(lines, "state_facts")
    blamed = lapses.get("accuse") or lapses.get("insult")
    broke = next((lapses[name] for name in UNLAWFUL_MOVES if name in lapses), lapses.get("insult"))
    reason = next((line["line"] for line in lines if "reason" in line["facts"]), None)
    parts = next(
        (line["line"] for line in reversed(lines) if line["kind"] in ("date", "plan")), None
    )
    written = next((line["line"] for line in lines if line["kind"] == "confirmed"), None)
    settled = outcome.kind in ("promise", "plan", "dispute_ticket", "escalation")
    limitation, senior = first_line(lines, "note_limitation"), first_line(lines, "escalate_senior")
    silent = silence_after_ask(lines)
    called_for = memory.situation.broken >= 2
    complete = bool(outcome.amount and outcome.date and outcome.method)
    none_to_give = outcome.kind == best_path(memory.situation)["kind"] == "escalation"
    results = {
        "identity": (
            opened is not None and memory.verified and "told_unverified" not in lapses,
            lapses.get("told_unverified") or verified or opened,
        ),
        "facts": (stated is not None and blamed is None, blamed or stated),
        "silence": (silent is not None, silent or first_line(lines, "ask_payment")),
        "reason": (reason is not None, reason),
        "promise": (complete or none_to_give, parts),
        "no_illegal_phrase": (broke is None, broke),
        "written": (written is not None, written),
        "record": (memory.verified and reason is not None and settled, None),
        "limitation": (limitation is not None, limitation),
        "escalation": (not called_for or senior is not None, senior),
    }
    for name in CHECKS:
        passed, line = results[name]
        why = "passed" if passed else "failed"
        yield Check(
            name,
            text(f"dialogue.check.{name}.name", lang=lang),
            passed,
            line,
            text(f"dialogue.check.{name}.{why}", lang=lang),
        )


def _levels(memory: Memory, lines: list[dict], outcome: Outcome, lang: str):
    opened = first_line(lines, "open") is not None and memory.verified
    lines = heard(lines)
    bad = [name for _, name in memory.lapses if name in BAD_MOVES]
    asked = first_line(lines, "ask_reason", "ask_specifics") is not None
    reflected = first_line(lines, "summarise", "listen") is not None
    offered = first_line(lines, *_SOLVING) is not None and not {"argue"} & set(bad)
    together = "reason" in memory.facts and outcome.kind in (
        "promise", "plan", "dispute_ticket", "escalation",
    )  # fmt: skip
    done = {
        "listening": (asked and "interrupt" not in bad, reflected),
        "cooperation": (offered, together),
        "clarity": (first_line(lines, "state_facts") is not None, outcome.confirmed),
        "emotion": (opened, not bad),
    }
    for name in LEVELS:
        why = tuple(
            text(f"dialogue.level.{name}.{part}_{'done' if did else 'missing'}", lang=lang)
            for part, did in zip(("first", "second"), done[name], strict=True)
        )
        yield Level(name, text(f"dialogue.level.{name}.name", lang=lang), sum(done[name]), why)
