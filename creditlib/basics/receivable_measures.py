"""The measures of a whole ledger over a period: the DSO family, CEI, on time, past due, bad debt.

The frames are those of `receivable_tables`. What a customer paid without an invoice to put it
against is never taken off the open invoices: it stands beside them, as unapplied cash.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.basics.amounts import check_positive
from creditlib.basics.ledger_frames import Ledger, applied, day, ledger
from creditlib.basics.receivables import (
    average_days_delinquent,
    bad_debt_ratio,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
)
from creditlib.errors import CreditError, InputError, Undefined

WRITE_OFF = "write_off"


def on_time_share(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    as_of: object,
    days: int | None = None,
) -> float:
    """Return the share of the amounts fallen due that was paid by the due date, as a decimal.

    Amount-weighted: of every invoice due up to `as_of` (in the last `days` days, if given) what was
    to be paid is its amount less credit notes, other than write-offs; on time is what came in on or
    before the due date, a part payment with its part and never more than was to be paid.

    Raises `Undefined` if nothing fell due, or if an invoice dated up to `as_of` has no due date.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"],
    ...     "invoice_date": ["2025-10-01", "2025-11-01"], "due_date": ["2025-10-31", "2025-11-30"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1", "I2"], "amount": [900.0, 500.0],
    ...     "payment_date": ["2025-10-31", "2025-12-01"]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> on_time_share(invoices, payments, none, "2025-12-31")
    0.6
    """
    if days is not None:
        check_positive(days=days)
    read = ledger(invoices, payments, credit_notes)
    return _on_time_share(read, _written_off(credit_notes), day(as_of), days)


def measures(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    as_of: object,
    days: int = 90,
) -> dict[str, float | str]:
    """Return what one says of a ledger at `as_of`, over the `days` days that end with it.

    Amounts: `receivables` (open invoices), `past_due` of it, `undated` of it (no due date),
    `unapplied_cash` (payments and credit notes whose invoice is unknown or dated later, not taken
    off), `beginning` (receivables `days` earlier) and `credit_sales` of the period. Measures, as
    the functions of that name define them: `dso`, `best_possible_dso`, `average_days_delinquent`,
    `countback_dso` (over calendar months, the newest up to `as_of`), `collection_effectiveness`,
    `on_time_share` (of what fell due in the period), `past_due_share` (of receivables) and
    `bad_debt_ratio` (credit notes with the reason "write_off"). Where a measure is not defined its
    place holds the sentence that says why: a text instead of a number.

    The ledger must be complete for the period: with open items only, sales are those not paid yet.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"],
    ...     "invoice_date": ["2025-10-10", "2025-12-01"], "due_date": ["2025-11-09", "2025-12-31"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> found = measures(invoices, payments, none, "2025-12-31")
    >>> found["dso"], found["best_possible_dso"], round(found["past_due_share"], 4)
    (66.0, 30.0, 0.5455)
    """
    check_positive(days=days)
    as_of = day(as_of)
    read = ledger(invoices, payments, credit_notes)
    now, before = _balances(read, as_of), _balances(read, as_of - pd.Timedelta(days=days))
    sales = _total(read.amount[_within(read.invoiced, as_of, days)])
    found: dict[str, float | str] = {
        "receivables": now.receivables,
        "past_due": now.past_due,
        "undated": now.undated,
        "unapplied_cash": read.unapplied(as_of),
        "beginning": before.receivables,
        "credit_sales": sales,
    }
    defined_by = {
        "dso": lambda: dso(now.receivables, sales, days),
        "best_possible_dso": lambda: best_possible_dso(now.current(), sales, days),
        "average_days_delinquent": lambda: average_days_delinquent(
            now.receivables, now.current(), sales, days
        ),
        "countback_dso": lambda: countback_dso(now.receivables, _months(read, as_of)),
        "collection_effectiveness": lambda: collection_effectiveness(
            before.receivables, sales, now.receivables, now.current()
        ),
        "on_time_share": lambda: _on_time_share(read, _written_off(credit_notes), as_of, days),
        "past_due_share": now.past_due_share,
        "bad_debt_ratio": lambda: bad_debt_ratio(
            _write_offs(read, credit_notes, as_of, days), sales
        ),
    }
    for name, measure in defined_by.items():
        try:
            found[name] = measure()
        except CreditError as undefined:
            found[name] = str(undefined)
    return found


@dataclass(frozen=True)
class _Balances:
    """What is open on a day: in all, past due, and on how many invoices without a due date."""

    receivables: float
    past_due: float
    undated: float
    undated_invoices: int

    def current(self) -> float:
        """What is not due yet; undefined while it is not known of every invoice."""
        if self.undated_invoices:
            raise Undefined("basics.no_due_date", count=self.undated_invoices)
        if self.past_due < 0:
            raise Undefined("basics.credit_balance", value=self.past_due)
        return round(self.receivables - self.past_due, 2)

    def past_due_share(self) -> float:
        """The part of the receivables that is past due."""
        current = self.current()
        if self.receivables == 0:
            raise Undefined("basics.no_receivables")
        if current < 0:
            raise Undefined("basics.credit_balance", value=current)
        return self.past_due / self.receivables


def _balances(read: Ledger, as_of: pd.Timestamp) -> _Balances:
    open_amount = read.open_amounts(as_of)
    undated = np.isnat(read.due)
    return _Balances(
        receivables=_total(open_amount),
        past_due=_total(open_amount[read.due < as_of.to_datetime64()]),
        undated=_total(open_amount[undated]),
        undated_invoices=int(np.count_nonzero(open_amount[undated])),
    )


def _on_time_share(
    read: Ledger, written_off: np.ndarray, as_of: pd.Timestamp, days: float | None
) -> float:
    dated_later = read.invoiced > as_of.to_datetime64()
    undated = int(np.count_nonzero(np.isnat(read.due) & ~dated_later))
    if undated:
        raise Undefined("basics.no_due_date", count=undated)
    size = len(read.amount)
    reduced = applied(
        read.credit_notes, ~written_off & _within(read.credit_notes.date, as_of), size
    )
    payable = np.round(read.amount - reduced, 2)
    judged = _within(read.due, as_of, days) & ~dated_later & (payable > 0)
    if not judged.any():
        raise Undefined("basics.nothing_due")
    known = read.payments.invoice >= 0
    in_time = known.copy()
    in_time[known] = read.payments.date[known] <= read.due[read.payments.invoice[known]]
    on_time = np.minimum(applied(read.payments, in_time, size), payable)
    return float(on_time[judged].sum() / payable[judged].sum())


def _months(read: Ledger, as_of: pd.Timestamp) -> list[tuple[float, int]]:
    """The credit sales and the days of each month up to `as_of`, the newest first."""
    counted = _within(read.invoiced, as_of)
    newest = pd.Period(as_of, "M")
    back = newest.ordinal - read.invoiced[counted].astype("datetime64[M]").astype(int)
    sales = np.bincount(back, weights=read.amount[counted]).round(2)
    days = [as_of.day, *((newest - months).days_in_month for months in range(1, len(sales)))]
    return list(zip(sales.tolist(), days, strict=False))


def _written_off(credit_notes: pd.DataFrame) -> np.ndarray:
    if "reason" not in credit_notes:
        return np.zeros(len(credit_notes), dtype=bool)
    return (credit_notes["reason"] == WRITE_OFF).to_numpy(dtype=bool, na_value=False)


def _write_offs(
    read: Ledger, credit_notes: pd.DataFrame, as_of: pd.Timestamp, days: float
) -> float:
    if "reason" not in credit_notes:
        present = ", ".join(map(str, credit_notes.columns))
        raise InputError(
            "errors.missing_column", file="credit_notes", name="reason", present=present
        )
    counted = _written_off(credit_notes) & _within(read.credit_notes.date, as_of, days)
    return _total(read.credit_notes.amount[counted])


def _within(dates: np.ndarray, as_of: pd.Timestamp, days: float | None = None) -> np.ndarray:
    """Which dates lie in the `days` days that end with `as_of` (in all days up to it)."""
    up_to = dates <= as_of.to_datetime64()
    if days is None:
        return up_to
    return up_to & (dates > (as_of - pd.Timedelta(days=days)).to_datetime64())


def _total(amounts: np.ndarray) -> float:
    return round(float(amounts.sum()), 2) + 0.0
