"""The DSO lab's company: a quarter of sales and payments, what is open then, and its measures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from creditlib.basics.receivables import (
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
)
from creditlib.errors import Undefined

MONTH, QUARTER = 30, 3
# Sales of every month before the quarter, in RMB; nine such months outlive the longest open item.
USUAL, EARLIER = 1e7, 9

JUMP, FALL = 1.6, 0.6  # times a month's sales
MORE_LATE = 0.2  # on top of the share paid late
BIG_INVOICE = 0.5 * USUAL
WRITTEN_OFF = 0.5  # of what is past due
EVENTS = (
    *("steady", "early_jump", "late_jump", "fall"),
    *("later_payers", "big_invoice", "write_off"),
)
MEASURES = ("dso", "best_possible", "add", "countback", "cei")


@dataclass(frozen=True)
class MonthOpen:
    """One month's sales and what of them is still open at the end of the quarter, in RMB."""

    sales: float
    current: float
    past_due: float
    written_off: float = 0.0


@dataclass(frozen=True)
class Quarter:
    """A quarter of three months of 30 days; `months` newest first, with those before it."""

    event: str
    months: tuple[MonthOpen, ...]
    beginning: float  # receivables before the quarter
    days_taken: float  # from invoice to payment, on average: what customers really do

    @property
    def credit_sales(self) -> float:
        """Sales of the quarter's three months, in RMB, like all that follows."""
        return sum(month.sales for month in self.months[:QUARTER])

    @property
    def current(self) -> float:
        """Open and not due yet."""
        return sum(month.current for month in self.months)

    @property
    def past_due(self) -> float:
        """Open and past its due date."""
        return sum(month.past_due for month in self.months)

    @property
    def receivables(self) -> float:
        """All that is open."""
        return self.current + self.past_due

    @property
    def written_off(self) -> float:
        """Taken off the books unpaid on the last day."""
        return sum(month.written_off for month in self.months)


def still_open(
    sales: Sequence[float], terms: float, late_share: float, late_days: float
) -> tuple[MonthOpen, ...]:
    """Return what is open of each month's sales (newest first) at the end of the newest.

    The model: a month has 30 days with equal sales on each; every invoice is due after `terms`
    days; `late_share` of them is paid `late_days` after that, the rest on the due date.

    >>> [(month.current, month.past_due) for month in still_open([300, 300, 300], 45, 0.2, 30)]
    [(300.0, 0.0), (150.0, 30.0), (0.0, 30.0)]
    """
    months = []
    for place, amount in enumerate(sales):
        not_due = amount * _younger_than(terms, place)
        unpaid_by_late = amount * _younger_than(terms + late_days, place)
        months.append(MonthOpen(amount, not_due, late_share * (unpaid_by_late - not_due)))
    return tuple(months)


def _younger_than(days: float, place: int) -> float:
    """Return the share of a month's invoices that is younger than `days`."""
    return min(1.0, max(0.0, (days - MONTH * place) / MONTH))


def quarter(
    event: str,
    first_month: float,
    second_month: float,
    last_month: float,
    terms: float,
    late_share: float,
    late_days: float,
) -> Quarter:
    """Return the quarter that follows from sales, terms and payment habits, and from `event`.

    Sales of the three months in RMB; the months before had `USUAL` sales. "later_payers": a larger
    share of what falls due in the quarter is paid late; "big_invoice": one more invoice, dated on
    the last day; "write_off": half of what is past due is written off on that day.
    """
    usual = [USUAL] * EARLIER
    beginning = sum(
        month.current + month.past_due for month in still_open(usual, terms, late_share, late_days)
    )
    factors = {"early_jump": (1, 1, JUMP), "late_jump": (JUMP, 1, 1), "fall": (FALL, 1, 1)}
    newest_first = zip(
        (last_month, second_month, first_month), factors.get(event, (1, 1, 1)), strict=True
    )
    sales = [amount * factor for amount, factor in newest_first]
    late_now = min(1.0, late_share + MORE_LATE) if event == "later_payers" else late_share
    months = list(still_open([*sales, *usual], terms, late_now, late_days))
    if event == "big_invoice":
        newest = months[0]
        months[0] = replace(
            newest, sales=newest.sales + BIG_INVOICE, current=newest.current + BIG_INVOICE
        )
    if event == "write_off":
        months = [_after_write_off(month) for month in months]
    return Quarter(event, tuple(months), beginning, terms + late_now * late_days)


def _after_write_off(month: MonthOpen) -> MonthOpen:
    gone = WRITTEN_OFF * month.past_due
    return replace(month, past_due=month.past_due - gone, written_off=gone)


def measures(now: Quarter) -> dict[str, float | Undefined]:
    """Return the measures of a quarter by name; one that is not defined is the reason why."""
    days, sales = MONTH * QUARTER, now.credit_sales
    history = [(month.sales, MONTH) for month in now.months]
    ways = {
        "dso": lambda: dso(now.receivables, sales, days),
        "best_possible": lambda: best_possible_dso(now.current, sales, days),
        "add": lambda: average_days_delinquent(now.receivables, now.current, sales, days),
        "countback": lambda: countback_dso(now.receivables, history),
        "cei": lambda: collection_effectiveness(now.beginning, sales, now.receivables, now.current),
    }
    found: dict[str, float | Undefined] = {}
    for name in MEASURES:
        try:
            found[name] = ways[name]()
        except Undefined as undefined:
            found[name] = undefined
    return found
