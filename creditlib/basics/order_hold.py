"""Order hold: what a customer owed past due at each order, and what a hold would have done.

The frames are those of `receivable_tables`, each invoice taken as one order; disputes have
`invoice_id`, `opened`, `closed` (blank while open) and `amount`. Amounts with VAT, in one currency.
A debt that was written off is still owed: credit notes with the reason "write_off" settle nothing
here. A payment or credit note dated before its invoice counts from the invoice's date.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditlib.basics.amounts import check_amounts
from creditlib.basics.debt_spans import Spans, debt_spans, in_dispute
from creditlib.basics.ledger_frames import Ledger, applied, day, ledger, names_of
from creditlib.basics.receivable_measures import WRITE_OFF

ONE_DAY = np.timedelta64(1, "D")
NO_DAY = np.datetime64("NaT", "D")
# More days than any calendar has: each customer's days stand apart on one line.
CALENDAR = 2**23
FATES = ["payable", "on_time", "late", "unpaid"]


def past_due_before(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    days: float = 0,
    disputes: pd.DataFrame | None = None,
    *,
    ahead: int = 1,
) -> pd.DataFrame:
    """Return, for each invoice, what its customer owed for more than `days` past due before it.

    The rows and columns are those of `invoices`, with two more: `past_due`, the amount, and
    `oldest_days`, the days past due of the oldest invoice in it, NaN if there is none. Both as they
    stood at the end of the day `ahead` days before the invoice's date: 1 is the eve; 0 the same
    day, with what was posted on it.

    `disputes`, if given, do not count from the day `opened` to the day before `closed`: their
    amount is taken off `past_due`, and without a column `amount` the whole invoice is left out.
    `past_due` is net: an invoice paid twice, or in dispute for more than is open on it, lowers it,
    below zero even. Invoices without a due date are never past due, and count for nothing here.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C1"],
    ...     "invoice_date": ["2025-08-01", "2025-12-01"], "due_date": ["2025-09-30", "2026-01-30"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> found = past_due_before(invoices, payments, none, 30)
    >>> found[["invoice_id", "past_due", "oldest_days"]].values.tolist()
    [['I1', 0.0, nan], ['I2', 600.0, 61.0]]
    """
    read = ledger(invoices, payments, credit_notes)
    return _with_old_debt(invoices, read, _counted(credit_notes), days, disputes, ahead)


@dataclass(frozen=True)
class HoldTest:
    """What an order hold would have done: `orders` is the frame of the orders that were tested.

    Its columns are those of `invoices` and of `past_due_before`, then `held` (would the rule have
    held it?) and what became of it: `payable` (amount less credit notes, not below zero), of it
    `on_time` (paid by the due date), `late` and `unpaid`. These four are NaN while it is too early
    to judge, and `reason` says why: "not_yet_judged" or "no_due_date", else "".
    """

    orders: pd.DataFrame

    @property
    def held(self) -> pd.DataFrame:
        """The orders that the rule would have held."""
        return self.orders[self.orders["held"]]

    @property
    def summary(self) -> pd.DataFrame:
        """Three rows, `held`, `passed` and `all`: how many orders and customers, and sums.

        Columns: `orders`, `customers`, `amount`, and of those that can be judged `payable`,
        `on_time`, `late` and `unpaid`.
        """
        parts = {"held": self.held, "passed": self.orders[~self.orders["held"]], "all": self.orders}
        counts = pd.DataFrame(
            {name: (len(part), part["customer_id"].nunique()) for name, part in parts.items()},
            index=["orders", "customers"],
        )
        sums = {name: part[["amount", *FATES]].sum().round(2) for name, part in parts.items()}
        return counts.T.join(pd.DataFrame(sums).T)


def hold_test(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    credit_notes: pd.DataFrame,
    days: float,
    minimum: float = 0.0,
    disputes: pd.DataFrame | None = None,
    *,
    as_of: object,
    since: object = None,
    until: object = None,
    within: int | None = None,
    ahead: int = 1,
) -> HoldTest:
    """Try a rule on past orders: no new order while more than `minimum` is over `days` past due.

    Give the whole ledger, so that the old debt is complete; tested are the invoices dated from
    `since` (the first) to `until` (`as_of`), both days included. `days`, `disputes` and `ahead` as
    for `past_due_before`. What was paid by `as_of` decides what became of an order once it is due;
    with `within`, what was paid up to so many days past due, once these have passed.

    It replays what happened: an order that is held here still stands in the ledger, and its debt
    may hold later ones. What the customer would have done, no ledger tells.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C1"],
    ...     "invoice_date": ["2025-01-10", "2025-06-01"], "due_date": ["2025-03-11", "2025-07-31"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1", "I2"], "amount": [1000.0, 200.0],
    ...     "payment_date": ["2025-06-20", "2025-07-31"]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> test = hold_test(invoices, payments, none, 60, as_of="2025-12-31")
    >>> test.summary.loc["held", ["orders", "amount", "on_time", "unpaid"]].tolist()
    [1.0, 500.0, 200.0, 300.0]
    """
    check_amounts(minimum=minimum, within=within or 0)
    as_of = day(as_of)
    read, counted = ledger(invoices, payments, credit_notes), _counted(credit_notes)
    orders = _with_old_debt(invoices, read, counted, days, disputes, ahead)
    held = orders["past_due"] > minimum
    orders = orders.assign(held=held, **_became(read, counted, as_of, within))
    tested = read.invoiced <= (as_of if until is None else day(until)).to_datetime64()
    if since is not None:
        tested &= read.invoiced >= day(since).to_datetime64()
    return HoldTest(orders[tested])


def _counted(credit_notes: pd.DataFrame) -> np.ndarray:
    """Which credit notes settle something: all but write-offs."""
    if "reason" not in credit_notes:
        return np.ones(len(credit_notes), dtype=bool)
    return (credit_notes["reason"] != WRITE_OFF).to_numpy(dtype=bool, na_value=True)


def _with_old_debt(
    invoices: pd.DataFrame,
    read: Ledger,
    counted: np.ndarray,
    days: float,
    disputes: pd.DataFrame | None,
    ahead: int,
) -> pd.DataFrame:
    """The invoices with `past_due` and `oldest_days`, as `past_due_before` defines them."""
    check_amounts(days=days, ahead=ahead)
    disputed = None if disputes is None else in_dispute(disputes, invoices["invoice_id"])
    spans = debt_spans(read, counted, disputed)
    customers, _ = pd.factorize(names_of(invoices, "customer_id", "invoices"))
    looked = read.invoiced.astype("datetime64[D]") - int(ahead) * ONE_DAY
    due = read.due.astype("datetime64[D]")
    cents, oldest = _standing(spans.past_due(due, int(days)), due, customers, looked)
    return invoices.assign(past_due=cents / 100, oldest_days=(looked - oldest) / ONE_DAY)


def _standing(
    spans: Spans, due: np.ndarray, customers: np.ndarray, looked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What stood past due, in cents, and the oldest due date in it, on one day per invoice."""

    def place(customer: np.ndarray, days: np.ndarray) -> np.ndarray:
        return customer * CALENDAR + days.astype(int)

    order = np.lexsort((looked, customers))
    row = place(customers[order], looked[order])
    whose = customers[spans.invoice]
    first, end = (np.searchsorted(row, place(whose, days)) for days in (spans.first, spans.end))
    change = np.zeros(len(looked) + 1, dtype=np.int64)
    np.add.at(change, first, spans.cents)
    np.add.at(change, end, -spans.cents)
    oldest = np.full(len(looked), NO_DAY)
    seen = np.flatnonzero((first < end) & (spans.cents > 0))
    span_due = due[spans.invoice]
    for span in seen[np.argsort(span_due[seen])[::-1]]:  # the oldest is written last, and stays
        oldest[first[span] : end[span]] = span_due[span]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return np.cumsum(change)[:-1][back], oldest[back]


def _became(
    read: Ledger, counted: np.ndarray, as_of: pd.Timestamp, within: int | None
) -> dict[str, np.ndarray]:
    """The columns that say what became of each invoice."""
    size, today = len(read.amount), as_of.to_datetime64()
    credited = applied(read.credit_notes, counted & (read.credit_notes.date <= today), size)
    payable = np.maximum(np.round(read.amount - credited, 2), 0.0)
    judged_on = read.due + (within or 0) * ONE_DAY
    last = np.full(size, today) if within is None else judged_on
    known = read.payments.invoice >= 0

    def paid_by(days: np.ndarray) -> np.ndarray:
        in_time = known.copy()
        in_time[known] = read.payments.date[known] <= days[read.payments.invoice[known]]
        return np.minimum(np.round(applied(read.payments, in_time, size), 2), payable)

    on_time, paid = paid_by(read.due), paid_by(last)
    undated = np.isnat(read.due)
    judged = judged_on <= today
    amounts = (payable, on_time, paid - on_time, payable - paid)
    found = {
        name: np.where(judged, np.round(amount, 2), np.nan)
        for name, amount in zip(FATES, amounts, strict=True)
    }
    found["reason"] = np.select([undated, ~judged], ["no_due_date", "not_yet_judged"], "")
    return found
