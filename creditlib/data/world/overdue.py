"""What a customer has past due on a day, read from the ledger: the facts of a call or a letter.

Money is in cents and days are counted from 1970-01-01, whole numbers both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

_EPOCH = date(1970, 1, 1)
# Nobody is called or written to at a weekend or in the long holidays.
_HOLIDAYS = (
    ("2024-01-01", 1), ("2024-02-10", 8), ("2024-05-01", 5), ("2024-10-01", 7),
    ("2025-01-01", 1), ("2025-01-28", 8), ("2025-05-01", 5), ("2025-10-01", 8),
)  # fmt: skip
_CALENDAR = np.busdaycalendar(
    holidays=[np.datetime64(first) + day for first, many in _HOLIDAYS for day in range(many)]
)


def number_of(day: date) -> int:
    """Return a day as a number.

    >>> number_of(date(2024, 1, 1))
    19723
    """
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """Return the day of a number.

    >>> day_of(19723)
    datetime.date(2024, 1, 1)
    """
    return _EPOCH + timedelta(days=int(number))


def working_day(number: int) -> int:
    """Return that day if people work on it, else the next on which they do.

    >>> day_of(working_day(number_of(date(2024, 10, 1))))
    datetime.date(2024, 10, 8)
    """
    day = np.datetime64(int(number), "D")
    return int(np.busday_offset(day, 0, roll="forward", busdaycal=_CALENDAR).astype(int))


@dataclass(frozen=True)
class Claim:
    """What one customer has past due on one day; invoices by position in the ledger, oldest first.

    `cents` is what is open of each.
    """

    row: int
    day: int
    invoices: np.ndarray
    due: np.ndarray
    cents: np.ndarray

    @property
    def total(self) -> int:
        """Cents past due."""
        return int(self.cents.sum())

    @property
    def days(self) -> int:
        """Days for which the oldest item is past due."""
        return int(self.day - self.due[0])


class Overdue:
    """The ledger by customer (rows in the order of the customer master), ready to be asked."""

    def __init__(self, ledger: Mapping[str, pd.DataFrame]):
        customers = pd.Index(ledger["customers"]["customer_id"])
        invoices = ledger["invoices"]
        row = customers.get_indexer(invoices["customer_id"])
        due = _days(invoices["due_date"])
        order = np.lexsort((due, row))
        self.row, self.due = row[order], due[order]
        self.dated = _days(invoices["invoice_date"])[order]
        self.cents = _cents(invoices["amount"])[order]
        self.invoice_id = invoices["invoice_id"].to_numpy()[order]
        self._first = np.searchsorted(self.row, np.arange(len(customers) + 1))
        place = pd.Index(self.invoice_id)
        self._events = _events(ledger, place)
        self._first_event = np.searchsorted(self._events[0], self._first)
        disputes = ledger["disputes"]
        self._disputes = pd.DataFrame(
            {
                "invoice": place.get_indexer(disputes["invoice_id"]),
                "opened": _days(disputes["opened"]),
                "closed": _days(disputes["closed"]),
                "reason": disputes["reason"].to_numpy(),
            }
        ).sort_values("invoice", kind="stable")

    def claim(self, row: int, day: int) -> Claim | None:
        """Return what customer `row` has past due at the end of `day`; None if nothing."""
        first, last = self._first[row], self._first[row + 1]
        events = slice(self._first_event[row], self._first_event[row + 1])
        invoice, dated, cents, _ = (column[events] for column in self._events)
        past = dated <= day
        paid = np.bincount(invoice[past] - first, weights=cents[past], minlength=last - first)
        still = self.cents[first:last] - paid.astype(np.int64)
        rows = np.flatnonzero((self.due[first:last] < day) & (still > 0))
        if not rows.size:
            return None
        return Claim(row, day, first + rows, self.due[first + rows], still[rows])

    def paid_later(self, claim: Claim) -> tuple[np.ndarray, np.ndarray]:
        """Return the days after the claim and the cents paid by each, on the claimed invoices."""
        events = slice(self._first_event[claim.row], self._first_event[claim.row + 1])
        invoice, dated, cents, is_payment = (column[events] for column in self._events)
        of_it = is_payment & (dated > claim.day) & np.isin(invoice, claim.invoices)
        order = np.argsort(dated[of_it], kind="stable")
        return dated[of_it][order], np.cumsum(cents[of_it][order])

    def dispute(self, claim: Claim) -> tuple[int, str] | None:
        """Return a claimed invoice in dispute on the day, and why; None if there is none."""
        for invoice, opened, closed, reason in self._disputes_of.get(claim.row, ()):
            if opened <= claim.day < closed and invoice in claim.invoices:
                return invoice, reason
        return None

    @cached_property
    def disputed(self) -> np.ndarray:
        """Which invoices are disputed at any time."""
        return np.isin(np.arange(len(self.cents)), self._disputes["invoice"])

    @cached_property
    def _disputes_of(self) -> dict[int, list[tuple[int, int, int, str]]]:
        found: dict[int, list] = {}
        for dispute in self._disputes.itertuples(index=False):
            found.setdefault(int(self.row[dispute.invoice]), []).append(tuple(dispute))
        return found

    @cached_property
    def settled(self) -> np.ndarray:
        """The day on which each invoice was settled in full; a day beyond all where it was not."""
        invoice, dated, cents, _ = self._events
        paid = np.bincount(invoice, weights=cents, minlength=len(self.cents)).astype(np.int64)
        last = np.full(len(self.cents), -1)
        np.maximum.at(last, invoice, dated)
        return np.where(paid >= self.cents, last, _NEVER)


_NEVER = number_of(date(2999, 1, 1))


def _events(ledger: Mapping[str, pd.DataFrame], place: pd.Index) -> tuple[np.ndarray, ...]:
    """Payments and credit notes by invoice: position, day, cents, whether it is a payment."""
    payments, notes = ledger["payments"], ledger["credit_notes"]
    columns = (
        place.get_indexer(pd.concat([payments["invoice_id"], notes["invoice_id"]])),
        np.concatenate([_days(payments["payment_date"]), _days(notes["credit_date"])]),
        np.concatenate([_cents(payments["amount"]), _cents(notes["amount"])]),
        np.repeat([True, False], [len(payments), len(notes)]),
    )
    order = np.argsort(columns[0], kind="stable")
    return tuple(column[order] for column in columns)


def _days(column: pd.Series) -> np.ndarray:
    days = pd.to_datetime(column).to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), _NEVER, days.astype(np.int64))


def _cents(column: pd.Series) -> np.ndarray:
    return np.rint(column.to_numpy(dtype=float) * 100).astype(np.int64)
