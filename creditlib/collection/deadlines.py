"""The smaller periods of collection: enforcement, bills, preservation, registration, revocation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from creditlib.collection.calendar import add_months, next_working_day
from creditlib.collection.claim import calendar_day
from creditlib.collection.steps import Step, step
from creditlib.errors import InputError


class _Period(NamedTuple):
    number: int
    unit: str
    law: str


PERIODS = {
    "enforcement": _Period(24, "months", "procedure_250"),
    "bill_presentment": _Period(10, "days", "bills_53"),
    "bill_acceptor": _Period(24, "months", "bills_17"),
    "bill_recourse": _Period(6, "months", "bills_17"),
    "bill_further_recourse": _Period(3, "months", "bills_17"),
    "suit_after_preservation": _Period(30, "days", "procedure_104"),
    "price_security": _Period(10, "days", "civil_416"),
    "revocation": _Period(12, "months", "civil_541"),
    "sme_public_body": _Period(30, "days", "sme_9"),
    "sme_large_enterprise": _Period(60, "days", "sme_9"),
    "receivable_confirmation": _Period(30, "days", "sme_16"),
    "payment_order_objection": _Period(15, "days", "procedure_225"),
}
_REVOCATION_YEARS = 5


@dataclass(frozen=True)
class Deadline:
    """A last day, the next working day by weekends and the holidays given, and the reasons."""

    kind: str
    last_day: date
    rolled: date
    steps: tuple[Step, ...]


def deadline(
    kind: str, start: date, *, act: date | None = None, holidays: Collection[date] = ()
) -> Deadline:
    """Return the last day of a period that runs from `start`, which itself does not count.

    `kind` and what `start` is: "enforcement" (last day for performance of the judgment),
    "bill_presentment" and "bill_acceptor" (maturity), "bill_recourse" (dishonour),
    "bill_further_recourse" (own payment or suit), "suit_after_preservation" (the measure),
    "price_security" (delivery), "revocation" (knowledge; `act` is the day of the debtor's
    disposal, five years after which it is over in any case), "sme_public_body" and
    "sme_large_enterprise" (delivery, where no term is agreed), "receivable_confirmation" (the
    request), "payment_order_objection" (service).
    Source: the article in `.steps`; counting by Civil Code 201–203.

    >>> deadline("price_security", date(2025, 9, 8)).last_day
    datetime.date(2025, 9, 18)
    """
    if kind not in PERIODS:
        raise InputError(
            "limitation.unknown_deadline", column="kind", value=kind, known=", ".join(PERIODS)
        )
    period = PERIODS[kind]
    start = calendar_day(start, "start")
    if period.unit == "days":
        last_day = start + timedelta(days=period.number)
    else:
        last_day = add_months(start, period.number)
    steps = [step(f"limitation.deadline.{kind}", period.law, start=start, last_day=last_day)]
    if kind == "revocation" and act is not None:
        act = calendar_day(act, "act")
        if start < act:
            raise InputError("limitation.act_after", start=start, act=act)
        stop = add_months(act, _REVOCATION_YEARS * 12)
        steps.append(step("limitation.deadline.revocation_stop", "civil_541", act=act, stop=stop))
        last_day = min(last_day, stop)
    rolled = next_working_day(last_day, holidays)
    if rolled != last_day:
        steps.append(step("limitation.step.rolled", "civil_203", last_day=last_day, rolled=rolled))
    return Deadline(kind, last_day, rolled, tuple(steps))
