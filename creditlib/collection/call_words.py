"""What is heard: the debtor's reply, and the values that lines name, as they are said."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from creditlib.collection.call_memory import Memory
from creditlib.collection.call_offers import day_of
from creditlib.collection.claim import Claim
from creditlib.i18n import text


@dataclass(frozen=True)
class Reply:
    """What comes back: the debtor's words, how they sound, what was learnt, whether it is over.

    `kind` is the kind of answer (excuse, guarded, fact, promise, plan, hurt, not_followed …),
    `cue` one of warm, open, guarded, annoyed, angry, and `mood` says it in words; `note` tells
    the trainee that own words were not understood and what that cost, else it is empty.
    """

    text: str
    kind: str
    cue: str
    mood: str
    facts: tuple[str, ...]
    over: bool
    note: str


def spoken_values(memory: Memory, claim: Claim, lang: str, caller: str) -> dict[str, object]:
    """Return what the lines of both sides name, by their placeholders, in a language."""
    hidden, place = memory.situation, 0 if lang == "zh" else 1
    plan_path = memory.path or {}
    values = {name: pair[place] for name, pair in hidden.words.items()}
    days = {
        "run_date": hidden.run,
        "later_date": day_of({"days": "later"}, hidden),
        "date": memory.promise.get("date"),
        "plan_date": day_of(plan_path, hidden) if plan_path else None,
    }
    money = {
        "total": hidden.total, "now": hidden.now, "later": hidden.later,
        "disputed": hidden.disputed, "undisputed": hidden.undisputed,
        "amount": memory.promise.get("amount", hidden.total),
    }  # fmt: skip
    return (
        values
        | {name: spoken_day(day, claim.as_of, lang) for name, day in days.items() if day}
        | {name: f"{amount:,.2f}".removesuffix(".00") for name, amount in money.items()}
        | {
            "who": hidden.contact[place],
            "decider": hidden.decider[place],
            "invoice": spoken_invoices(claim, lang),
            "due": spoken_due(claim, lang),
            "days": claim.days_overdue,
            "caller": caller,
        }
    )


def spoken_invoices(claim: Claim, lang: str) -> str:
    """Return what the claim rests on, as it is said: the invoice, or the oldest of several.

    >>> spoken_invoices(Claim.of("480000", date(2025, 10, 31), date(2025, 12, 31)), "en")
    'the invoice'
    """
    number = min(claim.invoices, key=lambda invoice: invoice.due).number
    more = len(claim.invoices) - 1
    if not number:
        return text("dialogue.invoice.all" if more else "dialogue.invoice.unnumbered", lang)
    if more:
        return text("dialogue.invoice.several", lang, number=number, more=more)
    return text("dialogue.invoice.one", lang, number=number)


def spoken_due(claim: Claim, lang: str) -> str:
    """Return the due date as it is said, of several invoices the first."""
    first = spoken_day(claim.oldest_due, claim.as_of, lang)
    many = len({invoice.due for invoice in claim.invoices}) > 1
    return text("dialogue.day.first", lang, day=first) if many else first


@lru_cache(100)  # the same few days in every line of a call
def spoken_day(day: date, today: date, lang: str) -> str:
    """Return a day as it is said: without the year if that goes without saying.

    >>> spoken_day(date(2026, 1, 12), date(2025, 12, 31), "en")
    '12 January'
    """
    near = abs((day - today).days) < 180
    values = {"day": day.day, "year": day.year}
    month = text(f"dialogue.month.m{day.month}", lang=lang)
    return text("dialogue.day.near" if near else "dialogue.day.far", lang, month=month, **values)
