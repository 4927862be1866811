"""Who is on the line: one of eight debtor types, with a situation drawn from the seed.

The types are those of practitioner guides (courses and trade press on collection calls), the ids
those of `debtor_type` in the course's calls.csv.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from creditlib.collection.call_files import PERSONAS, call_file, persona_file
from creditlib.collection.claim import Claim
from creditlib.errors import InputError

RUN_DAYS = ((10, 25), (5, 20), (15, 28))  # days of the month on which a payment run goes out


@dataclass(frozen=True)
class Situation:
    """What is true of the debtor on this call and is not told unasked.

    `drawn` names what was drawn (which paper is missing, whether a dispute has substance);
    `words` says it in Chinese and English; `now` and `later` are what can be paid at once and on
    `later_day`; `run` the next payment run that can still be met; `broken` the promises broken
    before, which the creditor's own file knows; `colleague` whether somebody else picks up.
    """

    persona: str
    contact: tuple[str, str]
    decider: tuple[str, str]
    drawn: dict[str, str]
    words: dict[str, tuple[str, str]]
    total: Decimal
    disputed: Decimal
    now: Decimal
    later: Decimal
    later_days: int
    run: date
    late_run: date
    as_of: date
    trust: float
    patience: float
    broken: int
    colleague: bool

    @property
    def flags(self) -> set[str]:
        """What was drawn, as the conditions of the paths are written."""
        return {f"{name}={option}" for name, option in self.drawn.items()}

    @property
    def undisputed(self) -> Decimal:
        """What is owed without the part that the debtor contests."""
        return self.total - self.disputed


def situation(persona: str, claim: Claim, seed: int = 0) -> Situation:
    """Return the hidden situation of a debtor type for a claim; the same for the same seed.

    Raises `InputError` for a type that there is not, a claim that is not overdue or fully paid,
    and a currency other than CNY, in which the lines are spoken.

    >>> claim = Claim.of("480000", due=date(2025, 10, 31), as_of=date(2025, 12, 31))
    >>> situation("process_bound", claim, seed=3) == situation("process_bound", claim, seed=3)
    True
    """
    if persona not in PERSONAS:
        raise InputError("dialogue.unknown_persona", value=persona, known=", ".join(PERSONAS))
    total = claim.principal - sum((each.amount for each in claim.payments), Decimal(0))
    if total <= 0 or claim.days_overdue <= 0:
        raise InputError("dialogue.nothing_overdue", total=total, days=claim.days_overdue)
    if claim.currency != "CNY":
        raise InputError("dialogue.currency", value=claim.currency)
    told, random = persona_file(persona), Random(f"{persona}/{seed}")
    drawn, words = {}, {}
    for name, options in told.get("draw", {}).items():
        drawn[name] = random.choice(sorted(options))
        words[name] = tuple(options[drawn[name]])
    numbers = {name: random.uniform(*ends) for name, ends in sorted(told["numbers"].items())}
    disputed = min(claim.disputed, total)
    if "disputed" in numbers and not 0 < disputed < total:
        disputed = rounded(total * Decimal(numbers["disputed"]), total)
    people = call_file("common")["people"]
    contact = tuple(random.choice(people["contact"]))
    decider = tuple(random.choice(people["decider"]))
    runs = payment_runs(claim.as_of, random.choice(RUN_DAYS))
    return Situation(
        persona=persona,
        contact=(claim.debtor.contact,) * 2 if claim.debtor.contact else contact,
        decider=decider,
        drawn=drawn,
        words=words,
        total=total,
        disputed=disputed,
        now=rounded(total * Decimal(numbers["now"]), total),
        later=rounded(total * Decimal(numbers["later"]), total),
        later_days=round(numbers["later_days"]),
        run=runs[0],
        late_run=runs[2],
        as_of=claim.as_of,
        trust=told["trust"] + random.uniform(-0.4, 0.4),
        patience=random.uniform(*told["patience"]),
        broken=random.choices((0, 1, 2), told["broken"])[0],
        colleague=random.random() < 0.25,
    )


def rounded(amount: Decimal, total: Decimal) -> Decimal:
    """Round as people do on the telephone: to 100 yuan, a small claim to the fen."""
    if amount == total:
        return total
    step = Decimal(100) if total >= 10_000 else Decimal("0.01")
    return (amount / step).quantize(Decimal(1)) * step


def payment_runs(as_of: date, days: tuple[int, int]) -> list[date]:
    """Return the next payment runs that are at least five days away, the soonest first.

    >>> [str(day) for day in payment_runs(date(2025, 12, 31), (10, 25))]
    ['2026-01-12', '2026-01-26', '2026-02-10']
    """
    first = as_of + timedelta(days=5)
    every = (first + timedelta(days=number) for number in range(75))
    return [weekday(day) for day in every if day.day in days][:3]


def weekday(day: date) -> date:
    """Return the day, or the Monday after it if it falls on a weekend; holidays are not known."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
