"""Until when a claim can be sued on: three years, begun anew by every interruption."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from creditlib.collection.allocation import Debt, allocate
from creditlib.collection.calendar import add_months, next_working_day
from creditlib.collection.claim import Claim, OwedInvoice
from creditlib.collection.guarantee import GuaranteePeriod, guarantee_period
from creditlib.collection.limitation_events import (
    AGREEMENTS,
    INTERRUPTIONS,
    NEVER,
    Event,
    Ignored,
    ignored,
)
from creditlib.collection.steps import Step, step
from creditlib.errors import InputError
from creditlib.i18n import text

__all__ = ["Event", "GuaranteePeriod", "Ignored", "Limitation", "guarantee_period", "limitation"]

YEARS, CAP_YEARS, SUSPENDED_MONTHS = 3, 20, 6
_STARTS = ("last_instalment", "grace_end", "refusal")
_CIVIL_CODE = date(2021, 1, 1)
# Two years until then; what had run out stays so.
_OLD_YEARS, _THREE_YEARS_FROM = 2, date(2017, 10, 1)


@dataclass(frozen=True)
class Limitation:
    """The last day on which the claim is safe, and how it came about.

    `last_day` is not moved by holidays and is the one to keep to; `rolled` is the next working day
    by the weekends and the holidays given. `cap` is the end of the 20 years. `invoice` is the
    number of the one that runs out then, and `others` are the results of the claim's other
    invoices, each a debt of its own, the earliest last day first.
    """

    start: date
    last_day: date
    rolled: date
    cap: date
    steps: tuple[Step, ...]
    ignored: tuple[Ignored, ...]
    warnings: tuple[Step, ...]
    invoice: str = ""
    others: tuple["Limitation", ...] = ()

    def expired(self, on: date) -> bool:
        """Tell whether the period has run out on a day; the last day itself is still good."""
        return on > self.last_day

    def next_act(self, on: date) -> Step:
        """Return what keeps the claim safe from that day on."""
        if on > self.cap:
            return step("limitation.next.capped", "civil_188", cap=self.cap)
        if self.expired(on):
            return step("limitation.next.expired", "civil_192", last_day=self.last_day)
        left = (self.last_day - on).days
        key = "limitation.next.urgent" if left <= 90 else "limitation.next.demand"
        return step(key, "civil_195_demand", last_day=self.last_day, days=left)

    @property
    def notice(self) -> str:
        """What this reckoning is not."""
        return text("law.notice")


def limitation(
    claim: Claim, events: Iterable[Event] = (), *, holidays: Collection[date] = ()
) -> Limitation:
    """Return the last safe day of a claim after all that happened to it.

    Three years from the last day for performance, that day not counted. An interruption inside the
    period starts it anew; an obstacle in its last six months lets it end six months after the
    obstacle ceased; after it has run out only the debtor's agreement to perform counts. 20 years
    from the infringement are the end of it all. What the two years of the old law had ended before
    2017-10-01 stays ended. The order of `events` does not matter; those that change nothing come
    back in `.ignored` with the reason. An event "grace_end" or "refusal" (no due date) sets another
    start.

    Every invoice is a debt with a due date and a period of its own, and an event counts for those
    that it names (`Event.invoices`), one without names for all; but a part payment without names
    only for the invoice that it surely reached, the first in the order of the law. With several
    invoices the result is that of the first to run out, and `.others` holds those of the rest;
    until its last day the whole claim is safe. An event "last_instalment" that names none makes all
    of them instalments of one debt, with one period.
    Source: Civil Code 188–203, 560; Limitation Provisions 4–19; General-Part Interpretation 35, 38;
    Fa Shi [2018] No. 12, 2, 3.

    >>> claim = Claim.of("1000", due=date(2022, 3, 31), as_of=date(2025, 12, 31))
    >>> demand = Event(date(2023, 9, 15), "demand")
    >>> limitation(claim).last_day, limitation(claim, [demand]).last_day
    (datetime.date(2025, 3, 31), datetime.date(2026, 9, 15))
    """
    events = sorted(set(events), key=_place)
    numbers = {invoice.number for invoice in claim.invoices}
    for event in events:
        for number in event.invoices:
            if number not in numbers:
                known = ", ".join(sorted(numbers))
                raise InputError(
                    "limitation.unknown_invoice", day=event.day, value=number, known=known
                )
    one_debt = any(event.kind == "last_instalment" and not event.invoices for event in events)
    if one_debt or len(claim.invoices) == 1:
        number = claim.invoices[0].number if len(claim.invoices) == 1 else ""
        return replace(_period(claim.oldest_due, events, holidays), invoice=number)
    unnamed = [each for each in events if each.kind == "part_payment" and not each.invoices]
    reached = {each: replace(each, invoices=_reached(claim, each.day)) for each in unnamed}
    events = [reached.get(event, event) for event in events]
    found = [_of_one(invoice, events, holidays) for invoice in claim.invoices]
    first, *others = sorted(found, key=lambda each: each.last_day)
    several = {"count": len(found), "invoice": first.invoice, "day": first.last_day}
    warnings = [step("limitation.warning.several_invoices", **several)]
    warnings += [
        step(
            "limitation.warning.payment_without_invoice",
            "civil_560",
            day=event.day,
            invoices=", ".join(event.invoices),
        )
        for event in reached.values()
    ]
    return replace(first, warnings=(*warnings, *first.warnings), others=tuple(others))


def _place(event: Event) -> tuple:
    return (event.day, event.kind, event.detail, event.until or event.day, event.invoices)


def _reached(claim: Claim, day: date) -> tuple[str, ...]:
    """The invoices that the first cent of a payment goes to when the debtor named none."""
    debts = [
        Debt(each.number, each.due, each.amount, disputed=each.disputed == each.amount)
        for each in claim.invoices
    ]
    return tuple(share.number for share in allocate(Decimal("0.01"), debts, day).shares)


def _of_one(
    invoice: OwedInvoice, events: Iterable[Event], holidays: Collection[date]
) -> Limitation:
    about = [event for event in events if event.about(invoice.number)]
    return replace(_period(invoice.due, about, holidays), invoice=invoice.number)


def _period(due: date, events: list[Event], holidays: Collection[date]) -> Limitation:
    """The period of one debt, its events in their order."""
    start, steps = _start(due, events)
    infringed = min([event.day for event in events if event.kind == "infringement"], default=start)
    cap = add_months(infringed, CAP_YEARS * 12)
    obstacles = [event for event in events if event.kind == "obstacle"]
    for obstacle in obstacles:
        if obstacle.until is None:
            raise InputError("limitation.open_obstacle", day=obstacle.day)
    restarts = [event for event in events if event.kind in INTERRUPTIONS]
    dropped = [ignored(event, NEVER[event.kind]) for event in events if event.kind in NEVER]
    used_obstacles: set[Event] = set()

    first = start
    end, length, suspended = _end(start, obstacles)
    steps.append(length)
    for event in restarts:
        anew = event.until or event.day
        if anew <= start:
            key = "before_start" if start == first else "no_later"
            dropped.append(ignored(event, key, start=start))
        elif event.day > cap:
            dropped.append(ignored(event, "after_cap", cap=cap))
        elif event.day > end and event.kind not in AGREEMENTS:
            dropped.append(ignored(event, "after_expiry", last_day=end))
        else:
            # What began after the interruption found another period.
            suspended = {each: said for each, said in suspended.items() if each.day <= event.day}
            steps += suspended.values()
            used_obstacles.update(suspended)
            key = "revived" if event.day > end else INTERRUPTIONS[event.kind].key
            law = "civil_192" if event.day > end else INTERRUPTIONS[event.kind].law
            start = anew
            end, length, suspended = _end(start, obstacles)
            said = {name: length.values[name] for name in ("years", "last_day")}
            steps.append(step(f"limitation.step.{key}", law, day=event.day, anew=start, **said))
    steps += suspended.values()
    used_obstacles.update(suspended)
    dropped += [
        ignored(event, "obstacle_outside") for event in obstacles if event not in used_obstacles
    ]

    last_day = min(end, cap)
    if end > cap:
        steps.append(step("limitation.step.cap", "civil_188_cap", infringed=infringed, cap=cap))
    rolled = next_working_day(last_day, holidays)
    steps.append(step("limitation.step.safe", last_day=last_day))
    if rolled != last_day:
        steps.append(step("limitation.step.rolled", "civil_203", last_day=last_day, rolled=rolled))
    return Limitation(
        start, last_day, rolled, cap, tuple(steps), tuple(dropped), tuple(_warnings(due, events))
    )


def _start(due: date, events: list[Event]) -> tuple[date, list[Step]]:
    set_by = [event for event in events if event.kind in _STARTS]
    instalments = [event for event in set_by if event.kind == "last_instalment"]
    if instalments:
        last = max(event.day for event in instalments)
        return last, [step("limitation.step.instalments", "civil_189", day=last)]
    if set_by:
        first = min(set_by, key=lambda event: event.day)
        return first.day, [step(f"limitation.step.{first.kind}", "limitation_4", day=first.day)]
    return due, [step("limitation.step.due", "limitation_4", day=due)]


def _end(start: date, obstacles: list[Event]) -> tuple[date, Step, dict[Event, Step]]:
    """The end of a period begun on `start`, its length, and the obstacles that moved the end."""
    years, key, law = YEARS, "three_years", "civil_188"
    if add_months(start, _OLD_YEARS * 12) < _THREE_YEARS_FROM:
        years, key, law = _OLD_YEARS, "old_years", "old_limitation"
    end = add_months(start, years * 12)
    length = step(f"limitation.step.{key}", law, start=start, years=years, last_day=end)
    suspended = {}
    for obstacle in sorted(obstacles, key=lambda event: (event.day, event.until)):
        moved = add_months(obstacle.until, SUSPENDED_MONTHS)
        # Six months after it ceased lie beyond the end only if it reached into the last six.
        if obstacle.day <= end < moved:
            values = {"day": obstacle.day, "until": obstacle.until, "last_day": moved}
            suspended[obstacle] = step("limitation.step.suspended", "civil_194", **values)
            end = moved
    return end, length, suspended


def _warnings(due: date, events: list[Event]) -> list[Step]:
    found = []
    if due < _CIVIL_CODE:
        found.append(step("limitation.warning.older_law", day=due))
    if any(event.kind in ("suit", "arbitration") and event.until is None for event in events):
        found.append(step("limitation.warning.open_suit", "civil_195"))
    return found
