"""What stands open in a ledger on a day, and how old it is.

Frames are those of `creditlib.data.load`: invoices (`invoice_id`, `customer_id`, `invoice_date`,
`due_date`, `amount`), payments (`invoice_id`, `payment_date`, `amount`) and credit notes
(`invoice_id`, `credit_date`, `amount`), amounts with VAT, in one currency, to the cent.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from creditlib.basics.ledger_frames import amounts_of, day, days_of, ledger, names_of
from creditlib.errors import InputError

ONE_DAY = np.timedelta64(1, "D")


def open_items(
    invoices: pd.DataFrame, payments: pd.DataFrame, credit_notes: pd.DataFrame, as_of: object
) -> pd.DataFrame:
    """Return the invoices dated up to `as_of` that are not settled by the end of that day.

    The rows and columns are those of `invoices`, with three more: `open_amount` (amount less
    payments and credit notes dated up to `as_of`, to the cent), `days_past_due` (`as_of` − due
    date; below zero: not due yet, 0: due today) and `reason`. An invoice that nets to less than
    half a cent is settled. One that was paid too much is not: its `open_amount` is below zero.

    Without a due date `days_past_due` is NaN and `reason` is "no_due_date"; else it is "". Payments
    of an unknown or later invoice take nothing off here: `measures` shows them as unapplied cash.
    Raises `InputError` for a missing column, date or amount, and for an invoice there twice.

    >>> invoices = pd.DataFrame({"invoice_id": ["I1", "I2"], "customer_id": ["C1", "C1"],
    ...     "invoice_date": ["2025-10-01", "2025-12-01"], "due_date": ["2025-10-31", "2025-12-31"],
    ...     "amount": [1000.0, 500.0]})
    >>> payments = pd.DataFrame({"invoice_id": ["I1"], "payment_date": ["2025-11-20"],
    ...     "amount": [400.0]})
    >>> none = pd.DataFrame({"invoice_id": [], "credit_date": [], "amount": []})
    >>> found = open_items(invoices, payments, none, "2025-12-31")
    >>> found[["invoice_id", "open_amount", "days_past_due"]].values.tolist()
    [['I1', 600.0, 61.0], ['I2', 500.0, 0.0]]
    """
    as_of = day(as_of)
    read = ledger(invoices, payments, credit_notes)
    open_amount = read.open_amounts(as_of)
    left = open_amount != 0
    past_due = _days_past_due(read.due[left], as_of)
    return invoices[left].assign(
        open_amount=open_amount[left],
        days_past_due=past_due,
        reason=np.where(np.isnan(past_due), "no_due_date", ""),
    )


def ageing(
    invoices: pd.DataFrame, as_of: object, buckets: Sequence[int] = (0, 30, 60, 90)
) -> pd.DataFrame:
    """Return what each customer owes at `as_of`, by days past due: one row a customer.

    The columns are `not_due` (due today counts here), `1-30`, `31-60`, `61-90`, `over_90` and
    `total`, as `buckets` says: its first number is 0, each is the last day of a bucket. Amounts are
    `open_amount` if the frame has it (the frame of `open_items`), else `amount`, taken as wholly
    open; invoices dated after `as_of` are left out. Rows are in the order of `customer_id`.

    A credit balance (an open amount below zero) goes to the bucket of its own due date and lowers
    it, so that the total is the ledger's; to see it apart, take `open_amount > 0` first. An invoice
    without a due date stands in a column of its own, `no_due_date`, which is in the total and is
    there only if there is such an invoice; `reason` then names the customers who have one.

    >>> items = pd.DataFrame({"customer_id": ["C1", "C1"], "due_date": ["2025-10-31", "2026-01-15"],
    ...     "open_amount": [600.0, 500.0]})
    >>> ageing(items, "2025-12-31").to_dict("records")
    [{'not_due': 500.0, '1-30': 0.0, '31-60': 0.0, '61-90': 600.0, 'over_90': 0.0, 'total': 1100.0}]
    """
    as_of = day(as_of)
    edges = _edges(buckets)
    name = "open_amount" if "open_amount" in invoices else "amount"
    if "invoice_date" in invoices:
        dated = days_of(invoices, "invoice_date", "invoices") <= as_of
        invoices = invoices[dated]
    amount = amounts_of(invoices, name, "invoices")
    due = days_of(invoices, "due_date", "invoices", required=False).to_numpy()
    past_due = _days_past_due(due, as_of)
    # NaN, no due date, is sorted behind every number: the last column.
    bucket = np.searchsorted([*edges, np.inf], past_due)
    rows, customers = pd.factorize(names_of(invoices, "customer_id", "invoices"), sort=True)
    columns = [
        "not_due",
        *(f"{low + 1}-{high}" for low, high in pairwise(edges)),
        f"over_{edges[-1]}",
        "no_due_date",
    ]
    sums = np.bincount(
        rows * len(columns) + bucket, weights=amount, minlength=len(customers) * len(columns)
    )
    table = pd.DataFrame(
        sums.reshape(len(customers), len(columns)),
        index=pd.Index(customers, name="customer_id"),
        columns=columns,
    )
    table["total"] = table.sum(axis=1)
    table = table.round(2) + 0.0
    undated = np.isnan(past_due)
    if not undated.any():
        return table.drop(columns="no_due_date")
    table["reason"] = np.where(np.isin(np.arange(len(table)), rows[undated]), "no_due_date", "")
    return table


def _days_past_due(due: np.ndarray, as_of: pd.Timestamp) -> np.ndarray:
    return (as_of.to_datetime64() - due) / ONE_DAY


def _edges(buckets: Sequence[int]) -> list[int]:
    edges = list(buckets)
    whole = all(isinstance(edge, int | np.integer) for edge in edges)
    if not whole or not edges or edges[0] != 0 or sorted(set(edges)) != edges:
        raise InputError("basics.buckets", column="buckets", value=tuple(edges))
    return edges
